//! The detail: everything about the selected row as facts in sections, and its history in order. Words by id; how a line is
//! said and wrapped is `ui`'s.

use super::{
    Body, Panel, PanelId, Row, campaign_detail,
    cell::{Cell, Word},
    columns, journal, order,
    scene::Scene,
};
use crate::domain::{
    agency::Agency,
    answer::Page,
    borrowed::is_borrowed,
    changes::Change,
    id::EntryId,
    item::{Index, Item, Kind, Subject},
    mailing::{is_claim, shown},
    readiness::Office,
    status::{cell, time},
    summary::{AgencyFigures, days_late, late_span},
    text::Text,
    title::Title,
    told,
    waiting::{Act, Mark},
};

/// The panel.
pub static PANEL: Panel = Panel { id: PanelId::Detail, title: Word("panel-detail"), body: Body::Detail };

/// A line of the detail.
#[derive(Clone, Debug)]
pub enum Line<'a> {
    /// What it is: the title, wrapped.
    Title(Cell<'a>),
    /// The name of what follows.
    Section(Word),
    /// What there is in place of a part: that it is empty, or still to come.
    Instead(Word),
    /// A fact: its name, then what it is.
    Fact(Word, Vec<Cell<'a>>),
    /// An entry of the journal; is it the one that is looked at?
    Entry(told::Line<'a>, bool),
    /// An act that is not confirmed.
    Waiting(told::Line<'a>, Mark),
    /// What is different of an item: the line's name, what became of it, the item.
    Change(Word, &'a Change, &'a Item),
    /// A milestone or an item with its due date: what, by when, how it stands.
    Point(&'a Title, &'a Item),
    /// The name of what follows; where there is room, that stands beside what came before.
    Beside(Word),
    /// Agencies and how far each is; their names are in the second list.
    Offices(&'a [Office], &'a [Agency]),
    /// The same of one item among several: what tells it from the others.
    Of(Cell<'a>, &'a Item),
}

/// The lines about `row`.
pub fn lines<'a>(scene: &Scene<'a>, row: Row) -> Vec<Line<'a>> {
    match row {
        Row::Item(place) => scene.item(place).map(|item| of_item(scene, row, item, None)).unwrap_or_default(),
        Row::Entry(_) => journal::told(scene, row).map(|told| of_entry(scene, row, told)).unwrap_or_default(),
        Row::Agency(index) => of_agency(scene, index),
        Row::Campaign(index) => campaign_detail::lines(scene, index),
        Row::Heading(..) => Vec::new(),
    }
}

/// What an entry is about, and its history with the entry in it.
fn of_entry<'a>(scene: &Scene<'a>, row: Row, told: &'a told::Told) -> Vec<Line<'a>> {
    if let Some(item) = order::item(scene, row) {
        return of_item(scene, row, item, Some(told.entry.id));
    }
    let mut lines = Facts(vec![Line::Title(columns::title(scene, row))]);
    history(scene, None, Some(told.entry.id), &mut lines);
    lines.0
}

/// Everything about an item; where it is looked at for an entry, what happened comes first.
fn of_item<'a>(scene: &Scene<'a>, row: Row, item: &'a Item, entry: Option<EntryId>) -> Vec<Line<'a>> {
    let mut lines = Facts(vec![Line::Title(columns::title(scene, row))]);
    let status = Cell::Status(item.kind(), item.state.base, cell(item, scene.today));
    lines.fact("fact-status", [status]);
    changes(scene, item, &mut lines);
    if entry.is_some() {
        history(scene, Some(item), entry, &mut lines);
        lines.0.push(Line::Section(Word("section-standing")));
    }
    if let Some((due, until)) = late_span(item, scene.today) {
        let working = scene.snapshot.outline.calendar.working_days_between(due, until);
        let days = days_late(item, scene.today).unwrap_or_default();
        lines.fact("fact-days-late", [Cell::Days(days), Cell::WorkingDays(working)]);
    }
    deadlines(scene, item, &mut lines);
    what_was_done(scene, item, &mut lines);
    if entry.is_none() {
        history(scene, Some(item), None, &mut lines);
    }
    lines.0.push(Line::Section(Word("section-plan")));
    let answers = if item.kind() == Kind::Report { "fact-owes" } else { "fact-lead" };
    lines.maybe(answers, scene.agency(item.agency).map(|agency| Cell::Title(&agency.name)));
    what(scene, item, &mut lines);
    lines.0
}

/// What is different since the last look, or from another day.
fn changes<'a>(scene: &Scene<'a>, item: &'a Item, lines: &mut Facts<'a>) {
    lines.0.extend(scene.changes.on(&item.id).map(|change| Line::Change(Word("fact-change"), change, item)));
}

