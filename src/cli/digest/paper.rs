//! [`Paper`]: a digest in words, before it is written down in one form or another.

use super::fact::{DigestFact, Named};
use crate::{
    cli::{print, session::Session, table::Align, view::View},
    domain::plan::StepVerb,
    words::Words,
};

/// So many lines of a part are told; the rest is counted.
const MOST: usize = 100;

/// A digest in words.
pub(super) struct Paper {
    /// The tag of its language.
    pub tag: &'static str,
    /// What a mail with it is about.
    pub subject: String,
    pub title: String,
    /// Which plan, from when to when, whether it is sample data, the figures.
    pub about: Vec<String>,
    pub parts: Vec<Part>,
}

/// One of its parts.
pub(super) struct Part {
    pub heading: String,
    /// Said in place of rows where there are none.
    pub nothing: String,
    pub columns: Vec<(String, Align)>,
    pub rows: Vec<Row>,
    /// How many there are, with those left out.
    pub total: usize,
    /// What was left out.
    pub more: Option<String>,
    /// Is it bad news?
    pub late: bool,
}

/// A row of a part: its cells, and the same in a sentence.
pub(super) struct Row {
    pub cells: Vec<String>,
    pub line: String,
}

impl Paper {
    pub(super) fn of(session: &Session, view: &View, fact: &DigestFact) -> Self {
        let words = &session.words;
        let signs = |text: String| session.signs(text);
        let since = fact.since.as_deref().map(|since| when(words, since));
        let at = when(words, &fact.at);
        let span = match since {
            Some(since) => words.with("digest-span", &[("since", since.into()), ("until", at.into())]),
            None => at,
        };
        let counts = [
            ("overdue", fact.overdue.len().into()),
            ("arrived", fact.arrived.len().into()),
            ("due", fact.due.len().into()),
            ("steps", fact.steps.len().into()),
        ];
        let plan = fact.number.as_ref().map_or_else(|| fact.title.clone(), ToString::to_string);
        let subject = words.with("digest-subject", &[&counts[..], &[("plan", plan.into())]].concat());
        let [plan, _, sample @ ..] = &print::about(words, view)[..] else { return Paper::empty(words) };
        let figures = [fact.tasks.line(words, "cli-status-tasks"), fact.reports.line(words, "cli-status-reports")];
        let about = [plan.clone(), span].into_iter().chain(sample.iter().cloned()).chain(figures);
        let parts = [overdue(words, fact), arrived(words, fact), due(words, fact), steps(words, fact)];
        Paper {
            tag: session.tag(),
            subject: signs(subject),
            title: signs(words.get("digest-title").into_owned()),
            about: about.map(signs).collect(),
            parts: parts.into_iter().map(|part| part.map(&signs)).collect(),
        }
    }

    fn empty(words: &Words) -> Self {
        let title = words.get("digest-title").into_owned();
        Paper { tag: words.language.tag, subject: title.clone(), title, about: Vec::new(), parts: Vec::new() }
    }
}

impl Part {
    fn new<T>(words: &Words, heading: String, columns: &[(&str, Align)], facts: &[T], row: impl Fn(&T) -> Row) -> Self {
        let left = facts.len().saturating_sub(MOST);
        Part {
            nothing: words.with("digest-nothing", &[("part", heading.as_str().into())]),
            heading,
            columns: columns.iter().map(|(id, align)| (words.get(id).into_owned(), *align)).collect(),
            rows: facts.iter().take(MOST).map(row).collect(),
            total: facts.len(),
            more: (left > 0).then(|| words.with("digest-more", &[("count", left.into())])),
            late: false,
        }
    }

    fn map(self, change: &impl Fn(String) -> String) -> Self {
        let row = |row: Row| Row { cells: row.cells.into_iter().map(change).collect(), line: change(row.line) };
        Part {
            heading: change(self.heading),
            nothing: change(self.nothing),
            columns: self.columns.into_iter().map(|(name, align)| (change(name), align)).collect(),
            rows: self.rows.into_iter().map(row).collect(),
            total: self.total,
            more: self.more.map(change),
            late: self.late,
        }
    }
}

