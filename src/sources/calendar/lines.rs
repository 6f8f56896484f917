//! The lines of a calendar (RFC 5545, 3.1): unfolded, and cut into the components that matter, each with the properties that
//! matter. What is larger or deeper than any calendar of an office is left out, and counted.

use super::remarks::{Remark, Remarks};

/// The largest calendar that is read, in bytes.
pub(super) const LARGEST: usize = 8 << 20;
/// So many events and tasks of it are looked at.
const MOST: usize = 20_000;
/// So deep components may stand in each other.
const DEEPEST: usize = 8;
/// So long a line may be, unfolded, in bytes.
const LONGEST: usize = 8 << 10;
/// So many properties of an event are looked at.
const PROPERTIES: usize = 400;

/// What is read of an event or a task; everything else a calendar program has to say is passed over.
const KNOWN: [&str; 17] = [
    "UID",
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DURATION",
    "DUE",
    "COMPLETED",
    "PERCENT-COMPLETE",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "STATUS",
    "CATEGORIES",
    "RELATED-TO",
    "ORGANIZER",
    "LOCATION",
];

/// The components that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Event,
    Todo,
}

/// An event or a task by itself, as it would stand alone, or the plain facts of a zone.
#[derive(Debug)]
pub(super) enum Piece {
    Component(Kind, String),
    /// Its name, and the one offset it has; none where it has several.
    Zone(String, Option<String>),
}

/// Is it a calendar, and all of it?
pub(super) fn is_calendar(bytes: &[u8]) -> bool {
    let begins = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    let head = |bytes: &[u8], word: &[u8]| bytes.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let ends = bytes.trim_ascii_end();
    let tail = b"END:VCALENDAR";
    head(begins, b"BEGIN:VCALENDAR") && ends.len() >= tail.len() && head(&ends[ends.len() - tail.len()..], tail)
}

/// What stands in a calendar.
pub(super) fn pieces(bytes: &[u8], remarks: &mut Remarks) -> Vec<Piece> {
    let mut cutting = Cutting::default();
    let mut line: Vec<u8> = Vec::new();
    for physical in bytes.split(|byte| *byte == b'\n') {
        let physical = physical.strip_suffix(b"\r").unwrap_or(physical);
        if let Some((b' ' | b'\t', rest)) = physical.split_first() {
            // Bytes are joined before they are letters: a fold may stand within one.
            if line.len() < LONGEST {
                line.extend_from_slice(&rest[..rest.len().min(LONGEST - line.len())]);
            }
            continue;
        }
        cutting.take(&line, remarks);
        line.clear();
        line.extend_from_slice(&physical[..physical.len().min(LONGEST)]);
    }
    cutting.take(&line, remarks);
    cutting.pieces
}

#[derive(Default)]
struct Cutting {
    pieces: Vec<Piece>,
    /// The components that are open; beyond the deepest one only counted.
    open: Vec<String>,
    beyond: usize,
    /// What is put together: the depth it stands at, its kind, its lines.
    component: Option<(usize, Kind, String, usize)>,
    zone: Option<(usize, String, Vec<String>)>,
}

impl Cutting {
    fn take(&mut self, line: &[u8], remarks: &mut Remarks) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim();
        let (name, value) = line.split_at(line.find([':', ';']).unwrap_or(line.len()));
        let value = value.trim_start_matches(':').trim();
        if name.eq_ignore_ascii_case("BEGIN") {
            self.begin(&value.to_ascii_uppercase(), remarks);
        } else if name.eq_ignore_ascii_case("END") {
            self.end();
        } else if self.beyond == 0 {
            self.property(name, line, value);
        }
    }

    fn begin(&mut self, name: &str, remarks: &mut Remarks) {
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return remarks.add(Remark::Deep);
        }
        self.open.push(name.chars().take(32).collect());
        let depth = self.open.len();
        let kind = match name {
            "VEVENT" => Kind::Event,
            "VTODO" => Kind::Todo,
            "VTIMEZONE" => {
                self.zone = Some((depth, String::new(), Vec::new()));
                return;
            }
            _ => return,
        };
        if self.pieces.len() >= MOST {
            return remarks.add(Remark::Many(MOST));
        }
        if self.component.is_none() {
            self.component = Some((depth, kind, String::new(), 0));
        }
    }

    fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let depth = self.open.len();
        self.open.pop();
        if let Some((_, kind, lines, _)) = self.component.take_if(|(at, ..)| *at >= depth) {
            let name = match kind {
                Kind::Event => "VEVENT",
                Kind::Todo => "VTODO",
            };
            self.pieces.push(Piece::Component(kind, format!("BEGIN:{name}\n{lines}END:{name}\n")));
        }
        if let Some((_, name, mut offsets)) = self.zone.take_if(|(at, ..)| *at >= depth) {
            offsets.dedup();
            let only = if offsets.len() == 1 { offsets.pop() } else { None };
            self.pieces.push(Piece::Zone(name, only));
        }
    }

    fn property(&mut self, name: &str, line: &str, value: &str) {
        let depth = self.open.len();
        if let Some((at, of, offsets)) = &mut self.zone {
            if name.eq_ignore_ascii_case("TZID") && depth == *at {
                *of = value.to_owned();
            } else if name.eq_ignore_ascii_case("TZOFFSETTO") && offsets.len() < PROPERTIES {
                offsets.push(value.to_owned());
            }
        }
        // Of what stands within an event (an alarm) nothing is the event's.
        let Some((at, _, lines, count)) = &mut self.component else { return };
        let name = name.to_ascii_uppercase();
        if *at == depth && *count < PROPERTIES && KNOWN.contains(&name.as_str()) {
            *count += 1;
            lines.push_str(&name);
            lines.extend(
                line.chars().skip(name.chars().count()).map(|letter| if letter.is_control() { ' ' } else { letter }),
            );
            lines.push('\n');
        }
    }
}