/// Both deadlines: the one laid down and, where it was extended, the one in force with why.
fn deadlines<'a>(scene: &Scene<'a>, item: &'a Item, lines: &mut Facts<'a>) {
    let Some((original, due)) = item.original_due.zip(item.due) else { return };
    let standing = time(item, scene.today);
    let written = item.written_due.filter(|written| *written != original).map(Cell::Date);
    if item.state.extensions == 0 {
        lines.fact("fact-due", [Cell::Due(due, standing)]);
    } else {
        lines.fact("fact-due", [Cell::Due(due, standing), Cell::Extensions(item.state.extensions)]);
        lines.fact("fact-original-due", [Cell::Date(original)]);
        lines.text("fact-extension-reason", &item.state.extension_reason);
        lines.text("fact-extension-document", &item.state.extension_document);
    }
    lines.maybe("fact-written-due", written);
    if let Subject::Report { period, .. } = item.subject {
        let period = scene.snapshot.outline.periods.get(period as usize);
        lines.maybe("fact-due-text", scene.snapshot.outline.due_text(item).map(|text| Cell::Text(text.as_str())));
        let window = period.and_then(|period| Some((period.opens?, period.closing?)));
        lines.maybe("fact-closing", window.map(|(opens, closing)| Cell::Range(opens, closing)));
    }
    if let Some(request) = &item.state.requested {
        lines.fact("fact-requested", [Cell::Date(request.until)]);
    }
}

/// What the plan says of it.
fn what<'a>(scene: &Scene<'a>, item: &'a Item, lines: &mut Facts<'a>) {
    let plan = &scene.snapshot.outline.plan;
    let agencies = |ids: &'a [crate::domain::id::AgencyId]| -> Vec<Cell<'a>> {
        let agency = |id: &'a crate::domain::id::AgencyId| {
            let known = scene.snapshot.outline.agency(id.as_str()).and_then(|index| scene.agency(index));
            known.map_or(Cell::Id(id.as_text()), Cell::Agency)
        };
        ids.iter().map(agency).collect()
    };
    match item.subject {
        Subject::Task(_) => {
            let Some(task) = scene.task(item) else { return };
            lines.fact("fact-coordinating", agencies(&task.coordinating));
            lines.fact("fact-progress", [Cell::Percent(item.progress())]);
            lines.maybe("fact-start", task.start.map(Cell::Date));
            let campaign = task.campaign.as_ref().and_then(|id| scene.snapshot.outline.campaign(id.as_str()));
            let campaign = campaign.and_then(|index| plan.campaigns.get(index as usize));
            lines.maybe("fact-campaign", campaign.map(|campaign| Cell::Title(&campaign.title)));
            lines.text("fact-source", &task.source);
            lines.fact("fact-id", [Cell::Id(task.id.as_text())]);
        }
        Subject::Report { duty, .. } => {
            let Some(duty) = plan.duties.get(duty as usize) else { return };
            lines.fact("fact-to", agencies(&duty.to));
            lines.text("fact-source", &duty.source);
            lines.fact("fact-id", [Cell::Id(duty.id.as_text())]);
        }
        Subject::Milestone { campaign, .. } => {
            let campaign = plan.campaigns.get(campaign as usize);
            lines.maybe("fact-campaign", campaign.map(|campaign| Cell::Title(&campaign.title)));
            if let Some(campaign) = campaign.filter(|_| is_borrowed(&item.id)) {
                lines.text("fact-calendar", &campaign.source);
            }
        }
    }
    let programme = item.programme.and_then(|index| plan.programmes.get(index as usize));
    lines.maybe("fact-programme", programme.map(|programme| Cell::Title(&programme.title)));
}

/// What the journal made of it, beyond its status.
fn what_was_done<'a>(scene: &Scene<'a>, item: &'a Item, lines: &mut Facts<'a>) {
    let state = &item.state;
    lines.maybe("fact-handed-in", state.handed_in.map(Cell::Date));
    lines.text("fact-document", &state.document);
    lines.text("fact-link", &state.link);
    if state.reminders > 0 || state.escalation > 0 {
        lines.fact("fact-acts", [Cell::Acts(state, scene.waiting.mark(&item.id))]);
    }
    lines.maybe("fact-next-step", columns::next_step(scene, item));
    lines.maybe("fact-promise", state.promise.map(Cell::Date));
    lines.text("fact-reason", &state.reason);
    lines.text("fact-assigned", &state.assigned);
}

/// What happened to it, newest first; before it has come, nothing.
fn history<'a>(scene: &Scene<'a>, item: Option<&'a Item>, at: Option<EntryId>, lines: &mut Facts<'a>) {
    let waiting: Vec<Line<'a>> = item.map(|item| waiting(scene, item)).unwrap_or_default();
    let empty = scene.history.is_none_or(|page| page.entries.is_empty()) && waiting.is_empty();
    if scene.history.is_none() && empty {
        return;
    }
    lines.0.push(if empty {
        Line::Instead(Word("section-no-history"))
    } else {
        Line::Section(Word("section-history"))
    });
    lines.0.extend(waiting);
    let Some(page) = scene.history else { return };
    lines.0.extend(told(page).map(|line| Line::Entry(line, at == Some(line.entry.id))));
}

