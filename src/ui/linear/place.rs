//! Places as they are read: how the plan stands, a list in parts, everything about a row, the menu, the help.

use super::{
    super::{Look, freshness, header, scope},
    cell, is_told, item, numbered,
};
use crate::{
    app::{
        linear::{self, COMMANDS, Command, PAGE, Place, Tell, What},
        model::Model,
    },
    panels::{Group, PanelId, Row, RowKey, cell::Word, scene::Scene},
    words::Arg,
};

/// What is told at a place.
pub(super) fn lines(model: &Model, place: Place, tell: Tell, look: &Look<'_>, lines: &mut Vec<String>) {
    if model.snapshot.is_none() {
        lines.push(match model.feed.loading {
            Some(loading) => {
                format!("{} {}", look.words.get("nothing-loading"), freshness::loading_text(loading, look))
            }
            None if model.feed.failure.is_some() => look.words.get("nothing-failed").into_owned(),
            None => look.words.get("nothing-loading").into_owned(),
        });
    }
    let whole = is_told(tell, Tell::Whole);
    match place {
        Place::Home if whole => summary(model, look, lines),
        Place::List if whole => list(model, look, lines),
        Place::List if tell == Tell::Choices => lines.extend(here(model, look)),
        Place::Item if is_told(tell, Tell::Choices) => item::lines(model, whole, look, lines),
        Place::Help => help(look, lines),
        Place::Menu => lines.push(look.words.get("linear-menu").into_owned()),
        Place::Home | Place::List | Place::Item | Place::Filter | Place::Day => {}
    }
    if place != Place::List && is_told(tell, Tell::Choices) {
        let choices = linear::numbered(model);
        lines.extend(choices.iter().map(|of| numbered(of.number, &choice(&of.what, model, look))));
    }
    lines.push(look.words.get(question(place)).into_owned());
}

fn question(place: Place) -> &'static str {
    match place {
        Place::Home => "linear-ask-home",
        Place::List => "linear-ask-list",
        Place::Item => "linear-ask-item",
        Place::Menu => "linear-ask-menu",
        Place::Filter => "linear-ask-filter",
        Place::Day => "linear-ask-day",
        Place::Help => "linear-ask-help",
    }
}

/// How the plan stands.
fn summary(model: &Model, look: &Look<'_>, lines: &mut Vec<String>) {
    let words = look.words;
    let Some(snapshot) = &model.snapshot else { return };
    let plan = &snapshot.outline.plan;
    let number = plan.number.as_ref().map(|number| format!("{number}: ")).unwrap_or_default();
    lines.push(format!("{number}{}", plan.title.get(words.language.tag)));
    if model.feed.sample || plan.sample {
        lines.push(words.get("linear-sample").into_owned());
    }
    let now = model.zone.to_datetime(model.now);
    let date = |date| format!("{} {}", words.weekday(jiff::civil::Date::weekday(date)), words.date(date));
    lines.push(match model.other_day.day() {
        Some(day) => words.with("linear-other-day", &[("date", date(day).into())]),
        None => format!("{} {:02}:{:02}", date(now.date()), now.hour(), now.minute()),
    });
    if let Some(kept_on) = model.other_day.kept_on(snapshot) {
        lines.push(words.with("said-kept-day", &[("date", words.date(kept_on).to_string().into())]));
    }
    let fresh: String = freshness::pieces(model, look).iter().map(|piece| piece.text.as_ref()).collect();
    lines.push(words.with("linear-data", &[("fresh", fresh.trim().into())]));
    if let Some(why) = model.read_only() {
        lines.push(words.get(why.0).into_owned());
    }
    let (tasks, reports) = (&model.summary.tasks, &model.summary.reports);
    let of = |id: &str, part: u32, all: u32| words.with(id, &[("part", part.into()), ("all", all.into())]);
    lines.push(of("linear-tasks-done", tasks.done(), tasks.assigned()));
    lines.push(words.with("linear-tasks-overdue", &[("count", tasks.overdue().into())]));
    lines.push(of("linear-reports-done", reports.done(), reports.assigned()));
    lines.push(words.with("linear-reports-overdue", &[("count", reports.overdue().into())]));
    let (waiting, cards) = (model.pending.waiting.count(), model.pending.to_decide());
    for (id, count) in [("header-waiting", waiting), ("header-cards", cards)] {
        lines.extend((count > 0).then(|| words.with(id, &[("count", count.into())])));
    }
    let owed: String = header::what_we_owe(model, look).iter().map(|piece| piece.text.as_ref()).collect();
    lines.push(owed.trim().to_owned());
    lines.extend(marked(model, look));
}

