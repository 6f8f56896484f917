//! The line at the bottom: the filter while it is typed, else a notice, else the keys with their words.

use ratatui::{buffer::Buffer, layout::Position};

use super::{
    Look, asking, keycap, line_input,
    pen::{Piece, put, put_pieces, width_of},
    theme::Role,
};
use crate::{
    app::{
        action::Action,
        first_steps::Step,
        marks,
        messages::{Level, Said},
        model::Model,
        triage,
    },
    panels::{
        Body, PanelId,
        column::Align,
        view::{Area, ViewId},
    },
};

/// What is shown of the keys, what is needed most first.
const SHOWN: [Action; 36] = [
    Action::Today,
    Action::PreviousDay,
    Action::NextDay,
    Action::Back,
    Action::Cards,
    Action::Acknowledge,
    Action::Remind,
    Action::Done,
    Action::Extend,
    Action::Menu,
    Action::SwitchMatrix,
    Action::SendBack,
    Action::Escalate,
    Action::Note,
    Action::Progress,
    Action::Mark,
    Action::Open,
    Action::ShowNow,
    Action::Closer,
    Action::Wider,
    Action::Filter,
    Action::Sort,
    Action::Snooze,
    Action::Undo,
    Action::Changes,
    Action::MarkSeen,
    Action::NextPanel,
    Action::Palette,
    Action::Group,
    Action::Facets,
    Action::Zoom,
    Action::HandOver,
    Action::Copy,
    Action::Refresh,
    Action::Language,
    Action::Theme,
];

/// What is shown at the right, whatever else there is room for.
const ALWAYS: [Action; 2] = [Action::Help, Action::Quit];

/// Draws the line. Gives the cursor's place where the filter is typed.
pub fn draw(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) -> Option<Position> {
    if model.typing {
        return Some(filter_line(buffer, area, model, look));
    }
    if let Some(said) = model.messages.notice() {
        notice(buffer, area, said, look);
        return None;
    }
    if model.is_asking() {
        asking::draw(buffer, area, model, look);
        return None;
    }
    let mut area = area;
    if let Some(wall) = &model.wall {
        let (page, pages) = wall.page();
        let said = look.words.with("wall-page", &[("page", page.into()), ("pages", pages.into())]);
        put(buffer, area.x + 1, area.y, area.width, &said, look.palette.style(Role::Dim));
        return None;
    }
    if model.range.is_some() {
        let said = [Piece::new(Role::Accent, format!(" {} ", look.words.get("range-hint")))];
        put_pieces(buffer, (area.x, area.y), (area.width, Align::Left), &said, look.glyphs.ellipsis, |role| {
            look.palette.style(role)
        });
        return None;
    }
    let filter = model.filter().text();
    if !filter.is_empty() {
        let pieces = [
            Piece::new(Role::Accent, format!(" {} ", look.words.get("filter-label"))),
            Piece::new(Role::Title, filter),
            Piece::new(Role::Text, "  "),
        ];
        let room = width_of(&pieces).min(area.width / 2);
        put_pieces(buffer, (area.x, area.y), (room, Align::Left), &pieces, look.glyphs.ellipsis, |role| {
            look.palette.style(role)
        });
        area = Area { x: area.x + room, width: area.width - room, ..area };
    }
    keys(buffer, area, model, look);
    None
}

/// The first step to be taken, where there is one: its place among them, its keys with what they do.
fn first_step<'a>(model: &Model, look: &Look<'a>) -> Option<Vec<Piece<'a>>> {
    let step = model.first_steps.step().filter(|_| model.snapshot.is_some())?;
    let of = [("step", (step as usize + 1).into()), ("steps", Step::ALL.len().into())];
    let mut pieces = vec![Piece::new(Role::Accent, format!("{}  ", look.words.with("first-step", &of)))];
    let forbidden = |action| action == Action::Menu && model.read_only().is_some();
    for action in step.actions().into_iter().filter(|action| !forbidden(*action)) {
        let names = keycap::names(look.bindings, action, look.glyphs.is_ascii());
        // Whoever is new here finds the arrows before the letters.
        let Some(key) = names.iter().find(|name| !name.is_ascii()).or(names.first()) else {
            continue;
        };
        let word = look.words.get(&format!("first-{}", action.as_str())).into_owned();
        pieces.push(Piece::new(Role::Key, key.clone()));
        pieces.push(Piece::new(Role::Text, format!(" {word}   ")));
    }
    Some(pieces)
}

/// As many keys as there is room for, each with its word whole.
fn keys(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) {
    let style = |role| look.palette.style(role);
    let mut x = area.x.saturating_add(1);
    let mut end = area.x + area.width;
    let mut always: Vec<Piece<'_>> = ALWAYS.iter().filter_map(|action| named(*action, look)).flatten().collect();
    if let Some(why) = model.read_only() {
        always.insert(0, Piece::new(Role::DueSoon, format!("{}  ", look.words.get(&format!("{}-short", why.0)))));
    }
    let wide = width_of(&always);
    if wide < area.width * 2 / 3 {
        end -= wide;
        put_pieces(buffer, (end, area.y), (wide, Align::Left), &always, "", style);
    }
    if let Some(pieces) = first_step(model, look) {
        let room = end.saturating_sub(x + 1);
        put_pieces(buffer, (x, area.y), (room, Align::Left), &pieces, look.glyphs.ellipsis, style);
        return;
    }
    let reads = matches!(model.focused().panel().body, Body::Chart(_)).then(|| along_time(look)).flatten();
    if let Some(pieces) = reads {
        x = put_pieces(buffer, (x, area.y), (end.saturating_sub(x), Align::Left), &pieces, "", style);
    }
    for action in SHOWN.into_iter().filter(|action| is_of_use(*action, model)) {
        let Some(pieces) = named(action, look) else { continue };
        let wide = width_of(&pieces);
        if x + wide > end {
            return;
        }
        x = put_pieces(buffer, (x, area.y), (wide, Align::Left), &pieces, "", style);
    }
}

