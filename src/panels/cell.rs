//! [`Cell`]: what stands in a table's cell or beside a fact's name, before it has words and colours.

use jiff::civil::{Date, DateTime};

pub use crate::domain::sentence::Word;
use crate::domain::{
    agency::Agency,
    campaign::Countdown,
    expect::ReportPeriod,
    item::{Kind, State},
    ladder::NextStep,
    status::{Base, Cell as StatusCell, Time},
    summary::Figures,
    text::Text,
    title::Title,
    told::Line,
    waiting::Mark,
};

/// A cell's content. What it looks like and how it is said is `ui`'s.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Clean text as it is.
    Text(&'a str),
    /// Words by id.
    Word(Word),
    /// A name in the language shown.
    Title(&'a Title),
    /// An agency, by its short name.
    Agency(&'a Agency),
    /// A report: its duty's name and its period.
    Report(&'a Title, &'a ReportPeriod),
    /// A period by itself.
    Period(&'a ReportPeriod),
    /// A count; zero is shown quietly.
    Count(u32),
    /// A count of what is late: red where it is not zero.
    LateCount(u32),
    /// Days late, in calendar days; 0 is due today.
    Days(i32),
    /// Days late, in working days.
    WorkingDays(i32),
    /// How many times a due date was extended.
    Extensions(u16),
    /// A count in a cell of the partition, coloured as the cell.
    CellCount(StatusCell, u32),
    /// A date; with the year where it is not the plan's.
    Date(Date),
    /// A due date, coloured by how it stands.
    Due(Date, Time),
    /// From one day to another.
    Range(Date, Date),
    /// An item's status: sign, word and colour.
    Status(Kind, Base, Option<StatusCell>),
    /// A bar of the official classes.
    Bar(&'a Figures),
    /// Done of assigned.
    Fraction(u32, u32),
    /// Percent, 0 to 100.
    Percent(u8),
    /// The next rung of the ladder: its title, what it is, has its day come?
    NextStep(Option<&'a Title>, NextStep, bool),
    /// A share, 0 to 1.
    Rate(f64),
    /// What was done about a late item: reminders, escalation, acknowledgement, snooze; "untouched" where nothing was.
    /// Before it, that something of it is not confirmed.
    Acts(&'a State, Option<Mark>),
    /// Where a campaign stands.
    Countdown(Countdown),
    /// The working days left to a campaign's end, or to its beginning.
    WorkingCountdown(Countdown),
    /// What the state of what belongs to a campaign comes to.
    Readiness(&'a Figures),
    /// Milestones reached of all.
    Milestones(u32, u32),
    /// A day of this year and a time; of another year the day alone.
    Moment(DateTime, i16),
    /// What an entry did.
    Verb(Line<'a>, Option<Joint>),
    /// What came with an entry; before it the day it counts from, where that is not the day it was recorded.
    Said(Line<'a>, Option<Date>),
    /// An item's id as it is typed.
    Id(&'a Text),
}

/// How an entry stands among those done in one step with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Above the others.
    First,
    /// Between them.
    Middle,
    /// Below them.
    Last,
}
