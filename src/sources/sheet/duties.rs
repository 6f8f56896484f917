//! From reports as a sheet says them to the duties that make them. A duty asks every agency for every period: who is not in the
//! sheet for one of them is told exempt from it, so that the ids of the others stay what they are when rows come and go.

use std::collections::{BTreeMap, HashMap, HashSet, hash_map::Entry};

use jiff::civil::Date;

use crate::domain::{
    duty::{Duty, GivenPeriod, OwnDue},
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
        if by_words {
            draft.by_words.insert(Text::from(format!("duty:{id}")));
        }
        duty(draft, table, &id, group);
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

/// What most rows of each period say of its deadline: where one says otherwise that is the deadline of its agency.
fn usual_dues(owed: &[Owed]) -> HashMap<Text, Option<Date>> {
    let mut counts: HashMap<&Text, BTreeMap<Option<Date>, usize>> = HashMap::new();
    for report in owed {
        *counts.entry(&report.period).or_default().entry(report.due.due).or_default() += 1;
    }
    let most = |dues: BTreeMap<Option<Date>, usize>| {
        dues.into_iter().rev().max_by_key(|(due, count)| (*count, due.is_some())).and_then(|(due, _)| due)
    };
    counts.into_iter().map(|(period, dues)| (period.clone(), most(dues))).collect()
}

/// The reports without those that are told twice. One that is due on another day than the one its agency has for that period
/// is another report: where no period is told it is known by the month it is due in, else it is counted.
fn told_once(draft: &mut Draft, table: &Table<'_>, id: &DutyId, owed: Vec<Owed>) -> Vec<Owed> {
    let mut seen: HashMap<ItemId, (Option<Date>, u32)> = HashMap::new();
    let mut once = Vec::with_capacity(owed.len());
    for mut report in owed {
        let month = report.due.due.filter(|_| !report.period_told).map(|due| due.strftime("%Y-M%m").to_string());
        let counted = (2..=u32::MAX).map(|count| format!("{}.{count}", report.period));
        let periods = std::iter::once(report.period.to_string()).chain(month).chain(counted).map(Text::from);
        for period in periods {
            match seen.entry(ItemId::report(id, &period, &report.agency)) {
                Entry::Vacant(free) => {
                    free.insert((report.due.due, report.row));
                    report.period = period;
                    once.push(report);
                    break;
                }
                Entry::Occupied(taken) if taken.get().0 == report.due.due => {
                    let why = Sentence::new("workbook-report-twice").with("first", taken.get().1);
                    draft.unread(table, report.row, table.columns.get(&Field::Agency).copied(), why);
                    break;
                }
                Entry::Occupied(_) => {}
            }
        }
    }
    once
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

fn given(period: &Text, due: Option<Date>) -> GivenPeriod {
    let (period, due_by_agency, unknown) = (period.clone(), BTreeMap::new(), Unknown::new());
    GivenPeriod { period, closing: None, due, due_text: None, due_by_agency, unknown }
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
    let owed = told_once(draft, table, &id, owed);
    let usual = usual_dues(&owed);
    let mut owes = HashSet::new();
    let mut periods: BTreeMap<Text, GivenPeriod> = BTreeMap::new();
    let mut seen: HashSet<ItemId> = HashSet::new();
    for Owed { own, title, agency, period, due, closing, told, row, .. } in owed {
        let item = ItemId::report(&id, &period, &agency);
        seen.insert(item.clone());
        let Due { due, wording: due_text, .. } = due;
        if table.kind == SheetKind::Reports {
            let named = own.unwrap_or_else(|| item.clone());
            draft.line(table, row, named.as_str());
            let reported = Reported { laid: item.clone(), title, due, due_text: due_text.clone(), told: told.clone() };
            draft.reports.entry(named).or_insert(reported);
        }
        if owes.insert(agency.clone()) {
            duty.owes.push(agency.as_text().clone());
        }
        let usual = usual.get(&period).copied().flatten();
        let laid_down = periods.entry(period).or_insert_with_key(|period| given(period, usual));
        laid_down.closing = laid_down.closing.or(closing);
        if due == usual {
            laid_down.due_text = laid_down.due_text.take().or_else(|| due_text.clone());
        }
        laid_down.lay_down(agency, OwnDue { due, due_text, ..OwnDue::default() });
        draft.keep(item, told);
    }
    duty.periods = periods.into_values().collect();
    duty.periods.sort_by(|one, other| (one.due, &one.period).cmp(&(other.due, &other.period)));
    let exempt = || Told { standing: Some(Standing::Exempt), ..Told::default() };
    for period in &duty.periods {
        for agency in &duty.owes {
            let item = ItemId::report(&id, &period.period, &agency.as_str().into());
            if !seen.contains(&item) {
                draft.told.insert(item, exempt());
            }
        }
    }
    draft.duties.push(duty);
}
