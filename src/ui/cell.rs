//! How a [`Cell`] is said: as plain text for tables and exports ([`text`]), as pieces of one role each for the screen
//! ([`pieces`]). How titles, periods and acts are worded is in `wording.rs`.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{
    campaign, entry,
    glyphs::{ASCII, Glyphs, UNICODE},
    pen::Piece,
    status,
    theme::Role,
    wording,
};
use crate::{
    domain::{
        campaign::{Countdown, Phase},
        status::Base,
    },
    panels::cell::Cell,
    words::Words,
};

/// What saying a cell takes: the words, the signs, the plan's year, the day.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    /// The words.
    pub words: &'a Words,
    /// The signs.
    pub glyphs: &'a Glyphs,
    /// The plan's year: of its periods.
    pub year: i16,
    /// The day; where it is known, snoozes that have ended are left out and broken promises stand out.
    pub today: Option<Date>,
}

impl Saying<'_> {
    /// The words' language.
    pub fn language(&self) -> &'static str {
        self.words.language.tag
    }

    /// `20/11`, with the year where it is not this one; where the day is not known, where it is not the plan's.
    pub(super) fn short_date(&self, date: Date) -> String {
        self.words.short_date(date, self.this_year())
    }

    fn this_year(&self) -> i16 {
        self.today.map_or(self.year, Date::year)
    }
}

/// A cell as plain text. Zeros are digits here, and a bar is its share done.
pub fn text<'a>(cell: &Cell<'a>, words: &'a Words, year: i16, ascii: bool) -> Cow<'a, str> {
    if let Cell::Count(0) | Cell::LateCount(0) = cell {
        return Cow::Borrowed("0");
    }
    let glyphs = if ascii { &ASCII } else { &UNICODE };
    let mut said = Vec::new();
    pieces(cell, Saying { words, glyphs, year, today: None }, &mut said);
    match said.len() {
        0 => Cow::Borrowed(""),
        1 => said.remove(0).text,
        _ => Cow::Owned(said.iter().map(|piece| piece.text.as_ref()).collect()),
    }
}

/// A cell in pieces, added to `said`.
pub fn pieces<'a>(cell: &Cell<'a>, saying: Saying<'a>, said: &mut Vec<Piece<'a>>) {
    let Saying { words, glyphs, .. } = saying;
    let mut say = |role, text: Cow<'a, str>| said.push(Piece { text, role });
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => say(Role::Text, Cow::Borrowed(text)),
        Cell::Word(word) => say(Role::Text, words.get(word.0)),
        Cell::Title(title) => say(Role::Text, Cow::Borrowed(title.get(saying.language()))),
        Cell::Agency(agency) => say(Role::Text, Cow::Borrowed(agency.label(saying.language()))),
        Cell::Report(title, period) => wording::report(title, period, saying, said),
        Cell::Period(period) => say(Role::Text, wording::period(period, saying)),
        Cell::Count(0) | Cell::LateCount(0) => say(Role::Dim, Cow::Borrowed(glyphs.zero)),
        Cell::Count(count) => say(Role::Text, words.number(i64::from(*count)).into()),
        Cell::LateCount(count) => say(Role::Late, words.number(i64::from(*count)).into()),
        Cell::Days(0) => say(Role::DueSoon, words.get("due-today")),
        Cell::Days(days) => say(Role::Late, words.with("days-short", &[("days", (*days).into())]).into()),
        Cell::WorkingDays(days) => say(Role::Dim, words.with("working-days-short", &[("days", (*days).into())]).into()),
        Cell::Extensions(count) => {
            say(Role::Text, words.with("extensions", &[("count", u32::from(*count).into())]).into())
        }
        Cell::CellCount(cell, count) => {
            let role = status::role(Base::NotStarted, Some(*cell));
            say(role, Cow::Borrowed(glyphs.status(*cell)));
            say(role, format!(" {}", words.number(i64::from(*count))).into());
        }
        Cell::Date(date) => say(Role::Text, saying.short_date(*date).into()),
        Cell::Due(date, time) => say(status::due_role(*time), saying.short_date(*date).into()),
        Cell::Range(from, to) if from == to => say(Role::Text, saying.short_date(*from).into()),
        Cell::Range(from, to) => {
            // The year stands once, at the end.
            let (from, to) = (words.short_date(*from, to.year()), saying.short_date(*to));
            say(Role::Text, format!("{from}{}{to}", glyphs.dash).into());
        }
        Cell::Status(kind, base, cell) => {
            let role = status::role(*base, *cell);
            say(role, Cow::Borrowed(status::sign(glyphs, *base, *cell)));
            say(role, Cow::Borrowed(" "));
            say(role, words.get(status::word(*kind, *base, *cell)));
        }
        Cell::Bar(figures) => {
            let share = figures.done_rate();
            say(Role::Text, share.map_or(Cow::Borrowed(""), |share| words.percent(share, 0).into()));
        }
        Cell::Fraction(_, 0) | Cell::Milestones(_, 0) => say(Role::Dim, Cow::Borrowed(glyphs.zero)),
        Cell::Fraction(part, all) | Cell::Milestones(part, all) => say(Role::Text, format!("{part}/{all}").into()),
        Cell::NextStep(title, next, is_due) => wording::next_step(*title, *next, *is_due, saying, said),
        Cell::Rate(share) => say(Role::Text, words.percent(*share, 0).into()),
        Cell::Percent(0) => say(Role::Dim, Cow::Borrowed(glyphs.zero)),
        Cell::Percent(percent) => say(Role::Text, format!("{percent}%").into()),
        Cell::Acts(state, mark) => wording::acts(state, *mark, saying, said),
        Cell::Countdown(countdown) => say(countdown_role(*countdown), countdown_text(*countdown, saying)),
        Cell::WorkingCountdown(countdown) => {
            say(countdown_role(*countdown), campaign::working_countdown(*countdown, saying));
        }
        Cell::Readiness(figures) => said.extend(campaign::verdict(figures, saying)),
        Cell::Moment(at, this_year) => entry::moment(*at, *this_year, saying, said),
        Cell::Verb(line, joint) => entry::verb_cell(*line, *joint, saying, said),
        Cell::Said(line, since) => entry::details_cell(*line, *since, saying, said),
        Cell::Id(id) => say(Role::Dim, Cow::Borrowed(id)),
    }
}

fn countdown_role(countdown: Countdown) -> Role {
    match countdown.phase {
        Phase::Running => Role::Accent,
        Phase::Coming => Role::Text,
        Phase::Past => Role::Dim,
    }
}

fn countdown_text<'a>(countdown: Countdown, saying: Saying<'a>) -> Cow<'a, str> {
    let Saying { words, glyphs, .. } = saying;
    let sign = glyphs.phase(countdown.phase);
    let said = match countdown.phase {
        Phase::Running => {
            let day = countdown.day.unwrap_or(1);
            words.with("countdown-running", &[("day", day.into()), ("days", countdown.days.into())])
        }
        Phase::Coming => words.with("countdown-coming", &[("days", countdown.days_left.into())]),
        Phase::Past => words.get("countdown-past").into_owned(),
    };
    format!("{sign} {said}").into()
}
