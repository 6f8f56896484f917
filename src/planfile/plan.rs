//! A [`Plan`] from the fields of its file: the head field by field, the lists record by record. Whether its parts fit
//! together is in `consistency.rs` and `references.rs`.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use serde::de::DeserializeOwned;

use crate::domain::{
    agency::Agency,
    calendar::DaysOff,
    campaign::Campaign,
    duty::Duty,
    nearest::nearest,
    plan::{FORMAT, NO_YEAR, Plan, Programme, Step, Unknown},
    sentence::Sentence,
    task::Task,
    text::Text,
    title::Title,
};

use super::{
    error::PlanError,
    fault::found,
    holidays::HolidayTables,
    node::{Field, Node},
    records::{Listed, known, read_list},
    remark::Remarks,
};

/// A plan, where its records stand, and its journal if it bears one.
pub(super) struct PlanRead<'a> {
    pub(super) plan: Plan,
    pub(super) places: Places,
    pub(super) journal: Option<Node<'a>>,
}

/// Where each record begins, in the order of the plan's lists.
#[derive(Default)]
pub(super) struct Places {
    pub(super) owner: Option<usize>,
    pub(super) programmes: Vec<usize>,
    pub(super) agencies: Vec<usize>,
    pub(super) tasks: Vec<usize>,
    pub(super) duties: Vec<usize>,
    pub(super) campaigns: Vec<usize>,
}

/// The fields of the root, taken one by one.
struct Head<'a, 'b, 'r> {
    fields: Vec<Field<'b>>,
    remarks: &'r mut Remarks<'a>,
}

/// Reads the plan of these fields. Refused for what is wrong with `format`, `id` and `timezone` only.
pub(super) fn read_plan<'b>(
    fields: Vec<Field<'b>>,
    tables: &HolidayTables,
    remarks: &mut Remarks<'_>,
) -> Result<PlanRead<'b>, PlanError> {
    let mut head = Head { fields, remarks };
    let format = head.required::<Text>("format", is_format)?;
    let id = head.required::<Text>("id", is_plan_id)?;
    let timezone = head.required::<Text>("timezone", is_zone)?;
    let issued: Option<Date> = head.optional("issued");
    let year: Option<i16> = head.optional("year");
    let owner_place = head.place("owner");
    let holidays_place = head.place("holidays");
    let holidays: Option<Text> = head.optional("holidays");
    let written: DaysOff = head.optional("calendar").unwrap_or_default();
    let sample_place = head.place("sample");
    let mut plan = Plan {
        format,
        id: id.as_str().into(),
        number: head.optional("number"),
        title: head.optional::<Title>("title").unwrap_or_default(),
        issued,
        owner: head.optional("owner"),
        year: year.unwrap_or(NO_YEAR),
        timezone,
        holidays,
        calendar: written,
        roll: head.optional("roll").unwrap_or(true),
        // What cannot be read is taken for a sample: it sends nothing.
        sample: head.optional("sample").unwrap_or(sample_place.is_some()),
        programmes: Vec::new(),
        agencies: Vec::new(),
        tasks: Vec::new(),
        duties: Vec::new(),
        campaigns: Vec::new(),
        ladder: Vec::new(),
        unknown: Unknown::new(),
    };
    let (places, journal) = head.lists(&mut plan);
    if year.is_none() {
        head.derived_year(&mut plan);
    }
    // Days that stand in the file were resolved when it was written, and stay.
    if let (Some(table), true) = (&plan.holidays, plan.calendar == DaysOff::default()) {
        plan.calendar = tables.resolve(table, plan.year, holidays_place, head.remarks);
    }
    head.rest(&mut plan);
    Ok(PlanRead { plan, places: Places { owner: owner_place, ..places }, journal })
}

