//! What touches the world. Here: the terminal, its input and the signals that concern it; where acts go is in [`way`] and
//! [`delivery`].
//!
//! A finished frame goes to [`Terminal::show`] and never waits; what the terminal says arrives
//! as [`Input`] on a channel. Everything that is particular to unix stands in `unix`.

pub mod acts;
pub mod around;
pub mod cached;
pub mod calendars;
mod clock;
pub mod copied;
pub mod dashboard;
mod decode;
pub mod delivery;
pub mod errand;
mod follow;
pub mod handing;
mod held;
pub mod history;
mod hold;
mod input;
pub mod interrupt;
pub mod laid_over;
pub mod linear;
mod listener;
pub mod mailing;
mod mouse;
mod notification;
#[cfg(not(unix))]
mod other;
mod paint;
pub mod panic;
mod pen;
pub mod perform;
pub mod post;
pub mod probe;
pub mod recorder;
pub mod reminders;
mod screen;
pub mod seat;
#[cfg(unix)]
mod sequence;
mod sweep;
mod terminal;
mod understood;
#[cfg(unix)]
mod unix;
mod unseen;
pub mod views;
pub mod way;
pub mod width;

#[cfg(not(unix))]
use other as platform;
#[cfg(unix)]
use unix as platform;

pub use input::{Input, listen};
pub use sweep::{REPLACEMENT, REPLACEMENT_ASCII, sweep, sweep_line};
pub use terminal::{Frame, NotATerminal, Options, Terminal, require_terminal};
