//! What any source must do, whatever stands behind it: asked only for what it says it can. A source takes part by one line of
//! [`contract!`] and a function that opens it; a server, a folder and whatever else it needs are kept in [`Place::keeps`].
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{any::Any, sync::Arc, time::Duration};

use futures::{StreamExt, future::BoxFuture};
use jiff::{Timestamp, tz::TimeZone};
use tiendo::{
    domain::{
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown},
        borrowed::{is_borrowed, own},
        calendar::{Calendar, end_of_day},
        check::Refusal,
        entry::{Entry, Verb},
        failure::Failure,
        id::ItemId,
        item::Kind,
        past::Standing,
        snapshot::Snapshot,
        status::Today,
        text::Text,
        verbs::RULES,
    },
    sources::Source,
};

use super::record::*;

/// Only for a test that would never end.
const TOO_LONG: Duration = Duration::from_secs(60);

/// A source of a small plan (`record::plan`, or another of about 2023), and what is around it.
pub struct Place {
    pub source: Arc<dyn Source>,
    /// Another of the same place, as a second window has.
    pub another: Arc<dyn Source>,
    /// A task and a report of it, due in May 2023 or later, to which nothing has happened.
    pub task: ItemId,
    pub report: ItemId,
    /// Somebody else changes something of the task, something else each time.
    pub change: Box<dyn Fn(u128) -> BoxFuture<'static, ()>>,
    /// What is true, not told by the source; none where nobody else can tell.
    pub truth: Option<Box<dyn Fn() -> BoxFuture<'static, Snapshot>>>,
    /// Does it know ids itself, so that two may hand in the same at the same moment? Where not, the outbox's lease sees to it that
    /// one program does.
    pub knows_ids: bool,
    /// What time it is there.
    pub clock: fn() -> Timestamp,
    pub keeps: Vec<Box<dyn Any>>,
}

/// A test of each rule for each source: `contract! { name: open, … }` with `async fn open() -> Place`; or every rule, one after
/// another, each on a place of its own: `contract! { each open }`.
#[macro_export]
macro_rules! contract {
    ($($name:ident: $open:expr),* $(,)?) => {$(
        mod $name {
            $crate::contract! { @list tests $open }
        }
    )*};
    (each $open:expr) => { $crate::contract! { @list each $open } };
    (@list $how:ident $open:expr) => {
            $crate::contract! { @$how $open;
                everything_then_what_is_new_then_nothing,
                a_cursor_it_never_gave_has_everything_told_anew,
                an_answer_that_nobody_waits_for_harms_nothing,
                it_says_that_something_changed,
                another_day_is_told_where_it_can,
                the_weeks_gone_by_are_what_the_other_days_were,
                the_journal_is_told_newest_first_in_pages,
                an_act_is_taken_in_once_and_signed,
                what_somebody_else_did_meanwhile_stands,
                the_same_act_twice_at_once_is_one,
                a_plan_is_amended_in_view_of_what_was_seen,
                what_it_has_no_place_for_is_known_before_it_is_handed_in,
                it_has_a_name_that_may_be_shown_and_is_found_again,
            }
    };
    (@each $open:expr; $($rule:ident),* $(,)?) => {$(
        $crate::contract::$rule($open().await).await;
    )*};
    (@tests $open:expr; $($rule:ident),* $(,)?) => {$(
        #[tokio::test]
        async fn $rule() {
            $crate::contract::$rule($open().await).await;
        }
    )*};
}

impl Place {
    async fn whole(&self) -> Snapshot {
        let Fetched::Whole(snapshot) = self.source.fetch(None).await.unwrap() else {
            panic!("everything was asked for")
        };
        *snapshot
    }

    /// What whoever holds `seen` holds after asking again.
    async fn follow(&self, mut seen: Snapshot) -> Snapshot {
        match self.source.fetch(Some(seen.cursor)).await.unwrap() {
            Fetched::Unchanged => seen,
            Fetched::Whole(snapshot) => *snapshot,
            Fetched::Entries(delta) => {
                seen.apply_delta(delta);
                seen
            }
        }
    }

    /// The same after somebody else changed something, which may take a moment to be seen.
    async fn follow_change(&self, seen: Snapshot, number: u128) -> Snapshot {
        (self.change)(number).await;
        let before = truth(&seen);
        let follow = async {
            let mut seen = seen;
            while truth(&seen) == before {
                tokio::task::yield_now().await;
                seen = self.follow(seen).await;
            }
            seen
        };
        tokio::time::timeout(TOO_LONG, follow).await.expect("a change was not seen")
    }

