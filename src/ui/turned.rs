//! How what is different is said: in the header and on the tabs, in the detail, as a line of the list. Since a look it is who
//! and when; beside another day how it stood then.

use jiff::civil::Date;

use super::{
    Look,
    cell::{self, Saying},
    entry as said,
    pen::{Piece, width, width_of},
    theme::Role,
};
use crate::{
    app::{
        changed::{
            Before,
            digest::{name, turn_word},
        },
        model::Model,
    },
    domain::{
        changes::{Change, Standing, Turn},
        item::{Item, Kind},
        status::{Base, Today},
        told::Line,
    },
    panels::{cell::Cell, view::ViewId},
};

/// How many items of what a view shows are different.
pub(super) fn count(view: ViewId, model: &Model) -> Option<usize> {
    match view {
        ViewId::Overview | ViewId::Campaigns | ViewId::Matrix | ViewId::Trend | ViewId::Journal => None,
        ViewId::Reports => Some(model.changed.changes().count(Kind::Report)),
        ViewId::Tasks => Some(model.changed.changes().count(Kind::Task)),
    }
}

/// How much is different and from when: `◆ 5 thay đổi từ 15/11`. Nothing where nothing changed since the look.
pub(super) fn since(model: &Model, look: &Look<'_>) -> Vec<Piece<'static>> {
    let (changes, Some(before)) = (model.changed.changes(), model.changed.before()) else { return Vec::new() };
    let count = changes.all().len();
    let (word, role) = match before {
        Before::Look(_) if changes.is_empty() => return Vec::new(),
        Before::Look(_) => ("header-changes", Role::Changed),
        Before::Day(_) => ("header-compared", Role::PastDay),
    };
    // At the narrowest the tabs need the room.
    let short = model.size.0 < 100 && word == "header-changes";
    let word = if short { "header-changes-short" } else { word };
    let more = if changes.cut { "+" } else { "" };
    let counted = format!("{}{more}", look.words.number(i64::try_from(count).unwrap_or(i64::MAX)));
    let parts = [("count", count.into()), ("shown", counted.into()), ("since", day(model, before, look).into())];
    let said = look.words.with(word, &parts);
    let sign = look.glyphs.changed;
    vec![Piece::new(role, if short { format!("{sign}{said}") } else { format!(" {sign} {said} ") })]
}

/// The heading of the list.
pub(super) fn title(model: &Model, look: &Look<'_>) -> String {
    let Some(before) = model.changed.before() else { return look.words.get("dialog-changes").into_owned() };
    let parts = |since: String| [("since", since.into()), ("until", shown_day(model, look).into())];
    match before {
        Before::Look(at) => {
            let at = model.zone.to_datetime(at);
            let since = format!("{} {:02}:{:02}", day(model, before, look), at.hour(), at.minute());
            look.words.with("dialog-changes-since", &parts(since))
        }
        Before::Day(_) => look.words.with("dialog-changes-between", &parts(day(model, before, look))),
    }
}

fn shown_day(model: &Model, look: &Look<'_>) -> String {
    look.words.short_date(model.today.date, model.clock_date().year()).to_string()
}

fn day(model: &Model, before: Before, look: &Look<'_>) -> String {
    let date = match before {
        Before::Look(at) => model.zone.to_datetime(at).date(),
        Before::Day(day) => day,
    };
    look.words.short_date(date, model.clock_date().year()).to_string()
}

/// The figures of the day that is compared with, and those of the one shown, as many as `room` holds whole; nothing where
/// none is.
pub(super) fn figures(model: &Model, room: u16, look: &Look<'_>) -> Vec<Piece<'static>> {
    let Some(then) = model.changed.figures() else { return Vec::new() };
    let now = &model.summary;
    let counted = [
        ("figure-reports-overdue", then.reports.overdue(), now.reports.overdue()),
        ("figure-tasks-overdue", then.tasks.overdue(), now.tasks.overdue()),
        ("figure-reports-done", then.reports.done(), now.reports.done()),
        ("figure-tasks-done", then.tasks.done(), now.tasks.done()),
    ];
    let mut pieces = Vec::new();
    for (word, then, now) in counted {
        let before = pieces.len();
        if !pieces.is_empty() {
            pieces.push(Piece::new(Role::Dim, format!("  {}  ", look.glyphs.dot)));
        }
        pieces.push(Piece::new(Role::Dim, format!("{} ", look.words.get(word))));
        pieces.push(Piece::new(Role::Text, format!("{then} {} {now}", look.glyphs.arrow)));
        if width_of(&pieces) > room {
            pieces.truncate(before);
            break;
        }
    }
    pieces
}

/// A line of the list: at its left what became of things, where it is the first of its sort that is seen, and what it is
/// about; at its right who and when, or how it stood and stands: of the latter no more than half of `room` holds whole.
pub(super) fn line<'a>(
    change: &'a Change,
    (first, room): (bool, u16),
    model: &'a Model,
    look: &'a Look<'_>,
) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let label = look.words.get(turn_word(change.turn).0);
    let blank = usize::from(turns_width(model, look).saturating_sub(if first { width(&label) } else { 0 })) + 2;
    let mut left = Vec::new();
    if first {
        left.push(Piece::new(role(change.turn), label));
    }
    left.push(Piece::new(Role::Text, " ".repeat(blank)));
    left.push(Piece::new(Role::Text, name(model, change).to_string()));
    let Some(scene) = model.scene() else { return (left, Vec::new()) };
    let saying = look.saying(&scene);
    let mut right = match (scene.snapshot.item(&change.item), &change.entry) {
        (Some(item), None) if change.was.is_some() => {
            fitting(then_and_now(change, item, model.today, saying), room / 2, look)
        }
        (_, Some(entry)) => entry.by.as_ref().map(|by| Piece::new(Role::Dim, by.to_string())).into_iter().collect(),
        (_, None) => Vec::new(),
    };
    if let Some(entry) = &change.entry {
        let at = model.zone.to_datetime(entry.recorded_at());
        let date = look.words.short_date(at.date(), saying.year);
        right.push(Piece::new(Role::Text, format!("  {date} {:02}:{:02}", at.hour(), at.minute())));
    } else if let Some(on) = change.on {
        // Below the days of the others.
        right.push(Piece::new(Role::Text, format!("  {}      ", look.words.short_date(on, saying.year))));
    }
    (left, right)
}