const WHO: (&str, Align) = ("cli-column-agency", Align::Left);
const WHAT: (&str, Align) = ("cli-column-title", Align::Left);
const DUE: (&str, Align) = ("cli-column-due", Align::Right);
const LATE: (&str, Align) = ("cli-column-late", Align::Right);

fn overdue(words: &Words, fact: &DigestFact) -> Part {
    let columns = [WHO, WHAT, DUE, LATE];
    let part = Part::new(words, words.get("digest-overdue").into_owned(), &columns, &fact.overdue, |fact| {
        let rest = [due_on(words, &fact.of), late(words, fact.days_late)];
        row(&fact.of, &rest, [date(words, fact.of.due), count(words, fact.days_late)])
    });
    Part { late: true, ..part }
}

fn arrived(words: &Words, fact: &DigestFact) -> Part {
    let columns = [WHO, WHAT, ("digest-column-on", Align::Right), ("digest-column-document", Align::Left), LATE];
    Part::new(words, words.get("digest-arrived").into_owned(), &columns, &fact.arrived, |fact| {
        let document = fact.document.as_ref().map(ToString::to_string).unwrap_or_default();
        let on = date(words, fact.on);
        let said = if on.is_empty() { String::new() } else { words.with("digest-on", &[("date", on.as_str().into())]) };
        let rest = [said, document.clone(), late(words, fact.days_late)];
        row(&fact.of, &rest, [on, document, count(words, fact.days_late)])
    })
}

fn due(words: &Words, fact: &DigestFact) -> Part {
    let columns = [WHO, WHAT, DUE, ("digest-column-left", Align::Right)];
    let heading = words.with("digest-due", &[("date", words.date(fact.until).into())]);
    Part::new(words, heading, &columns, &fact.due, |fact| {
        let left = match fact.days_left {
            0 => words.get("digest-today").into_owned(),
            _ => words.with("digest-left", &[("count", fact.working_days_left.into())]),
        };
        row(&fact.of, &[due_on(words, &fact.of), left], [date(words, fact.of.due), fact.working_days_left.to_string()])
    })
}

fn steps(words: &Words, fact: &DigestFact) -> Part {
    let columns = [WHO, WHAT, ("digest-column-step", Align::Left), ("digest-column-from", Align::Right), LATE];
    Part::new(words, words.get("digest-steps").into_owned(), &columns, &fact.steps, |fact| {
        let word = if fact.verb == StepVerb::Remind { "next-remind" } else { "next-escalate" };
        let step = match fact.step_title.as_str() {
            "" => words.with(word, &[("step", u32::from(fact.step).into())]),
            title => title.to_owned(),
        };
        let from = words.date(fact.from);
        let proposed = format!("{step} {}", words.with("next-from", &[("date", from.as_str().into())]));
        row(&fact.of, &[proposed, late(words, fact.days_late)], [step, from, count(words, fact.days_late)])
    })
}

fn row<const N: usize>(of: &Named, said: &[String], cells: [String; N]) -> Row {
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let who = if of.agency_name.is_empty() { of.agency.to_string() } else { of.agency_name.clone() };
    let line = format!("{who}: {} – {}", of.title, said.join(", "));
    Row { cells: [who, of.title.clone()].into_iter().chain(cells).collect(), line }
}

fn due_on(words: &Words, of: &Named) -> String {
    of.due.map(|due| words.with("digest-due-on", &[("date", words.date(due).into())])).unwrap_or_default()
}

fn late(words: &Words, days: i32) -> String {
    if days > 0 { words.with("digest-late", &[("count", days.into())]) } else { String::new() }
}

fn count(words: &Words, days: i32) -> String {
    if days > 0 { words.number(days.into()) } else { String::new() }
}

fn date(words: &Words, date: Option<jiff::civil::Date>) -> String {
    date.map(|date| words.date(date)).unwrap_or_default()
}

/// `2023-11-20T08:00:00+07:00` for a person: the weekday, the day, the minute.
fn when(words: &Words, instant: &str) -> String {
    match instant.get(..19).and_then(|local| local.parse::<jiff::civil::DateTime>().ok()) {
        Some(at) => format!("{} {:02}:{:02}", words.day(at.date()), at.hour(), at.minute()),
        None => instant.to_owned(),
    }
}
