//! A journal applied from its beginning, amendments of the plan included: how another day is shown, and what every other
//! way to the same state is measured by. Opening a ledger does not need it: folded states are kept beside the journal.

use std::{
    collections::{HashMap, HashSet},
    iter::Peekable,
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    entry::{Entry, Verb},
    fold::live,
    id::ItemId,
    plan::Plan,
    snapshot::Snapshot,
};

/// A plan as the entry `seq` laid it down or amended it.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The sequence number of the `plan` entry.
    pub seq: u64,
    /// The day it took effect: due dates that had passed by then stay where only the calendar moves them.
    pub on: Date,
    /// The plan.
    pub plan: Arc<Plan>,
}

/// The revisions laid down by an entry of `journal`, the first one in any case: so that a plan laid down late can look back.
pub fn in_force(revisions: &[Revision], journal: &[&Entry]) -> Vec<Revision> {
    let laid_down: HashSet<u64> =
        journal.iter().filter(|entry| entry.verb == Verb::Plan).map(|entry| entry.seq).collect();
    let stands = |(place, revision): &(usize, &Revision)| *place == 0 || laid_down.contains(&revision.seq);
    revisions.iter().enumerate().filter(stands).map(|(_, revision)| revision.clone()).collect()
}

impl Snapshot {
    /// A plan with all of `journal` applied, in order.
    pub fn replay<'a>(plan: Arc<Plan>, journal: impl IntoIterator<Item = &'a Entry>) -> Self {
        let journal: Vec<&Entry> = journal.into_iter().collect();
        let mut snapshot = Snapshot::new(plan);
        snapshot.replay_all(&[], &[], &journal);
        snapshot
    }

    /// What is true after `journal`, in order, with each of `revisions` in force from its own entry on, the first one from
    /// the beginning. `None` where there is no revision.
    pub fn replay_revisions(revisions: &[Revision], journal: &[&Entry]) -> Option<Self> {
        let (first, amendments) = revisions.split_first()?;
        let mut snapshot = Snapshot::new(Arc::clone(&first.plan));
        snapshot.replay_all(amendments, &[], journal);
        Some(snapshot)
    }

    /// Applies `journal`, in order, on top of this. `earlier`, in order, is what this was made of; needed are only its
    /// entries on items on which `journal` reverses something.
    pub fn replay_on(&mut self, earlier: &[&Entry], journal: &[&Entry]) {
        self.replay_all(&[], earlier, journal);
    }

    fn replay_all(&mut self, amendments: &[Revision], earlier: &[&Entry], journal: &[&Entry]) {
        let mut replay = Replay::new(amendments, earlier, journal);
        for entry in journal {
            replay.apply(self, entry);
        }
    }
}

/// A journal on its way into a snapshot, entry by entry.
#[derive(Debug)]
pub(super) struct Replay<'a> {
    amendments: Peekable<std::slice::Iter<'a, Revision>>,
    /// Items on which something is taken back: only they need their history.
    taken_back: HashSet<&'a ItemId>,
    history: HashMap<&'a ItemId, Vec<&'a Entry>>,
}

impl<'a> Replay<'a> {
    /// `journal` is what will be applied, in order, with each of `amendments` in force from its own entry on; `earlier` is
    /// what was before.
    pub(super) fn new(amendments: &'a [Revision], earlier: &[&'a Entry], journal: &[&'a Entry]) -> Self {
        let taken_back: HashSet<&ItemId> =
            journal.iter().filter(|entry| entry.verb == Verb::Reverse).map(|entry| &entry.item).collect();
        let mut history: HashMap<&ItemId, Vec<&Entry>> = HashMap::new();
        for entry in earlier.iter().copied().filter(|entry| taken_back.contains(&entry.item)) {
            history.entry(&entry.item).or_default().push(entry);
        }
        Replay { amendments: amendments.iter().peekable(), taken_back, history }
    }