/// What of `pieces` fits, without the parts after a dot that do not: the first one says the most.
fn fitting(mut pieces: Vec<Piece<'static>>, room: u16, look: &Look<'_>) -> Vec<Piece<'static>> {
    while width_of(&pieces) > room {
        let Some(dot) = pieces.iter().rposition(|piece| piece.text.trim() == look.glyphs.dot) else { break };
        pieces.truncate(dot);
    }
    pieces
}

/// The widest of the words there are.
fn turns_width(model: &Model, look: &Look<'_>) -> u16 {
    let runs = model.changed.changes().all().chunk_by(|one, other| one.turn == other.turn);
    let words = runs.filter_map(|run| Some(width(&look.words.get(turn_word(run.first()?.turn).0))));
    words.max().unwrap_or(0)
}

fn role(turn: Turn) -> Role {
    match turn {
        Turn::Overdue => Role::Late,
        Turn::DueSoon => Role::DueSoon,
        Turn::New
        | Turn::Arrived
        | Turn::Settled
        | Turn::Returned
        | Turn::Deadline
        | Turn::Chased
        | Turn::Progress
        | Turn::Gone
        | Turn::TakenBack
        | Turn::Amended
        | Turn::Noted => Role::Changed,
    }
}

/// What is different of an item, in its detail: what an entry did, else what became of it since when, or how it stood.
pub(super) fn whole(change: &Change, item: &Item, today: Today, saying: Saying<'_>) -> Vec<Piece<'static>> {
    let turn = saying.words.get(turn_word(change.turn).0);
    let mut pieces = vec![Piece::new(role(change.turn), format!("{} {turn}", saying.glyphs.changed))];
    let dot = || Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot));
    if let Some(entry) = &change.entry {
        pieces.push(dot());
        pieces.extend(said::whole(Line { entry, reversed: false, took_back: None }, saying));
    } else if change.was.is_some() {
        pieces.push(dot());
        pieces.extend(then_and_now(change, item, today, saying));
    }
    if let Some(on) = change.on {
        pieces.push(dot());
        let on: Date = on;
        pieces.push(Piece::new(Role::Text, saying.words.short_date(on, saying.year)));
    }
    pieces
}

/// How an item stood and how it stands: its state, and of its due date and progress what is not the same.
fn then_and_now(change: &Change, item: &Item, today: Today, saying: Saying<'_>) -> Vec<Piece<'static>> {
    let Some(was) = change.was else { return Vec::new() };
    let is = Standing::of(item, today);
    let arrow = || Piece::new(Role::Dim, format!(" {} ", saying.glyphs.arrow));
    let mut pieces = status(item, was, saying);
    if (was.base, was.cell) != (is.base, is.cell) {
        pieces.push(arrow());
        pieces.extend(status(item, is, saying));
    }
    let dot = || Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot));
    // What is done is all done.
    let is_done = was.base == Base::Done || is.base == Base::Done;
    if was.progress != is.progress && item.kind() == Kind::Task && !is_done {
        pieces.push(dot());
        pieces.push(Piece::new(Role::Text, format!("{}%", was.progress)));
        pieces.push(arrow());
        pieces.push(Piece::new(Role::Text, format!("{}%", is.progress)));
    }
    if was.due != is.due {
        pieces.push(dot());
        pieces.push(Piece::new(Role::Dim, format!("{} ", saying.words.get("fact-due"))));
        let day = |due: Option<Date>| {
            due.map_or("–".to_owned(), |due| saying.words.short_date(due, saying.year).to_string())
        };
        pieces.push(Piece::new(Role::Text, day(was.due)));
        pieces.push(arrow());
        pieces.push(Piece::new(Role::Text, day(is.due)));
    }
    pieces
}

fn status(item: &Item, stands: Standing, saying: Saying<'_>) -> Vec<Piece<'static>> {
    let mut pieces = Vec::new();
    cell::pieces(&Cell::Status(item.kind(), stands.base, stands.cell), saying, &mut pieces);
    pieces.into_iter().map(|piece| Piece::new(piece.role, piece.text.into_owned())).collect()
}
