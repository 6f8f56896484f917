//! [`Readiness`]: how far each campaign is prepared: its milestones, tasks and reports, and who has done what of them.

use jiff::civil::Date;

use super::{
    item::{Index, Item, Subject},
    outline::Outline,
    snapshot::Snapshot,
    status::{Cell, Today},
    summary::{Figures, Standing},
};

/// How far a campaign is prepared on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// Its milestones.
    pub milestones: Figures,
    /// Its tasks.
    pub tasks: Figures,
    /// The reports on it.
    pub reports: Figures,
    /// All of them.
    pub all: Figures,
    /// Who answers for its tasks and reports: those that are late first, then by what
    /// is due next, the done last.
    pub offices: Vec<Office>,
}

/// What an agency does in a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    /// The agency, of `Outline::agencies`.
    pub agency: Index,
    /// Its tasks and reports.
    pub figures: Figures,
    /// The earliest due date of what is open of them, also where it has passed.
    pub next_due: Option<Date>,
}

/// What a campaign's state comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing belongs to it.
    Nothing,
    /// So many are overdue.
    Overdue(u32),
    /// None is overdue, so many are due soon.
    DueSoon(u32),
    /// Time is left for all that is open.
    InTime,
    /// All is handed in, so many have to be confirmed.
    Awaiting(u32),
    /// All is done.
    Done,
}

impl Verdict {
    /// What `figures` come to.
    pub fn of(figures: &Figures) -> Verdict {
        let (overdue, soon) = (figures.overdue(), figures.in_cell(Cell::DueSoon));
        let awaiting = figures.in_cell(Cell::AwaitingConfirmation);
        if figures.assigned() == 0 {
            Verdict::Nothing
        } else if overdue > 0 {
            Verdict::Overdue(overdue)
        } else if soon > 0 {
            Verdict::DueSoon(soon)
        } else if figures.open() == 0 {
            Verdict::Done
        } else if figures.open() == awaiting {
            Verdict::Awaiting(awaiting)
        } else {
            Verdict::InTime
        }
    }

    /// What presses first.
    fn rank(self) -> (u8, u32) {
        match self {
            Verdict::Overdue(count) => (0, u32::MAX - count),
            Verdict::DueSoon(count) => (1, u32::MAX - count),
            Verdict::InTime => (2, 0),
            Verdict::Awaiting(_) => (3, 0),
            Verdict::Done => (4, 0),
            Verdict::Nothing => (5, 0),
        }
    }
}

impl Readiness {
    /// That of every campaign, in the plan's order; of agencies alike the one `rank` puts first stands first. Made in one pass.
    pub fn of_all(snapshot: &Snapshot, today: Today, rank: impl Fn(Index) -> u32) -> Vec<Readiness> {
        let outline = &snapshot.outline;
        let belongs = Belongs::of(outline);
        let mut all = vec![Readiness::default(); outline.plan.campaigns.len()];
        // Where an agency stands in a campaign's `offices`, for those that have any.
        let mut places: Vec<Vec<Option<usize>>> = vec![Vec::new(); all.len()];
        for item in &snapshot.items {
            let Some(campaign) = belongs.campaign(item).map(|index| index as usize) else { continue };
            let Some((readiness, places)) = all.get_mut(campaign).zip(places.get_mut(campaign)) else { continue };
            let standing = Standing::of(item, today);
            readiness.all.count(standing);
            match item.subject {
                Subject::Milestone { .. } => {
                    readiness.milestones.count(standing);
                    continue;
                }
                Subject::Task(_) => readiness.tasks.count(standing),
                Subject::Report { .. } => readiness.reports.count(standing),
            }
            if places.is_empty() {
                places.resize(outline.agencies.len(), None);
            }
            let Some(place) = places.get_mut(item.agency as usize) else { continue };
            let at = *place.get_or_insert_with(|| {
                readiness.offices.push(Office { agency: item.agency, figures: Figures::default(), next_due: None });
                readiness.offices.len() - 1
            });
            if let Some(office) = readiness.offices.get_mut(at) {
                office.figures.count(standing);
                let due = item.due.filter(|_| item.state.base.is_open());
                office.next_due = [office.next_due, due].into_iter().flatten().min();
            }
        }
        for readiness in &mut all {
            readiness.offices.retain(|office| office.figures.assigned() > 0);
            readiness.offices.sort_by_cached_key(|office| {
                let verdict = Verdict::of(&office.figures).rank();
                (verdict, office.next_due.is_none(), office.next_due, rank(office.agency))
            });
        }
        all
    }
}

/// The campaign of each task and duty, looked up once.
struct Belongs {
    tasks: Vec<Option<Index>>,
    duties: Vec<Option<Index>>,
}

impl Belongs {
    fn of(outline: &Outline) -> Self {
        let tasks = outline.plan.tasks.iter().map(|task| task.campaign.as_ref());
        let duties = outline.plan.duties.iter().map(|duty| duty.campaign.as_ref());
        let index = |id: Option<&super::id::CampaignId>| id.and_then(|id| outline.campaign(id.as_str()));
        Belongs { tasks: tasks.map(index).collect(), duties: duties.map(index).collect() }
    }

    fn campaign(&self, item: &Item) -> Option<Index> {
        match item.subject {
            Subject::Task(task) => self.tasks.get(task as usize).copied().flatten(),
            Subject::Report { duty, .. } => self.duties.get(duty as usize).copied().flatten(),
            Subject::Milestone { campaign, .. } => Some(campaign),
        }
    }
}
