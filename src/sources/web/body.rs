//! [`Reply`]: an answer that came whole. It is read under a limit, off the threads that answer keys, and straight into what it is
//! to become.

use std::{
    io,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use serde::de::DeserializeOwned;
use tokio::{
    sync::watch,
    task::{JoinHandle, spawn_blocking},
};

use super::verdict::{too_large, unreadable};
use crate::{
    domain::{failure::Failure, heard::Loading},
    wire::{self, Received, Tally, Unread, read_snapshot, unpack},
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
    /// Unpacked, of one that may be large.
    pub(in crate::sources) plain: Option<Vec<u8>>,
}

/// A large answer that comes: it is unpacked meanwhile, off the threads that answer keys.
pub(super) struct Coming {
    pieces: Sender<Vec<u8>>,
    plain: JoinHandle<Result<Vec<u8>, Unread>>,
}

impl Coming {
    /// One of about `told` bytes; `loading` is told how much of it has been unpacked.
    pub(super) fn new(packed: bool, told: usize, loading: watch::Sender<Loading>) -> Self {
        let (pieces, come) = channel();
        let plain = spawn_blocking(move || {
            let mut tally = Tally::default();
            let from = Pieces { come, piece: io::Cursor::default() };
            unpack(from, packed, if packed { told.saturating_mul(8) } else { told }, WHOLE, |some| {
                tally.more(some);
                let (records, of_records) = (tally.records, tally.of);
                loading.send_modify(|loading| (loading.records, loading.of_records) = (records, of_records));
            })
        });
        Coming { pieces, plain }
    }

    /// Some of it; false where it is not read on, and why is to be asked.
    pub(super) fn take(&self, some: &[u8]) -> bool {
        self.pieces.send(some.to_vec()).is_ok()
    }

    /// It is all there.
    pub(super) async fn whole(self) -> Result<Vec<u8>, Failure> {
        drop(self.pieces);
        self.plain.await.map_err(|error| unreadable("?", &error.to_string()))?.map_err(unread)
    }
}

/// What came, to be read as it comes. It ends where nothing more will come.
struct Pieces {
    come: Receiver<Vec<u8>>,
    piece: io::Cursor<Vec<u8>>,
}

impl io::Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let some = self.piece.read(into)?;
            if some > 0 || into.is_empty() {
                return Ok(some);
            }
            match self.come.recv() {
                Ok(piece) => self.piece = io::Cursor::new(piece),
                Err(_) => return Ok(0),
            }
        }
    }
}

impl Reply {
    /// The snapshot it tells.
    pub(in crate::sources) async fn snapshot(self) -> Result<Received, Failure> {
        let Reply { packed, bytes, plain, .. } = self;
        let read = spawn_blocking(move || match plain {
            Some(plain) => read_snapshot(&plain, false, WHOLE),
            None => read_snapshot(&bytes, packed, WHOLE),
        });
        read.await.map_err(|error| unreadable("?", &error.to_string()))?.map_err(unread)
    }

    /// What it says, which unpacks to at most so many bytes.
    pub(in crate::sources) async fn read<T: DeserializeOwned + Send + 'static>(
        self,
        most: usize,
    ) -> Result<T, Failure> {
        let Reply { packed, bytes, plain, .. } = self;
        if bytes.len() <= SHORT {
            match wire::read(&bytes, packed, most.min(SHORT_PLAIN)) {
                Err(Unread::TooLarge(_)) => {}
                read => return read.map_err(unread),
            }
        }
        let read = spawn_blocking(move || match plain {
            Some(plain) => wire::read(&plain, false, most),
            None => wire::read(&bytes, packed, most),
        });
        let read = read.await;
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
