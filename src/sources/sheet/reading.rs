//! What was understood of a workbook: the plan it lays down, what it says of each item, and what could not be read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::{id::ItemId, plan::Plan, sentence::Sentence, text::Text};

/// A workbook as it was understood.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The plan it lays down.
    pub plan: Plan,
    /// What it says of items that are not untouched.
    pub told: BTreeMap<ItemId, Told>,
    /// Records that bear an id made of what their row says, as it has no lasting one: `task:N14`, `duty:R2`, `campaign:C1`.
    pub made: BTreeSet<Text>,
    /// What could not be read, in the order of sheets and rows.
    pub unread: Vec<Unread>,
}

/// What a workbook says of one item; nothing where a cell is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// A task's progress in percent.
    pub progress: Option<u8>,
    /// The day it was handed in, or done.
    pub handed_in: Option<Date>,
    /// It is done, whether or not a day is said.
    pub done: bool,
    /// The number of the document it was handed in with.
    pub document: Option<Text>,
    /// The new last on-time day, where it was extended.
    pub extended_to: Option<Date>,
    /// The document itself.
    pub link: Option<Text>,
    /// A remark.
    pub note: Option<Text>,
    /// That it stands otherwise than open or done.
    pub standing: Option<Standing>,
    /// One of its cells cannot be read: what is not said here is not taken back by that.
    #[serde(skip)]
    pub unclear: bool,
}

impl Told {
    /// What is said, over what was said before: an empty cell takes nothing back.
    pub fn over(&self, was: &Told) -> Told {
        Told {
            progress: self.progress.or(was.progress),
            handed_in: self.handed_in.or(was.handed_in),
            done: self.done || was.done,
            document: self.document.clone().or_else(|| was.document.clone()),
            extended_to: self.extended_to.or(was.extended_to),
            link: self.link.clone().or_else(|| was.link.clone()),
            note: self.note.clone().or_else(|| was.note.clone()),
            standing: self.standing.or(was.standing.filter(|_| !self.done)),
            unclear: false,
        }
    }

    /// The same where it is clear; where it is not, over what was said before: what cannot be read takes nothing back.
    pub fn clear(self, was: &Told) -> Told {
        if self.unclear { self.over(was) } else { self }
    }
}

/// How an item stands that is neither simply open nor done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A report that is not owed: left out of all figures.
    Exempt,
    /// A task that is given up: left out of all figures.
    Cancelled,
    /// A task that is put off.
    Paused,
    /// Handed in and not yet confirmed.
    Awaiting,
    /// Given back to be done again.
    Returned,
}

/// A cell or a row that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// The sheet, or the file where it has none.
    pub sheet: Text,
    /// The row as the spreadsheet counts it, from 1.
    pub row: u32,
    /// The column's heading, or its letters where it has none; nothing where the whole row is meant.
    pub column: Option<Text>,
    /// What stands there.
    pub value: Text,
    /// Why it could not be read, and what would be.
    pub why: Sentence,
}

impl Unread {
    /// Where it is, what stands there, and why it could not be read.
    pub fn sentence(&self) -> Sentence {
        let id = if self.column.is_some() { "book-unread-place" } else { "book-unread-row" };
        let said = Sentence::new(id).with("sheet", &self.sheet).with("row", self.row).with("why", self.why.clone());
        match &self.column {
            Some(column) => said.with("column", column).with("value", &self.value),
            None => said,
        }
    }
}
