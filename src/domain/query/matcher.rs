//! [`Matcher`]: a filter prepared for a plan and a day, so that asking an item costs a few comparisons and no text.

use super::{
    Desk, Query,
    field::{Flag, Number, Part, Role, Status},
    term::{Term, Test},
};
use crate::domain::{
    id::{AgencyId, CampaignId},
    item::{Index, Item, Kind, Subject},
    lookup::{Entries, Lookup},
    outline::Outline,
    queue::{is_owed_to, needs_dealing_with},
    status::{Cell, Today, cell},
    summary::days_late,
};

/// A query prepared for a plan and a day.
#[derive(Debug)]
pub struct Matcher<'a> {
    pub(super) outline: &'a Outline,
    desk: &'a Desk,
    today: Today,
    /// The conditions on words, each with its bit.
    pub(super) words: Vec<(u64, &'a str)>,
    /// The conditions on texts: the bit of each is set in the masks of what it holds for.
    pub(super) masks: Masks,
    /// Bits that must be set.
    wanted: u64,
    /// Bits that must not be set.
    unwanted: u64,
    /// Bits of the conditions an agency's row can be asked.
    of_agency: u64,
    /// Bits of the conditions a campaign's row can be asked.
    of_campaign: u64,
    /// The other conditions.
    pub(super) terms: Vec<&'a Term>,
}

/// Per list of the plan the conditions on texts that hold for each.
#[derive(Debug, Default)]
pub(super) struct Masks {
    pub(super) agencies: Vec<u64>,
    tasks: Vec<u64>,
    duties: Vec<u64>,
    periods: Vec<u64>,
    campaigns: Vec<u64>,
    programmes: Vec<u64>,
}

impl<'a> Matcher<'a> {
    /// Prepares `query`: each word is looked for once in every agency, task, duty, period, campaign and programme.
    pub fn new(query: &'a Query, outline: &'a Outline, lookup: &'a Lookup, desk: &'a Desk, today: Today) -> Self {
        let (texts, terms): (Vec<&Term>, Vec<&Term>) =
            query.terms.iter().partition(|term| matches!(term.test, Test::Words(_) | Test::Part(..)));
        let bits = |chosen: &dyn Fn(&Term) -> bool| {
            let chosen = texts.iter().enumerate().filter(|(_, term)| chosen(term));
            chosen.fold(0, |bits, (place, _)| bits | bit(place))
        };
        let asks = |term: &Term, parts: &[Part]| match &term.test {
            Test::Part(part, _) => parts.contains(part),
            Test::Words(_) => true,
            Test::Id(_)
            | Test::Kind(_)
            | Test::Status(_)
            | Test::Role(_)
            | Test::Number(..)
            | Test::Flag(_)
            | Test::Entry(_) => false,
        };
        Matcher {
            outline,
            desk,
            today,
            words: texts.iter().enumerate().filter_map(|(place, term)| Some((bit(place), words(term)?))).collect(),
            masks: Masks::new(&texts, outline, lookup),
            wanted: bits(&|term| !term.negated),
            unwanted: bits(&|term| term.negated),
            of_agency: bits(&|term| asks(term, &[Part::Agency])),
            of_campaign: bits(&|term| asks(term, &[Part::Agency, Part::Campaign, Part::Programme])),
            terms,
        }
    }

    /// Does the item hold?
    pub fn item(&self, item: &Item) -> bool {
        self.passes(self.masks.of(item), u64::MAX)
            && self.terms.iter().all(|term| self.holds(&term.test, item) != term.negated)
    }

    /// Does the agency hold, by its own texts? Conditions that only an item can meet let it through.
    pub fn agency(&self, agency: Index) -> bool {
        self.passes(at(&self.masks.agencies, agency), self.of_agency)
    }

    /// Does the campaign hold, by its own texts, its lead's and its programme's? Conditions that only an item can meet let
    /// it through.
    pub fn campaign(&self, campaign: Index) -> bool {
        let Some(laid_down) = self.outline.plan.campaigns.get(campaign as usize) else { return false };
        let lead = self.outline.agency(laid_down.lead.as_str());
        let programme = laid_down.programme.as_ref().and_then(|id| self.outline.programme(id.as_str()));
        let mask = at(&self.masks.campaigns, campaign)
            | lead.map_or(0, |lead| at(&self.masks.agencies, lead))
            | programme.map_or(0, |programme| at(&self.masks.programmes, programme));
        self.passes(mask, self.of_campaign)
    }

