//! From reports as a sheet says them to the duties that make them. A duty asks every agency for every period: who is not in the
//! sheet for one of them is told exempt from it, so that the ids of the others stay what they are when rows come and go.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use crate::domain::{
    duty::{Duty, GivenPeriod},
    id::{DutyId, ItemId},
    plan::Unknown,
    sentence::Sentence,
    text::Text,
    title::Title,
};

use super::{
    days::Due,
    draft::{Draft, slug},
    lines::Reported,
    mapping::{Field, SheetKind},
    names::key,
    reading::{Standing, Told},
    reports::Owed,
    table::Table,
};

/// More exemptions than this are not told: each period is a duty of its own then.
const MOST_EXEMPT: usize = 5_000;

/// Lays the duties down that make these reports.
pub(super) fn lay_down(draft: &mut Draft, table: &Table<'_>, owed: Vec<Owed>) {
    // Rows with the id of a whole report say for certain which duty they are of.
    let certain: HashSet<Text> = owed.iter().filter(|it| it.own.is_some()).filter_map(|it| it.duty.clone()).collect();
    let by_title = certain_by_title(&owed);
    let ids = own_ids(&owed, &certain);
    let mut groups: Vec<Vec<Owed>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for mut report in owed {
        let title = key(&report.title);
        // A row more of a report whose other rows say which it is belongs to them.
        if report.duty.is_none() {
            report.duty = by_title.get(&title).cloned().flatten();
        }
        let duty = report.duty.as_ref().filter(|duty| certain.contains(*duty));
        let group = duty.map_or(title, |duty| format!("\u{1f}{duty}"));
        let place = *places.entry(group).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.push(report);
        }
    }
    for group in groups {
        let Some(first) = group.first() else { continue };
        let own =
            first.duty.clone().filter(|duty| certain.contains(duty)).or_else(|| ids.get(&key(&first.title)).cloned());
        let by_words = own.is_none();
        let id = own.unwrap_or_else(|| Text::from(slug(&first.title)));
        // Another sheet may have reports of the same name.
        let id = if draft.is_new("duty", &id) { id } else { Text::from(format!("{id}-{}", slug(&table.sheet.name))) };
        for (id, variant) in by_due(&id, group) {
            if by_words {
                draft.by_words.insert(Text::from(format!("duty:{id}")));
            }
            duty(draft, table, &id, variant);
        }
    }
}

/// The duties that rows with the id of a whole report name, by title; none where a title has several.
fn certain_by_title(owed: &[Owed]) -> HashMap<String, Option<Text>> {
    let mut found: HashMap<String, Option<Text>> = HashMap::new();
    for report in owed.iter().filter(|report| report.own.is_some()) {
        let duty = found.entry(key(&report.title)).or_insert_with(|| report.duty.clone());
        if *duty != report.duty {
            *duty = None;
        }
    }
    found
}

/// The ids titles have, where all rows of one say the same and no other title has it.
fn own_ids(owed: &[Owed], certain: &HashSet<Text>) -> HashMap<String, Text> {
    let mut said: BTreeMap<String, HashSet<Option<Text>>> = BTreeMap::new();
    for report in owed.iter().filter(|it| it.duty.as_ref().is_none_or(|duty| !certain.contains(duty))) {
        said.entry(key(&report.title)).or_default().insert(report.duty.clone());
    }
    let single = |ids: HashSet<Option<Text>>| if ids.len() == 1 { ids.into_iter().next().flatten() } else { None };
    let mut taken = certain.clone();
    let single = said.into_iter().filter_map(|(title, ids)| Some((title, single(ids)?)));
    single.filter(|(_, id)| taken.insert(id.clone())).collect()
}

/// Apart those whose due date is not that of most of their period: they are duties of their own.
fn by_due(id: &Text, group: Vec<Owed>) -> Vec<(Text, Vec<Owed>)> {
    let mut counts: BTreeMap<Text, BTreeMap<Option<Date>, usize>> = BTreeMap::new();
    for report in &group {
        *counts.entry(report.period.clone()).or_default().entry(report.due.due).or_default() += 1;
    }
    let usual: HashMap<Text, Option<Date>> = counts
        .into_iter()
        .filter_map(|(period, dues)| {
            let most = dues.into_iter().rev().max_by_key(|(due, count)| (*count, due.is_some()))?;
            Some((period, most.0))
        })
        .collect();
    let mut variants: BTreeMap<Text, Vec<Owed>> = BTreeMap::new();
    for report in group {
        let name = if usual.get(&report.period) == Some(&report.due.due) {
            id.clone()
        } else {
            let day = report.due.due.map_or_else(|| "0".to_owned(), |due| due.strftime("%d%m").to_string());
            Text::from(format!("{id}.{day}"))
        };
        variants.entry(name).or_default().push(report);
    }
    variants.into_iter().collect()
}

