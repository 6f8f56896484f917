//! What we send: reminders by e-mail (*thư điện tử đôn đốc*). `template.rs` has the wording, `compose.rs` makes one
//! [`Letter`] per agency of it, `message.rs` an e-mail of the letter, `smtp.rs` hands it to the mail server and says what
//! became of it. Claiming a mail before it is sent and recording what became of it is not here but in
//! `runtime/reminders.rs`; what those entries mean is in `domain/mailing.rs`.

mod compose;
mod message;
mod office;
mod problem;
mod secret;
mod settings;
mod smtp;
mod table;
mod template;

pub use compose::{Composed, Letter, Occasion, Unreachable, compose, escaped};
pub use message::{Envelope, Message};
pub use office::office;
pub use problem::{Problem, Wrong};
pub use secret::secret;
pub use settings::{MailSettings, Tls};
pub use smtp::{Delivery, Phase, Postbox};
pub use template::{Filled, LEVELS, Place, Template, Templates};
