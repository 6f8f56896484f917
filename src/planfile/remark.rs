//! [`Remark`]: something that is wrong in a file that is used all the same, with its place; and the list of them.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use crate::domain::text::Text;

use super::{nearest::nearest, source::Source};

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

/// Something wrong in a file. Its `Display` says it in English in one line, without the next step.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// What became of the record.
    pub severity: Severity,
    /// The file.
    pub file: Text,
    /// The line from 1; none for what is about the file as a whole.
    pub line: Option<u32>,
    /// Which field: `timezone`, `tasks.N14.due`, or by place from 0 (`tasks[13]`) where a record has no id of its own.
    pub path: Text,
    /// What is wrong.
    pub problem: Problem,
    /// The nearest thing that would be right: "did you mean … ?".
    pub nearest: Option<Text>,
}

/// What can be wrong. The words for a person are in `config/lang` under `remark-…`, by [`Problem::word`].
#[derive(Clone, Debug, PartialEq, Error)]
#[allow(missing_docs, reason = "the messages say what each one is; the data are named after what they hold")]
pub enum Problem {
    #[error("`{field}` is missing")]
    Missing { field: Text },
    #[error("{found} stands where {expected} is wanted")]
    WrongType { found: Text, expected: Text },
    #[error("{found} is not a date (YYYY-MM-DD)")]
    NotADate { found: Text },
    #[error("{found} is not an instant (2023-06-28T09:02:11+07:00)")]
    NotAnInstant { found: Text },
    #[error("{found} is not a UUID")]
    NotAUuid { found: Text },
    #[error("`{word}` is not known here")]
    UnknownWord { word: Text },
    #[error("the field `{field}` is not known")]
    UnknownField { field: Text },
    #[error("the field `{field}` is given twice")]
    RepeatedField { field: Text },
    #[error("it cannot be read: {reason}")]
    Malformed { reason: Text },
    #[error("the id `{id}` is used already{}", first.map(|line| format!(", on line {line}")).unwrap_or_default())]
    DuplicateId { id: Text, first: Option<u32> },
    #[error("the id `{id}` cannot be used: it is empty, a word of `owes`, or has a `/`")]
    UnusableId { id: Text },
    #[error("there is no {what} `{id}`")]
    NoSuch { what: What, id: Text },
    #[error("`{format}` is not a format this version reads")]
    UnknownFormat { format: Text },
    #[error("`{zone}` is not a time zone of the IANA database")]
    UnknownZone { zone: Text },
    #[error("the holiday table `{table}` has nothing for {year}: only weekends are days off")]
    NoHolidays { table: Text, year: i16 },
    #[error("the days off of {year} in `{table}` are a projection: nothing is announced yet")]
    ProjectedHolidays { table: Text, year: i16 },
    #[error("some days off of {year} in `{table}` are not confirmed: {days}")]
    UncertainHolidays { table: Text, year: i16, days: Text },
    #[error("it does not say when: give `periods`, `every`, `within` or `after_task`")]
    NoWay,
    #[error("it says when in more than one way: `{first}` and `{second}`")]
    SeveralWays { first: Text, second: Text },
    #[error("`every` has no `due`: these reports would have no deadline")]
    EveryWithoutDue,
    #[error("`after_task` has no `working_days`: these reports would never be expected")]
    AfterTaskWithoutDays,
    #[error("nobody owes it: `owes` is empty")]
    NobodyOwes,
    #[error("the day {day} is not a day of a month (1 to 31)")]
    NoSuchDay { day: i8 },
    #[error("the period `{period}` is there twice")]
    RepeatedPeriod { period: Text },
    #[error("it is due on {due}, before it starts on {start}")]
    DueBeforeStart { start: Date, due: Date },
    #[error("it ends ({to}) before it begins ({from})")]
    EndBeforeBegin { from: Text, to: Text },
}