/// How much is marked, where something is.
fn marked(model: &Model, look: &Look<'_>) -> Option<String> {
    let count = model.marks.len();
    (count > 0).then(|| look.words.with("marked-count", &[("count", count.into())]))
}

/// A part of the list: what it is, how it is narrowed and ordered, its rows.
fn list(model: &Model, look: &Look<'_>, lines: &mut Vec<String>) {
    let (words, panel) = (look.words, model.leading());
    let (Some(scene), Some(table)) = (model.scene(), panel.table()) else { return };
    let list = model.list(panel);
    let mut title = words.get(panel.panel().title.0).into_owned();
    if let Some(scope) = scope::name(model, look) {
        title = format!("{title}, {scope}");
    }
    let (mut before, offset) = (None, model.linear.offset);
    let mut shown: Vec<(Option<usize>, Row)> = Vec::new();
    let mut all = 0;
    for (place, (number, row)) in linear::numbered_rows(model).enumerate() {
        all = number.unwrap_or(all);
        if place < offset && number.is_none() {
            before = Some((None, row));
        } else if (offset..offset + PAGE).contains(&place) {
            shown.push((number, row));
        }
    }
    // The group one is in the middle of is named again.
    let begins = shown.first().is_some_and(|(number, _)| number.is_none());
    shown.splice(0..0, before.filter(|_| !begins));
    let mut numbers = shown.iter().filter_map(|(number, _)| *number);
    let first = numbers.next().unwrap_or(0);
    let last = numbers.next_back().unwrap_or(first);
    let count = |number: usize| Arg::from(number);
    let more = panel == PanelId::Journal && !model.journal.is_complete();
    let head = if list.rows.is_empty() {
        title
    } else {
        let id = if more { "linear-list-so-far" } else { "linear-list" };
        let args = [("title", title.into()), ("first", count(first)), ("last", count(last))];
        words.with(id, &[&args[..], &[("count", count(all))]].concat())
    };
    lines.push(head);
    if !model.filter().text().is_empty() {
        let args = [("filter", model.filter().text().into()), ("hidden", count(list.hidden()))];
        lines.push(words.with("linear-filtered", &args));
    }
    if let Some(column) = list.sort.and_then(|sort| table.columns.get(sort.column)) {
        let id = if list.sort.is_some_and(|sort| sort.reversed) { "linear-sorted-down" } else { "linear-sorted" };
        lines.push(words.with(id, &[("column", cell::heading(column.heading, words).into())]));
    }
    lines.extend(marked(model, look));
    if list.rows.is_empty() {
        let Word(empty) = table.empty;
        lines.push(match list.total() {
            0 => words.get(empty).into_owned(),
            total => words.with("linear-all-filtered", &[("count", count(total))]),
        });
    }
    for (number, row) in shown {
        match number {
            Some(number) => lines.push(numbered(number, &of_row(model, &scene, row, look))),
            None => lines.push(words.with("linear-group", &[("name", heading(&scene, row, look).into())])),
        }
    }
}

/// The row one is at.
fn here(model: &Model, look: &Look<'_>) -> Option<String> {
    let scene = model.scene()?;
    let position = model.list(model.leading()).position;
    let (number, row) = linear::numbered_rows(model).nth(position)?;
    let row = of_row(model, &scene, row, look);
    Some(look.words.with("linear-here", &[("row", numbered(number?, &row).into())]))
}