    /// Are the conditions that `mask` holds for those that are wanted, as far as they are asked?
    pub(super) fn passes(&self, mask: u64, asked: u64) -> bool {
        let wanted = self.wanted & asked;
        mask & wanted == wanted && mask & self.unwanted & asked == 0
    }

    pub(super) fn holds(&self, test: &Test, item: &Item) -> bool {
        match test {
            Test::Words(_) | Test::Part(..) => true,
            Test::Entry(_) => false,
            Test::Id(ids) => ids.iter().any(|id| is_called(item.id.as_str(), id)),
            Test::Kind(kinds) => kinds.contains(&item.kind()),
            Test::Status(statuses) => statuses.iter().any(|status| self.stands(*status, item)),
            Test::Role(roles) => roles.iter().any(|role| self.plays(*role, item)),
            Test::Number(number, ranges) => {
                self.number(*number, item).is_some_and(|number| ranges.iter().any(|range| range.contains(number)))
            }
            Test::Flag(flag) => self.is(*flag, item),
        }
    }

    fn stands(&self, status: Status, item: &Item) -> bool {
        match status {
            Status::Base(base) => item.state.base == base,
            Status::Cell(wanted) => cell(item, self.today) == Some(wanted),
            Status::NoDeadline => {
                matches!(cell(item, self.today), Some(Cell::NoDeadline | Cell::DoneNoDeadline))
            }
            Status::Open => item.state.base.is_open(),
            Status::Untouched => item.state.base.is_open() && item.state.is_untouched(),
        }
    }

    fn plays(&self, role: Role, item: &Item) -> bool {
        let Some(agency) = self.desk.agency else { return false };
        match role {
            Role::Owing => item.agency == agency,
            Role::Receiving => is_owed_to(item, self.outline, agency),
            Role::Coordinating => self.coordinates(agency, item),
        }
    }

    fn coordinates(&self, agency: Index, item: &Item) -> bool {
        let plan = &self.outline.plan;
        let helpers = match item.subject {
            Subject::Task(task) => plan.tasks.get(task as usize).map(|task| &task.coordinating),
            Subject::Milestone { campaign, .. } => {
                plan.campaigns.get(campaign as usize).map(|campaign| &campaign.coordinating)
            }
            Subject::Report { .. } => None,
        };
        let agency = self.outline.agencies.get(agency as usize);
        helpers.zip(agency).is_some_and(|(helpers, agency)| {
            let named = |helper: &AgencyId| *helper == agency.id || (agency.reports && helper.as_str() == "all");
            helpers.iter().any(named)
        })
    }

    fn number(&self, number: Number, item: &Item) -> Option<i32> {
        match number {
            Number::Late => Some(days_late(item, self.today).unwrap_or(0)),
            Number::Reminders => Some(i32::from(item.state.reminders)),
            Number::Progress if item.kind() == Kind::Task => Some(i32::from(item.progress())),
            Number::Progress => None,
        }
    }

    fn is(&self, flag: Flag, item: &Item) -> bool {
        let (state, me) = (&item.state, self.desk.me.as_ref());
        match flag {
            Flag::Acked => state.acknowledged.iter().any(|seen| me.is_none_or(|me| seen.by == *me)),
            Flag::Snoozed => {
                state.snoozed.iter().any(|snooze| self.today.date < snooze.on && me.is_none_or(|me| snooze.by == *me))
            }
            Flag::Mine => {
                let assigned = state.assigned.as_deref().zip(me).is_some_and(|(to, me)| to == me.as_str());
                assigned || self.desk.agency == Some(item.agency)
            }
            Flag::Queue => needs_dealing_with(item, self.outline, self.today, self.desk),
            Flag::Extended => state.extensions > 0,
        }
    }
}

