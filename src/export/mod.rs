//! What is handed over: the plan as it stands, as a file an office can keep, print and send on. How a workbook is read is in
//! `sources/sheet`; what is in a file of this program's own says there what to look for again.

pub mod document;
pub mod page;
mod standing;
mod tally;
mod trend;
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
        past::Past,
        sentence::{Sentence, Word},
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
    /// A page to read and print.
    Page,
    /// The consolidated report, to be edited, numbered and signed.
    Document,
    /// The same as Markdown.
    Markdown,
    /// The screen as a picture.
    Picture,
    /// A table, as the command line lists it.
    Csv,
    /// The same for programs.
    Json,
}

impl Format {
    /// All there are.
    pub const ALL: [Format; 7] = [
        Format::Workbook,
        Format::Page,
        Format::Document,
        Format::Markdown,
        Format::Picture,
        Format::Csv,
        Format::Json,
    ];

    /// How a file of it ends, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Workbook => "xlsx",
            Format::Page => "html",
            Format::Document => "docx",
            Format::Markdown => "md",
            Format::Picture => "svg",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    /// What it is called, as words by id.
    pub fn word(self) -> Word {
        Word(match self {
            Format::Workbook => "export-form-workbook",
            Format::Page => "export-form-page",
            Format::Document => "export-form-document",
            Format::Markdown => "export-form-markdown",
            Format::Picture => "export-form-picture",
            Format::Csv => "export-form-csv",
            Format::Json => "export-form-json",
        })
    }

    /// What is made for it besides the items: asked for only where it is needed.
    pub fn needs(self, table: Table) -> Needs {
        match self {
            Format::Workbook => Needs { journal: true, ..Needs::default() },
            // It tells of what is late alone, and of that everything.
            Format::Document | Format::Markdown => Needs { journal: true, of_the_late: true, ..Needs::default() },
            Format::Page => Needs { past: true, ..Needs::default() },
            Format::Picture => Needs { picture: true, ..Needs::default() },
            Format::Csv | Format::Json => {
                Needs { journal: table == Table::Journal, past: table == Table::Trend, ..Needs::default() }
            }
        }
    }

    /// Is it of one table, or of what one view shows?
    pub fn is_of_a_view(self) -> bool {
        match self {
            Format::Workbook | Format::Page | Format::Document | Format::Markdown => false,
            Format::Picture | Format::Csv | Format::Json => true,
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
            Format::Page => Ok(page::page(over).into_bytes()),
            Format::Document => document::report(over, over.letterhead)?.docx(),
            Format::Markdown => Ok(document::report(over, over.letterhead)?.markdown()),
            Format::Picture => Ok(over.picture.as_bytes().to_vec()),
            Format::Csv | Format::Json => (over.lists)(self, over),
        }
    }
}

/// What a form takes besides the items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The journal.
    pub journal: bool,
    /// Of what is late alone.
    pub of_the_late: bool,
    /// How it stood in the weeks gone by.
    pub past: bool,
    /// A picture of the screen.
    pub picture: bool,
}

/// A table that is handed over by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Table {
    /// Every report owed.
    #[default]
    Reports,
    /// Every task.
    Tasks,
    /// The campaigns.
    Campaigns,
    /// Figures by agency.
    Agencies,
    /// What happened.
    Journal,
    /// How it stood, by week.
    Trend,
}

impl Table {
    /// All of them.
    pub const ALL: [Table; 6] =
        [Table::Reports, Table::Tasks, Table::Campaigns, Table::Agencies, Table::Journal, Table::Trend];

    /// Its name on the command line and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::Reports => "reports",
            Table::Tasks => "tasks",
            Table::Campaigns => "campaigns",
            Table::Agencies => "agencies",
            Table::Journal => "journal",
            Table::Trend => "trend",
        }
    }
}

/// Writes a table as the command line lists it.
pub type Lists = fn(Format, &HandOver<'_>) -> Result<Vec<u8>, Unwritten>;

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
    /// The items that are handed over: in the plan's order, or in that of the screen.
    pub items: Vec<&'a Item>,
    /// Did somebody put them in that order?
    pub is_sorted: bool,
    /// Is it all there is in the plan?
    pub is_whole: bool,
    /// The table that is handed over by itself, or that was on the screen.
    pub table: Table,
    /// Those the screen listed, in its order, where it listed any: a page begins with them.
    pub listed: Option<Vec<&'a Item>>,
    /// The campaigns, of the plan's.
    pub campaigns: Vec<Index>,
    /// The journal, newest first.
    pub journal: &'a [Entry],
    /// How it stood in the weeks gone by, where that is known.
    pub past: Option<&'a Past>,
    /// The screen as a picture; empty where none was asked for.
    pub picture: &'a str,
    /// What writes a table as the command line lists it.
    pub lists: Lists,
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

impl<'a> HandOver<'a> {
    /// The whole plan in its own order, with nothing besides.
    pub fn whole(
        snapshot: &'a Snapshot,
        today: Today,
        at: ZonedDateTime,
        (words, letterhead): (&'a Words, &'a document::Letterhead),
    ) -> Self {
        let outline = &snapshot.outline;
        HandOver {
            snapshot,
            today,
            at,
            items: snapshot.items.iter().collect(),
            is_sorted: false,
            is_whole: true,
            table: Table::default(),
            listed: None,
            campaigns: (0..).zip(&outline.plan.campaigns).map(|(index, _)| index).collect(),
            journal: &[],
            past: None,
            picture: "",
            lists: |_, _| Ok(Vec::new()),
            source: "",
            filter: "",
            who: "",
            letterhead,
            words,
            labels: labels(outline, words.language.tag),
        }
    }
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
