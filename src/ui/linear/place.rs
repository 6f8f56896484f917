//! Places as they are read: how the plan stands, a list in parts, everything about a row, the menu, the help.

use super::{
    super::{Look, header, status},
    cell, is_told, numbered,
};
use crate::{
    app::{
        linear::{self, COMMANDS, Command, PAGE, Place, Tell, What},
        model::{History, Model},
    },
    domain::status::{Base, Cell as Standing, cell as standing},
    panels::{
        PanelId, Row, RowKey,
        cell::{Cell, Word},
        detail::{self, Line},
        scene::Scene,
    },
    words::Arg,
};

/// What is told at a place.
pub(super) fn lines(model: &Model, place: Place, tell: Tell, look: &Look<'_>, lines: &mut Vec<String>) {
    if model.snapshot.is_none() {
        let word = if model.feed.failure.is_some() { "nothing-failed" } else { "nothing-loading" };
        lines.push(look.words.get(word).into_owned());
    }
    let whole = is_told(tell, Tell::Whole);
    match place {
        Place::Home if whole => summary(model, look, lines),
        Place::List if whole => list(model, look, lines),
        Place::List if tell == Tell::Choices => lines.extend(here(model, look)),
        Place::Item => item(model, whole, look, lines),
        Place::Help => help(look, lines),
        Place::Menu => lines.push(look.words.get("linear-menu").into_owned()),
        Place::Home | Place::List | Place::Filter | Place::Day => {}
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
    let fresh: String = header::freshness(model, look).iter().map(|piece| piece.text.as_ref()).collect();
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
    let (waiting, cards) = (model.pending.waiting.count(), model.pending.waiting.cards().count());
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
    if let Some(scope) = header::scope_name(model, words.language.tag) {
        title = format!("{title}, {scope}");
    }
    let (first, last) = (model.linear.offset + 1, (model.linear.offset + PAGE).min(list.rows.len()));
    let shown: Vec<(Option<usize>, Row)> = linear::numbered_rows(model).skip(model.linear.offset).take(PAGE).collect();
    let count = |number: usize| Arg::from(number);
    let more = panel == PanelId::Journal && !model.journal.is_complete();
    let head = if list.rows.is_empty() {
        title
    } else {
        let id = if more { "linear-list-so-far" } else { "linear-list" };
        let args = [("title", title.into()), ("first", count(first)), ("last", count(last))];
        words.with(id, &[&args[..], &[("count", count(list.rows.len()))]].concat())
    };
    lines.push(head);
    if !model.filter().text().is_empty() {
        let args = [("filter", model.filter().text().into()), ("hidden", count(list.hidden()))];
        lines.push(words.with("linear-filtered", &args));
    }
    if let Some(column) = list.sort.and_then(|sort| table.columns.get(sort.column)) {
        let id = if list.sort.is_some_and(|sort| sort.reversed) { "linear-sorted-down" } else { "linear-sorted" };
        lines.push(words.with(id, &[("column", words.get(column.heading.0).trim().into())]));
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
        Row::Heading(crate::panels::Group::Agency, Some(index)) => {
            scene.agency(index).map(|agency| agency.label(tag).to_owned())
        }
        Row::Heading(crate::panels::Group::Programme, Some(index)) => {
            outline.plan.programmes.get(index as usize).map(|programme| programme.title.get(tag).to_owned())
        }
        Row::Heading(_, None) | Row::Item(_) | Row::Agency(_) | Row::Campaign(_) | Row::Entry(_) => None,
    };
    name.unwrap_or_else(|| look.words.get("group-other").into_owned())
}

/// Everything about the selected row, or what it is called.
fn item(model: &Model, whole: bool, look: &Look<'_>, lines: &mut Vec<String>) {
    let Some(scene) = model.scene() else { return };
    let row = model.detail.row.as_ref().and_then(|key: &RowKey| key.row(&scene));
    let Some(row) = row else {
        lines.push(look.words.get("linear-row-gone").into_owned());
        return;
    };
    let mut detail = detail::lines(&scene, row);
    match model.detail.history {
        History::Loading => detail.push(Line::Section(Word("history-loading"))),
        History::Failed(_) => detail.push(Line::Section(Word("history-failed"))),
        History::None | History::Loaded(_) => {}
    }
    let agency = crate::panels::order::item(&scene, row).and_then(|item| scene.agency(item.agency));
    for line in detail {
        let Line::Title(title) = &line else {
            if whole {
                fact(&line, &scene, look, lines);
            }
            continue;
        };
        let title = cell::cell(title, look.saying(&scene)).unwrap_or_default();
        let agency = agency.map(|agency| format!("{}: ", agency.label(look.words.language.tag)));
        lines.push(format!("{}{title}", agency.unwrap_or_default()));
        let is_marked = model.detail.row.as_ref().is_some_and(|key| model.marks.contains(key));
        lines.extend(is_marked.then(|| look.words.get("linear-marked").into_owned()));
    }
}

fn fact(line: &Line<'_>, scene: &Scene<'_>, look: &Look<'_>, lines: &mut Vec<String>) {
    let (words, saying) = (look.words, look.saying(scene));
    let day = |date| words.short_date(date, saying.year);
    let said = |pieces: Vec<super::super::pen::Piece<'_>>| -> String {
        pieces.iter().map(|piece| piece.text.as_ref()).collect()
    };
    match line {
        Line::Title(_) => {}
        Line::Section(word) => lines.push(format!("{}:", words.get(word.0).trim_end_matches('…'))),
        Line::Fact(word, cells) => {
            // A bar is a share; beside a count of the same it says nothing more.
            let cells: Vec<Cell<'_>> = cells.iter().filter(|cell| !matches!(cell, Cell::Bar(_))).cloned().collect();
            let said = cell::cells(&cells, saying);
            // How late it is says so by itself.
            let named = !matches!(cells.first(), Some(Cell::Days(_)));
            lines.push(if named { cell::named(*word, &said, saying) } else { said });
        }
        Line::Entry(line, _) => {
            lines.push(format!("{}: {}", day(line.entry.on), said(super::super::entry::whole(*line, saying))));
        }
        Line::Waiting(line, mark) => {
            let mark = super::super::wording::unconfirmed(*mark, saying).text.into_owned();
            let told = said(super::super::entry::whole(*line, saying));
            lines.push(format!("{}: {}, {told}", day(line.entry.on), mark.trim()));
        }
        Line::Point(title, item) => {
            let cell = standing(item, scene.today);
            let due = item.due.map(|due| format!("{}: ", day(due))).unwrap_or_default();
            let quiet = item.state.base == Base::NotStarted && cell == Some(Standing::InTime);
            let word = words.get(status::word(item.kind(), item.state.base, cell));
            let standing = if quiet { String::new() } else { format!(", {word}") };
            lines.push(format!("{due}{}{standing}", title.get(words.language.tag)));
        }
    }
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
                PanelId::UpcomingCampaigns => {
                    model.snapshot.as_ref().map_or(0, |snapshot| snapshot.outline.plan.campaigns.len() as u64)
                }
                PanelId::TasksByAgency | PanelId::Detail | PanelId::Journal => return title.into_owned(),
            };
            format!("{title}: {count}")
        }
        What::Action(action) => words.get(action.word().0).into_owned(),
        What::Command(command) => words.get(command_word(*command)).into_owned(),
        What::Row(_) | What::Choice(_) | What::Option(..) | What::Candidate(_) | What::Answer(_) => String::new(),
    }
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
    let told = ["linear-help-number", "linear-help-enter", "linear-help-form", "linear-help-words"];
    lines.extend(told.iter().map(|id| words.get(id).into_owned()));
    for (command, typed) in COMMANDS {
        lines.push(format!("{}: {}", words.get(typed), words.get(command_word(command))));
    }
}
