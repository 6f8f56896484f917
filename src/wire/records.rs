//! A snapshot as text: each item on a line of its own. To JSON a line's end there means nothing; but how many items have come can
//! be counted before they can be read, and several threads may read them ([`super::parts`]).

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::snapshot::{Counts, Sent};

/// Where what follows is looked for: how many items there are stands at the beginning.
const HEAD: usize = 1024;

impl Sent<'_> {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// Where it cannot be written to.
    pub fn write(&self, to: impl Write) -> serde_json::Result<()> {
        let mut serializer = serde_json::Serializer::with_formatter(to, Lines { depth: 0 });
        self.serialize(&mut serializer)
    }
}

/// Compact, but for the lists of the outermost object: each of their values is on a line of its own.
struct Lines {
    depth: usize,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        writer.write_all(match (self.depth, first) {
            (2, true) => b"\n",
            (2, false) => b",\n",
            (_, true) => b"",
            (_, false) => b",",
        })
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }
}

/// How many records of a snapshot have come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// So many.
    pub records: u64,
    /// Of so many, once its head has come.
    pub of: Option<u64>,
    head: Vec<u8>,
}

impl Tally {
    /// More of it has come.
    pub fn more(&mut self, text: &[u8]) {
        let lines = text.iter().filter(|byte| **byte == b'\n').count();
        self.records = self.records.saturating_add(u64::try_from(lines).unwrap_or(u64::MAX));
        if self.of.is_none() && self.head.len() < HEAD {
            self.head.extend(text.iter().take(HEAD - self.head.len()));
            self.of = counts(&self.head).map(|counts| counts.all());
        }
    }
}

/// The counts in what begins like this, if they have come. That it may be something else does no harm: the snapshot is counted again.
fn counts(head: &[u8]) -> Option<Counts> {
    const FIELD: &[u8] = b"\"count\":";
    let place = head.windows(FIELD.len()).position(|window| window == FIELD)?;
    let mut values = serde_json::Deserializer::from_slice(head.get(place + FIELD.len()..)?).into_iter::<Counts>();
    values.next()?.ok()
}
