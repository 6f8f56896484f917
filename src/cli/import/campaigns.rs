//! The campaigns of an edited workbook, with their milestones.

use std::collections::{BTreeMap, BTreeSet};

use super::edits::{Edits, came, gone, take};
use crate::{
    domain::{
        campaign::{Campaign, Milestone},
        id::{AgencyId, CampaignId, ItemId, MilestoneId},
        plan::Plan,
        sentence::Sentence,
    },
    sources::sheet::{mapping::Field, reading::Unread},
};

/// What every row of a campaign says of it again.
const OF_CAMPAIGN: [Field; 5] = [Field::Title, Field::From, Field::Due, Field::Agency, Field::Coordinating];

impl Edits<'_> {
    pub(super) fn campaigns(&self, plan: &mut Plan, left: &mut Vec<Unread>) {
        let written: BTreeMap<&CampaignId, &Campaign> =
            self.written.reading.plan.campaigns.iter().map(|one| (&one.id, one)).collect();
        for read in &self.read.reading.plan.campaigns {
            let record = format!("campaign:{}", read.id);
            let coordinating: Vec<AgencyId> = read.coordinating.iter().map(|id| self.who(id)).collect();
            let there = plan.campaigns.iter_mut().find(|one| one.id == read.id);
            match (written.get(&read.id), there) {
                (Some(was), Some(campaign)) => {
                    self.title(&mut campaign.title, &was.title, &read.title);
                    take(&mut campaign.from, &was.from, &read.from);
                    take(&mut campaign.to, &was.to, &read.to);
                    if !read.lead.as_str().is_empty() && self.names_lead(&record) {
                        take(&mut campaign.lead, &was.lead, &self.who(&read.lead));
                    } else if was.lead != read.lead {
                        left.push(self.at(&record, Some(Field::Agency), Sentence::new("workbook-no-agency")));
                    }
                    take(&mut campaign.coordinating, &was.coordinating, &coordinating);
                    self.milestones(campaign, was, read, left);
                    self.other_rows(read, left);
                }
                (None, None) => {
                    let lead = self.who(&read.lead);
                    plan.campaigns.push(Campaign { lead, coordinating, ..read.clone() });
                }
                (Some(_), None) => left.push(self.at(&record, None, gone(read.id.as_str()))),
                (None, Some(_)) => left.push(self.at(&record, None, came(read.id.as_str()))),
            }
        }
        let read: BTreeSet<&CampaignId> = self.read.reading.plan.campaigns.iter().map(|one| &one.id).collect();
        let gone = |one: &Campaign| !self.partial && written.contains_key(&one.id) && !read.contains(&one.id);
        let points = |one: &Campaign, left: &mut Vec<Unread>| {
            let items = one.milestones.iter().map(|point| ItemId::milestone(&one.id, &point.id));
            let told = items.into_iter().find(|item| self.has_history(item));
            told.is_some_and(|item| self.stays(&item, one.id.as_str(), left))
        };
        plan.campaigns.retain(|one| !gone(one) || points(one, left));
    }

    fn names_lead(&self, record: &str) -> bool {
        self.read.lines.get(record).is_some_and(|line| !line.cell(Field::Agency).is_empty())
    }

    /// A campaign is said anew in each of its rows; its first one counts. What another row says otherwise is told.
    fn other_rows(&self, read: &Campaign, left: &mut Vec<Unread>) {
        let Some(first) = self.read.lines.get(format!("campaign:{}", read.id).as_str()) else { return };
        for point in &read.milestones {
            let record = ItemId::milestone(&read.id, &point.id);
            let lines = [self.written, self.read].map(|one| one.lines.get(record.as_str()));
            let [Some(was), Some(is)] = lines else { continue };
            for field in OF_CAMPAIGN {
                let cell = is.cell(field);
                if cell != was.cell(field) && cell != first.cell(field) {
                    let why = Sentence::new("cli-import-other-row").with("row", first.row);
                    left.push(is.unread(Some(field), why));
                }
            }
        }
    }

    fn milestones(&self, campaign: &mut Campaign, was: &Campaign, read: &Campaign, left: &mut Vec<Unread>) {
        let written: BTreeMap<&MilestoneId, &Milestone> = was.milestones.iter().map(|one| (&one.id, one)).collect();
        for point in &read.milestones {
            let record = ItemId::milestone(&read.id, &point.id);
            let there = campaign.milestones.iter_mut().find(|one| one.id == point.id);
            match (written.get(&point.id), there) {
                (Some(was), Some(milestone)) => {
                    self.title(&mut milestone.title, &was.title, &point.title);
                    if !self.is_unclear(record.as_str(), &[Field::MilestoneDue]) {
                        take(&mut milestone.due, &was.due, &point.due);
                    }
                }
                (None, None) => campaign.milestones.push(point.clone()),
                (Some(_), None) => left.push(self.at(record.as_str(), None, gone(point.id.as_str()))),
                (None, Some(_)) => left.push(self.at(record.as_str(), None, came(point.id.as_str()))),
            }
        }
        let now: BTreeSet<&MilestoneId> = read.milestones.iter().map(|point| &point.id).collect();
        let id = campaign.id.clone();
        let gone = |point: &Milestone| !self.partial && written.contains_key(&point.id) && !now.contains(&point.id);
        campaign.milestones.retain(|point| {
            let named = format!("{id}/{}", point.id);
            !gone(point) || self.stays(&ItemId::milestone(&id, &point.id), &named, left)
        });
    }
}