    /// Applies the next entry.
    pub(super) fn apply(&mut self, snapshot: &mut Snapshot, entry: &'a Entry) {
        while let Some(amendment) = self.amendments.next_if(|amendment| amendment.seq <= entry.seq) {
            snapshot.amend(Arc::clone(&amendment.plan), amendment.on);
        }
        if self.taken_back.contains(&entry.item) {
            self.history.entry(&entry.item).or_default().push(entry);
        }
        if entry.verb == Verb::Reverse {
            let standing = self.history.get(&entry.item).map(|journal| live(journal)).unwrap_or_default();
            snapshot.refold(&entry.item, standing);
            snapshot.cursor = snapshot.cursor.max(entry.seq);
        } else {
            snapshot.apply(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    use super::*;
    use crate::domain::{id::EntryId, status::Base};

    fn plan() -> Arc<Plan> {
        let plan = serde_json::json!({
            "format": "tiendo-plan/1", "id": "p", "year": 2023, "timezone": "Asia/Ho_Chi_Minh",
            "agencies": [{"id": "a", "kind": "department", "reports": true}],
            "tasks": [{"id": "N1", "lead": "a", "due": "2023-05-10"}],
            "duties": [
                {"id": "R7", "owes": ["a"], "within": {"working_days": 2}},
                {"id": "R8", "after_task": ["N1"], "working_days": 10},
            ],
        });
        Arc::new(serde_json::from_value(plan).unwrap())
    }

    fn entry(number: u128, item: &str, verb: Verb) -> Entry {
        let id = EntryId(Uuid::from_u128(number));
        let mut entry = Entry::new(id, item.into(), verb, date(2023, 5, 8), Timestamp::UNIX_EPOCH);
        entry.seq = number as u64;
        entry
    }

    fn reverse(number: u128, item: &str, reverses: u128) -> Entry {
        Entry { reverses: Some(EntryId(Uuid::from_u128(reverses))), ..entry(number, item, Verb::Reverse) }
    }

    fn base(journal: &[Entry], item: &str) -> Option<Base> {
        Snapshot::replay(plan(), journal).item(&item.into()).map(|item| item.state.base)
    }

    #[test]
    fn a_reversal_is_itself_reversed() {
        let mut journal = vec![entry(1, "task:N1", Verb::Submit)];
        let mut expected = [Some(Base::AwaitingConfirmation), Some(Base::NotStarted)];
        for number in 2..6 {
            journal.push(reverse(number, "task:N1", number - 1));
            expected.reverse();
            assert_eq!(base(&journal, "task:N1"), expected[0], "after {number}");
        }
    }

    #[test]
    fn a_following_report_goes_and_comes_with_the_hand_in_and_runs_from_the_last_one() {
        let report = "report:R8/N1/a";
        let mut journal = vec![entry(1, "task:N1", Verb::Submit), reverse(2, "task:N1", 1)];
        assert_eq!(base(&journal[..1], report), Some(Base::NotStarted));
        assert_eq!(base(&journal, report), Some(Base::Cancelled));
        journal.push(Entry { on: date(2023, 5, 10), ..entry(3, "task:N1", Verb::Submit) });
        let snapshot = Snapshot::replay(plan(), &journal);
        let item = snapshot.item(&report.into()).unwrap();
        assert_eq!((item.state.base, item.written_due), (Base::NotStarted, Some(date(2023, 5, 24))));
    }

    #[test]
    fn what_is_taken_back_on_a_called_off_report_leaves_it_called_off() {
        let report = "report:R8/N1/a";
        let journal = [
            entry(1, "task:N1", Verb::Submit),
            entry(2, report, Verb::Note),
            entry(3, report, Verb::Receive),
            entry(4, "task:N1", Verb::Return),
            reverse(5, report, 3),
            reverse(6, report, 2),
        ];
        assert_eq!(base(&journal[..4], report), Some(Base::Done));
        assert_eq!(base(&journal[..5], report), Some(Base::Cancelled));
        assert_eq!(base(&journal, report), Some(Base::Cancelled));
    }

    #[test]
    fn a_case_stands_again_when_the_reversal_of_its_opening_is_reversed() {
        let open = Entry { agency: Some("a".into()), ..entry(1, "duty:R7", Verb::Open) };
        let case = format!("report:R7/{}/a", open.id);
        let journal = [open, reverse(2, "duty:R7", 1), reverse(3, "duty:R7", 2)];
        assert_eq!(base(&journal[..1], &case), Some(Base::NotStarted));
        assert_eq!(base(&journal[..2], &case), Some(Base::Cancelled));
        assert_eq!(base(&journal, &case), Some(Base::NotStarted));
    }

    #[test]
    fn an_amendment_is_in_force_from_its_own_entry_on() {
        let mut amended = Plan::clone(&plan());
        amended.tasks[0].due = Some(date(2023, 6, 1));
        let revision = |seq, plan| Revision { seq, on: date(2023, 5, 9), plan };
        let revisions = [revision(1, plan()), revision(3, Arc::new(amended))];
        let journal = [entry(1, "plan:p", Verb::Plan), entry(2, "task:N1", Verb::Note), entry(3, "plan:p", Verb::Plan)];
        let journal: Vec<&Entry> = journal.iter().collect();
        let due = |length| {
            let snapshot = Snapshot::replay_revisions(&revisions, &journal[..length]).unwrap();
            assert_eq!(snapshot.cursor, length as u64);
            snapshot.item(&"task:N1".into()).unwrap().due
        };
        assert_eq!(due(2), Some(date(2023, 5, 10)));
        assert_eq!(due(3), Some(date(2023, 6, 1)));
        assert!(Snapshot::replay_revisions(&[], &journal).is_none());
    }
}
