//! [`edited`]: what was edited in a workbook this program wrote, brought into the plan in force. The workbook as it was written
//! is read in the same way as the edited one: only what differs between the two was edited, and nothing else is touched.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    agency::Agency,
    campaign::{Campaign, Milestone},
    id::{AgencyId, CampaignId, ItemId, MilestoneId, ProgrammeId, TaskId},
    plan::Plan,
    sentence::Sentence,
    snapshot::Snapshot,
    task::Task,
    text::fold_marks,
    title::Title,
};
use crate::sources::sheet::reading::Told;

/// A workbook as it was written, and as it came back.
pub(super) struct Edits<'a> {
    /// The plan it is to be brought into, with what happened.
    pub(super) standing: &'a Snapshot,
    /// The plan as an untouched copy of the workbook would be read.
    pub(super) written: &'a Plan,
    /// The plan as it is read.
    pub(super) read: &'a Plan,
    /// The language the workbook is in.
    pub(super) language: &'a str,
    /// It holds a part of the plan only: what is not in it was not taken out.
    pub(super) partial: bool,
}

/// The plan with the edits, and what could not be done.
pub(super) fn edited(edits: &Edits<'_>) -> (Plan, Vec<Sentence>) {
    let mut plan = Plan::clone(&edits.standing.outline.plan);
    let mut said = Vec::new();
    edits.agencies(&mut plan);
    edits.tasks(&mut plan, &mut said);
    edits.campaigns(&mut plan, &mut said);
    (plan, said)
}

