//! The ledger's contract: the same suite over every implementation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

#[path = "common/postgres.rs"]
mod postgres;
#[path = "common/record.rs"]
mod record;
#[path = "common/skip.rs"]
mod skip;

use std::sync::Arc;

use jiff::civil::date;
use record::*;
use rstest::rstest;
use tiendo::domain::{
    access::{Role, Token},
    answer::{Admission, Fetched, Filter, LaidDown},
    check::Refusal,
    entry::{Channel, Entry, Outcome, Verb},
    failure::Failure,
    item::Kind,
    replay::Revision,
    snapshot::Snapshot,
    status::Base,
};
use tiendo::ledger::{Ledger, MOST_ENTRIES, Shared, memory::MemoryLedger, sqlite::SqliteLedger};

#[derive(Clone, Copy, Debug)]
enum Store {
    Memory,
    Sqlite,
    /// A real one, where this machine has it; passed over, aloud, where it has not.
    Postgres,
}

/// An empty ledger, and the directory it is in.
struct Opened {
    ledger: Arc<dyn Shared>,
    _directory: Option<tempfile::TempDir>,
}

impl std::ops::Deref for Opened {
    type Target = dyn Ledger;
    fn deref(&self) -> &Self::Target {
        &*self.ledger
    }
}

async fn open(store: Store) -> Option<Opened> {
    Some(match store {
        Store::Memory => Opened { ledger: Arc::new(MemoryLedger::new()), _directory: None },
        Store::Postgres => {
            let database = postgres::shared()?.database().await;
            Opened { ledger: Arc::new(postgres::ledger(&database).await), _directory: None }
        }
        Store::Sqlite => {
            let directory = tempfile::tempdir().unwrap();
            let ledger = SqliteLedger::open(&directory.path().join("ledger.db")).await.unwrap();
            Opened { ledger: Arc::new(ledger), _directory: Some(directory) }
        }
    })
}

async fn with_plan(store: Store) -> Option<Opened> {
    let opened = open(store).await?;
    laid_down(&*opened).await;
    Some(opened)
}

/// The three ways to the truth agree: folded as it came, told in a delta, replayed from the beginning.
async fn agree(ledger: &dyn Ledger, earlier: Snapshot, revisions: &[Revision]) -> Snapshot {
    let now = snapshot(ledger).await;
    let journal = journal(ledger).await;
    let replayed = Snapshot::replay_revisions(revisions, &journal.iter().collect::<Vec<_>>()).unwrap();
    assert_eq!(truth(&replayed), truth(&now), "replayed");
    assert_eq!(truth(&caught_up(ledger, earlier).await), truth(&now), "told");
    now
}

fn first() -> Vec<Revision> {
    vec![Revision { seq: 1, on: DAY, plan: Arc::new(plan()) }]
}

#[rstest]
#[tokio::test]
async fn tokens_are_kept_found_by_their_hash_and_revoked(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(opened) = open(store).await else { return };
    let ledger = &opened.ledger;
    let token = |name: &str, role, agency: Option<&str>| Token {
        name: name.into(),
        role,
        agency: agency.map(Into::into),
        hash: format!("hash of {name}").into(),
        created: minute(1),
        expires: agency.map(|_| minute(90)),
        last_used: None,
        revoked: None,
    };
    let given: Vec<Token> =
        Role::ALL.map(|role| token(role.as_str(), role, (role == Role::Agency).then_some("a"))).to_vec();
    let version = ledger.version().await.unwrap();
    for token in &given {
        ledger.add_token(token).await.unwrap();
    }
    assert_ne!(ledger.version().await.unwrap(), version, "others are told");
    assert_eq!(ledger.tokens().await.unwrap(), given);
    assert_eq!(ledger.token("hash of agency").await.unwrap().as_ref(), Some(&given[1]));
    assert_eq!(ledger.token("hash of nobody").await.unwrap(), None);
    let again = Token { hash: "another".into(), ..given[0].clone() };
    let failure = ledger.add_token(&again).await.unwrap_err();
    assert!(matches!(&failure, Failure::Refused(why) if why.id == "ledger-token-taken"), "{failure}");
    ledger.token_used("hash of agency", minute(5)).await.unwrap();
    assert_eq!(ledger.token("hash of agency").await.unwrap().unwrap().last_used, Some(minute(5)));
    assert!(ledger.revoke_token(&given[0].name, minute(6)).await.unwrap());
    assert!(!ledger.revoke_token(&given[0].name, minute(7)).await.unwrap());
    assert_eq!(ledger.token("hash of viewer").await.unwrap(), None);
    // The name is free again, and what it was before is still told.
    ledger.add_token(&again).await.unwrap();
    let names = ledger.tokens().await.unwrap();
    assert_eq!((names.len(), names[0].revoked, &names[4]), (5, Some(minute(6)), &again));
}

