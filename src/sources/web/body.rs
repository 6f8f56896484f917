//! [`Reply`]: an answer that came whole. It is read under a limit, off the threads that answer keys, and straight into what it is
//! to become.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use tokio::task::spawn_blocking;

use super::verdict::{too_large, unreadable};
use crate::{
    domain::failure::Failure,
    wire::{self, Unread},
};

/// The most an answer with entries may unpack to, in bytes.
pub(in crate::sources) const SMALL: usize = 64 << 20;

/// The most a snapshot may unpack to: about ten times what a plan with a hundred thousand reports takes.
pub(in crate::sources) const WHOLE: usize = 512 << 20;

/// What is read where it came: a hop to another thread takes longer.
const SHORT: usize = 16 << 10;

/// What a short one may unpack to for that.
const SHORT_PLAIN: usize = 1 << 20;

/// An answer.
#[derive(Debug)]
pub(in crate::sources) struct Reply {
    pub(in crate::sources) status: u16,
    /// Is it packed?
    pub(in crate::sources) packed: bool,
    pub(in crate::sources) etag: Option<String>,
    /// When what it tells of was changed, in the server's words.
    pub(in crate::sources) modified: Option<String>,
    /// As it came.
    pub(in crate::sources) bytes: Arc<Vec<u8>>,
}

impl Reply {
    /// What it says, which unpacks to at most so many bytes.
    pub(in crate::sources) async fn read<T: DeserializeOwned + Send + 'static>(
        self,
        most: usize,
    ) -> Result<T, Failure> {
        let Reply { packed, bytes, .. } = self;
        if bytes.len() <= SHORT {
            match wire::read(&bytes, packed, most.min(SHORT_PLAIN)) {
                Err(Unread::TooLarge(_)) => {}
                read => return read.map_err(unread),
            }
        }
        let read = spawn_blocking(move || wire::read(&bytes, packed, most)).await;
        read.map_err(|error| unreadable("?", &error.to_string()))?.map_err(unread)
    }
}

impl Reply {
    /// What it says, where it is short and can be read: for what a server says of itself when it refuses.
    pub(in crate::sources) fn aside<T: DeserializeOwned>(&self) -> Option<T> {
        wire::read(&self.bytes, self.packed, SHORT_PLAIN).ok()
    }
}

fn unread(why: Unread) -> Failure {
    match why {
        Unread::TooLarge(most) => too_large(most),
        Unread::Packed(error) => unreadable("gzip", &error.to_string()),
        Unread::Json(error) => unreadable(&format!("{}:{}", error.line(), error.column()), &error.to_string()),
    }
}