/// One duty, or one for each period where it would exempt too many.
fn duty(draft: &mut Draft, table: &Table<'_>, id: &Text, owed: Vec<Owed>) {
    let agencies: HashSet<&str> = owed.iter().map(|report| report.agency.as_str()).collect();
    let periods: HashSet<&str> = owed.iter().map(|report| report.period.as_str()).collect();
    if agencies.len().saturating_mul(periods.len()) <= owed.len().saturating_add(MOST_EXEMPT) {
        return one(draft, table, id, owed);
    }
    let mut by_period: BTreeMap<Text, Vec<Owed>> = BTreeMap::new();
    for report in owed {
        by_period.entry(report.period.clone()).or_default().push(report);
    }
    for (period, owed) in by_period {
        one(draft, table, &Text::from(format!("{id}.{period}")), owed);
    }
}

/// What most rows call it: it may have been changed in one of them only.
fn usual_title(owed: &[Owed]) -> Text {
    let mut counts: HashMap<&Text, usize> = HashMap::new();
    for report in owed {
        *counts.entry(&report.title).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or_default();
    let first = owed.iter().find(|report| counts.get(&report.title) == Some(&most));
    first.map(|report| report.title.clone()).unwrap_or_default()
}

fn one(draft: &mut Draft, table: &Table<'_>, id: &Text, owed: Vec<Owed>) {
    let Some(first) = owed.first() else { return };
    let id = DutyId::from(id.as_str());
    let mut duty = Duty {
        id: id.clone(),
        title: Title::Plain(usual_title(&owed)),
        kind: None,
        owes: Vec::new(),
        to: first.recipients.clone(),
        programme: first.programme.clone(),
        campaign: None,
        source: None,
        roll: None,
        periods: Vec::new(),
        every: Vec::new(),
        due: None,
        due_by_kind: BTreeMap::new(),
        due_text: None,
        within: None,
        after_task: Vec::new(),
        working_days: None,
        unknown: Unknown::new(),
    };
    let (mut owes, mut periods) = (HashSet::new(), HashSet::new());
    let mut seen: HashMap<ItemId, u32> = HashMap::new();
    for Owed { own, title, agency, period, due, closing, told, row, .. } in owed {
        let item = ItemId::report(&id, &period, &agency);
        if let Some(first) = seen.get(&item) {
            let why = Sentence::new("workbook-report-twice").with("first", *first);
            draft.unread(table, row, table.columns.get(&Field::Agency).copied(), why);
            continue;
        }
        seen.insert(item.clone(), row);
        if table.kind == SheetKind::Reports {
            let named = own.unwrap_or_else(|| item.clone());
            draft.line(table, row, named.as_str());
            let Due { due, wording, .. } = due.clone();
            let reported = Reported { laid: item.clone(), title, due, due_text: wording, told: told.clone() };
            draft.reports.entry(named).or_insert(reported);
        }
        if owes.insert(agency.clone()) {
            duty.owes.push(agency.as_text().clone());
        }
        if periods.insert(period.clone()) {
            let Due { due, wording, .. } = due;
            duty.periods.push(GivenPeriod { period, closing, due, due_text: wording, unknown: Unknown::new() });
        }
        draft.keep(item, told);
    }
    duty.periods.sort_by(|one, other| (one.due, &one.period).cmp(&(other.due, &other.period)));
    let exempt = || Told { standing: Some(Standing::Exempt), ..Told::default() };
    for period in &duty.periods {
        for agency in &duty.owes {
            let item = ItemId::report(&id, &period.period, &agency.as_str().into());
            if !seen.contains_key(&item) {
                draft.told.insert(item, exempt());
            }
        }
    }
    draft.duties.push(duty);
}
