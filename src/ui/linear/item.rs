//! Everything about a row as it is read: its name, then a fact a line, its history an entry a line.

use super::{
    super::{Look, campaign, entry, pen::Piece, status, turned, wording},
    cell,
};
use crate::{
    app::model::{History, Model},
    domain::{
        item::Item,
        status::{Base, Cell as Standing, cell as standing},
    },
    panels::{
        RowKey,
        cell::{Cell, Word},
        detail::{self, Line},
        order,
        scene::Scene,
    },
};

/// Everything about the selected row, or what it is called.
pub(super) fn lines(model: &Model, whole: bool, look: &Look<'_>, lines: &mut Vec<String>) {
    let Some(scene) = model.scene() else { return };
    let row = model.detail.row.as_ref().and_then(|key: &RowKey| key.row(&scene));
    let Some(row) = row else {
        lines.push(look.words.get("linear-row-gone").into_owned());
        return;
    };
    let mut detail = detail::lines(&scene, row);
    match model.detail.history {
        History::Loading => detail.push(Line::Instead(Word("history-loading"))),
        History::Failed(_) => detail.push(Line::Instead(Word("history-failed"))),
        History::None | History::Loaded(_) => {}
    }
    let agency = order::item(&scene, row).and_then(|item| scene.agency(item.agency));
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
    let said = |pieces: Vec<Piece<'_>>| -> String { pieces.iter().map(|piece| piece.text.as_ref()).collect() };
    match line {
        Line::Title(_) => {}
        Line::Section(word) | Line::Beside(word) => lines.push(format!("{}:", words.get(word.0))),
        Line::Instead(word) => lines.push(words.get(word.0).into_owned()),
        Line::Fact(word, cells) => {
            // A bar is a share; beside a count of the same it says nothing more.
            let cells: Vec<Cell<'_>> = cells.iter().filter(|cell| !matches!(cell, Cell::Bar(_))).cloned().collect();
            let said = cell::cells(&cells, saying);
            // How late it is says so by itself.
            let named = !matches!(cells.first(), Some(Cell::Days(_)));
            lines.push(if named { cell::named(*word, &said, saying) } else { said });
        }
        Line::Entry(line, _) => {
            lines.push(format!("{}: {}", day(line.entry.on), said(entry::whole(*line, saying))));
        }
        Line::Waiting(line, mark) => {
            let mark = wording::unconfirmed(*mark, saying).text.into_owned();
            let told = said(entry::whole(*line, saying));
            lines.push(format!("{}: {}, {told}", day(line.entry.on), mark.trim()));
        }
        Line::Change(word, change, item) => {
            let told = said(turned::whole(change, item, scene.today, saying));
            lines.push(format!("{}: {}", words.get(word.0), told.trim()));
        }
        Line::Offices(offices, agencies) => {
            for office in *offices {
                let (done, all) = (office.figures.done(), office.figures.assigned());
                let done = words.with("linear-of", &[("part", done.into()), ("all", all.into())]);
                let name = agencies.get(office.agency as usize).map_or("", |agency| agency.label(words.language.tag));
                let verdict = campaign::verdict(&office.figures, saying)
                    .map_or_else(String::new, |piece| format!(", {}", piece.text.trim()));
                lines.push(format!("{name}: {done}{verdict}"));
            }
        }
        Line::Point(title, item) => lines.push(point(title.get(words.language.tag), item, scene, look)),
        Line::Of(cell, item) => {
            lines.push(point(&cell::cell(cell, saying).unwrap_or_default(), item, scene, look));
        }
    }
}

/// An item with its due date and how it stands; of what is to be begun in time the date says it all.
fn point(title: &str, item: &Item, scene: &Scene<'_>, look: &Look<'_>) -> String {
    let cell = standing(item, scene.today);
    let day = |date| look.words.short_date(date, look.saying(scene).year);
    let due = item.due.map(|due| format!("{}: ", day(due))).unwrap_or_default();
    let quiet = item.state.base == Base::NotStarted && cell == Some(Standing::InTime);
    let word = look.words.get(status::word(item.kind(), item.state.base, cell));
    let standing = if quiet { String::new() } else { format!(", {word}") };
    format!("{due}{title}{standing}")
}
