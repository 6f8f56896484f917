//! Asking servers over HTTP, whatever they speak of: `client.rs` asks and takes answers in, `verdict.rs` says what became of a
//! request, `body.rs` reads what came, `state.rs` knows whether the server answers. How a kind of server is spoken to is its
//! [`Manner`]; where it is and who signs in there, its [`WebSettings`].

mod access;
mod body;
mod client;
mod question;
mod state;
pub(super) mod verdict;

pub(super) use access::origin;
pub use access::{TokenFrom, WebSettings, check_url, missing};
pub(super) use body::{Reply, SMALL, WHOLE};
pub(super) use client::{Client, Manner};
pub(super) use question::Question;
pub(super) use state::State;
pub(super) use verdict::{is_slow, refused, unfitting, unreadable};
