//! The two lines at the top: which plan, when, how fresh; and the views.

use jiff::civil::{Date, DateTime};
use ratatui::buffer::Buffer;

use super::{
    Look, freshness, keycap,
    pen::{Piece, put, put_pieces, width, width_of},
    scope,
    theme::Role,
    turned,
};
use crate::{
    app::{action::Action, model::Model},
    domain::plan::Plan,
    panels::{
        column::Align,
        view::{Area, VIEWS, View, ViewId},
    },
};

/// The program's name, as it stands before everything else.
const NAME: &str = "tiendo";

/// The room a title is worth beginning in, with the dot before it.
const TITLE: u16 = 8;

/// What was drilled down to takes at most this part of the tab line.
const SCOPE: u16 = 5;

/// The view whose tab stands at column `x` of the tab line.
pub fn tab_at(x: u16, model: &Model, look: &Look<'_>) -> Option<ViewId> {
    let spacing = spacing(model, look);
    let mut end = spacing.before;
    VIEWS.iter().find_map(|view| {
        end += width_of(&tab(view, model, spacing, look));
        (x < end && x >= spacing.before).then_some(view.id)
    })
}

/// Draws both lines.
pub fn draw(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) {
    let plan = model.snapshot.as_ref().map(|snapshot| snapshot.outline.plan.as_ref());
    plan_line(buffer, Area { height: 1, ..area }, plan, model, look);
    if area.height > 1 {
        tabs(buffer, Area { y: area.y + 1, height: 1, ..area }, model, look);
    }
}

/// Which plan at the left; the day, the freshness and the sample's banner at the right, which never give way.
fn plan_line(buffer: &mut Buffer, area: Area, plan: Option<&Plan>, model: &Model, look: &Look<'_>) {
    let style = |role| look.palette.style(role);
    let mut right = Vec::new();
    // Without a plan there is no zone to tell the time in.
    if plan.is_some() {
        right.extend(day(model, area.width, look));
        right.push(Piece::new(Role::Text, "   "));
    }
    right.extend(freshness::pieces(model, look));
    right.extend(unconfirmed(model, area.width, look));
    right.push(Piece::new(Role::Text, " "));
    if model.feed.sample || plan.is_some_and(|plan| plan.sample) {
        right.push(Piece::new(Role::Text, " "));
        let word = if area.width < 100 { "banner-sample-short" } else { "banner-sample" };
        right.push(Piece::new(Role::Sample, format!(" {} ", look.words.get(word))));
    }
    let wide = width_of(&right).min(area.width);
    put_pieces(buffer, (area.x + area.width - wide, area.y), (wide, Align::Right), &right, look.glyphs.ellipsis, style);
    let room = area.width.saturating_sub(wide + 2);
    let mut left = vec![Piece::new(Role::Text, " "), Piece::new(Role::Accent, NAME), Piece::new(Role::Text, "   ")];
    // Which plan it is matters more than which program: the plan's number is never cut for the program's name.
    let number = plan.and_then(|plan| plan.number.as_ref()).map_or(0, |number| width(number) + 2);
    if number > 0 && width_of(&left) + number > room {
        left.truncate(1);
    }
    if let Some(plan) = plan {
        if let Some(number) = &plan.number {
            left.push(Piece::new(Role::Title, number.as_str()));
        }
        if number == 0 || width_of(&left) + TITLE <= room {
            let dot = if number == 0 { String::new() } else { format!(" {} ", look.glyphs.dot) };
            left.push(Piece::new(Role::Dim, dot));
            left.push(Piece::new(Role::Text, plan.title.get(look.words.language.tag)));
        }
    }
    put_pieces(buffer, (area.x, area.y), (room, Align::Left), &left, look.glyphs.ellipsis, style);
}