#[rstest]
#[tokio::test]
async fn a_plan_is_laid_down_amended_and_left_alone(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = open(store).await else { return };
    assert_eq!(ledger.plans().await.unwrap(), []);
    let lay_down = async |plan, number| ledger.lay_down(plan, &me(), minute(number as i64), id(number)).await.unwrap();
    assert_eq!(lay_down(plan(), 1).await, LaidDown::New { seq: 1 });
    assert_eq!(lay_down(plan(), 2).await, LaidDown::Unchanged { seq: 1 });
    assert_eq!(append(&*ledger, full(10, TASK, Verb::Note)).await, Admission::Applied { seq: 2 });
    assert_eq!(lay_down(amended(), 3).await, LaidDown::Amended { seq: 3 });
    assert_eq!(lay_down(amended(), 3).await, LaidDown::Unchanged { seq: 3 });

    let heads = ledger.plans().await.unwrap();
    let [head] = heads.as_slice() else { panic!("{heads:?}") };
    assert_eq!((head.id.as_str(), head.revision, head.seq, head.sample), ("p", 2, 3, true));
    assert_eq!((head.number.as_deref(), head.title.get("vi")), (Some("95/KH"), "Kế hoạch"));

    let snapshot = snapshot(&*ledger).await;
    assert_eq!(*snapshot.outline.plan, amended(), "unknown fields included");
    assert_eq!(snapshot.item(&TASK.into()).unwrap().due, Some(date(2023, 5, 22)));
    assert_eq!(snapshot.item(&TASK.into()).unwrap().state.notes, 1, "states stay with their items");
    let verbs: Vec<Verb> = journal(&*ledger).await.into_iter().map(|entry| entry.verb).collect();
    assert_eq!(verbs, [Verb::Plan, Verb::Note, Verb::Plan]);
}

#[rstest]
#[tokio::test]
async fn an_id_is_used_once_for_plans_too(#[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store) {
    let Some(ledger) = with_plan(store).await else { return };
    append(&*ledger, full(1, TASK, Verb::Note)).await;
    let reused = ledger.lay_down(amended(), &me(), minute(5), id(1)).await;
    assert!(matches!(reused, Err(Failure::Refused(_))), "{reused:?}");
    let mut other = plan();
    other.id = "q".into();
    ledger.lay_down(other, &me(), minute(5), id(2)).await.unwrap();
    let answer = ledger.append(&"q".into(), &[full(1, TASK, Verb::Acknowledge)], &me(), minute(6)).await.unwrap();
    assert_eq!(answer, [Admission::Refused(Refusal::IdReused)]);
    let heads = ledger.plans().await.unwrap();
    assert_eq!(heads.iter().map(|head| (head.id.as_str(), head.seq)).collect::<Vec<_>>(), [("p", 2), ("q", 1)]);
}

#[rstest]
#[tokio::test]
async fn what_is_withdrawn_keeps_its_history_and_comes_back(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    append(&*ledger, full(1, "task:N2", Verb::Submit)).await;
    ledger.lay_down(amended(), &me(), minute(2), id(2)).await.unwrap();
    let without = snapshot(&*ledger).await;
    assert!(without.item(&"task:N2".into()).is_none());
    let withdrawn: Vec<&str> = without.withdrawn.keys().map(|id| id.as_str()).collect();
    assert_eq!(withdrawn, ["report:R8/N2/b", "task:N2"], "the report that follows its hand-in goes with it");
    let answer = append(&*ledger, full(3, "task:N2", Verb::Note)).await;
    assert_eq!(answer, Admission::Refused(Refusal::NoSuchItem { item: "task:N2".into() }));
    ledger.lay_down(plan(), &me(), minute(4), id(4)).await.unwrap();
    assert_eq!(state(&*ledger, "task:N2").await.base, Base::AwaitingConfirmation);
    assert!(snapshot(&*ledger).await.withdrawn.is_empty());
}

#[rstest]
#[tokio::test]
async fn due_dates_that_had_passed_stay_when_the_calendar_is_amended(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    let mut later = plan();
    later.calendar.days_off.insert(date(2023, 6, 19));
    let afterwards = "2023-08-01T00:00:00Z".parse().unwrap();
    ledger.lay_down(later, &me(), afterwards, id(2)).await.unwrap();
    let snapshot = snapshot(&*ledger).await;
    assert_eq!(snapshot.item(&REPORT.into()).unwrap().due, Some(date(2023, 6, 19)));
    assert!(snapshot.item(&REPORT.into()).unwrap().state.kept.is_some());
}

