//! Reading a snapshot by several threads: its items stand each on a line (`records.rs`), and are read in parts while the plan is made
//! ready for them. What is not written like that, or has anything amiss, is read from one end to the other, and by that it is judged.

use std::{
    num::NonZero,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, channel},
    },
    thread,
};

use serde::de::Error as _;

use super::{
    line::Read,
    snapshot::{Framed, Received},
};

/// How a list of items begins and ends where each is on a line of its own.
const BEGIN: &[u8] = b"\"items\":[\n";
const END: &[u8] = b"],\"withdrawn\":[";

/// Fewer bytes are read by one thread: there is nothing to gain.
const SHORT: usize = 1 << 20;

/// About so much is read at a time.
const PART: usize = 256 << 10;

/// More threads would wait for the one that puts everything in its place.
const THREADS: usize = 4;

impl Received {
    /// Reads a snapshot.
    ///
    /// # Errors
    ///
    /// Where it is none, or not whole.
    pub fn read(text: &[u8]) -> serde_json::Result<Self> {
        let parted = if text.len() > SHORT { Parted::of(text, PART) } else { None };
        match parted.and_then(|parted| parted.read().ok()) {
            Some(received) => Ok(received),
            None => serde_json::from_slice(text),
        }
    }
}

/// A snapshot taken apart.
struct Parted<'a> {
    /// Everything but the items.
    frame: Vec<u8>,
    /// The items, some of them each.
    parts: Vec<&'a [u8]>,
}

type Part<'a> = (usize, serde_json::Result<Vec<Read<'a>>>);

impl<'a> Parted<'a> {
    /// In parts of about so many bytes; none where it is not written like that.
    fn of(text: &'a [u8], size: usize) -> Option<Self> {
        // Neither stands within a string, whose quotes are written otherwise.
        let begin = text.windows(BEGIN.len()).position(|window| window == BEGIN)? + BEGIN.len();
        let end = begin + text.get(begin..)?.windows(END.len()).rposition(|window| window == END)?;
        let mut frame = text.get(..begin)?.to_vec();
        frame.extend_from_slice(text.get(end..)?);
        let mut parts = Vec::new();
        let mut rest = text.get(begin..end)?;
        while rest.len() > size {
            let Some(length) = rest.get(size..)?.iter().position(|byte| *byte == b'\n').map(|more| size + more) else {
                break;
            };
            // Without the comma and the line's end between two items.
            parts.push(rest.get(..length)?.strip_suffix(b",")?);
            rest = rest.get(length + 1..)?;
        }
        parts.push(rest);
        Some(Parted { frame, parts })
    }

    fn read(&self) -> serde_json::Result<Received> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS).min(self.parts.len());
        let next = AtomicUsize::new(0);
        let (sender, read) = channel();
        thread::scope(|scope| {
            for _ in 1..threads {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || while self.take(next).is_some_and(|part| sender.send(part).is_ok()) {});
            }
            drop(sender);
            let received = self.put_together(&next, &read);
            // Where something is amiss the others need not read on.
            next.store(self.parts.len(), Ordering::Relaxed);
            received
        })
    }

    /// Reads the next part; none where there is none.
    fn take(&self, next: &AtomicUsize) -> Option<Part<'a>> {
        let number = next.fetch_add(1, Ordering::Relaxed);
        self.parts.get(number).map(|part| (number, items(part)))
    }

    /// Makes the plan ready, and lays the items into it in their order; reads along where the next ones are not there yet.
    fn put_together(&self, next: &AtomicUsize, read: &Receiver<Part<'a>>) -> serde_json::Result<Received> {
        let mut framed: Framed = serde_json::from_slice(&self.frame)?;
        let mut waiting: Vec<Option<Vec<Read<'a>>>> = self.parts.iter().map(|_| None).collect();
        let mut laid = 0;
        while let Some(slot) = waiting.get_mut(laid) {
            if let Some(items) = slot.take() {
                items.into_iter().for_each(|item| framed.take(item));
                laid += 1;
                continue;
            }
            let come = read.try_recv().ok().or_else(|| self.take(next)).or_else(|| read.recv().ok());
            let (number, items) = come.ok_or_else(|| serde_json::Error::custom("a part is missing"))?;
            if let Some(slot) = waiting.get_mut(number) {
                *slot = Some(items?);
            }
        }
        framed.finish()
    }
}