/// What is not confirmed of it, the newest first; what arrived meanwhile is in its history.
fn waiting<'a>(scene: &Scene<'a>, item: &'a Item) -> Vec<Line<'a>> {
    let known = |id: EntryId| scene.history.is_some_and(|page| page.entries.iter().any(|entry| entry.id == id));
    let acts = scene.waiting.on(&item.id).filter(|act| !known(act.entry.id));
    let line = |act: &'a Act| {
        let took_back = scene.history.and_then(|page| page.took_back(&act.entry));
        Line::Waiting(told::Line { entry: &act.entry, reversed: false, took_back }, act.mark())
    };
    acts.map(line).collect()
}

/// The entries a person is told of: a mail's claim goes into its result, and without one is the uncertain mail itself.
fn told(page: &Page) -> impl Iterator<Item = told::Line<'_>> {
    page.lines().filter(|line| !is_claim(line.entry) || shown(&page.entries, line.entry).is_some())
}

fn of_agency<'a>(scene: &Scene<'a>, index: Index) -> Vec<Line<'a>> {
    let agency: Option<(&'a Agency, &'a AgencyFigures)> =
        scene.agency(index).zip(scene.summary.agencies.get(index as usize));
    let Some((agency, figures)) = agency else { return Vec::new() };
    let mut lines = Facts(vec![Line::Title(Cell::Title(&agency.name))]);
    for (word, figures) in [("section-tasks", &figures.tasks), ("section-reports", &figures.reports)] {
        if figures.assigned() == 0 {
            continue;
        }
        lines.0.push(Line::Section(Word(word)));
        lines.fact("fact-done", [Cell::Fraction(figures.done(), figures.assigned()), Cell::Bar(figures)]);
        lines.fact("fact-reached", [Cell::Count(figures.reached())]);
        lines.maybe("fact-on-time-rate", figures.on_time_rate().map(Cell::Rate));
        lines.maybe("fact-overdue-rate", figures.overdue_rate().map(Cell::Rate));
        for cell in crate::domain::status::Cell::ALL {
            let count = figures.in_cell(cell);
            if count > 0 {
                lines.0.push(Line::Fact(cell_word(cell), vec![Cell::CellCount(cell, count)]));
            }
        }
    }
    lines.maybe("fact-next-due", figures.next_due.map(Cell::Date));
    lines.text("fact-email", &agency.email);
    lines.text("fact-phone", &agency.phone);
    lines.fact("fact-id", [Cell::Id(agency.id.as_text())]);
    lines.0
}

/// The words of a cell of the partition.
pub fn cell_word(cell: crate::domain::status::Cell) -> Word {
    use crate::domain::status::Cell as Of;
    Word(match cell {
        Of::OnTime => "cell-on-time",
        Of::Late => "cell-late",
        Of::DoneNoDeadline | Of::NoDeadline => "cell-no-deadline",
        Of::InTime => "cell-in-time",
        Of::DueSoon => "cell-due-soon",
        Of::Overdue => "cell-overdue",
        Of::AwaitingConfirmation => "cell-awaiting-confirmation",
        Of::Paused => "cell-paused",
    })
}

/// Lines being gathered; a fact without anything to say is left out.
pub(super) struct Facts<'a>(pub(super) Vec<Line<'a>>);

impl<'a> Facts<'a> {
    pub(super) fn fact(&mut self, word: &'static str, cells: impl Into<Vec<Cell<'a>>>) {
        let cells = cells.into();
        if !cells.is_empty() {
            self.0.push(Line::Fact(Word(word), cells));
        }
    }

    pub(super) fn maybe(&mut self, word: &'static str, cell: Option<Cell<'a>>) {
        self.fact(word, cell.into_iter().collect::<Vec<_>>());
    }

    pub(super) fn text(&mut self, word: &'static str, text: &'a Option<Text>) {
        self.maybe(word, text.as_ref().map(|text| Cell::Text(text.as_str())));
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        entry::{Channel, Entry, Outcome, Verb},
        id::EntryId,
    };

    #[test]
    fn a_claim_is_told_of_only_while_it_has_no_result() {
        let mail = |number, batch, outcome| Entry {
            channel: Some(Channel::Email),
            outcome: Some(outcome),
            batch: Some(Uuid::from_u128(batch)),
            ..Entry::new(
                EntryId(Uuid::from_u128(number)),
                "task:N1".into(),
                Verb::Remind,
                date(2023, 5, 11),
                Timestamp::UNIX_EPOCH,
            )
        };
        // Newest first, as a page is.
        let entries = vec![mail(3, 8, Outcome::Claimed), mail(2, 7, Outcome::Sent), mail(1, 7, Outcome::Claimed)];
        let page = Page { entries, ..Page::default() };
        let lines: Vec<u128> = told(&page).map(|line| line.entry.id.0.as_u128()).collect();
        assert_eq!(lines, [3, 2]);
    }
}