#[rstest]
#[tokio::test]
async fn every_verb_is_admitted_where_it_is_possible(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    let mut number = 0;
    let mut last = std::collections::HashMap::new();
    let steps = [
        (TASK, Verb::Acknowledge),
        (TASK, Verb::Assign),
        (TASK, Verb::Snooze),
        (TASK, Verb::Remind),
        (TASK, Verb::Escalate),
        (TASK, Verb::Progress),
        (TASK, Verb::Pause),
        (TASK, Verb::Resume),
        (TASK, Verb::RequestExtension),
        (TASK, Verb::Decline),
        (TASK, Verb::Submit),
        (TASK, Verb::Return),
        (TASK, Verb::Submit),
        (TASK, Verb::Confirm),
        ("task:N2", Verb::Cancel),
        (REPORT, Verb::Extend),
        (REPORT, Verb::Receive),
        ("report:R1/2023-H1/b", Verb::Exempt),
        (DUTY, Verb::Open),
        (MILESTONE, Verb::Tick),
        (MILESTONE, Verb::Note),
        (MILESTONE, Verb::Unknown("applaud".into())),
    ];
    for (item, verb) in steps {
        number += 1;
        let commutes = verb.commutes();
        let entry = Entry { expects: last.get(item).copied(), ..full(number, item, verb.clone()) };
        let answer = append(&*ledger, entry).await;
        assert_eq!(answer, Admission::Applied { seq: number as u64 + 1 }, "{verb:?} on {item}");
        if !commutes && verb != Verb::Open {
            last.insert(item, id(number));
        }
    }
    agree(&*ledger, Snapshot::new(Arc::new(plan())), &first()).await;
    let bases = [(TASK, Base::Done), ("task:N2", Base::Cancelled), (REPORT, Base::Done), (MILESTONE, Base::Done)];
    for (item, base) in bases {
        assert_eq!(state(&*ledger, item).await.base, base, "{item}");
    }
}

#[rstest]
#[tokio::test]
async fn the_ledger_signs_and_dates_what_it_takes(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    let forged = Entry { by: Some("somebody".into()), seq: 99, recorded: Some(minute(9)), ..full(1, TASK, Verb::Note) };
    ledger.append(&plan_id(), &[forged], &me(), minute(3)).await.unwrap();
    let entry = journal(&*ledger).await.pop().unwrap();
    assert_eq!((entry.by, entry.seq, entry.recorded), (Some(me()), 2, Some(minute(3))));
}

#[rstest]
#[tokio::test]
async fn an_act_handed_in_twice_is_done_once(#[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store) {
    let Some(ledger) = with_plan(store).await else { return };
    let act = full(1, TASK, Verb::Submit);
    assert_eq!(append(&*ledger, act.clone()).await, Admission::Applied { seq: 2 });
    assert_eq!(append(&*ledger, act.clone()).await, Admission::Replayed { seq: 2 });
    let other = Entry { note: Some("another".into()), ..act.clone() };
    assert_eq!(append(&*ledger, other).await, Admission::Refused(Refusal::IdReused));
    let twice = [full(2, TASK, Verb::Note), full(2, TASK, Verb::Note)];
    let answers = ledger.append(&plan_id(), &twice, &me(), minute(9)).await.unwrap();
    assert_eq!(answers, [Admission::Applied { seq: 3 }, Admission::Replayed { seq: 3 }]);
    assert_eq!(journal(&*ledger).await.len(), 3);
}

#[rstest]
#[tokio::test]
async fn who_has_not_seen_the_last_act_gets_a_conflict_that_names_it(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    append(&*ledger, full(1, TASK, Verb::Progress)).await;
    let answer = append(&*ledger, full(2, TASK, Verb::Submit)).await;
    let Admission::Conflict { stands } = answer else { panic!("{answer:?}") };
    assert_eq!((stands.id, stands.seq, stands.by), (id(1), 2, Some(me())));
    assert_eq!(append(&*ledger, full(3, TASK, Verb::Note)).await, Admission::Applied { seq: 3 }, "a remark commutes");
    assert_eq!(append(&*ledger, expecting(1, full(4, TASK, Verb::Submit))).await, Admission::Applied { seq: 4 });
}

#[rstest]
#[tokio::test]
async fn in_a_batch_each_entry_stands_alone_and_sees_those_before_it(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    let batch = [
        full(1, TASK, Verb::Submit),
        expecting(1, full(2, TASK, Verb::Confirm)),
        full(3, TASK, Verb::Tick),
        full(4, "task:none", Verb::Note),
        full(5, REPORT, Verb::Receive),
        full(6, REPORT, Verb::Receive),
        reverse(7, REPORT, 5),
        full(8, "plan:p", Verb::Plan),
        full(9, TASK, Verb::Plan),
    ];
    let answers = ledger.append(&plan_id(), &batch, &me(), minute(1)).await.unwrap();
    assert_eq!(answers[..2], [Admission::Applied { seq: 2 }, Admission::Applied { seq: 3 }]);
    let tick = Refusal::NotOfKind { verb: "tick".into(), kind: Kind::Task };
    assert_eq!(answers[2], Admission::Refused(tick));
    assert_eq!(answers[3], Admission::Refused(Refusal::NoSuchItem { item: "task:none".into() }));
    assert_eq!(answers[4], Admission::Applied { seq: 4 });
    assert!(matches!(&answers[5], Admission::Conflict { stands } if stands.id == id(5)), "{:?}", answers[5]);
    assert_eq!(answers[6], Admission::Applied { seq: 5 });
    assert_eq!(answers[7], Admission::Refused(Refusal::NoSuchItem { item: "plan:p".into() }));
    assert_eq!(answers[8], Admission::Refused(Refusal::NotOfKind { verb: "plan".into(), kind: Kind::Task }));
    agree(&*ledger, Snapshot::new(Arc::new(plan())), &first()).await;
}