/// The items of a part: objects with commas between.
fn items<'a>(part: &'a [u8]) -> serde_json::Result<Vec<Read<'a>>> {
    let mut items = Vec::new();
    let mut rest = part;
    loop {
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<Read<'a>>();
        let item = values.next().ok_or_else(|| serde_json::Error::custom("no item"))??;
        items.push(item);
        rest = rest.get(values.byte_offset()..).unwrap_or_default();
        match rest {
            [] => return Ok(items),
            [b',', after @ ..] => rest = after,
            _ => return Err(serde_json::Error::custom("no comma")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        domain::{entry::Entry, snapshot::Snapshot},
        planfile,
        wire::{Sent, Tally},
    };

    fn sample() -> Snapshot {
        let sample = planfile::sample().unwrap();
        let mut journal: Vec<Entry> = sample.journal;
        // What a string says is never taken for the end of a list.
        for entry in &mut journal {
            entry.document = Some("],\"withdrawn\":[ \"items\":[\n},{\"id\":".into());
        }
        Snapshot::replay(Arc::new(sample.plan), &journal)
    }

    fn said(snapshot: &Snapshot) -> Vec<u8> {
        let mut text = Vec::new();
        Sent { snapshot, last: None, plan_tag: Some("3") }.write(&mut text).unwrap();
        text
    }

    #[test]
    fn in_parts_it_is_read_as_from_one_end_to_the_other() {
        let mut snapshot = sample();
        let gone = snapshot.items[3].state.clone();
        snapshot.withdrawn.insert("task:gone".into(), gone);
        let text = said(&snapshot);
        let whole: Received = serde_json::from_slice(&text).unwrap();
        for size in [1, 100, 3_000, 10_000_000] {
            let parted = Parted::of(&text, size).unwrap();
            assert!(size > text.len() || parted.parts.len() > 2);
            let read = parted.read().unwrap();
            assert_eq!(read.snapshot.items, whole.snapshot.items, "{size}");
            assert_eq!(read.snapshot.withdrawn, whole.snapshot.withdrawn);
            assert_eq!(
                (read.snapshot.cursor, read.last, read.plan_tag),
                (whole.snapshot.cursor, None, whole.plan_tag.clone())
            );
        }
        assert_eq!(whole.snapshot.items, snapshot.items);
    }

    #[test]
    fn what_is_cut_or_altered_is_not_read() {
        let text = said(&sample());
        let reads = |text: &[u8]| Parted::of(text, 3_000).is_some_and(|parted| parted.read().is_ok());
        assert!(reads(&text));
        for end in (0..text.len()).step_by(997) {
            assert!(!reads(&text[..end]), "{end}");
        }
        let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        for gone in 1..lines.len() {
            let without = [&lines[..gone], &lines[gone + 1..]].concat().concat();
            assert!(!reads(&without), "line {gone} is gone");
        }
        assert!(!reads(&text.iter().map(|byte| if *byte == b'\n' { b' ' } else { *byte }).collect::<Vec<u8>>()));
    }

    #[test]
    fn as_many_items_have_come_as_lines_and_how_many_there_are_is_told_at_the_beginning() {
        let (snapshot, mut tally) = (sample(), Tally::default());
        let text = said(&snapshot);
        for some in text.chunks(50) {
            let before = tally.records;
            tally.more(some);
            assert!(tally.records >= before);
        }
        let all = u64::try_from(snapshot.items.len() + snapshot.withdrawn.len()).unwrap();
        assert_eq!((tally.records, tally.of), (all, Some(all)));
        let mut other = Tally::default();
        other.more(b"<html>\n\"count\":7");
        assert_eq!((other.records, other.of), (1, None));
    }
}
