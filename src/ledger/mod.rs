//! The record: plans and their journals, kept so that what was answered with "applied" stays. [`Ledger`] is the one door;
//! `sqlite` keeps it in a file, `postgres` in a database that several machines share, `memory` only while the program runs.
//! What an entry does is not decided here but in `domain`; who may act is not decided here at all.

mod admit;
mod history;
pub mod memory;
pub mod postgres;
pub mod sqlite;
mod tokens;
mod weeks;

use futures::{FutureExt, future::BoxFuture};
use jiff::{Timestamp, civil::Date};

pub use self::tokens::{Shared, Tokens};

use crate::domain::{
    amendment::Amendment,
    answer::{Admission, Fetched, Filter, Imported, LaidDown, Page, PlanHead},
    entry::{Entry, Verb},
    failure::Failure,
    id::{ActorId, EntryId, ItemId, PlanId},
    past::Past,
    plan::Plan,
    sentence::Sentence,
    snapshot::Snapshot,
};

/// An answer that is under way.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Failure>>;

/// Beyond so many new entries a whole snapshot is quicker than the entries.
pub const MOST_ENTRIES: u64 = 2_000;

/// Plans and their journals. Every call is one transaction; calls may come from several tasks and processes at once.
///
/// A plan the ledger does not have is [`Failure::Refused`]; a file that cannot be opened, is locked by somebody else or
/// full is [`Failure::Offline`] (trying again may help), a damaged one [`Failure::Unreadable`].
pub trait Ledger: Send + Sync {
    /// The plans it holds, in the order they were first laid down.
    fn plans(&self) -> Answer<'_, Vec<PlanHead>>;

    /// Lays a plan down for the first time, or amends it, as the entry `id` of its journal. The plan in force word for word
    /// changes nothing.
    fn lay_down<'a>(&'a self, plan: Plan, by: &'a ActorId, now: Timestamp, id: EntryId) -> Answer<'a, LaidDown>;

    /// Lays another wording of a plan down, as the entry `id` of its journal with what it changes and why. Refused where the
    /// plan in force is not the one its author saw.
    fn amend<'a>(
        &'a self,
        amendment: &'a Amendment,
        by: &'a ActorId,
        now: Timestamp,
        id: EntryId,
    ) -> Answer<'a, LaidDown>;

    /// Takes in what happened elsewhere, in the order given: nothing is checked, `recorded` is `at` where it is absent,
    /// places are given anew. Entries whose id is known already are passed over.
    fn import<'a>(&'a self, plan: &'a PlanId, journal: Vec<Entry>) -> Answer<'a, Imported>;

    /// What is true now.
    fn snapshot<'a>(&'a self, plan: &'a PlanId) -> Answer<'a, Snapshot>;

    /// What was true at `instant`, by the entries recorded up to it and the revision in force then (the first one before
    /// that).
    fn at<'a>(&'a self, plan: &'a PlanId, instant: Timestamp) -> Answer<'a, Snapshot>;

    /// How every item stood at the end of each week before `day`. Letting the answer go stops the counting.
    fn past<'a>(&'a self, plan: &'a PlanId, day: Date) -> Answer<'a, Past>;

    /// What happened after the entry `after`.
    fn delta<'a>(&'a self, plan: &'a PlanId, after: u64) -> Answer<'a, Fetched>;

    /// Entries of the journal, newest first.
    fn entries<'a>(&'a self, plan: &'a PlanId, filter: &'a Filter) -> Answer<'a, Page>;

    /// Admits entries, signed `by` and recorded `now`, each for itself and in order. When it answers they are durable.
    fn append<'a>(
        &'a self,
        plan: &'a PlanId,
        entries: &'a [Entry],
        by: &'a ActorId,
        now: Timestamp,
    ) -> Answer<'a, Vec<Admission>>;

    /// A number that is another one after anything was written, by whatever process; cheap to ask for.
    fn version(&self) -> Answer<'_, u64>;

    /// Ends when somebody else may have written. A ledger that is not told of that never ends it: ask for
    /// [`Ledger::version`] at intervals as well.
    fn changed(&self) -> BoxFuture<'_, ()> {
        std::future::pending().boxed()
    }
}

/// How a plan is laid down.
#[derive(Clone, Copy, Debug)]
struct Laying<'a> {
    by: &'a ActorId,
    now: Timestamp,
    id: EntryId,
    /// As what amendment; none for a whole plan, whatever was in force.
    amends: Option<&'a Amendment>,
}

impl Laying<'_> {
    /// May it take the place of `standing`?
    fn check(&self, standing: Option<&Plan>) -> Result<(), Sentence> {
        let other = |amendment: &Amendment| standing != Some(amendment.seen.as_ref());
        if self.amends.is_some_and(other) { Err(Sentence::new("refusal-amended-meanwhile")) } else { Ok(()) }
    }

    /// The entry that lays `plan` down.
    fn entry(&self, plan: &Plan) -> Entry {
        let entry = plan_entry(plan, self.by, self.now, self.id);
        let Some(amendment) = self.amends else { return entry };
        let reason = Some(amendment.reason.clone()).filter(|reason| !reason.is_empty());
        Entry { reason, changes: amendment.changes(), reverses: amendment.reverses, ..entry }
    }
}

/// The entry that lays `plan` down.
fn plan_entry(plan: &Plan, by: &ActorId, now: Timestamp, id: EntryId) -> Entry {
    let zone = jiff::tz::TimeZone::get(&plan.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    let on = now.to_zoned_datetime(zone).date();
    let entry = Entry::new(id, ItemId::plan(&plan.id), Verb::Plan, on, now);
    Entry { by: Some(by.clone()), recorded: Some(now), ..entry }
}

fn no_such_plan(plan: &PlanId) -> Failure {
    Failure::Refused(Sentence::new("ledger-no-such-plan").with("plan", plan.as_str()))
}
