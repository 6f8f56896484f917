//! Letters that arrived: one after the other, each a report received. Which report it is is guessed from what the agency
//! owes; the sheet stays open for the next letter.

use std::collections::BTreeMap;

use super::{
    act::Act,
    effect::Effect,
    form::against,
    model::Model,
    pick::{Candidate, Pick},
    results,
    sheet::{Arrived, Line, Purpose, Sheet, Slot},
    triage,
};
use crate::domain::{
    deed::{Deed, Field},
    entry::Verb,
    filled::{Fault, Filled},
    id::ItemId,
    item::{Item, Kind},
    sentence::Sentence,
    snapshot::Snapshot,
    text::{Text, fold_marks},
};

/// Opens the sheet.
pub fn begin(model: &mut Model) {
    if !triage::may_act(model) || model.snapshot.is_none() {
        return;
    }
    let lines = vec![
        Line::pick(Slot::Agency, Pick::typed(senders(model, &[]), None)),
        Line::typed(Slot::Document, ""),
        Line::pick(Slot::Report, Pick::default()),
        Line::typed(Slot::On, "+0"),
        Line::typed(Slot::Link, ""),
    ];
    model.sheet = Some(Sheet::new(Purpose::Arrivals, lines));
}

/// The reports an agency has not sent, by what they are due: the most overdue first, then what is due next.
pub fn owed<'a>(snapshot: &'a Snapshot, agency: &str) -> Vec<&'a Item> {
    let Some(agency) = snapshot.outline.agency(agency) else { return Vec::new() };
    let mut owed: Vec<&Item> = snapshot.items.iter().filter(|item| item.agency == agency && is_awaited(item)).collect();
    owed.sort_by_key(|item| (item.due.is_none(), item.due));
    owed
}

/// Is it among the letters of this sitting, and was not refused?
fn is_recorded(arrived: &[Arrived], id: &ItemId) -> bool {
    let stands = |arrived: &&Arrived| arrived.became.as_ref().is_none_or(results::Became::is_good);
    arrived.iter().filter(stands).any(|arrived| arrived.item == *id)
}

/// Can it still be received?
fn is_awaited(item: &Item) -> bool {
    let verbs = Deed::Done.verbs(item.kind(), item.state.base);
    item.kind() == Kind::Report && verbs == [Verb::Receive] && Deed::Done.check(item).is_ok()
}

/// Every agency: those that owe something first, the most overdue of them first.
fn senders(model: &Model, arrived: &[Arrived]) -> Vec<Candidate> {
    let Some(snapshot) = &model.snapshot else { return Vec::new() };
    let mut first = BTreeMap::new();
    for item in snapshot.items.iter().filter(|item| is_awaited(item) && !is_recorded(arrived, &item.id)) {
        let due = (item.due.is_none(), item.due);
        let standing = first.entry(item.agency).or_insert(due);
        *standing = due.min(*standing);
    }
    let mut places: Vec<u32> = (0..).take(snapshot.outline.agencies.len()).collect();
    places.sort_by_key(|place| (!first.contains_key(place), first.get(place).copied()));
    let agencies = places.into_iter().filter_map(|place| snapshot.outline.agencies.get(place as usize));
    agencies.map(|agency| candidate(agency, model.language())).collect()
}

/// An agency to be found by its id and its names.
pub(super) fn candidate(agency: &crate::domain::agency::Agency, language: &str) -> Candidate {
    let names = agency.short.all().chain(agency.name.all());
    Candidate::new(agency.id.as_str(), agency.label(language), names)
}

/// Offers the reports the chosen agency owes, without those that were just recorded.
pub(super) fn follow(model: &Model, sheet: &mut Sheet) {
    let Some(snapshot) = &model.snapshot else { return };
    let agency = sheet.value(Slot::Agency);
    let made_for = Some((agency.clone(), snapshot.cursor, sheet.arrived.len()));
    if sheet.made_for == made_for {
        return;
    }
    let same_agency = sheet.made_for.as_ref().is_some_and(|(of, ..)| *of == agency);
    let standing = sheet.value(Slot::Report);
    let owed: Vec<Candidate> = owed(snapshot, &agency)
        .into_iter()
        .filter(|item| !is_recorded(&sheet.arrived, &item.id))
        .map(|item| Candidate::new(item.id.as_str(), "", []))
        .collect();
    let kept = owed.iter().find(|report| same_agency && report.id == standing);
    // Of an agency just chosen it is the most overdue one. Where the one chosen is gone no other takes its place by itself.
    let chosen = kept.or(owed.first().filter(|_| !same_agency)).map(|report| report.id.clone());
    let is_gone = same_agency && !standing.is_empty() && chosen.is_none();
    let gone = is_gone.then(|| {
        let item = results::name(model, &standing.as_str().into());
        Sentence::new("said-owed-no-more").with("item", item)
    });
    let said = sheet.line(Slot::Report).and_then(|line| line.wrong.clone());
    let wrong = gone.or(said.filter(|_| same_agency && chosen.is_none()));
    sheet.made_for = made_for;
    // Who is most overdue comes first, as it stands now; not under the hand of who is choosing.
    if sheet.line(Slot::Agency).is_some_and(Line::is_untouched) {
        let senders = senders(model, &sheet.arrived);
        if let Some(line) = sheet.line_mut(Slot::Agency) {
            *line = Line::pick(Slot::Agency, Pick::typed(senders, None));
        }
    }
    if let Some(line) = sheet.line_mut(Slot::Report) {
        *line = Line { wrong, ..Line::pick(Slot::Report, Pick::among(owed, chosen.as_deref())) };
    }
}