    async fn is_true(&self, seen: &Snapshot) {
        let Some(tell) = &self.truth else { return };
        let told = tell().await;
        if self.source.capabilities().journal {
            assert_eq!(truth(seen), truth(&told));
        } else {
            // How far one has come is each one's own where there is no journal.
            assert_eq!(stands(seen), stands(&told));
        }
    }

    /// Hands one in.
    async fn send(&self, entry: Entry) -> Admission {
        let now = entry.at;
        self.source.send(&[entry], now).await.unwrap().remove(0)
    }

    fn on_task(&self, number: u128, verb: Verb) -> Entry {
        full(number, self.task.as_str(), verb)
    }

    fn on_report(&self, number: u128, verb: Verb) -> Entry {
        full(number, self.report.as_str(), verb)
    }
}

/// What is true, wherever it was told.
fn stands(snapshot: &Snapshot) -> Truth {
    Truth { cursor: 0, ..truth(snapshot) }
}

/// Said in view of how it stands in `seen`.
fn seeing(seen: &Snapshot, entry: Entry) -> Entry {
    let last = seen.item(&entry.item).and_then(|item| item.state.last);
    Entry { expects: last.filter(|_| !entry.verb.commutes()), ..entry }
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Failure>) {
    assert!(matches!(answer, Err(Failure::Refused(_) | Failure::Denied(_))), "it says that it cannot: {answer:?}");
}

