//! A cell as it is read out: numbers with what they count, statuses by their words alone.

use super::super::{
    cell::{self, Saying},
    wording,
};
use crate::{
    domain::{
        campaign::Phase,
        item::{ByDay, State},
        status::{Base, Cell as Standing},
        waiting::Mark,
    },
    panels::{
        Row, Table,
        cell::{Cell, Word},
        scene::Scene,
    },
    words::Words,
};

/// A row in one line: whose and what first, as one listens for it, then what each column says, with its heading where that
/// does not go without.
pub(super) fn row<'a>(scene: &Scene<'a>, row: Row, table: &Table, saying: Saying<'a>) -> String {
    let (mut names, mut others) = (Vec::new(), Vec::new());
    let cells: Vec<Cell<'a>> = table.columns.iter().map(|column| (column.cell)(scene, row)).collect();
    let is_late = cells.iter().any(|cell| matches!(cell, Cell::Days(1..)));
    for (column, cell) in table.columns.iter().zip(cells) {
        // That nothing is late needs no word, how late it is says that it is, and a count says what a bar does.
        let is_told = is_late && matches!(cell, Cell::Status(_, _, Some(Standing::Overdue)));
        let says_nothing = is_told || matches!(cell, Cell::LateCount(0) | Cell::Bar(_));
        let Some(said) = self::cell(&cell, saying).filter(|_| !says_nothing) else { continue };
        let is_name = matches!(cell, Cell::Agency(_) | Cell::Title(_) | Cell::Report(..));
        let said = if names_itself(&cell) { said } else { named(column.heading, &said, saying) };
        if is_name { names.push(said) } else { others.push(said) }
    }
    names.append(&mut others);
    names.join(", ")
}