/// Records the letter and waits for the next one.
pub(super) fn accept(model: &mut Model, mut sheet: Sheet) -> Vec<Effect> {
    follow(model, &mut sheet);
    match drafts(model, &mut sheet) {
        Ok(drafts) => {
            let document = Some(sheet.value(Slot::Document)).filter(|document| !document.is_empty());
            let item = ItemId::from(sheet.value(Slot::Report).as_str());
            sheet.arrived.push(Arrived { item, document, became: None });
            next(model, &mut sheet);
            model.sheet = Some(sheet);
            triage::hand_in(model, Act::Deed(Deed::Done), drafts, Vec::new())
        }
        Err((slot, why)) => {
            sheet.fault(slot, why);
            model.sheet = Some(sheet);
            Vec::new()
        }
    }
}

/// What is to be handed in; else the line that cannot be used, and why.
fn drafts(model: &Model, sheet: &mut Sheet) -> Result<Vec<crate::domain::entry::Entry>, (Slot, Sentence)> {
    let needs_agency = || (Slot::Agency, Sentence::new("said-which-agency"));
    let (Some(snapshot), Some(against)) = (&model.snapshot, against(model)) else { return Err(needs_agency()) };
    if sheet.value(Slot::Agency).is_empty() {
        return Err(needs_agency());
    }
    let report = ItemId::from(sheet.value(Slot::Report).as_str());
    if let Some(line) = sheet.line(Slot::Report).filter(|line| line.is_untouched() && line.can_choose()) {
        let why = line.wrong.clone().unwrap_or_else(|| Sentence::new("said-which-report"));
        return Err((Slot::Report, why));
    }
    let item = snapshot.item(&report).ok_or_else(|| (Slot::Agency, Sentence::new("said-owes-nothing")))?;
    let mut filled = Filled::default();
    for (field, slot) in [(Field::On, Slot::On), (Field::Document, Slot::Document), (Field::Link, Slot::Link)] {
        filled.fill(field, &sheet.value(slot));
    }
    let drafts = filled.entries(Deed::Done, item, against).map_err(|fault| match fault {
        Fault::Field(Field::On) => (Slot::On, super::slot::wrong_day(&sheet.value(Slot::On), against)),
        Fault::Field(_) => (Slot::Report, Sentence::new("said-owes-nothing")),
        Fault::Refused(refusal) => (Slot::Report, refusal.sentence()),
    })?;
    // The same number again may be meant (one letter for two reports): it is pointed out once.
    let document = sheet.value(Slot::Document);
    if let Some(earlier) = same_document(model, sheet, item, &document)
        && sheet.warned.as_ref() != Some(&document)
    {
        sheet.warned = Some(document);
        return Err((Slot::Document, earlier));
    }
    Ok(drafts)
}

/// Where the number stands already: in this sitting, or on another report of the same agency.
fn same_document(model: &Model, sheet: &Sheet, item: &Item, document: &Text) -> Option<Sentence> {
    let wanted = fold_marks(document);
    let is_same = |number: &Text| !wanted.is_empty() && fold_marks(number.trim()) == wanted;
    let here = sheet.arrived.iter().find(|arrived| arrived.document.as_ref().is_some_and(is_same));
    let earlier = here.map(|arrived| arrived.item.clone()).or_else(|| {
        let mut items = model.snapshot.as_ref()?.items.iter();
        let of_agency = |other: &&Item| other.agency == item.agency && other.id != item.id;
        let found = items.find(|other| of_agency(other) && other.state.document.as_ref().is_some_and(is_same));
        found.map(|other| other.id.clone())
    })?;
    Some(Sentence::new("said-same-document").with("item", results::name(model, &earlier)))
}

/// Makes the sheet ready for the next letter: the day stays.
fn next(model: &Model, sheet: &mut Sheet) {
    let on = sheet.value(Slot::On);
    sheet.lines = vec![
        Line::pick(Slot::Agency, Pick::typed(senders(model, &sheet.arrived), None)),
        Line::typed(Slot::Document, ""),
        Line::pick(Slot::Report, Pick::default()),
        Line::typed(Slot::On, &on),
        Line::typed(Slot::Link, ""),
    ];
    (sheet.focus, sheet.warned, sheet.made_for) = (0, None, None);
}

/// Acts were answered: what became of the letters among them.
pub(super) fn answered(model: &mut Model) {
    let results = model.triage.results.clone();
    let Some(sheet) = &mut model.sheet else { return };
    for (item, became) in results {
        let waiting = sheet.arrived.iter_mut().find(|arrived| arrived.item == item && arrived.became.is_none());
        if let Some(arrived) = waiting {
            arrived.became = Some(became);
            // The agency stays, and with it what was chosen for it.
            if let Some((_, cursor, _)) = &mut sheet.made_for {
                *cursor = u64::MAX;
            }
        }
    }
}
