//! [`Remark`]: something that is wrong in a file that is used all the same, with its place; and the list of them.

use std::fmt;

use crate::domain::{
    nearest::nearest,
    sentence::{Part, Sentence},
    text::Text,
};

use super::source::Source;

/// How many remarks are kept of one file; more are only counted.
const MOST: usize = 1_000;

/// How many references bear a "did you mean": the same wrong id may stand in a whole journal.
const HELPFUL: usize = 100;

/// What became of the record a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It is not used; the rest of the file is.
    SetAside,
    /// It is used as it is.
    Warning,
}

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What became of the record.
    pub severity: Severity,
    /// The file.
    pub file: Text,
    /// The line from 1; none for what is about the file as a whole.
    pub line: Option<u32>,
    /// Which field: `timezone`, `tasks.N14.due`, or by place from 0 (`tasks[13]`) where a record has no id of its own.
    pub path: Text,
    /// What is wrong, and the nearest thing that would be right.
    pub problem: Sentence,
}

/// For logs: `plan.toml:6: tasks.N1: remark-missing (field: lead)`.
impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        write!(formatter, "{}{line}: {}: {}", self.file, self.path, self.problem)
    }
}

/// That there is nothing of that kind (words by id) with that id.
pub(super) fn no_such(what: &'static str, id: &str) -> Sentence {
    Sentence::new("remark-no-such").with("what", Part::Word(what.into())).with("id", id)
}

/// The remarks on one file, as they are made.
pub(super) struct Remarks<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) list: Vec<Remark>,
    /// How many records were set aside, also those beyond the list.
    pub(super) set_aside: usize,
    /// How many warnings there are, also those beyond the list.
    pub(super) warnings: usize,
}

impl<'a> Remarks<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Remarks { source, list: Vec::new(), set_aside: 0, warnings: 0 }
    }

    pub(super) fn set_aside(&mut self, at: Option<usize>, path: impl AsRef<str>, problem: Sentence) {
        self.set_aside += 1;
        self.push(Severity::SetAside, at, path.as_ref(), problem);
    }

    pub(super) fn warn(&mut self, at: Option<usize>, path: impl AsRef<str>, problem: Sentence) {
        self.warnings += 1;
        self.push(Severity::Warning, at, path.as_ref(), problem);
    }

    /// The known word nearest to a reference, for the first remarks.
    pub(super) fn nearest<'k>(&self, word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
        if self.list.len() < HELPFUL { nearest(word, known) } else { None }
    }

    fn push(&mut self, severity: Severity, at: Option<usize>, path: &str, problem: Sentence) {
        if self.list.len() < MOST {
            self.list.push(self.source.remark(severity, at, path, problem));
        }
    }
}