/// A fact's cells in one line.
pub(super) fn cells(cells: &[Cell<'_>], saying: Saying<'_>) -> String {
    cells.iter().filter_map(|cell| self::cell(cell, saying)).collect::<Vec<_>>().join(", ")
}

/// A cell; nothing where there is nothing to say.
pub(super) fn cell(cell: &Cell<'_>, saying: Saying<'_>) -> Option<String> {
    let words = saying.words;
    let days = |id: &str, days: i32| words.with(id, &[("days", days.into())]);
    let said = match cell {
        Cell::Empty => return None,
        Cell::Days(0) => words.get("linear-due-today").into_owned(),
        Cell::Days(late) => days("linear-days-late", *late),
        Cell::WorkingDays(count) => days("linear-working-days", *count),
        Cell::Range(from, to) if from != to => {
            let (from, to) = (words.short_date(*from, to.year()), words.short_date(*to, saying.year));
            words.with("linear-range", &[("from", from.into()), ("to", to.into())])
        }
        Cell::Fraction(_, 0) | Cell::Milestones(_, 0) => words.number(0),
        Cell::Fraction(part, all) | Cell::Milestones(part, all) => {
            words.with("linear-of", &[("part", (*part).into()), ("all", (*all).into())])
        }
        Cell::Countdown(countdown) => match countdown.phase {
            Phase::Running => {
                let day = countdown.day.unwrap_or(1);
                words.with("linear-countdown-running", &[("day", day.into()), ("days", countdown.days.into())])
            }
            Phase::Coming => words.with("linear-countdown-coming", &[("days", countdown.days_left.into())]),
            Phase::Past => words.get("countdown-past").into_owned(),
        },
        Cell::CellCount(_, count) => words.number(i64::from(*count)),
        Cell::Acts(state, mark) => acts(state, *mark, saying),
        Cell::Percent(percent) => format!("{percent}%"),
        Cell::Text(_)
        | Cell::Word(_)
        | Cell::Title(_)
        | Cell::Agency(_)
        | Cell::Report(..)
        | Cell::Period(_)
        | Cell::Count(_)
        | Cell::LateCount(_)
        | Cell::Extensions(_)
        | Cell::Date(_)
        | Cell::Due(..)
        | Cell::Range(..)
        | Cell::Status(..)
        | Cell::Bar(_)
        | Cell::NextStep(..)
        | Cell::Rate(_)
        | Cell::WorkingCountdown(_)
        | Cell::Readiness(_)
        | Cell::Moment(..)
        | Cell::Verb(..)
        | Cell::Said(..)
        | Cell::Id(_) => {
            let mut pieces = Vec::new();
            cell::pieces(cell, saying, &mut pieces);
            pieces.iter().map(|piece| piece.text.as_ref()).collect()
        }
    };
    Some(said.trim().to_owned()).filter(|said| !said.is_empty())
}

/// A name and what it is.
pub(super) fn named(name: Word, said: &str, saying: Saying<'_>) -> String {
    format!("{}: {said}", heading(name, saying.words))
}

/// A name by its words; what is short in a column is read out in full.
pub(super) fn heading(name: Word, words: &Words) -> String {
    let full = format!("linear-{}", name.0);
    let id = if words.has(&full) { full.as_str() } else { name.0 };
    words.get(id).trim().to_owned()
}

/// Does it say by itself what it is?
fn names_itself(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Empty
        | Cell::Text(_)
        | Cell::Word(_)
        | Cell::Title(_)
        | Cell::Agency(_)
        | Cell::Report(..)
        | Cell::Period(_)
        | Cell::Days(_)
        | Cell::WorkingDays(_)
        | Cell::Extensions(_)
        | Cell::Range(..)
        | Cell::Status(..)
        | Cell::NextStep(..)
        | Cell::Acts(..)
        | Cell::Countdown(_)
        | Cell::WorkingCountdown(_)
        | Cell::Readiness(_)
        | Cell::Moment(..)
        | Cell::Verb(..)
        | Cell::Said(..) => true,
        Cell::Count(_)
        | Cell::LateCount(_)
        | Cell::CellCount(..)
        | Cell::Date(_)
        | Cell::Due(..)
        | Cell::Bar(_)
        | Cell::Fraction(..)
        | Cell::Percent(_)
        | Cell::Rate(_)
        | Cell::Milestones(..)
        | Cell::Id(_) => false,
    }
}

/// What was done about an item; that nothing was, where it is still open.
fn acts(state: &State, mark: Option<Mark>, saying: Saying<'_>) -> String {
    let words = saying.words;
    let counted = |id, count: u32| (count > 0).then(|| words.with(id, &[("count", count.into())]));
    let dated = |id, date| words.with(id, &[("date", words.short_date(date, saying.year).into())]);
    let word = |id: &str| words.get(id).into_owned();
    let base = match state.base {
        Base::AwaitingConfirmation => Some(word("status-awaiting")),
        Base::Returned => Some(word("status-returned")),
        Base::NotStarted | Base::InProgress | Base::Paused | Base::Done | Base::Cancelled | Base::Exempt => None,
    };
    let lasts = |snooze: &&ByDay| saying.today.is_none_or(|today| today < snooze.on);
    let promise = state.promise.map(|on| {
        let broken = saying.today.is_some_and(|today| on < today) && state.handed_in.is_none();
        dated(if broken { "linear-promise-broken" } else { "acts-promised" }, on)
    });
    let said: Vec<String> = [
        mark.map(|mark| wording::unconfirmed(mark, saying).text.into_owned()),
        base,
        counted("linear-reminded", state.reminders.into()),
        counted("linear-escalated", state.escalation.into()),
        counted("extensions", state.extensions.into()),
        (!state.acknowledged.is_empty()).then(|| word("acts-acknowledged")),
        state.requested.as_ref().map(|request| dated("acts-requested", request.until)),
        promise,
        state.snoozed.iter().rfind(lasts).map(|snooze| dated("acts-snoozed", snooze.on)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if said.is_empty() && state.base.is_open() { word("acts-none") } else { said.join(", ") }
}
