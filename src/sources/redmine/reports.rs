//! Reports: which issues are of one duty and period, and stand in one column of the matrix.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::{
    agencies::{Agencies, slug},
    plan::{Laying, link, number},
    subject,
    wire::Issue,
};
use crate::domain::{
    deadline::in_force,
    duty::{Duty, GivenPeriod},
    id::{AgencyId, ItemId},
    item::{Kept, Kind},
    plan::Unknown,
    text::Text,
    title::Title,
};

/// Reports of one duty for one period.
pub(super) struct Group {
    title: Text,
    period: Text,
    /// By agency.
    reports: BTreeMap<AgencyId, u64>,
    pub(super) dues: BTreeSet<Option<Date>>,
}

/// What duties are called in ids: the first letters of their names; of two with the same the one met later its whole name.
#[derive(Default)]
pub(super) struct Codes(HashMap<String, String>);

impl Codes {
    fn of(&mut self, title: &str) -> String {
        let name = slug(title);
        let letters: String = name.split('-').filter_map(|word| word.chars().next()).collect();
        let code = letters.to_uppercase();
        let owner = self.0.entry(code.clone()).or_insert_with(|| name.clone());
        if *owner == name { code } else { name }
    }
}

impl Laying<'_> {
    /// Into the reports of its duty and period; where one of the agency stands there already, or no period is told, by itself.
    pub(super) fn group(
        &self,
        groups: &mut BTreeMap<(String, Text), Group>,
        issue: &Issue,
        agency: AgencyId,
        agencies: &Agencies<'_>,
        codes: &mut Codes,
    ) {
        let year = self.day(issue.created_on).year();
        let names = agencies.names(&agency);
        let told = subject::read(&issue.subject, &names, year);
        let by_field = issue.said(self.mapping.period).and_then(|said| subject::period_of(said, year));
        let title = issue.said(self.mapping.duty).cloned().unwrap_or(told.duty);
        let alone = number(issue.id);
        let key = match by_field.or(told.period) {
            Some(period) => {
                let key = (format!("{}-{period}", codes.of(&title)), period.clone());
                let taken = groups.get(&key).is_some_and(|group| group.reports.contains_key(&agency));
                if taken { (alone, period) } else { key }
            }
            None => (alone.clone(), Text::from(alone)),
        };
        let period = key.1.clone();
        let group = groups.entry(key).or_insert_with(|| Group {
            title,
            period,
            reports: BTreeMap::new(),
            dues: BTreeSet::new(),
        });
        group.reports.insert(agency, issue.id);
        group.dues.insert(self.original(issue));
    }

    pub(super) fn duty(&mut self, id: &str, group: Group) -> Duty {
        // A day that not all of them have is no day of the period.
        let due = if group.dues.len() == 1 { group.dues.iter().copied().next().flatten() } else { None };
        let duty = Duty {
            id: id.into(),
            title: Title::Plain(group.title),
            kind: None,
            owes: group.reports.keys().map(|agency| agency.as_text().clone()).collect(),
            to: Vec::new(),
            programme: None,
            campaign: None,
            source: None,
            roll: None,
            periods: vec![GivenPeriod {
                period: group.period.clone(),
                closing: None,
                due,
                due_text: None,
                due_by_agency: BTreeMap::new(),
                unknown: Unknown::new(),
            }],
            every: Vec::new(),
            due: None,
            due_by_kind: BTreeMap::new(),
            due_text: None,
            within: None,
            after_task: Vec::new(),
            working_days: None,
            unknown: Unknown::new(),
        };
        for (agency, issue) in group.reports {
            let Some(issue) = self.known.issues.get(&issue) else { continue };
            let id = ItemId::report(&duty.id, &group.period, &agency);
            self.put(id, issue, Kind::Report);
            let kept = self.kept(issue, due);
            if let Some((_, state)) = self.states.last_mut() {
                state.link = Some(link(self.frame.address, issue));
                state.kept = kept;
            }
        }
        duty
    }

    /// The days of a report whose own are not those of its period.
    fn kept(&self, issue: &Issue, of_period: Option<Date>) -> Option<Kept> {
        let rolled = |day| in_force(day, self.frame.options.roll, &self.calendar);
        let (original, due) = (self.original(issue)?, issue.due_date?);
        let extended_to = self.extended_to(issue);
        (Some(original) != of_period).then(|| Kept { original_due: rolled(original), due: rolled(due), extended_to })
    }
}