#[rstest]
#[tokio::test]
async fn a_reversal_and_its_reversal_are_seen_by_all(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    append(&*ledger, full(1, TASK, Verb::Progress)).await;
    let before = snapshot(&*ledger).await;
    append(&*ledger, expecting(1, full(2, TASK, Verb::Submit))).await;
    let submitted = agree(&*ledger, before.clone(), &first()).await;
    append(&*ledger, reverse(3, TASK, 2)).await;
    let taken_back = agree(&*ledger, submitted.clone(), &first()).await;
    assert_eq!(truth(&taken_back).items.len(), truth(&submitted).items.len(), "the following report is called off");
    let (state, task_before) = (&taken_back.item(&TASK.into()).unwrap().state, before.item(&TASK.into()).unwrap());
    assert_eq!(*state, task_before.state);
    append(&*ledger, reverse(4, TASK, 3)).await;
    let restored = agree(&*ledger, taken_back, &first()).await;
    assert_eq!(truth(&restored).items, truth(&submitted).items);

    let page = ledger.entries(&plan_id(), &Filter { item: Some(TASK.into()), ..Filter::default() }).await.unwrap();
    assert_eq!(page.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [id(4), id(3), id(2), id(1)]);
    assert_eq!(page.reversed, [id(3)]);
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_taken_back_says_why(#[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store) {
    let Some(ledger) = with_plan(store).await else { return };
    let mail = Entry { channel: Some(Channel::Email), outcome: Some(Outcome::Sent), ..full(1, TASK, Verb::Remind) };
    ledger.import(&plan_id(), vec![mail]).await.unwrap();
    append(&*ledger, full(2, TASK, Verb::Submit)).await;
    append(&*ledger, full(3, AFTER_TASK, Verb::Receive)).await;
    append(&*ledger, full(4, DUTY, Verb::Open)).await;
    append(&*ledger, full(5, DUTY, Verb::Open)).await;
    let case = format!("report:R7/{}/a", id(4));
    append(&*ledger, full(6, &case, Verb::Receive)).await;
    let refused = [
        (TASK, 1, Refusal::Sent),
        (TASK, 2, Refusal::Depended { by: id(3) }),
        (DUTY, 4, Refusal::Depended { by: id(6) }),
        (TASK, 77, Refusal::NothingToReverse),
        (REPORT, 2, Refusal::NothingToReverse),
        ("plan:p", 1_000_000, Refusal::NothingToReverse),
    ];
    for (number, (item, target, refusal)) in (10..).zip(refused) {
        assert_eq!(append(&*ledger, reverse(number, item, target)).await, Admission::Refused(refusal), "{target}");
    }
    assert_eq!(append(&*ledger, reverse(20, &case, 6)).await, Admission::Applied { seq: 8 });
    assert_eq!(append(&*ledger, reverse(21, DUTY, 4)).await, Admission::Applied { seq: 9 });
    assert_eq!(append(&*ledger, reverse(22, DUTY, 4)).await, Admission::Refused(Refusal::NothingToReverse));
    assert_eq!(state(&*ledger, &case).await.base, Base::Cancelled);
    assert_eq!(append(&*ledger, reverse(23, AFTER_TASK, 3)).await, Admission::Applied { seq: 10 });
    assert_eq!(append(&*ledger, reverse(24, TASK, 2)).await, Admission::Applied { seq: 11 });
    assert_eq!(state(&*ledger, AFTER_TASK).await.base, Base::Cancelled);
    agree(&*ledger, Snapshot::new(Arc::new(plan())), &first()).await;
}

#[rstest]
#[tokio::test]
async fn a_case_is_opened_where_it_is_owed_and_due_by_the_duty(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    let before = snapshot(&*ledger).await;
    let open = |number, agency: &str| Entry { agency: Some(agency.into()), ..full(number, DUTY, Verb::Open) };
    assert_eq!(append(&*ledger, open(1, "c")).await, Admission::Refused(Refusal::NotOwed));
    assert_eq!(append(&*ledger, open(2, "b")).await, Admission::Applied { seq: 2 });
    let now = agree(&*ledger, before, &first()).await;
    let case = now.item(&format!("report:R7/{}/b", id(2)).as_str().into()).unwrap();
    assert_eq!(case.due, Some(date(2023, 5, 10)));
    assert_eq!(case.state.event.as_ref().unwrap().title.as_deref(), Some("Vụ việc"));
    // Its history begins with the entry that opened it, which stands on the duty.
    let filter = Filter { item: Some(case.id.clone()), ..Filter::default() };
    append(&*ledger, full(3, case.id.as_str(), Verb::Note)).await;
    let history = ledger.entries(&plan_id(), &filter).await.unwrap();
    assert_eq!(history.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [id(3), id(2)]);
}

#[rstest]
#[tokio::test]
async fn a_hand_in_opens_the_report_that_follows_it_and_moves_it(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    let mut seen = snapshot(&*ledger).await;
    append(&*ledger, full(1, TASK, Verb::Submit)).await;
    seen = agree(&*ledger, seen, &first()).await;
    assert_eq!(seen.item(&AFTER_TASK.into()).unwrap().due, Some(date(2023, 5, 22)));
    append(&*ledger, expecting(1, full(2, TASK, Verb::Return))).await;
    seen = agree(&*ledger, seen, &first()).await;
    assert_eq!(seen.item(&AFTER_TASK.into()).unwrap().state.base, Base::Cancelled);
    append(&*ledger, Entry { on: date(2023, 5, 15), ..expecting(2, full(3, TASK, Verb::Submit)) }).await;
    seen = agree(&*ledger, seen, &first()).await;
    assert_eq!(seen.item(&AFTER_TASK.into()).unwrap().due, Some(date(2023, 5, 29)));
}

#[rstest]
#[tokio::test]
async fn a_delta_tells_what_it_can_and_the_whole_where_it_cannot(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    let delta = async |after| ledger.delta(&plan_id(), after).await.unwrap();
    assert!(matches!(delta(1).await, Fetched::Unchanged));
    assert!(matches!(delta(0).await, Fetched::Whole(_)), "from before the plan");
    assert!(matches!(delta(7).await, Fetched::Whole(_)), "from the future");
    append(&*ledger, full(1, TASK, Verb::Note)).await;
    append(&*ledger, full(2, TASK, Verb::Note)).await;
    let Fetched::Entries(told) = delta(2).await else { panic!("entries") };
    assert_eq!((told.entries.len(), told.entries[0].id, told.cursor), (1, id(2), 3));
    ledger.lay_down(amended(), &me(), minute(3), id(3)).await.unwrap();
    let Fetched::Whole(whole) = delta(3).await else { panic!("an amendment lies between") };
    assert_eq!(whole.cursor, 4);
    let many: Vec<Entry> = (0..=u128::from(MOST_ENTRIES)).map(|number| full(100 + number, TASK, Verb::Note)).collect();
    ledger.append(&plan_id(), &many, &me(), minute(5)).await.unwrap();
    assert!(matches!(delta(4).await, Fetched::Whole(_)), "too many");
    assert!(matches!(delta(5).await, Fetched::Entries(told) if told.entries.len() as u64 == MOST_ENTRIES));
}

#[rstest]
#[tokio::test]
async fn the_journal_is_read_in_pages_and_by_item_person_and_verb(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_plan(store).await else { return };
    append(&*ledger, full(1, TASK, Verb::Note)).await;
    append(&*ledger, full(2, REPORT, Verb::Note)).await;
    append(&*ledger, reverse(3, TASK, 1)).await;
    ledger.append(&plan_id(), &[full(4, TASK, Verb::Remind)], &"you".into(), minute(4)).await.unwrap();
    let ids = async |filter: Filter| {
        let page = ledger.entries(&plan_id(), &filter).await.unwrap();
        (page.entries.iter().map(|entry| entry.id.0.as_u128()).collect::<Vec<_>>(), page.reversed)
    };
    let all = Filter::default();
    assert_eq!(ids(all.clone()).await, (vec![4, 3, 2, 1, 1_000_000], vec![id(1)]));
    assert_eq!(ids(Filter { limit: Some(2), ..all.clone() }).await, (vec![4, 3], vec![]));
    let next = Filter { limit: Some(2), before: Some(4), ..all.clone() };
    assert_eq!(ids(next).await, (vec![2, 1], vec![id(1)]), "taken back by an entry of another page");
    assert_eq!(ids(Filter { item: Some(REPORT.into()), ..all.clone() }).await.0, [2]);
    assert_eq!(ids(Filter { by: Some("you".into()), ..all.clone() }).await.0, [4]);
    assert_eq!(ids(Filter { verbs: vec![Verb::Note, Verb::Remind], ..all.clone() }).await.0, [4, 2, 1]);
    let until = Filter { until: Some(minute(2)), ..all.clone() };
    assert_eq!(ids(until).await, (vec![2, 1, 1_000_000], vec![]), "taken back only later");
    let since = Filter { since: Some(minute(3)), until: Some(minute(3)), ..all.clone() };
    assert_eq!(ids(since).await.0, [3]);
    let undone = Filter { verbs: vec![Verb::Reverse], ..all.clone() };
    let undone = ledger.entries(&plan_id(), &undone).await.unwrap();
    assert_eq!(undone.taken_back.iter().map(|entry| entry.id).collect::<Vec<_>>(), [id(1)]);
    let none = Filter { item: Some(REPORT.into()), by: Some("you".into()), ..all };
    assert_eq!(ids(none).await.0, Vec::<u128>::new());
}

#[rstest]
#[tokio::test]
async fn a_journal_is_imported_once_and_looks_back_before_the_plan_was_laid_down(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = open(store).await else { return };
    ledger.lay_down(plan(), &me(), "2026-01-05T00:00:00Z".parse().unwrap(), id(1_000_000)).await.unwrap();
    let journal = vec![
        full(1, TASK, Verb::Progress),
        expecting(1, full(2, TASK, Verb::Submit)),
        full(3, DUTY, Verb::Open),
        reverse(4, TASK, 2),
        full(5, "plan:p", Verb::Plan),
        Entry { by: Some("you".into()), recorded: Some(minute(7)), ..full(6, "task:N2", Verb::Submit) },
        full(1, TASK, Verb::Progress),
    ];
    let before = snapshot(&*ledger).await;
    let imported = ledger.import(&plan_id(), journal.clone()).await.unwrap();
    assert_eq!((imported.added, imported.known, imported.left_out), (5, 1, 1));
    let again = ledger.import(&plan_id(), journal).await.unwrap();
    assert_eq!((again.added, again.known, again.left_out), (0, 6, 1));
    let now = agree(&*ledger, before, &first()).await;
    assert_eq!(now.cursor, 6);
    assert_eq!(now.item(&TASK.into()).unwrap().state.progress, 40);

    let kept = ledger.entries(&plan_id(), &Filter { by: Some("you".into()), ..Filter::default() }).await.unwrap();
    assert_eq!((kept.entries[0].recorded, kept.entries[0].seq), (Some(minute(7)), 6));
    let then = ledger.at(&plan_id(), minute(2)).await.unwrap();
    assert_eq!(then.item(&TASK.into()).unwrap().state.base, Base::AwaitingConfirmation);
    assert_eq!(then.item(&"task:N2".into()).unwrap().state.base, Base::NotStarted);
    // What follows goes on from what was imported.
    assert_eq!(append(&*ledger, expecting(1, full(8, TASK, Verb::Submit))).await, Admission::Applied { seq: 7 });
    let more = vec![reverse(9, TASK, 8)];
    ledger.import(&plan_id(), more).await.unwrap();
    agree(&*ledger, now, &first()).await;
}

#[rstest]
#[tokio::test]
async fn a_plan_that_is_not_there_is_refused(#[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store) {
    let Some(ledger) = with_plan(store).await else { return };
    let other = "other".into();
    let refused = [
        ledger.snapshot(&other).await.map(|_| ()),
        ledger.at(&other, minute(0)).await.map(|_| ()),
        ledger.delta(&other, 0).await.map(|_| ()),
        ledger.entries(&other, &Filter::default()).await.map(|_| ()),
        ledger.append(&other, &[], &me(), minute(0)).await.map(|_| ()),
        ledger.import(&other, Vec::new()).await.map(|_| ()),
    ];
    for answer in refused {
        assert!(matches!(&answer, Err(Failure::Refused(why)) if why.text("plan") == Some("other")), "{answer:?}");
    }
}

#[rstest]
#[tokio::test]
async fn the_version_changes_with_every_write_and_with_nothing_else(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = open(store).await else { return };
    let mut seen = vec![ledger.version().await.unwrap()];
    laid_down(&*ledger).await;
    seen.push(ledger.version().await.unwrap());
    append(&*ledger, full(1, TASK, Verb::Submit)).await;
    seen.push(ledger.version().await.unwrap());
    ledger.import(&plan_id(), vec![full(2, TASK, Verb::Note)]).await.unwrap();
    seen.push(ledger.version().await.unwrap());
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
    laid_down(&*ledger).await;
    append(&*ledger, full(1, TASK, Verb::Submit)).await;
    append(&*ledger, full(3, TASK, Verb::Tick)).await;
    ledger.import(&plan_id(), vec![full(2, TASK, Verb::Note)]).await.unwrap();
    snapshot(&*ledger).await;
    assert_eq!(ledger.version().await.unwrap(), seen[3]);
}

mod random {
    //! Random histories over all at once: same answers, same truth by every way, and every past moment found again.

    use super::*;

    /// A small generator whose numbers follow from its seed alone (xorshift).
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % sides as u64).unwrap()
        }

        fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
            &from[self.roll(from.len())]
        }
    }

    fn act(dice: &mut Dice, number: u128, standing: &Snapshot, journal: &[Entry]) -> Entry {
        let acts: Vec<&Entry> = journal.iter().filter(|entry| entry.verb != Verb::Plan).collect();
        if dice.roll(4) == 0 && !acts.is_empty() {
            let recent = &acts[acts.len().saturating_sub(8)..];
            let target = dice.pick(recent);
            return reverse(number, target.item.as_str(), target.id.0.as_u128());
        }
        if dice.roll(12) == 0 {
            return full(number, DUTY, Verb::Open);
        }
        // A few items only, so that much happens to each.
        let items: Vec<_> = standing.items.iter().filter(|item| !item.id.as_str().contains("2023/")).collect();
        let item = dice.pick(&items);
        let verb = dice.pick(&Verb::KNOWN).clone();
        let stale = dice.roll(10) == 0;
        let last = item.state.last.filter(|_| !stale);
        let on = DAY.checked_add(jiff::ToSpan::days(dice.roll(20) as i64)).unwrap();
        Entry { expects: last, on, ..full(number, item.id.as_str(), verb) }
    }

    async fn history(seed: u64, steps: u128) {
        let mut dice = Dice(seed | 1);
        let mut ledgers = Vec::new();
        for store in [Store::Memory, Store::Sqlite, Store::Postgres] {
            ledgers.extend(with_plan(store).await);
        }
        let (memory, others) = ledgers.split_first().unwrap();
        let mut told: Vec<Snapshot> = Vec::new();
        for ledger in &ledgers {
            told.push(snapshot(&**ledger).await);
        }
        let (mut past, mut revisions) = (Vec::new(), first());
        for number in 1..=steps {
            let entries = journal(&**memory).await;
            if dice.roll(25) == 0 {
                let next = if *revisions.last().unwrap().plan == plan() { amended() } else { plan() };
                let now = minute(number as i64);
                let one = memory.lay_down(next.clone(), &me(), now, id(number)).await.unwrap();
                for other in others {
                    assert_eq!(other.lay_down(next.clone(), &me(), now, id(number)).await.unwrap(), one, "seed {seed}");
                }
                revisions.push(Revision { seq: one.seq(), on: DAY, plan: Arc::new(next) });
            } else {
                let act = act(&mut dice, number, &told[1], &entries);
                let one = append(&**memory, act.clone()).await;
                for other in others {
                    assert_eq!(append(&**other, act.clone()).await, one, "seed {seed}, {number}: {act:?}");
                }
            }
            let now = truth(&snapshot(&**memory).await);
            let tells = dice.roll(3) == 0;
            for (ledger, told) in ledgers.iter().zip(&mut told) {
                assert_eq!(truth(&snapshot(&**ledger).await), now, "seed {seed}, {number}: all the same");
                if tells {
                    *told = caught_up(&**ledger, told.clone()).await;
                    assert_eq!(truth(told), now, "seed {seed}, {number}: told");
                }
            }
            past.push(now);
        }
        let whole = journal(&**memory).await;
        let later: jiff::civil::Date = "2024-02-05".parse().unwrap();
        let weeks = memory.past(&plan_id(), later).await.unwrap();
        for (ledger, told) in ledgers.iter().zip(told) {
            assert_eq!(ledger.past(&plan_id(), later).await.unwrap(), weeks, "seed {seed}: the weeks gone by");
            assert_eq!(journal(&**ledger).await, whole, "seed {seed}");
            agree(&**ledger, told, &revisions).await;
            for (number, then) in (1..).zip(&past) {
                let at = ledger.at(&plan_id(), minute(number)).await.unwrap();
                assert_eq!(truth(&at), *then, "seed {seed}, at {number}");
            }
        }
    }

    fn seeds(count: u64) -> Vec<u64> {
        match std::env::var("TIENDO_SEED") {
            Ok(seed) => vec![seed.parse().unwrap()],
            Err(_) => {
                let first = uuid::Uuid::now_v7().as_u64_pair().1;
                (0..count).map(|number| first.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect()
            }
        }
    }

    #[tokio::test]
    async fn histories_are_told_the_same_by_every_way() {
        for seed in seeds(6) {
            println!("TIENDO_SEED={seed}");
            history(seed, 60).await;
        }
    }

    #[tokio::test]
    #[ignore = "long"]
    async fn many_long_histories_are_told_the_same_by_every_way() {
        for seed in seeds(std::env::var("TIENDO_SEEDS").map_or(30, |count| count.parse().unwrap())) {
            println!("TIENDO_SEED={seed}");
            history(seed, 200).await;
        }
    }
}