/// The clock; of another day its date in its place, and that it is not today.
fn day(model: &Model, room: u16, look: &Look<'_>) -> Vec<Piece<'static>> {
    let mut pieces = match model.other_day.day() {
        Some(day) => vec![Piece::new(Role::PastDay, format!(" {} ", another(day, model, room, look)))],
        None => vec![Piece::new(Role::Text, clock(model.zone.to_datetime(model.now), room, look))],
    };
    if let Some(wanted) = model.other_day.wanted() {
        let date = look.words.short_date(wanted, model.today.date.year()).to_string();
        let said = look.words.with("header-day-wanted", &[("date", date.into())]);
        pieces.push(Piece::new(Role::Dim, format!(" {said}")));
    }
    pieces
}

/// Another day, that it is not today, and which day it is told by where that is another again. Where there is little room the
/// footer alone says that it is not today.
fn another(day: Date, model: &Model, room: u16, look: &Look<'_>) -> String {
    let (words, date) = (look.words, look.words.date(day).to_string());
    let kept_on = model.snapshot.as_ref().and_then(|snapshot| model.other_day.kept_on(snapshot));
    let kept = kept_on.map(|kept_on| words.short_date(kept_on, day.year()).to_string());
    if room < 100 {
        return match kept {
            Some(kept) => words.with("header-kept-day-short", &[("date", date.into()), ("kept", kept.into())]),
            None => words.with("header-other-day-short", &[("date", date.into())]),
        };
    }
    let weekday = words.weekday(day.weekday()).to_string();
    let said = words.with("header-other-day", &[("weekday", weekday.into()), ("date", date.into())]);
    match kept {
        Some(kept) => {
            format!("{said} {} {}", look.glyphs.dot, words.with("header-kept-day", &[("kept", kept.into())]))
        }
        None => said,
    }
}

fn clock(now: DateTime, room: u16, look: &Look<'_>) -> String {
    let time = format!("{:02}:{:02}", now.hour(), now.minute());
    match room {
        110.. => format!("{} {} {time}", look.words.weekday(now.date().weekday()), look.words.date(now.date())),
        60.. => format!("{} {time}", look.words.date(now.date())),
        _ => format!("{} {time}", look.words.short_date(now.date(), now.date().year())),
    }
}

/// How much waits to be sent, and how much has to be decided on; nothing where nothing does.
fn unconfirmed(model: &Model, room: u16, look: &Look<'_>) -> Vec<Piece<'static>> {
    let waiting = &model.pending.waiting;
    let cards = if room < 100 { "header-cards-short" } else { "header-cards" };
    let counted = [
        (model.pending.to_decide(), look.glyphs.conflict, Role::Late, cards),
        (waiting.count(), look.glyphs.waiting, Role::Accent, "header-waiting"),
    ];
    let counted = counted.into_iter().filter(|(count, ..)| *count > 0);
    let gap = if room < 100 { "  " } else { "   " };
    let piece = |(count, sign, role, word): (usize, &str, Role, &str)| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Piece::new(role, format!("{gap}{sign} {}", look.words.with(word, &[("count", count.into())])))
    };
    counted.map(piece).collect()
}

/// The views by their keys, with what is overdue in each; at the right what was drilled down to and how much is marked.
fn tabs(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) {
    let spacing = spacing(model, look);
    let mut left = vec![Piece::new(Role::Text, " ".repeat(spacing.before.into()))];
    left.extend(VIEWS.iter().flat_map(|view| tab(view, model, spacing, look)));
    let mut right = beside_tabs(model, look);
    // The tabs never give way to what we owe; it has its own place in the queue, too.
    let owed = what_we_owe(model, look);
    if width_of(&left) + width_of(&right) + width_of(&owed) < area.width {
        right.splice(0..0, owed);
    }
    let spare = area.width.saturating_sub(width_of(&left) + 1).max(area.width / 2);
    let wide = width_of(&right).min(spare);
    let shown = look.palette.style(Role::Title).patch(look.palette.style(Role::BorderFocused));
    let style = |role| if role == Role::Selection { shown } else { look.palette.style(role) };
    let room = area.width.saturating_sub(if wide > 0 { wide + 1 } else { 0 });
    put_pieces(buffer, (area.x, area.y), (room, Align::Left), &left, look.glyphs.ellipsis, style);
    let x = area.x + area.width - wide;
    put_pieces(buffer, (x, area.y), (wide, Align::Right), &right, look.glyphs.ellipsis, style);
}

/// How many are overdue of what a view shows.
fn late(view: ViewId, model: &Model) -> Option<u32> {
    match view {
        ViewId::Overview | ViewId::Matrix | ViewId::Trend | ViewId::Campaigns | ViewId::Journal => None,
        ViewId::Reports => Some(model.summary.reports.overdue()),
        ViewId::Tasks => Some(model.summary.tasks.overdue()),
    }
}

fn beside_tabs<'a>(model: &'a Model, look: &'a Look<'_>) -> Vec<Piece<'a>> {
    let mut right = Vec::new();
    if let Some(name) = scope::name(model, look) {
        // The panel's title says it whole: here the tabs go before it.
        let name = super::pen::truncated(&name, model.size.0 / SCOPE, look.glyphs.ellipsis);
        right.push(Piece::new(Role::Accent, format!("{} {name} ", look.glyphs.prompt)));
    }
    if !model.marks.is_empty() {
        let (count, hidden) = (model.marks.len(), model.hidden_marks.count);
        let word = if hidden > 0 { "marked-hidden" } else { "marked-count" };
        let said = look.words.with(word, &[("count", count.into()), ("hidden", hidden.into())]);
        right.push(Piece::new(Role::Mark, format!("{} {said} ", look.glyphs.marked)));
    }
    right.extend(turned::since(model, look));
    right
}