fn of_row(model: &Model, scene: &Scene<'_>, row: Row, look: &Look<'_>) -> String {
    let Some(table) = model.leading().table() else { return String::new() };
    let said = cell::row(scene, row, table, look.saying(scene));
    let is_marked = row.key(scene).is_some_and(|key| model.marks.contains(&key));
    if is_marked { format!("{said}, {}", look.words.get("linear-marked")) } else { said }
}

/// The name of a group.
fn heading(scene: &Scene<'_>, row: Row, look: &Look<'_>) -> String {
    let outline = &scene.snapshot.outline;
    let tag = look.words.language.tag;
    let name = match row {
        Row::Heading(Group::Agency, Some(index)) => scene.agency(index).map(|agency| agency.label(tag).to_owned()),
        Row::Heading(Group::Programme, Some(index)) => {
            outline.plan.programmes.get(index as usize).map(|programme| programme.title.get(tag).to_owned())
        }
        Row::Heading(_, None) | Row::Item(_) | Row::Agency(_) | Row::Campaign(_) | Row::Entry(_) => None,
    };
    name.unwrap_or_else(|| look.words.get("group-other").into_owned())
}

/// What a number stands for, in words.
fn choice(what: &What, model: &Model, look: &Look<'_>) -> String {
    let words = look.words;
    match what {
        What::Panel(panel) => {
            let title = words.get(panel.panel().title.0);
            let count = match panel {
                PanelId::OverdueReports => {
                    return words.with("linear-queue", &[("count", model.queue.into())]);
                }
                PanelId::Reports => u64::from(model.summary.reports.assigned()),
                PanelId::Tasks => u64::from(model.summary.tasks.assigned()),
                PanelId::UpcomingCampaigns | PanelId::Timeline => {
                    model.snapshot.as_ref().map_or(0, |snapshot| snapshot.outline.plan.campaigns.len() as u64)
                }
                PanelId::TasksByAgency
                | PanelId::Detail
                | PanelId::Matrix
                | PanelId::Trend
                | PanelId::OverdueByWeek
                | PanelId::Ageing
                | PanelId::OnTime
                | PanelId::LateAgencies
                | PanelId::Journal => return title.into_owned(),
            };
            format!("{title}: {count}")
        }
        What::Action(action) => words.get(action.word().0).into_owned(),
        What::Command(Command::Open) if leads_to_tasks(model) => words.get("linear-open-tasks").into_owned(),
        What::Command(command) => words.get(command_word(*command)).into_owned(),
        What::Row(_) | What::Choice(_) | What::Option(..) | What::Candidate(_) | What::Answer(_) => String::new(),
    }
}

/// Are there tasks behind the row?
fn leads_to_tasks(model: &Model) -> bool {
    matches!(model.list(model.leading()).selected, Some(RowKey::Agency(_) | RowKey::Campaign(_)))
}

fn command_word(command: Command) -> &'static str {
    match command {
        Command::Onward => "linear-command-onward",
        Command::Back => "linear-command-back",
        Command::Next => "linear-command-next",
        Command::Previous => "linear-command-previous",
        Command::Again => "linear-command-again",
        Command::Home => "linear-command-home",
        Command::Menu => "linear-command-menu",
        Command::Help => "linear-command-help",
        Command::Filter => "linear-command-filter",
        Command::Day => "linear-command-day",
        Command::Deeds => "linear-command-deeds",
        Command::Open => "linear-command-open",
        Command::Mark => "linear-command-mark",
        Command::Unmark => "linear-command-unmark",
        Command::Today => "linear-command-today",
        Command::Undo => "linear-command-undo",
        Command::Redo => "linear-command-redo",
        Command::Refresh => "linear-command-refresh",
        Command::Quit => "linear-command-quit",
    }
}

/// How one talks to it: what a line may be, then every word.
fn help(look: &Look<'_>, lines: &mut Vec<String>) {
    let words = look.words;
    let told = [
        "linear-help-number",
        "linear-help-enter",
        "linear-help-form",
        "linear-help-leave",
        "linear-help-signs",
        "linear-help-words",
    ];
    lines.extend(told.iter().map(|id| words.get(id).into_owned()));
    for (command, typed) in COMMANDS {
        lines.push(format!("{}: {}", words.get(typed), words.get(command_word(command))));
    }
}