/// The keys that go along the time of a chart.
fn along_time<'a>(look: &Look<'a>) -> Option<[Piece<'a>; 2]> {
    let key = |action| keycap::names(look.bindings, action, look.glyphs.is_ascii()).into_iter().next();
    let (left, right) = key(Action::Left).zip(key(Action::Right))?;
    let word = look.words.get("trend-hint");
    Some([Piece::new(Role::Key, format!("{left} {right}")), Piece::new(Role::Dim, format!(" {word}  "))])
}

/// An action's shortest key with its word, and the space after it; none for one that has no key.
fn named<'a>(action: Action, look: &Look<'a>) -> Option<[Piece<'a>; 2]> {
    let key = keycap::names(look.bindings, action, look.glyphs.is_ascii()).into_iter().next()?;
    let word = format!("short-{}", action.as_str());
    let word = if look.words.has(&word) { look.words.get(&word) } else { look.words.get(action.word().0) };
    Some([Piece::new(Role::Key, key), Piece::new(Role::Dim, format!(" {word}  "))])
}

/// Does the action do anything where one is?
fn is_of_use(action: Action, model: &Model) -> bool {
    let in_table = model.focused() != PanelId::Detail;
    if model.snapshot.is_none() {
        // The panels say how loading is stopped, and why there is nothing.
        matches!(action, Action::Palette | Action::Refresh | Action::Language | Action::Theme)
    } else if action.deed().is_some() || matches!(action, Action::Menu | Action::Undo) {
        model.read_only().is_none() && triage::is_possible(model, action)
    } else if action == Action::Cards {
        model.pending.to_decide() > 0
    } else if action == Action::Sort {
        let columns = model.focused().table().map_or(&[][..], |table| table.columns);
        columns.iter().any(|column| column.order.is_some())
    } else if action == Action::Changes {
        !model.changed.changes().is_empty()
    } else if action == Action::MarkSeen {
        !model.changed.changes().is_empty() && !model.changed.is_comparing() && model.other_day.day().is_none()
    } else if matches!(action, Action::Today | Action::PreviousDay | Action::NextDay) {
        model.other_day.day().is_some()
    } else if action == Action::ShowNow {
        model.view == ViewId::Campaigns && model.pictures.timeline.begin.is_some()
    } else if matches!(action, Action::Closer | Action::Wider) {
        model.arranged().area(PanelId::Timeline).is_some()
    } else if action == Action::Mark {
        model.other_day.day().is_none() && marks::markable(model).is_some()
    } else if action == Action::HandOver {
        !model.settings.forms.is_empty() && model.wall.is_none()
    } else if action == Action::Copy {
        !matches!(model.focused().panel().body, Body::Chart(_))
    } else if action == Action::Group {
        model.focused().table().is_some_and(|table| !table.groups.is_empty())
    } else if action == Action::SwitchMatrix {
        model.view == ViewId::Matrix
    } else if action == Action::Open {
        in_table && model.list(model.focused()).row().is_some()
    } else if action == Action::Back {
        let filtered = !model.filter().text().is_empty() || model.changed.is_comparing();
        let reads = model.view == ViewId::Trend && model.pictures.trend.crosshair().is_some();
        reads || !in_table || model.zoomed || !model.drills.is_empty() || filtered || !model.marks.is_empty()
    } else {
        true
    }
}

/// The filter being typed, and what of it was not understood.
fn filter_line(buffer: &mut Buffer, area: Area, model: &Model, look: &Look<'_>) -> Position {
    let filter = model.filter();
    let problem = filter.query.problems.first().map(|problem| look.words.say(problem));
    let problem = [Piece::new(Role::Error, problem.map(|text| format!(" {text} ")).unwrap_or_default())];
    let wide = width_of(&problem).min(area.width / 2);
    let x = area.x + area.width - wide;
    put_pieces(buffer, (x, area.y), (wide, Align::Right), &problem, look.glyphs.ellipsis, |role| {
        look.palette.style(role)
    });
    let label = format!(" {} ", look.words.get("filter-label"));
    let from = put(buffer, area.x, area.y, area.width, &label, look.palette.style(Role::Accent));
    let room = x.saturating_sub(from + 1);
    line_input::draw(buffer, (from, area.y), room, &filter.input, look)
}

fn notice(buffer: &mut Buffer, area: Area, said: &Said, look: &Look<'_>) {
    let (role, sign) = match said.level {
        Level::Info => (Role::Info, look.glyphs.freshness[0]),
        Level::Error => (Role::Error, look.glyphs.freshness[3]),
    };
    let pieces = [Piece::new(role, format!(" {sign} {} ", look.words.say(&said.sentence)))];
    put_pieces(buffer, (area.x, area.y), (area.width, Align::Left), &pieces, look.glyphs.ellipsis, |role| {
        look.palette.style(role)
    });
}