impl<'b> Head<'_, 'b, '_> {
    fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.offset)
    }

    /// Takes the field; of two the first, the second stays for [`Head::rest`].
    fn take(&mut self, name: &str) -> Option<Field<'b>> {
        let place = self.fields.iter().position(|field| field.name == name)?;
        Some(self.fields.remove(place))
    }

    /// A field that may be missing; a wrong one is set aside.
    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let field = self.take(name)?;
        let fault = match field.node.read::<Option<T>>() {
            Ok(read) => return read,
            Err(fault) => fault,
        };
        let found = found(&fault, field.node, &[], self.remarks.source);
        self.remarks.set_aside(Some(found.offset), format!("{name}{}", found.path), found.problem);
        None
    }

    /// A field without which there is no plan.
    fn required<T: DeserializeOwned>(
        &mut self,
        name: &str,
        wrong: impl Fn(&T) -> Option<Sentence>,
    ) -> Result<T, PlanError> {
        let source = self.remarks.source;
        let Some(field) = self.take(name) else {
            let near = nearest(name, self.fields.iter().map(|field| field.name.as_str()));
            return Err(source.refused(None, name, Sentence::new("remark-missing").with("field", name).near(near)));
        };
        match field.node.read::<T>() {
            Ok(read) => match wrong(&read) {
                None => Ok(read),
                Some(problem) => Err(source.refused(Some(field.offset), name, problem)),
            },
            Err(fault) => {
                let found = found(&fault, field.node, &[], source);
                Err(source.refused(Some(found.offset), name, found.problem))
            }
        }
    }

    /// The year of a plan that does not say it. A warning where something is laid out by it.
    fn derived_year(&mut self, plan: &mut Plan) {
        plan.year = plan.issued.map(Date::year).or_else(|| most_dates(plan)).unwrap_or(NO_YEAR);
        if plan.year != NO_YEAR && plan.duties.iter().any(|duty| !duty.every.is_empty()) {
            let year = plan.year.to_string();
            self.remarks.warn(None, "year", Sentence::new("remark-derived-year").with("year", year));
        }
    }

    fn lists(&mut self, plan: &mut Plan) -> (Places, Option<Node<'b>>) {
        let mut places = Places::default();
        (plan.programmes, places.programmes) = self.list::<Programme>("programmes");
        (plan.agencies, places.agencies) = self.list::<Agency>("agencies");
        (plan.tasks, places.tasks) = self.list::<Task>("tasks");
        (plan.duties, places.duties) = self.list::<Duty>("duties");
        (plan.campaigns, places.campaigns) = self.list::<Campaign>("campaigns");
        (plan.ladder, _) = self.list::<Step>("ladder");
        (places, self.take("journal").map(|field| field.node))
    }

    fn list<T: super::records::Record>(&mut self, name: &str) -> (Vec<T>, Vec<usize>) {
        let Some(field) = self.take(name) else { return (Vec::new(), Vec::new()) };
        let Listed { records, offsets } = read_list(field.node, name, self.remarks);
        (records, offsets)
    }

    /// What is left is not known, or was there before: kept with a warning.
    fn rest(&mut self, plan: &mut Plan) {
        let mut known = known::<Plan>();
        known.push("journal".into());
        for Field { name, offset, node } in std::mem::take(&mut self.fields) {
            let field = Text::new(&name);
            if known.contains(&name) || plan.unknown.contains_key(&name) {
                let problem = Sentence::new("remark-repeated-field").with("field", &field);
                self.remarks.set_aside(Some(offset), &*field, problem);
                continue;
            }
            match node.value() {
                Ok(value) => plan.unknown.insert(name.clone(), value),
                Err(fault) => {
                    let found = found(&fault, node, &[], self.remarks.source);
                    self.remarks.set_aside(Some(offset), &*field, found.problem);
                    continue;
                }
            };
            // `$schema` names the schema for editors.
            if name != "$schema" {
                let near = nearest(&name, known.iter().map(String::as_str));
                let problem = Sentence::new("remark-unknown-field").with("field", &field).near(near);
                self.remarks.warn(Some(offset), &*field, problem);
            }
        }
    }
}

/// The year in which most of the plan's dates are; of two the earlier.
fn most_dates(plan: &Plan) -> Option<i16> {
    let tasks = plan.tasks.iter().flat_map(|task| [task.start, task.due]);
    let campaigns = plan.campaigns.iter().flat_map(|campaign| [Some(campaign.from), Some(campaign.to)]);
    let reports = plan.duties.iter().flat_map(|duty| &duty.periods).flat_map(|period| {
        let own = period.due_by_agency.values().map(|own| own.due);
        own.chain([period.due])
    });
    let mut counts = BTreeMap::<i16, usize>::new();
    for date in tasks.chain(campaigns).chain(reports).flatten() {
        *counts.entry(date.year()).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}

fn is_format(format: &Text) -> Option<Sentence> {
    let problem = || Sentence::new("remark-unknown-format").with("format", format).near(Some(FORMAT));
    (format.as_str() != FORMAT).then(problem)
}

fn is_plan_id(id: &Text) -> Option<Sentence> {
    let usable = !id.trim().is_empty() && !id.contains('/');
    (!usable).then(|| Sentence::new("remark-unusable-id").with("id", id))
}

fn is_zone(zone: &Text) -> Option<Sentence> {
    if TimeZone::get(zone).is_ok() {
        return None;
    }
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let near = nearest(zone, names.iter().map(String::as_str));
    Some(Sentence::new("remark-unknown-zone").with("zone", zone).near(near))
}