/// What the agency at whose desk one sits owes itself: how much is open, how much of it late, and the next due date.
pub(super) fn what_we_owe<'a>(model: &Model, look: &Look<'_>) -> Vec<Piece<'a>> {
    let desk = model.desk.agency.zip(model.snapshot.as_ref());
    let owed = desk.and_then(|(index, snapshot)| {
        let agency = snapshot.outline.agencies.get(index as usize)?;
        Some((agency, model.summary.agencies.get(index as usize)?))
    });
    let Some((agency, figures)) = owed else { return Vec::new() };
    let (open, late) =
        (figures.tasks.open() + figures.reports.open(), figures.tasks.overdue() + figures.reports.overdue());
    let name = agency.label(look.words.language.tag).to_owned();
    let said = look.words.with("desk-owes", &[("agency", name.into()), ("count", open.into())]);
    let mut pieces = vec![Piece::new(Role::Dim, said)];
    if late > 0 {
        pieces.push(Piece::new(
            Role::Late,
            format!(" {} {}", look.glyphs.dot, look.words.with("count-overdue", &[("count", late.into())])),
        ));
    }
    if let Some(due) = figures.next_due {
        let due = look.words.short_date(due, model.today.date.year());
        let next = look.words.with("desk-next-due", &[("date", due.into())]);
        pieces.push(Piece::new(Role::Dim, format!(" {} {next}", look.glyphs.dot)));
    }
    pieces.push(Piece::new(Role::Dim, "  "));
    pieces
}

/// The line that names a view's panels where only one is shown at a time.
pub fn panel_tabs(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) {
    let mut x = area.x + 1;
    let end = area.x + area.width;
    for panel in model.view.view().panels {
        let shown = *panel == model.focused();
        let style = look.palette.style(if shown { Role::Title } else { Role::Dim });
        let name = super::panel_name(*panel, model, look);
        let sign = if shown { look.glyphs.phase(crate::domain::campaign::Phase::Running) } else { " " };
        x = put(buffer, x, area.y, end.saturating_sub(x), sign, look.palette.style(Role::Accent));
        x = put(buffer, x, area.y, end.saturating_sub(x), " ", style);
        let name = super::pen::truncated(&name, end.saturating_sub(x), look.glyphs.ellipsis);
        x = put(buffer, x, area.y, end.saturating_sub(x), &name, style).saturating_add(2);
    }
}

/// How close the tabs stand: the widest that fits beside what stands at their right, so that the last one is on the screen too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spacing {
    /// Cells after each tab.
    gap: usize,
    /// Cells before the first one.
    before: u16,
    /// How much each says of what is in it.
    counts: Counts,
}

/// What a tab counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    /// What is late, and what changed.
    All,
    /// What is late: how much changed in all stands at the right.
    Late,
    /// Nothing.
    None,
}

fn spacing(model: &Model, look: &Look<'_>) -> Spacing {
    let widest_first =
        [(3, 1, Counts::All), (2, 1, Counts::All), (1, 1, Counts::All), (1, 1, Counts::Late), (1, 1, Counts::None)];
    let closest = Spacing { gap: 1, before: 0, counts: Counts::None };
    let beside = width_of(&beside_tabs(model, look));
    let room = model.size.0.saturating_sub(if beside > 0 { beside + 1 } else { 0 });
    let width = |spacing: Spacing| {
        spacing.before + VIEWS.iter().map(|view| width_of(&tab(view, model, spacing, look))).sum::<u16>()
    };
    let fits = |spacing: &Spacing| width(*spacing) <= room;
    let mut all = widest_first.into_iter().map(|(gap, before, counts)| Spacing { gap, before, counts });
    all.find(fits).unwrap_or(closest)
}

/// A view's tab: its key, its name, what is late in it, what is different in it, and the gap after it.
fn tab<'a>(view: &View, model: &Model, spacing: Spacing, look: &Look<'a>) -> Vec<Piece<'a>> {
    let shown = view.id == model.view;
    let mut pieces = Vec::new();
    let keys = keycap::names(look.bindings, Action::show(view.id), look.glyphs.is_ascii());
    if let Some(name) = keys.first() {
        pieces.push(Piece::new(if shown { Role::Key } else { Role::Dim }, format!("{name} ")));
    }
    pieces.push(Piece::new(if shown { Role::Selection } else { Role::Text }, look.words.get(view.title.0)));
    if let Some(late) = late(view.id, model).filter(|late| *late > 0 && spacing.counts != Counts::None) {
        pieces.push(Piece::new(Role::Late, format!(" {late}")));
    }
    if let Some(count) = turned::count(view.id, model).filter(|count| *count > 0 && spacing.counts == Counts::All) {
        pieces.push(Piece::new(Role::Changed, format!(" {}{count}", look.glyphs.changed)));
    }
    // A count and the next tab's key must not be read as one number, least of all without colours.
    let counted = matches!(pieces.last(), Some(Piece { role: Role::Late | Role::Changed, .. }));
    pieces.push(Piece::new(Role::Text, " ".repeat(spacing.gap.max(1 + usize::from(counted)))));
    pieces
}