pub async fn everything_then_what_is_new_then_nothing(place: Place) {
    let seen = place.whole().await;
    assert!(seen.item(&place.task).is_some() && seen.item(&place.report).is_some());
    place.is_true(&seen).await;
    assert!(matches!(place.source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
    let then = place.follow_change(seen, 101).await;
    place.is_true(&then).await;
    assert!(matches!(place.source.fetch(Some(then.cursor)).await.unwrap(), Fetched::Unchanged));
    // The same by either way.
    assert_eq!(truth(&place.whole().await), truth(&then));
}

pub async fn a_cursor_it_never_gave_has_everything_told_anew(place: Place) {
    let seen = place.whole().await;
    let told = place.source.fetch(Some(seen.cursor + 1_000)).await.unwrap();
    let Fetched::Whole(anew) = told else { panic!("that cursor tells nothing: {told:?}") };
    assert_eq!(truth(&anew), truth(&seen));
}

pub async fn an_answer_that_nobody_waits_for_harms_nothing(place: Place) {
    for _ in 0..3 {
        let asked = place.source.fetch(None);
        let _ = futures::poll!(asked);
    }
    let seen = place.whole().await;
    let asked = place.source.fetch(Some(seen.cursor));
    let _ = futures::poll!(asked);
    place.is_true(&place.follow_change(seen, 101).await).await;
}

pub async fn it_says_that_something_changed(place: Place) {
    let mut seen = place.whole().await;
    let mut changes = place.source.changed();
    for number in 101..104 {
        (place.change)(number).await;
        let before = truth(&seen);
        // It may say so more often than there is something; never less often.
        let follow = async {
            while truth(&seen) == before {
                changes.next().await.expect("it never ends");
                seen = place.follow(seen.clone()).await;
            }
        };
        tokio::time::timeout(TOO_LONG, follow).await.expect("a change was not told of");
        place.is_true(&seen).await;
    }
}

pub async fn another_day_is_told_where_it_can(place: Place) {
    if !place.source.capabilities().at {
        return refused(place.source.at((place.clock)()).await);
    }
    let before = place.whole().await;
    let after = place.follow_change(before, 101).await;
    let told = place.source.at((place.clock)()).await.unwrap();
    if told.kept_on.is_some() {
        // It was kept here, by the day, from the first look on: of before that nobody knows anything.
        assert_eq!(stands(&told), stands(&after));
        refused(place.source.at(Timestamp::UNIX_EPOCH).await);
    } else {
        assert_eq!(truth(&told), truth(&after));
        // Long before anything: as it was laid down first.
        let first = place.source.at(Timestamp::UNIX_EPOCH).await.unwrap();
        let untouched = tiendo::domain::item::State::default();
        assert!(first.items.iter().filter(|item| !is_borrowed(&item.id)).all(|item| item.state == untouched));
    }
    assert_eq!(truth(&place.whole().await), truth(&after), "looking back moves nothing");
}

pub async fn the_weeks_gone_by_are_what_the_other_days_were(place: Place) {
    let day = jiff::civil::date(2023, 6, 1);
    if !place.source.capabilities().at {
        return refused(place.source.past(day).await);
    }
    let seen = place.whole().await;
    place.follow_change(seen, 101).await;
    let past = place.source.past(day).await.unwrap();
    assert!(!past.weeks.is_empty() && past.weeks.iter().all(|end| *end < day));
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    for (week, end) in (0..).zip(&past.weeks) {
        let then = place.source.at(end_of_day(*end, &zone).unwrap()).await.unwrap();
        let today = Today::new(*end, 0, &Calendar::default());
        for (history, steps) in past.histories() {
            let told = steps.iter().take_while(|step| step.week <= week).last().map(|step| step.standing);
            let stood = then.item(&history.id).map(|item| Standing::of(item, today));
            assert_eq!(told.unwrap_or_default(), stood.unwrap_or_default(), "{} {end}", history.id);
        }
    }
}

pub async fn the_journal_is_told_newest_first_in_pages(place: Place) {
    if !place.source.capabilities().journal {
        return refused(place.source.entries(&Filter::default()).await);
    }
    let mut seen = place.whole().await;
    for number in 101..106 {
        seen = place.follow_change(seen, number).await;
    }
    let all = place.source.entries(&Filter::default()).await.unwrap().entries;
    assert!(all.len() >= 5 && all.is_sorted_by(|one, next| one.seq > next.seq));
    assert_eq!(all.first().map(|entry| entry.seq), Some(seen.cursor));
    let (mut paged, mut before) = (Vec::new(), None);
    loop {
        let filter = Filter { limit: Some(2), before, ..Filter::default() };
        let page = place.source.entries(&filter).await.unwrap().entries;
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        paged.extend(page);
    }
    assert_eq!(paged, all);
    let of = Filter { item: Some(place.task.clone()), ..Filter::default() };
    let of = place.source.entries(&of).await.unwrap().entries;
    assert!(of.len() >= 5 && of.iter().all(|entry| entry.item == place.task));
}

pub async fn an_act_is_taken_in_once_and_signed(place: Place) {
    let act = place.on_report(1, Verb::Note);
    let can = place.source.capabilities();
    if !can.writes {
        let seen = place.whole().await;
        let answer = place.source.send(std::slice::from_ref(&act), act.at).await;
        let untaken = match &answer {
            Ok(answers) => answers.iter().all(|answer| matches!(answer, Admission::Refused(_))),
            Err(Failure::Refused(_) | Failure::Denied(_)) => true,
            Err(Failure::Offline(_) | Failure::Unreadable(_)) => false,
        };
        assert!(untaken, "{answer:?}");
        assert_eq!(truth(&place.follow(seen.clone()).await), truth(&seen));
        return;
    }
    let seen = place.whole().await;
    assert_eq!(place.source.send(&[], act.at).await.unwrap(), []);
    let Admission::Applied { seq } = place.send(act.clone()).await else { panic!("it is taken in") };
    assert_eq!(place.send(act.clone()).await, Admission::Replayed { seq });
    let other = Entry { verb: Verb::Acknowledge, ..act.clone() };
    assert_eq!(place.send(other).await, Admission::Refused(Refusal::IdReused));
    let nowhere = full(2, "task:N99", Verb::Note);
    assert!(matches!(place.send(nowhere).await, Admission::Refused(_)));
    let then = place.follow(seen).await;
    assert_eq!((then.cursor, then.item(&place.report).unwrap().state.notes), (seq, 1));
    place.is_true(&then).await;
    let of = Filter { item: Some(place.report.clone()), limit: Some(1), ..Filter::default() };
    let newest = &place.source.entries(&of).await.unwrap().entries[0];
    assert_eq!(newest.id, act.id, "what was done to it is told of it");
    if can.journal {
        let other = Entry { note: Some("khác".into()), ..act.clone() };
        assert_eq!(place.send(other).await, Admission::Refused(Refusal::IdReused));
        let newest = place.source.entries(&Filter { limit: Some(1), ..Filter::default() }).await.unwrap().entries;
        assert_eq!((newest[0].id, newest[0].seq, newest[0].note.clone()), (act.id, seq, act.note));
        assert_eq!(newest[0].by, Some(place.source.signs().unwrap_or_else(me)));
    }
}

pub async fn what_somebody_else_did_meanwhile_stands(place: Place) {
    if !place.source.capabilities().writes {
        return;
    }
    let seen = place.whole().await;
    let theirs = seeing(&seen, place.on_report(1, Verb::Extend));
    let answer = place.another.send(std::slice::from_ref(&theirs), theirs.at).await.unwrap().remove(0);
    assert!(matches!(answer, Admission::Applied { .. }), "{answer:?}");
    // Made in view of what stood before, one of a batch: the others are taken in.
    let mine = [place.on_report(2, Verb::Receive), place.on_report(3, Verb::Note), place.on_task(4, Verb::Note)];
    let mine = mine.map(|entry| seeing(&seen, entry));
    let answers = place.source.send(&mine, minute(9)).await.unwrap();
    match &answers[..] {
        [Admission::Conflict { stands }, Admission::Applied { .. }, Admission::Applied { .. }] => {
            assert_eq!(stands.id, theirs.id)
        }
        other => panic!("{other:?}"),
    }
    let answer = place.send(expecting(1, place.on_report(5, Verb::Receive))).await;
    assert!(matches!(answer, Admission::Applied { .. }), "{answer:?}");
    place.is_true(&place.whole().await).await;
}

pub async fn the_same_act_twice_at_once_is_one(place: Place) {
    if !place.source.capabilities().writes {
        return;
    }
    let acts: Vec<Entry> = (1..20).map(|number| place.on_task(number, Verb::Note)).collect();
    let second = if place.knows_ids { &place.another } else { &place.source };
    for acts in acts.chunks(place.source.most()) {
        let twice = tokio::join!(place.source.send(acts, minute(9)), second.send(acts, minute(9)));
        let (one, other) = (twice.0.unwrap(), twice.1.unwrap());
        for both in one.into_iter().zip(other) {
            match both {
                (Admission::Applied { seq: one }, Admission::Replayed { seq: other })
                | (Admission::Replayed { seq: one }, Admission::Applied { seq: other }) => {
                    // Where there is no journal it is how far one has come by now.
                    assert!(one == other || !place.source.capabilities().journal);
                }
                other => panic!("{other:?}"),
            }
        }
        let again = place.another.send(acts, minute(9)).await.unwrap();
        assert!(again.iter().all(|answer| matches!(answer, Admission::Replayed { .. })), "{again:?}");
    }
    assert_eq!(place.whole().await.item(&place.task).unwrap().state.notes, 19);
}

pub async fn what_it_has_no_place_for_is_known_before_it_is_handed_in(place: Place) {
    let can = place.source.capabilities();
    if !can.writes {
        return;
    }
    let seen = place.whole().await;
    for (number, rule) in (1..).zip(&RULES) {
        let Err(refusal) = can.takes.check(&rule.verb) else { continue };
        let item = if rule.kinds.contains(&Kind::Task) { &place.task } else { &place.report };
        let answer = place.send(seeing(&seen, full(number, item.as_str(), rule.verb.clone()))).await;
        assert_eq!(answer, Admission::Refused(refusal), "{:?}", rule.verb);
    }
    assert_eq!(truth(&place.follow(seen.clone()).await), truth(&seen));
}

pub async fn a_plan_is_amended_in_view_of_what_was_seen(place: Place) {
    let seen = place.whole().await;
    let amendment =
        |plan| Amendment { seen: Arc::clone(&seen.outline.plan), plan, reason: "QĐ 12".into(), reverses: None };
    if !place.source.capabilities().amends {
        let answer = place.source.amend(&amendment(amended()), id(7), minute(1)).await;
        assert!(matches!(answer, Err(Failure::Refused(_) | Failure::Denied(_))), "{answer:?}");
        return;
    }
    let laid_down = place.source.amend(&amendment(amended()), id(7), minute(1)).await.unwrap();
    assert!(matches!(laid_down, LaidDown::Amended { .. }));
    let then = place.follow(seen.clone()).await;
    assert_eq!((then.cursor, own(&then.outline.plan)), (laid_down.seq(), amended()));
    place.is_true(&then).await;
    let late = place.source.amend(&amendment(plan()), id(8), minute(2)).await.unwrap_err();
    assert_eq!(late.why().id, "refusal-amended-meanwhile");
}

pub async fn it_has_a_name_that_may_be_shown_and_is_found_again(place: Place) {
    let label = place.source.label();
    assert!(!label.is_empty() && Text::new(&label).as_str() == label);
    let can = place.source.capabilities();
    assert_eq!(can.remote, place.source.origin().is_some(), "where what waits for it goes");
    assert_eq!(place.source.origin(), place.another.origin());
}
