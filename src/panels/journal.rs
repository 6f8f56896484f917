//! What happened, newest first: who did what to which item, when, with which document, taken back or not. Rows are the
//! entries that have come; more are asked for as one goes on (see `app/journal.rs`).

use super::{
    Body, Panel, PanelId, Row, Table,
    cell::{Cell, Joint, Word},
    column::{Align, Column, Width},
    columns::{AGENCY, TITLE},
    rows::Rows,
    scene::Scene,
};
use crate::domain::{entry::Verb, told::Told};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Journal, title: Word("panel-journal"), body: Body::Table(TABLE) };

const TABLE: Table = Table { rows: Rows::Listed(rows), columns: &COLUMNS, empty: Word("empty-journal"), groups: &[] };

static COLUMNS: [Column; 6] = [
    Column {
        id: "recorded",
        heading: Word("column-recorded"),
        width: Width::Fixed(11),
        align: Align::Left,
        spare: 0,
        cell: |scene, row| told(scene, row).map_or(Cell::Empty, |told| moment(scene, told)),
        order: None,
    },
    Column {
        id: "by",
        heading: Word("column-by"),
        width: Width::Share { least: 11, most: 17, weight: 1 },
        align: Align::Left,
        spare: 0,
        cell: |scene, row| {
            let by = told(scene, row).and_then(|told| told.entry.by.as_ref());
            by.map_or(Cell::Empty, |by| Cell::Id(by.as_text()))
        },
        order: None,
    },
    Column {
        id: "verb",
        heading: Word("column-verb"),
        width: Width::Share { least: 16, most: 28, weight: 2 },
        align: Align::Left,
        spare: 0,
        cell: |scene, row| {
            told(scene, row).map_or(Cell::Empty, |told| Cell::Verb(told.line(), joint(scene, row, told)))
        },
        order: None,
    },
    Column { order: None, ..AGENCY },
    Column { order: None, width: Width::Share { least: 18, most: 160, weight: 7 }, ..TITLE },
    Column {
        id: "said",
        heading: Word("column-said"),
        width: Width::Share { least: 14, most: 200, weight: 3 },
        align: Align::Left,
        spare: 1,
        cell: |scene, row| {
            let said = |told: &'_ Told| told.entry.on != day(scene, told);
            told(scene, row).map_or(Cell::Empty, |told| Cell::Said(told.line(), said(told).then_some(told.entry.on)))
        },
        order: None,
    },
];

fn rows(scene: &Scene<'_>) -> Vec<Row> {
    (0..).zip(scene.journal).map(|(place, _)| Row::Entry(place)).collect()
}

/// The entry of a row.
pub fn told<'a>(scene: &Scene<'a>, row: Row) -> Option<&'a Told> {
    match row {
        Row::Entry(place) => scene.journal.get(place as usize),
        Row::Item(_) | Row::Agency(_) | Row::Campaign(_) | Row::Heading(..) => None,
    }
}

/// When the ledger took it, in the plan's zone. The year is left out where it is this one.
fn moment<'a>(scene: &Scene<'_>, told: &Told) -> Cell<'a> {
    let at = scene.snapshot.outline.zone.to_datetime(told.entry.recorded_at());
    Cell::Moment(at, scene.today.date.year())
}

fn day(scene: &Scene<'_>, told: &Told) -> jiff::civil::Date {
    scene.snapshot.outline.zone.to_datetime(told.entry.recorded_at()).date()
}

/// How an entry stands among those beside it that were done in one step with it.
fn joint(scene: &Scene<'_>, row: Row, told: &Told) -> Option<Joint> {
    let Row::Entry(place) = row else { return None };
    let batch = told.entry.batch?;
    let is_same = |place: Option<u32>| {
        let beside = place.and_then(|place| scene.journal.get(place as usize));
        beside.is_some_and(|beside| beside.entry.batch == Some(batch))
    };
    match (is_same(place.checked_sub(1)), is_same(place.checked_add(1))) {
        (false, false) => None,
        (false, true) => Some(Joint::First),
        (true, true) => Some(Joint::Middle),
        (true, false) => Some(Joint::Last),
    }
}

/// The words of a verb.
pub fn verb_word(verb: &Verb) -> Word {
    Word(match verb {
        Verb::Receive => "verb-receive",
        Verb::Submit => "verb-submit",
        Verb::Confirm => "verb-confirm",
        Verb::Return => "verb-return",
        Verb::Tick => "verb-tick",
        Verb::Progress => "verb-progress",
        Verb::Extend => "verb-extend",
        Verb::RequestExtension => "verb-request-extension",
        Verb::Decline => "verb-decline",
        Verb::Acknowledge => "verb-acknowledge",
        Verb::Note => "verb-note",
        Verb::Assign => "verb-assign",
        Verb::Snooze => "verb-snooze",
        Verb::Remind => "verb-remind",
        Verb::Escalate => "verb-escalate",
        Verb::Exempt => "verb-exempt",
        Verb::Pause => "verb-pause",
        Verb::Resume => "verb-resume",
        Verb::Cancel => "verb-cancel",
        Verb::Open => "verb-open",
        Verb::Reverse => "verb-reverse",
        Verb::Plan => "verb-plan",
        Verb::Unknown(_) => "verb-unknown",
    })
}
