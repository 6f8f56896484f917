//! Tokens as they are borne: made of 256 random bits, shown once, and known again by their hash. What a ledger keeps of one is
//! `domain::access::Token`.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::domain::text::Text;

/// What every token begins with: it is known for one in a log or a paste.
const PREFIX: &str = "tdo_";

/// A token just made.
pub struct Made {
    /// What its bearer is given.
    pub token: String,
    /// What is kept.
    pub hash: Text,
}

/// Makes one.
///
/// # Errors
///
/// The system has no random bytes to give.
pub fn make() -> std::io::Result<Made> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let token = format!("{PREFIX}{}", hexadecimal(&bytes));
    let hash = hash(&token);
    Ok(Made { token, hash })
}

/// What a token is known by. It needs no salt and no slowness: nobody guesses 256 random bits.
pub fn hash(token: &str) -> Text {
    Text::new(&hexadecimal(&Sha256::digest(token.as_bytes())))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
