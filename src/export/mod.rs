//! What is handed over: the plan as it stands, as a file an office can keep, print and send on. How a workbook is read is in
//! `sources/sheet`; what is in a file of this program's own says there what to look for again.

pub mod document;
pub mod workbook;

use std::collections::HashMap;

use jiff::ZonedDateTime;
use thiserror::Error;

use crate::{
    domain::{
        agency::Agency,
        entry::Entry,
        item::{Index, Item},
        outline::Outline,
        sentence::Sentence,
        snapshot::Snapshot,
        status::Today,
    },
    words::Words,
};

/// A form a plan is handed over in; a file's ending says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Workbook,
    /// The consolidated report, to be edited, numbered and signed.
    Document,
    /// The same as Markdown.
    Markdown,
}

impl Format {
    /// All there are.
    pub const ALL: [Format; 3] = [Format::Workbook, Format::Document, Format::Markdown];

    /// How a file of it ends, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Workbook => "xlsx",
            Format::Document => "docx",
            Format::Markdown => "md",
        }
    }

    /// The form of a file that ends in `ending`, capital letters or not.
    pub fn of(ending: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }

    /// The file's bytes.
    ///
    /// # Errors
    ///
    /// Where the form cannot hold so much, or the office's own wording is not in order.
    pub fn bytes(self, over: &HandOver<'_>) -> Result<Vec<u8>, Unwritten> {
        match self {
            Format::Workbook => workbook::workbook(over),
            Format::Document => document::report(over, over.letterhead)?.docx(),
            Format::Markdown => Ok(document::report(over, over.letterhead)?.markdown()),
        }
    }
}

/// A file that could not be written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Unwritten(pub Sentence);

impl From<document::Fault> for Unwritten {
    fn from(fault: document::Fault) -> Self {
        Unwritten(fault.sentence())
    }
}

/// A plan as it is handed over.
#[derive(Debug)]
pub struct HandOver<'a> {
    /// What is true.
    pub snapshot: &'a Snapshot,
    /// The day it is looked at on.
    pub today: Today,
    /// The instant it is of, in the plan's zone.
    pub at: ZonedDateTime,
    /// The items that are handed over, in the plan's order.
    pub items: Vec<&'a Item>,
    /// The campaigns, of the plan's.
    pub campaigns: Vec<Index>,
    /// The journal, newest first.
    pub journal: &'a [Entry],
    /// Where it is from, as it is said.
    pub source: &'a str,
    /// What was asked for; empty for everything.
    pub filter: &'a str,
    /// Who hands it over.
    pub who: &'a str,
    /// The office it comes from.
    pub letterhead: &'a document::Letterhead,
    /// The language it is in.
    pub words: &'a Words,
    /// How each of the outline's agencies is called, by [`labels`].
    pub labels: Vec<String>,
}

/// How each agency is called in a table; by its id where another one is called the same.
pub fn labels(outline: &Outline, language: &str) -> Vec<String> {
    let called = |agency: &Agency| agency.label(language).to_owned();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for agency in &outline.agencies {
        *counts.entry(called(agency)).or_default() += 1;
    }
    let label = |agency: &Agency| {
        let label = called(agency);
        let unclear = counts.get(&label).is_some_and(|count| *count > 1) || label.contains([';', '\n']);
        if unclear { agency.id.to_string() } else { label }
    };
    outline.agencies.iter().map(label).collect()
}