impl Edits<'_> {
    fn agencies(&self, plan: &mut Plan) {
        let written: BTreeMap<&AgencyId, &Agency> = self.written.agencies.iter().map(|one| (&one.id, one)).collect();
        for read in &self.read.agencies {
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
                (Some(_), None) | (None, Some(_)) => {}
            }
        }
    }

    fn tasks(&self, plan: &mut Plan, said: &mut Vec<Sentence>) {
        let written: BTreeMap<&TaskId, &Task> = self.written.tasks.iter().map(|one| (&one.id, one)).collect();
        for read in &self.read.tasks {
            let programme = self.programme(read.programme.as_ref(), plan);
            let there = plan.tasks.iter_mut().find(|one| one.id == read.id);
            match (written.get(&read.id), there) {
                (Some(was), Some(task)) => {
                    self.title(&mut task.title, &was.title, &read.title);
                    take(&mut task.lead, &was.lead, &read.lead);
                    take(&mut task.coordinating, &was.coordinating, &read.coordinating);
                    take(&mut task.start, &was.start, &read.start);
                    if was.due != read.due || was.due_text != read.due_text {
                        task.due = read.due;
                        task.due_text = read.due_text.clone();
                    }
                    if was.programme != read.programme {
                        task.programme = programme;
                    }
                }
                (None, None) => plan.tasks.push(Task { programme, ..read.clone() }),
                (Some(_), None) => said.push(Sentence::new("cli-import-gone").with("id", read.id.as_str())),
                (None, Some(_)) => said.push(Sentence::new("cli-import-there").with("id", read.id.as_str())),
            }
        }
        let read: BTreeSet<&TaskId> = self.read.tasks.iter().map(|task| &task.id).collect();
        let gone = |task: &Task| !self.partial && written.contains_key(&task.id) && !read.contains(&task.id);
        plan.tasks.retain(|task| !gone(task) || self.stays(&ItemId::task(&task.id), task.id.as_str(), said));
    }

    fn campaigns(&self, plan: &mut Plan, said: &mut Vec<Sentence>) {
        let written: BTreeMap<&CampaignId, &Campaign> =
            self.written.campaigns.iter().map(|one| (&one.id, one)).collect();
        for read in &self.read.campaigns {
            let there = plan.campaigns.iter_mut().find(|one| one.id == read.id);
            match (written.get(&read.id), there) {
                (Some(was), Some(campaign)) => {
                    self.title(&mut campaign.title, &was.title, &read.title);
                    take(&mut campaign.from, &was.from, &read.from);
                    take(&mut campaign.to, &was.to, &read.to);
                    take(&mut campaign.lead, &was.lead, &read.lead);
                    take(&mut campaign.coordinating, &was.coordinating, &read.coordinating);
                    self.milestones(campaign, was, read, said);
                }
                (None, None) => plan.campaigns.push(read.clone()),
                (Some(_), None) => said.push(Sentence::new("cli-import-gone").with("id", read.id.as_str())),
                (None, Some(_)) => said.push(Sentence::new("cli-import-there").with("id", read.id.as_str())),
            }
        }
        let read: BTreeSet<&CampaignId> = self.read.campaigns.iter().map(|campaign| &campaign.id).collect();
        let gone = |one: &Campaign| !self.partial && written.contains_key(&one.id) && !read.contains(&one.id);
        let points = |one: &Campaign, said: &mut Vec<Sentence>| {
            let items = one.milestones.iter().map(|point| ItemId::milestone(&one.id, &point.id));
            let told = items.into_iter().find(|item| self.has_history(item));
            told.is_some_and(|item| self.stays(&item, one.id.as_str(), said))
        };
        plan.campaigns.retain(|one| !gone(one) || points(one, said));
    }

    fn milestones(&self, campaign: &mut Campaign, was: &Campaign, read: &Campaign, said: &mut Vec<Sentence>) {
        let written: BTreeMap<&MilestoneId, &Milestone> = was.milestones.iter().map(|one| (&one.id, one)).collect();
        for point in &read.milestones {
            let there = campaign.milestones.iter_mut().find(|one| one.id == point.id);
            match (written.get(&point.id), there) {
                (Some(was), Some(milestone)) => {
                    self.title(&mut milestone.title, &was.title, &point.title);
                    take(&mut milestone.due, &was.due, &point.due);
                }
                (None, None) => campaign.milestones.push(point.clone()),
                (Some(_), None) | (None, Some(_)) => {}
            }
        }
        let now: BTreeSet<&MilestoneId> = read.milestones.iter().map(|point| &point.id).collect();
        let id = campaign.id.clone();
        let gone = |point: &Milestone| !self.partial && written.contains_key(&point.id) && !now.contains(&point.id);
        campaign.milestones.retain(|point| {
            let named = format!("{id}/{}", point.id);
            !gone(point) || self.stays(&ItemId::milestone(&id, &point.id), &named, said)
        });
    }

    /// A row that is gone: what has a history stays, and that is said.
    fn stays(&self, item: &ItemId, id: &str, said: &mut Vec<Sentence>) -> bool {
        let stays = self.has_history(item);
        if stays {
            said.push(Sentence::new("cli-import-history").with("id", id));
        }
        stays
    }

    fn has_history(&self, item: &ItemId) -> bool {
        self.standing.item(item).is_some_and(|item| item.state != Default::default())
    }

    /// The plan's programme of the name a workbook says; one of a new name is added.
    fn programme(&self, id: Option<&ProgrammeId>, plan: &mut Plan) -> Option<ProgrammeId> {
        let id = id?;
        let read = self.read.programmes.iter().find(|one| one.id == *id)?;
        let name = |title: &Title| fold_marks(title.get(self.language));
        let named = name(&read.title);
        let same = plan.programmes.iter().find(|one| name(&one.title) == named || fold_marks(one.id.as_str()) == named);
        if let Some(same) = same {
            return Some(same.id.clone());
        }
        plan.programmes.push(read.clone());
        Some(id.clone())
    }

    /// A title in the workbook's language; those in others stay.
    fn title(&self, title: &mut Title, was: &Title, is: &Title) {
        if was == is {
            return;
        }
        let text = crate::domain::text::Text::new(is.get(self.language));
        match title {
            Title::Plain(plain) => *plain = text,
            Title::ByLanguage(texts) => {
                texts.insert(self.language.into(), text);
            }
        }
    }
}

/// Takes what was edited.
fn take<T: Clone + PartialEq>(field: &mut T, was: &T, is: &T) {
    if was != is {
        *field = is.clone();
    }
}

/// What a workbook says, over what was so already.
pub(super) fn over(was: &Told, is: &Told) -> Told {
    Told {
        progress: is.progress.or(was.progress),
        handed_in: is.handed_in.or(was.handed_in),
        done: is.done || was.done,
        document: is.document.clone().or_else(|| was.document.clone()),
        extended_to: is.extended_to.or(was.extended_to),
        link: is.link.clone().or_else(|| was.link.clone()),
        note: is.note.clone().or_else(|| was.note.clone()),
        standing: is.standing.or(was.standing.filter(|_| !is.done)),
    }
}