/// The plan, no longer sample data, and a mail on one of its items.
async fn with_real_plan(store: Store) -> Option<Opened> {
    let opened = open(store).await?;
    let real = tiendo::domain::plan::Plan { sample: false, ..plan() };
    opened.ledger.lay_down(real, &me(), minute(0), id(1_000_000)).await.unwrap();
    Some(opened)
}

fn mail(number: u128, item: &str, batch: u128, outcome: Outcome) -> Entry {
    Entry {
        channel: Some(Channel::Email),
        outcome: Some(outcome),
        level: Some(1),
        batch: Some(uuid::Uuid::from_u128(batch)),
        ..entry(number, item, Verb::Remind)
    }
}

fn already(stands: u128) -> Admission {
    Admission::Refused(Refusal::AlreadyReminded { stands: id(stands) })
}

fn at(instant: &str, entry: Entry) -> Entry {
    Entry { at: instant.parse().unwrap(), ..entry }
}

#[rstest]
#[tokio::test]
async fn an_agency_has_one_mail_a_day(#[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store) {
    let Some(ledger) = with_real_plan(store).await else { return };
    let before = snapshot(&*ledger).await;
    let claim = |number, item, batch| mail(number, item, batch, Outcome::Claimed);
    let together = [claim(1, TASK, 7), claim(2, REPORT, 7), claim(3, "task:N2", 8), claim(4, TASK, 9)];
    let answers = ledger.append(&plan_id(), &together, &me(), minute(1)).await.unwrap();
    let [first, second, third, fourth] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!(
        [first, second],
        [&Admission::Applied { seq: 2 }, &Admission::Applied { seq: 3 }],
        "one mail, two items"
    );
    assert_eq!(third, &Admission::Applied { seq: 4 }, "another agency");
    assert_eq!(fourth, &already(1), "in the same hand-in");
    assert_eq!(append(&*ledger, claim(5, REPORT, 10)).await, already(1), "whoever comes later");
    assert_eq!(append(&*ledger, claim(1, TASK, 7)).await, Admission::Replayed { seq: 2 });
    // By letter or telephone anybody may be reminded, and by a mail somebody wrote.
    let letter = Entry { channel: Some(Channel::Letter), outcome: None, ..claim(6, TASK, 11) };
    assert!(matches!(append(&*ledger, letter).await, Admission::Applied { .. }));
    // What was sent or is uncertain keeps the day, what failed gives it back.
    append(&*ledger, mail(7, TASK, 7, Outcome::Sent)).await;
    append(&*ledger, mail(8, REPORT, 7, Outcome::Uncertain)).await;
    assert_eq!(append(&*ledger, claim(9, TASK, 12)).await, already(1));
    append(&*ledger, mail(10, "task:N2", 8, Outcome::Failed)).await;
    assert!(matches!(append(&*ledger, claim(11, "task:N2", 13)).await, Admission::Applied { .. }));
    agree(&*ledger, before, &{
        let real = tiendo::domain::plan::Plan { sample: false, ..plan() };
        vec![Revision { seq: 1, on: DAY, plan: Arc::new(real) }]
    })
    .await;
}

