//! [`look_over`]: a workbook's package measured and looked over before anything of it is kept, so that opening it cannot cost
//! more than its limits: what it unpacks to, how many parts and cells it has, how deep it goes, what it declares.

use std::{
    cell::Cell,
    io::{self, BufReader, Cursor, Read},
};

use quick_xml::{Reader, events::Event};
use zip::{ZipArchive, result::ZipError};

use crate::domain::{sentence::Sentence, text::Text};

use super::limits::{Limits, Unusable};

/// How an old workbook (`.xls`), and one with a password, begins: an OLE file.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// How a part is entered in a package's directory.
const DIRECTORY: &[u8] = b"PK\x01\x02";

/// A single piece of text, tag or comment that is longer is no spreadsheet's.
const LONGEST_EVENT: u64 = 8 << 20;

/// Excel has fewer of each.
const MOST_FORMATS: usize = 65_536;
const LONGEST_FORMAT: usize = 1_024;
const MOST_MERGED: usize = 100_000;

/// Is it an OLE file?
pub(super) fn is_ole(bytes: &[u8]) -> bool {
    bytes.starts_with(OLE)
}

/// What is to be said of an OLE file: one with a password, or one of the old form.
pub(super) fn ole(bytes: &[u8]) -> Unusable {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = bytes.windows(encrypted.len()).any(|window| window == encrypted);
    Unusable::because(if found { "workbook-encrypted" } else { "workbook-old" })
}

/// Looks every part over. Refused for the first thing that is not as a spreadsheet program would write it.
pub(super) fn look_over(bytes: &[u8], limits: &Limits) -> Result<(), Unusable> {
    let entries = bytes.windows(DIRECTORY.len()).filter(|window| *window == DIRECTORY).take(limits.parts + 1).count();
    if entries > limits.parts {
        return Err(Unusable(Sentence::new("workbook-too-many-parts").with("most", limits.parts)));
    }
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let budget = Budget { left: Cell::new(limits.unpacked), event: Cell::new(0), over: Cell::new(false) };
    for index in 0..package.len() {
        limits.go_on()?;
        let part = match package.by_index(index) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(Unusable::because("workbook-encrypted"));
            }
            Err(error) => return Err(broken(error)),
        };
        let name = part.name().map_err(broken)?.into_owned();
        // Nothing is unpacked to a disk; a name that would lead out of the package is a sign of what the file is made for.
        if name.split(['/', '\\']).any(|step| step == "..") {
            return Err(Unusable(Sentence::new("workbook-strange-part").with("part", Text::new(&name))));
        }
        let mut measured = Measured { inner: part, budget: &budget };
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let looked = if ending == "xml" || ending == "rels" {
            Part { name: &name, limits, budget: &budget }.look(measured)
        } else {
            budget.event.set(0);
            copied(&mut measured, &budget)
        };
        if budget.over.get() {
            let unpacked = Sentence::new("workbook-unpacks-too-large").with("most", limits.unpacked >> 20);
            return Err(Unusable(unpacked));
        }
        looked?;
    }
    Ok(())
}

/// Reads a part of no interest to its end.
fn copied(part: &mut impl Read, budget: &Budget) -> Result<(), Unusable> {
    let mut chunk = [0; 8192];
    loop {
        budget.event.set(0);
        match part.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(broken(error)),
        }
    }
}

pub(super) fn broken(error: impl ToString) -> Unusable {
    Unusable(Sentence::new("workbook-broken").with("reason", error.to_string()))
}

/// How much may still be unpacked.
struct Budget {
    left: Cell<u64>,
    /// How much has gone into the piece that is being read.
    event: Cell<u64>,
    over: Cell<bool>,
}

/// A part, counted as it is unpacked, whatever its directory says of its size.
struct Measured<'b, R> {
    inner: R,
    budget: &'b Budget,
}

impl<R: Read> Read for Measured<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let count = read as u64;
        let event = self.budget.event.get() + count;
        self.budget.event.set(event);
        match self.budget.left.get().checked_sub(count) {
            Some(left) if event <= LONGEST_EVENT => {
                self.budget.left.set(left);
                Ok(read)
            }
            Some(_) | None => {
                self.budget.over.set(true);
                Err(io::Error::other("too large"))
            }
        }
    }
}

