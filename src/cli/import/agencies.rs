//! The agencies of an edited workbook: what was changed of them, which came, which may go.

use std::collections::BTreeMap;

use super::edits::{Edits, came, gone, take};
use crate::{
    domain::{agency::Agency, id::AgencyId, item::Kind, plan::Plan, sentence::Sentence},
    sources::sheet::{mapping::Field, reading::Unread},
};

impl Edits<'_> {
    pub(super) fn agencies(&self, plan: &mut Plan, left: &mut Vec<Unread>) {
        let written: BTreeMap<&AgencyId, &Agency> =
            self.written.reading.plan.agencies.iter().map(|one| (&one.id, one)).collect();
        for read in &self.read.reading.plan.agencies {
            let record = record(&read.id);
            if !self.read.lines.contains_key(record.as_str()) {
                continue;
            }
            let there = plan.agencies.iter_mut().find(|one| one.id == read.id);
            match (written.get(&read.id), there) {
                (Some(was), Some(agency)) => {
                    self.title(&mut agency.name, &was.name, &read.name);
                    self.title(&mut agency.short, &was.short, &read.short);
                    take(&mut agency.kind, &was.kind, &read.kind);
                    take(&mut agency.email, &was.email, &read.email);
                    take(&mut agency.phone, &was.phone, &read.phone);
                }
                (None, None) => plan.agencies.push(read.clone()),
                (Some(_), None) => left.push(self.at(&record, None, gone(read.id.as_str()))),
                (None, Some(_)) => left.push(self.at(&record, Some(Field::Id), came(read.id.as_str()))),
            }
        }
    }

    /// Those no row lists, and a row of the plan now names.
    pub(super) fn agencies_named(&self, plan: &mut Plan) {
        for read in &self.read.reading.plan.agencies {
            let is_there = plan.agencies.iter().any(|one| one.id == read.id);
            let was_there = self.written.reading.plan.agencies.iter().any(|one| one.id == read.id);
            if !is_there && !was_there && places(plan, &read.id) > 0 {
                plan.agencies.push(read.clone());
            }
        }
    }

    /// Those whose rows are gone: one that something is asked of stays, and that is said.
    pub(super) fn agencies_gone(&self, plan: &mut Plan, left: &mut Vec<Unread>) {
        if self.partial {
            return;
        }
        let is_gone = |id: &AgencyId| {
            let record = record(id);
            let [was, is] = [self.written, self.read].map(|one| one.lines.contains_key(record.as_str()));
            was && !is
        };
        let going: Vec<AgencyId> = plan.agencies.iter().map(|one| one.id.clone()).filter(is_gone).collect();
        for id in going {
            let asked = places(plan, &id) + self.owed(&id);
            if asked == 0 {
                plan.agencies.retain(|one| one.id != id);
                continue;
            }
            let why = Sentence::new("cli-import-agency-kept").with("id", id.as_str()).with("count", asked);
            left.push(self.at(&record(&id), None, why));
        }
    }

    /// How many reports it owes, by whichever word its duties name it.
    fn owed(&self, id: &AgencyId) -> usize {
        let Some(index) = self.standing.outline.agency(id.as_str()) else { return 0 };
        self.standing.items.iter().filter(|item| item.kind() == Kind::Report && item.agency == index).count()
    }
}

fn record(id: &AgencyId) -> String {
    format!("agency:{id}")
}

/// In how many places of the plan an agency is named.
fn places(plan: &Plan, id: &AgencyId) -> usize {
    let tasks = plan.tasks.iter().filter(|task| task.lead == *id || task.coordinating.contains(id)).count();
    let campaigns = plan.campaigns.iter().filter(|one| one.lead == *id || one.coordinating.contains(id)).count();
    let owes = |word: &str| word == id.as_str();
    let duties =
        plan.duties.iter().filter(|duty| duty.to.contains(id) || duty.owes.iter().any(|word| owes(word))).count();
    let parents = plan.agencies.iter().filter(|one| one.parent.as_ref() == Some(id)).count();
    tasks + campaigns + duties + parents + usize::from(plan.owner.as_ref() == Some(id))
}