#[rstest]
#[tokio::test]
async fn a_day_is_the_plans_by_the_ledgers_clock(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_real_plan(store).await else { return };
    let claim = |number, batch, instant| at(instant, mail(number, TASK, batch, Outcome::Claimed));
    // 23:59 and 00:01 in the plan's zone.
    append(&*ledger, claim(1, 7, "2023-05-11T16:59:00Z")).await;
    let next_day = Entry { on: DAY, ..claim(2, 8, "2023-05-11T17:01:00Z") };
    assert!(matches!(append(&*ledger, next_day).await, Admission::Applied { .. }));
    let dated_ahead = Entry { on: date(2023, 6, 1), ..claim(3, 9, "2023-05-12T16:00:00Z") };
    assert_eq!(append(&*ledger, dated_ahead).await, already(2), "another date on it makes no other day");
}

#[rstest]
#[tokio::test]
async fn what_became_of_a_mail_is_recorded_once_and_in_any_state(
    #[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store,
) {
    let Some(ledger) = with_real_plan(store).await else { return };
    let unclaimed = Admission::Refused(Refusal::NotClaimed);
    assert_eq!(append(&*ledger, mail(1, TASK, 7, Outcome::Sent)).await, unclaimed);
    append(&*ledger, mail(2, TASK, 7, Outcome::Claimed)).await;
    assert_eq!(append(&*ledger, mail(3, REPORT, 7, Outcome::Sent)).await, unclaimed, "of that item");
    let waiting = state(&*ledger, TASK).await;
    assert_eq!((waiting.reminders, waiting.unsettled.len()), (0, 1));
    // The agency hands in while the mail is under way.
    append(&*ledger, full(4, TASK, Verb::Submit)).await;
    assert!(matches!(append(&*ledger, mail(5, TASK, 7, Outcome::Sent)).await, Admission::Applied { .. }));
    assert_eq!(append(&*ledger, mail(6, TASK, 7, Outcome::Sent)).await, unclaimed);
    let told = state(&*ledger, TASK).await;
    assert_eq!((told.reminders, told.last_reminded, told.unsettled.len()), (1, Some(DAY), 0));
    // A sent mail cannot be taken back, neither by its claim nor by its result.
    for (number, reversed) in [(7, 2), (8, 5)] {
        assert_eq!(append(&*ledger, reverse(number, TASK, reversed)).await, Admission::Refused(Refusal::Sent));
    }
}

#[rstest]
#[tokio::test]
async fn a_sample_plan_claims_no_mail(#[values(Store::Memory, Store::Sqlite, Store::Postgres)] store: Store) {
    let Some(ledger) = with_plan(store).await else { return };
    let answer = append(&*ledger, mail(1, TASK, 7, Outcome::Claimed)).await;
    assert_eq!(answer, Admission::Refused(Refusal::Sample));
    let without_batch = Entry { batch: None, ..mail(2, TASK, 7, Outcome::Claimed) };
    assert_eq!(append(&*ledger, without_batch).await, Admission::Refused(Refusal::Needs { field: "batch".into() }));
}