impl Masks {
    fn new(texts: &[&Term], outline: &Outline, lookup: &Lookup) -> Self {
        if texts.is_empty() {
            return Masks::default();
        }
        let plan = &outline.plan;
        let of =
            |part, entries, ids: &mut dyn Iterator<Item = &str>| masks(texts, part, entries, &ids.collect::<Vec<_>>());
        let mut agencies = outline.agencies.iter().map(|agency| agency.id.as_str());
        let mut periods = outline.periods.iter().map(|period| period.id.as_str());
        let campaigns =
            of(Some(Part::Campaign), &lookup.campaigns, &mut plan.campaigns.iter().map(|one| one.id.as_str()));
        let of_campaign = |campaign: &Option<CampaignId>| {
            let campaign = campaign.as_ref().and_then(|id| outline.campaign(id.as_str()));
            campaign.map_or(0, |campaign| at(&campaigns, campaign))
        };
        // What belongs to a campaign is found by its words too.
        let mut tasks = of(None, &lookup.tasks, &mut plan.tasks.iter().map(|one| one.id.as_str()));
        for (mask, task) in tasks.iter_mut().zip(&plan.tasks) {
            *mask |= of_campaign(&task.campaign);
        }
        let mut duties = of(Some(Part::Duty), &lookup.duties, &mut plan.duties.iter().map(|one| one.id.as_str()));
        for (mask, duty) in duties.iter_mut().zip(&plan.duties) {
            *mask |= of_campaign(&duty.campaign);
        }
        Masks {
            agencies: of(Some(Part::Agency), &lookup.agencies, &mut agencies),
            periods: of(Some(Part::Period), &lookup.periods, &mut periods),
            programmes: of(
                Some(Part::Programme),
                &lookup.programmes,
                &mut plan.programmes.iter().map(|one| one.id.as_str()),
            ),
            tasks,
            duties,
            campaigns,
        }
    }

    pub(super) fn of(&self, item: &Item) -> u64 {
        let own = match item.subject {
            Subject::Task(task) => at(&self.tasks, task),
            Subject::Report { duty, period } => at(&self.duties, duty) | at(&self.periods, period),
            Subject::Milestone { campaign, .. } => at(&self.campaigns, campaign),
        };
        own | at(&self.agencies, item.agency) | item.programme.map_or(0, |programme| at(&self.programmes, programme))
    }
}

/// Per place of a list the conditions that hold there. A value that is an id of the list means that one alone.
fn masks(texts: &[&Term], part: Option<Part>, entries: &Entries, ids: &[&str]) -> Vec<u64> {
    let mut masks = vec![0; ids.len()];
    for (place, term) in texts.iter().enumerate() {
        let mut mark = |holds: &dyn Fn(&str, &str) -> bool| {
            for (mask, (id, text)) in masks.iter_mut().zip(ids.iter().zip(&entries.texts)) {
                *mask |= if holds(id, text) { bit(place) } else { 0 };
            }
        };
        match &term.test {
            Test::Words(words) => mark(&|_, text| text.contains(words.as_str())),
            Test::Part(of, values) if Some(*of) == part => {
                for value in values {
                    if ids.iter().any(|id| id.eq_ignore_ascii_case(value)) {
                        mark(&|id, _| id.eq_ignore_ascii_case(value));
                    } else {
                        mark(&|_, text| text.contains(value.as_str()));
                    }
                }
            }
            Test::Part(..)
            | Test::Id(_)
            | Test::Kind(_)
            | Test::Status(_)
            | Test::Role(_)
            | Test::Number(..)
            | Test::Flag(_)
            | Test::Entry(_) => {}
        }
    }
    masks
}

fn words(term: &'_ Term) -> Option<&'_ str> {
    if let Test::Words(words) = &term.test { Some(words) } else { None }
}

/// The bit of the condition at `place`; a filter has no more than 64 of them, see [`super::MOST`].
fn bit(place: usize) -> u64 {
    u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0)
}

pub(super) fn at(masks: &[u64], index: Index) -> u64 {
    masks.get(index as usize).copied().unwrap_or(0)
}

/// Is `id` (`report:R2/2023-H1/hq`) or a part of it (`hq`) what was asked for, or does it begin, with or without its kind,
/// with the piece asked for (`report:R2/`, `R2/2023`)?
pub(super) fn is_called(id: &str, asked: &str) -> bool {
    let begins = |id: &str| id.get(..asked.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(asked));
    let bare = id.split_once(':').map_or(id, |(_, bare)| bare);
    let piece = asked.contains([':', '/']) && (begins(id) || begins(bare));
    piece || bare.split('/').any(|part| part.eq_ignore_ascii_case(asked))
}
