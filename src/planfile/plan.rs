//! A [`Plan`] from the fields of its file: the head field by field, the lists record by record. Whether its parts fit
//! together is in `consistency.rs` and `references.rs`.

use jiff::{civil::Date, tz::TimeZone};
use serde::de::DeserializeOwned;

use crate::domain::{
    agency::Agency,
    calendar::DaysOff,
    campaign::Campaign,
    duty::Duty,
    plan::{FORMAT, Plan, Programme, Step, Unknown},
    task::Task,
    text::Text,
    title::Title,
};

use super::{
    error::PlanError,
    fault::found,
    holidays::HolidayTables,
    nearest::nearest,
    node::{Field, Node},
    records::{Listed, known, read_list},
    remark::{Problem, Remarks},
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

/// Reads the plan of these fields. Refused for what is wrong with `format`, `id`, `timezone` and a `year` that cannot be
/// had from `issued` either.
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
    let year = head.year(issued)?;
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
        year,
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
    // Days that stand in the file were resolved when it was written, and stay.
    if let (Some(table), true) = (&plan.holidays, plan.calendar == DaysOff::default()) {
        plan.calendar = tables.resolve(table, year, holidays_place, head.remarks);
    }
    let (places, journal) = head.lists(&mut plan);
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
        wrong: impl Fn(&T) -> Option<(Problem, Option<Text>)>,
    ) -> Result<T, PlanError> {
        let refused = |remarks: &Remarks<'_>, at: Option<usize>, problem: (Problem, Option<Text>)| {
            Err(PlanError::Refused(Box::new(remarks.remark(at, name, problem))))
        };
        let Some(field) = self.take(name) else {
            let near = nearest(name, self.fields.iter().map(|field| field.name.as_str()));
            return refused(self.remarks, None, (Problem::Missing { field: name.into() }, near));
        };
        match field.node.read::<T>() {
            Ok(read) => match wrong(&read) {
                None => Ok(read),
                Some(problem) => refused(self.remarks, Some(field.offset), problem),
            },
            Err(fault) => {
                let found = found(&fault, field.node, &[], self.remarks.source);
                refused(self.remarks, Some(found.offset), found.problem)
            }
        }
    }

    /// The year; where it cannot be read, that of the day the plan was issued.
    fn year(&mut self, issued: Option<Date>) -> Result<i16, PlanError> {
        let Some(issued) = issued else { return self.required("year", |_| None) };
        if self.place("year").is_none() {
            self.remarks.warn(None, "year", (Problem::Missing { field: "year".into() }, None));
        }
        Ok(self.optional("year").unwrap_or(issued.year()))
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
                self.remarks.set_aside(Some(offset), &*field, (Problem::RepeatedField { field: field.clone() }, None));
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
                self.remarks.warn(Some(offset), &*field, (Problem::UnknownField { field: field.clone() }, near));
            }
        }
    }
}

fn is_format(format: &Text) -> Option<(Problem, Option<Text>)> {
    (format.as_str() != FORMAT).then(|| (Problem::UnknownFormat { format: format.clone() }, Some(FORMAT.into())))
}

fn is_plan_id(id: &Text) -> Option<(Problem, Option<Text>)> {
    let usable = !id.trim().is_empty() && !id.contains('/');
    (!usable).then(|| (Problem::UnusableId { id: id.clone() }, None))
}

fn is_zone(zone: &Text) -> Option<(Problem, Option<Text>)> {
    if TimeZone::get(zone).is_ok() {
        return None;
    }
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let near = nearest(zone, names.iter().map(String::as_str));
    Some((Problem::UnknownZone { zone: zone.clone() }, near))
}