/// A part of XML that is looked over.
struct Part<'a> {
    name: &'a str,
    limits: &'a Limits,
    budget: &'a Budget,
}

impl Part<'_> {
    fn look<R: Read>(&self, part: Measured<'_, R>) -> Result<(), Unusable> {
        let mut reader = Reader::from_reader(BufReader::new(part));
        let config = reader.config_mut();
        // As calamine reads it: what passes here must mean the same there.
        config.check_end_names = false;
        config.trim_text(false);
        config.check_comments = false;
        config.expand_empty_elements = true;
        let (mut buffer, mut depth, mut events) = (Vec::new(), 0_usize, 0_usize);
        let mut counts = Counts::default();
        loop {
            self.budget.event.set(0);
            buffer.clear();
            buffer.shrink_to(64 << 10);
            events += 1;
            if events.is_multiple_of(4096) {
                self.limits.go_on()?;
            }
            match reader.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(element) => {
                    depth += 1;
                    if depth > self.limits.depth {
                        return Err(self.strange("workbook-too-deep"));
                    }
                    let attribute = |wanted: &str| {
                        let mut all = element.attributes();
                        let mut found = all.with_checks(false).flatten();
                        found.find(|one| one.key.local_name().as_ref() == wanted).map(|one| one.value.into_owned())
                    };
                    counts.seen(element.local_name().as_ref(), attribute, self)?;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                // Office files have none; it is what entities are declared in.
                Event::DocType(_) => return Err(self.strange("workbook-doctype")),
                Event::Eof => return Ok(()),
                Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::GeneralRef(_) => {}
            }
        }
    }

    fn strange(&self, id: &'static str) -> Unusable {
        Unusable(Sentence::new(id).with("part", Text::new(self.name)))
    }
}

/// How many there are of what is kept whole when a workbook is opened.
#[derive(Default)]
struct Counts {
    strings: usize,
    formats: usize,
    merged: usize,
    named: usize,
}

impl Counts {
    fn seen(
        &mut self,
        element: &str,
        attribute: impl Fn(&str) -> Option<String>,
        part: &Part<'_>,
    ) -> Result<(), Unusable> {
        let counted = |count: &mut usize, most: usize| {
            *count += 1;
            if *count > most { Err(part.strange("workbook-too-many-of")) } else { Ok(()) }
        };
        match element {
            // Room for so many is made beforehand.
            "sst" => match attribute("uniqueCount").map(|count| count.parse::<usize>()) {
                Some(Ok(count)) if count <= part.limits.cells => Ok(()),
                Some(_) => Err(part.strange("workbook-too-many-of")),
                None => Ok(()),
            },
            "si" => counted(&mut self.strings, part.limits.cells),
            // Each format is kept with its code, and each xf with its font, fill and border.
            "numFmt" if attribute("formatCode").is_some_and(|code| code.len() > LONGEST_FORMAT) => {
                Err(part.strange("workbook-too-many-of"))
            }
            "name" if attribute("val").is_some_and(|name| name.len() > LONGEST_FORMAT) => {
                Err(part.strange("workbook-too-many-of"))
            }
            "numFmt" | "xf" | "font" | "fill" | "border" => counted(&mut self.formats, MOST_FORMATS),
            "mergeCell" => {
                upright(attribute("ref"), part)?;
                counted(&mut self.merged, MOST_MERGED)
            }
            "dimension" => upright(attribute("ref"), part),
            "sheet" | "definedName" | "Relationship" => counted(&mut self.named, MOST_FORMATS),
            _ => Ok(()),
        }
    }
}

/// A range must not end before it begins.
fn upright(range: Option<String>, part: &Part<'_>) -> Result<(), Unusable> {
    let place = |cell: &str| {
        let end = cell.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(cell.len());
        let (letters, row) = cell.split_at_checked(end)?;
        Some((super::grid::column_of(letters)?, row.parse::<u32>().ok()?))
    };
    let Some((first, last)) = range.as_deref().and_then(|range| range.split_once(':')) else { return Ok(()) };
    match (place(&first.replace('$', "")), place(&last.replace('$', ""))) {
        (Some(first), Some(last)) if last.0 >= first.0 && last.1 >= first.1 => Ok(()),
        (Some(_) | None, Some(_) | None) => Err(part.strange("workbook-strange-range")),
    }
}