impl Problem {
    /// The end of its word's id in `config/lang`.
    pub fn word(&self) -> &'static str {
        match self {
            Problem::Missing { .. } => "missing",
            Problem::WrongType { .. } => "wrong-type",
            Problem::NotADate { .. } => "not-a-date",
            Problem::NotAnInstant { .. } => "not-an-instant",
            Problem::NotAUuid { .. } => "not-a-uuid",
            Problem::UnknownWord { .. } => "unknown-word",
            Problem::UnknownField { .. } => "unknown-field",
            Problem::RepeatedField { .. } => "repeated-field",
            Problem::Malformed { .. } => "malformed",
            Problem::DuplicateId { .. } => "duplicate-id",
            Problem::UnusableId { .. } => "unusable-id",
            Problem::NoSuch { .. } => "no-such",
            Problem::UnknownFormat { .. } => "unknown-format",
            Problem::UnknownZone { .. } => "unknown-zone",
            Problem::NoHolidays { .. } => "no-holidays",
            Problem::ProjectedHolidays { .. } => "projected-holidays",
            Problem::UncertainHolidays { .. } => "uncertain-holidays",
            Problem::NoWay => "no-way",
            Problem::SeveralWays { .. } => "several-ways",
            Problem::EveryWithoutDue => "every-without-due",
            Problem::AfterTaskWithoutDays => "after-task-without-days",
            Problem::NobodyOwes => "nobody-owes",
            Problem::NoSuchDay { .. } => "no-such-day",
            Problem::RepeatedPeriod { .. } => "repeated-period",
            Problem::DueBeforeStart { .. } => "due-before-start",
            Problem::EndBeforeBegin { .. } => "end-before-begin",
        }
    }
}

/// What a reference is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words themselves are the documentation")]
pub enum What {
    Agency,
    AgencyKind,
    Programme,
    Campaign,
    Milestone,
    Task,
    Duty,
    Period,
    Item,
    Verb,
    HolidayTable,
}

impl What {
    /// The word, as in ids of `config/lang`.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Agency => "agency",
            What::AgencyKind => "agency-kind",
            What::Programme => "programme",
            What::Campaign => "campaign",
            What::Milestone => "milestone",
            What::Task => "task",
            What::Duty => "duty",
            What::Period => "period",
            What::Item => "item",
            What::Verb => "verb",
            What::HolidayTable => "holiday-table",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.as_str().replace('-', " "))
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ", line {line}")?;
        }
        if !self.path.is_empty() {
            write!(formatter, ", {}", self.path)?;
        }
        write!(formatter, ": {}", self.problem)?;
        match &self.nearest {
            Some(nearest) => write!(formatter, " (did you mean `{nearest}`?)"),
            None => Ok(()),
        }
    }
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

    pub(super) fn set_aside(&mut self, at: Option<usize>, path: impl AsRef<str>, problem: (Problem, Option<Text>)) {
        self.set_aside += 1;
        self.push(Severity::SetAside, at, path.as_ref(), problem);
    }

    pub(super) fn warn(&mut self, at: Option<usize>, path: impl AsRef<str>, problem: (Problem, Option<Text>)) {
        self.warnings += 1;
        self.push(Severity::Warning, at, path.as_ref(), problem);
    }

    /// The known word nearest to a reference, for the first remarks.
    pub(super) fn nearest<'k>(&self, word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<Text> {
        if self.list.len() < HELPFUL { nearest(word, known) } else { None }
    }

    /// A remark that is not on the list: what a whole file is refused for.
    pub(super) fn remark(&self, at: Option<usize>, path: &str, (problem, nearest): (Problem, Option<Text>)) -> Remark {
        let line = at.map(|offset| self.source.line(offset));
        Remark {
            severity: Severity::SetAside,
            file: self.source.file.clone(),
            line,
            path: path.into(),
            problem,
            nearest,
        }
    }

    fn push(&mut self, severity: Severity, at: Option<usize>, path: &str, problem: (Problem, Option<Text>)) {
        if self.list.len() < MOST {
            let remark = self.remark(at, path, problem);
            self.list.push(Remark { severity, ..remark });
        }
    }
}
