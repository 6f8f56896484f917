//! Who may do what on a shared ledger: every route by every role, an agency's own and others' items, tokens that end, and that no
//! token is written down anywhere.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use crate::{counted::Counted, machine::*, record::*, served::*};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;
use tiendo::{
    domain::{
        access::{Role, Token},
        answer::Admission,
        check::Refusal,
        entry::{Entry, Verb},
        id::ActorId,
        past::{Past, Standing, Step},
    },
    ledger::{Shared, Tokens, sqlite::SqliteLedger},
    server::{
        ServeSettings,
        routes::{Access, Reach, Route},
        secret,
    },
    wire::{Entries, PageOf, Plans, Points, ProblemKind, Received, Weeks},
};

/// Of the agency whose token is tried, and of another one.
const OWN: &str = "report:R1/2023-H1/a";
const OTHERS: &str = "report:R1/2023-H1/b";

fn today() -> Date {
    Timestamp::now().in_tz("Asia/Ho_Chi_Minh").unwrap().date()
}

fn submit(number: u128, item: &str) -> Entry {
    Entry { on: today(), document: Some("12/BC".into()), ..entry(number, item, Verb::Submit) }
}

async fn one(served: &Served, entry: Entry) -> Admission {
    served.post(&[entry]).await.results.remove(0).admission
}

/// A server on which `role`'s token is used; every other role has one too.
async fn as_role(role: Role) -> Served {
    let mut served = Served::open().await;
    let agency = (role == Role::Agency).then_some("a");
    served.token = Some(served.give("nguoi-dung", role, agency).await);
    served
}

/// Asks for what the route is about on `item`; whatever the path, it is answered at once.
async fn try_out(served: &Served, route: Route, item: &str) -> Response {
    let rule = route.rule();
    let path = rule.path.replace("{plan}", "p");
    let method: Method = rule.method.parse().unwrap();
    let asked = match route {
        Route::Journal => served.ask(method, &format!("{path}?item={item}")),
        Route::Post => served.posting(&[submit(1, item)]),
        Route::LayDown => served.ask(method, &path).header("if-match", "\"1\"").json(&amended()),
        Route::Trend => served.ask(method, &format!("{path}?by=item")),
        Route::Plans | Route::Snapshot | Route::Events => served.ask(method, &path),
        Route::Metrics | Route::Health | Route::Ready | Route::OpenApi => served.ask(method, &path),
    };
    asked.send().await.unwrap()
}

#[tokio::test]
async fn every_route_lets_in_whom_the_table_lets_in_as_far_as_it_lets_them() {
    for role in Role::ALL {
        for route in Route::ALL {
            let reach = route.rule().access.reach(role);
            for item in [OWN, OTHERS] {
                let served = as_role(role).await;
                let response = try_out(&served, route, item).await;
                let place = format!("{role:?} {route:?} {item}: {}", response.status());
                if reach == Reach::Nothing {
                    problem(response, ProblemKind::NotAllowed).await;
                    assert_eq!(served.ledger.snapshot(&plan_id()).await.unwrap().cursor, 1, "{place}");
                    continue;
                }
                let seen = reach == Reach::All || item == OWN;
                match route {
                    Route::Journal if !seen => {
                        problem(response, ProblemKind::NoSuchItem).await;
                    }
                    Route::Post => {
                        let text = response.text().await.unwrap();
                        assert_eq!(text.contains("\"result\":\"applied\""), seen, "{place} {text}");
                        assert_eq!(text.contains("no-such-item"), !seen, "{place} {text}");
                    }
                    Route::Snapshot | Route::Trend => {
                        let text = response.text().await.unwrap();
                        assert_eq!(text.contains(&format!("\"id\":\"{item}\"")), seen, "{place}");
                    }
                    Route::Journal | Route::Plans | Route::Events | Route::LayDown => {
                        assert_eq!(response.status(), StatusCode::OK, "{place}");
                    }
                    Route::Metrics | Route::Health | Route::Ready | Route::OpenApi => {
                        assert_eq!(response.status(), StatusCode::OK, "{place}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_let_in_but_what_is_open() {
    let mut served = as_role(Role::Viewer).await;
    let unknown = secret::make().unwrap().token;
    for (token, kind) in [(None, ProblemKind::TokenMissing), (Some(unknown), ProblemKind::TokenUnknown)] {
        served.token = token;
        for route in Route::ALL {
            let response = try_out(&served, route, OWN).await;
            if route.rule().access == Access::Open {
                assert_eq!(response.status(), StatusCode::OK, "{route:?}");
            } else {
                assert_eq!(response.headers()["www-authenticate"], "Bearer");
                problem(response, kind.clone()).await;
            }
        }
    }
    let basic = served.client.get(format!("{}/v1/plans", served.url)).basic_auth("tdo_x", Some("y"));
    problem(basic.send().await.unwrap(), ProblemKind::TokenMissing).await;
}

#[tokio::test]
async fn a_token_that_is_revoked_or_whose_time_is_over_ends_at_once_and_its_streams_with_it() {
    let served = as_role(Role::Viewer).await;
    let mut events = Events::of(served.get("/v1/plans/p/events")).await;
    assert_eq!(events.news().await, Some(1));
    assert!(served.ledger.revoke_token(&"nguoi-dung".into(), Timestamp::now()).await.unwrap());
    // Nothing is written with it from that moment on; what is read is told by what was looked at a moment ago.
    problem(served.posting(&[submit(1, OWN)]).send().await.unwrap(), ProblemKind::TokenUnknown).await;
    while let Some((event, _)) = events.next().await {
        assert_eq!(event, "beat", "nothing is told any more");
    }
    problem(served.get("/v1/plans").send().await.unwrap(), ProblemKind::TokenUnknown).await;
    assert!(!served.ledger.revoke_token(&"nguoi-dung".into(), Timestamp::now()).await.unwrap());
    let mut served = served;
    let made = secret::make().unwrap();
    let token = Token {
        name: "khac".into(),
        role: Role::Viewer,
        agency: None,
        hash: made.hash,
        created: minute(0),
        expires: Some(Timestamp::now() - SignedDuration::from_secs(1)),
        last_used: None,
        revoked: None,
    };
    served.ledger.add_token(&token).await.unwrap();
    assert!(served.ledger.add_token(&token).await.is_err(), "the name is taken");
    served.token = Some(made.token);
    problem(served.get("/v1/plans").send().await.unwrap(), ProblemKind::TokenExpired).await;
}

#[tokio::test]
async fn whether_a_token_holds_is_not_asked_of_the_ledger_each_time_and_is_while_it_cannot_be_looked_at() {
    let ledger = Arc::new(Counted::default());
    laid_down(ledger.as_ref()).await;
    let limits = ServeSettings { per_minute: 1_000_000, ..limits() };
    let mut served = Served::with(Arc::clone(&ledger) as Arc<dyn Shared>, limits).await;
    served.token = Some(served.give("nguoi-dung", Role::Coordinator, None).await);
    // It holds from the first request on, also where it has not been seen yet.
    let _: Plans = served.read("/v1/plans").await;
    let mut events = Events::of(served.get("/v1/plans/p/events")).await;
    append(ledger.as_ref(), full(1, OWN, Verb::Note)).await;
    while events.news().await != Some(2) {}
    let before = ledger.tokens_asked();
    for _ in 0..50 {
        let _: Plans = served.read("/v1/plans").await;
    }
    assert_eq!(ledger.tokens_asked(), before);
    served.post(&[full(2, OWN, Verb::Note)]).await;
    assert_eq!(ledger.tokens_asked(), before + 1, "who writes is looked up");
    // Now nobody knows whether it was revoked.
    ledger.hangs.store(true, std::sync::atomic::Ordering::Relaxed);
    let asked = async {
        while ledger.tokens_asked() == before + 1 {
            let _: Plans = served.read("/v1/plans").await;
        }
    };
    tokio::time::timeout(TOO_LONG, asked).await.expect("it is let in for ever");
    ledger.revoke_token(&"nguoi-dung".into(), Timestamp::now()).await.unwrap();
    problem(served.get("/v1/plans").send().await.unwrap(), ProblemKind::TokenUnknown).await;
}

#[tokio::test]
async fn on_a_loopback_address_nobody_needs_a_token_until_there_is_one() {
    let served = Served::open().await;
    let plans: Plans = served.read("/v1/plans").await;
    assert_eq!((plans.you.by, plans.you.roles), (me(), vec![Role::Coordinator, Role::Administrator]));
    // A page in a browser here, whose name points to this machine.
    let rebound = served.get("/v1/plans").header("host", "evil.example:7095");
    problem(rebound.send().await.unwrap(), ProblemKind::TokenMissing).await;
    for host in ["localhost", "127.0.0.1:7095", "[::1]:7095", "LOCALHOST:1"] {
        let status = served.get("/v1/plans").header("host", host).send().await.unwrap().status();
        assert_eq!(status, StatusCode::OK, "{host}");
    }
    let mut events = Events::of(served.get("/v1/plans/p/events")).await;
    assert_eq!(events.news().await, Some(1));
    served.give("nguoi-dung", Role::Viewer, None).await;
    while events.next().await.is_some() {}
    problem(served.get("/v1/plans").send().await.unwrap(), ProblemKind::TokenMissing).await;
}

#[tokio::test]
async fn who_acts_is_who_bears_the_token_whatever_the_entry_says() {
    let served = as_role(Role::Coordinator).await;
    let forged = Entry { by: Some("somebody".into()), seq: 99, recorded: Some(minute(0)), ..full(1, OWN, Verb::Note) };
    assert_eq!(one(&served, forged).await, Admission::Applied { seq: 2 });
    let page: PageOf = served.read("/v1/plans/p/journal?limit=1").await;
    assert_eq!(page.entries[0].by, Some(ActorId::from("nguoi-dung")));
    assert!(page.entries[0].recorded.unwrap() > minute(0));
    let tokens = served.ledger.tokens().await.unwrap();
    assert_eq!(tokens.len(), 1);
}

#[tokio::test]
async fn an_agency_sees_what_it_owes_leads_or_coordinates_and_no_internal_remark() {
    let served = as_role(Role::Agency).await;
    let ledger = served.ledger.as_ref();
    let said = |number, item, public| Entry { public, ..full(number, item, Verb::Note) };
    append(ledger, said(1, OWN, false)).await;
    append(ledger, said(2, OWN, true)).await;
    append(ledger, said(3, OTHERS, true)).await;
    append(ledger, full(4, DUTY, Verb::Open)).await;
    append(ledger, Entry { agency: Some("b".into()), ..full(5, DUTY, Verb::Open) }).await;
    append(ledger, full(6, "task:N2", Verb::Submit)).await;
    append(ledger, full(7, TASK, Verb::Submit)).await;
    let mut events = Events::of(served.get("/v1/plans/p/events")).await;
    while events.news().await != Some(8) {}
    let kept: Received = served.read("/v1/plans/p/snapshot").await;
    let ids: Vec<&str> = kept.snapshot.items.iter().map(|item| item.id.as_str()).collect();
    let case = format!("report:R7/{}/a", id(4));
    assert_eq!(ids, ["task:N1", OWN, "report:R1/2023/a", MILESTONE, &case, AFTER_TASK]);
    // What it sees is what everybody sees of it.
    let whole = ledger.snapshot(&plan_id()).await.unwrap();
    for item in &kept.snapshot.items {
        let standing = whole.item(&item.id).unwrap();
        assert_eq!((&item.state, item.due), (&standing.state, standing.due), "{}", item.id);
    }
    let told: Entries = served.read("/v1/plans/p/journal?after=1").await;
    let seen: Vec<u128> = told.entries.iter().map(|entry| entry.id.0.as_u128()).collect();
    assert_eq!((seen, told.cursor), (vec![1, 2, 4, 7], 8));
    let notes: Vec<bool> = told.entries[..2].iter().map(|entry| entry.note.is_some()).collect();
    assert_eq!(notes, [false, true]);
    let page: PageOf = served.read("/v1/plans/p/journal").await;
    assert!(page.entries.iter().all(|entry| entry.item.as_str() != OTHERS && entry.item.as_str() != "task:N2"));
    let then = format!("/v1/plans/p/snapshot?at={}", minute(3));
    let that_day: Received = served.read(&then).await;
    assert!(that_day.snapshot.item(&OWN.into()).is_some() && that_day.snapshot.item(&OTHERS.into()).is_none());
}

#[tokio::test]
async fn an_agency_sees_of_the_weeks_gone_by_what_it_sees_of_today() {
    let served = as_role(Role::Agency).await;
    let ledger = served.ledger.as_ref();
    let case = |number, agency: &str| Entry { agency: Some(agency.into()), ..full(number, DUTY, Verb::Open) };
    let journal =
        [full(1, TASK, Verb::Submit), full(2, "task:N2", Verb::Submit), case(3, "b"), full(4, OTHERS, Verb::Receive)];
    ledger.import(&plan_id(), journal.to_vec()).await.unwrap();
    let day = date(2023, 7, 3);
    let whole = ledger.past(&plan_id(), day).await.unwrap();
    let told: Weeks = served.read(&format!("/v1/plans/p/trend?by=item&before={day}")).await;
    let ids: Vec<&str> = told.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["task:N1", OWN, "report:R1/2023/a", AFTER_TASK]);
    let own = Past::try_from(told).unwrap();
    let stood = |past: &Past| -> Vec<Vec<(Date, Standing)>> {
        let seen = past.histories().filter(|(history, _)| ids_seen(history.id.as_str()));
        let steps = |steps: &[Step]| {
            let at = |end: &Date| steps.iter().take_while(|step| past.weeks[usize::from(step.week)] <= *end).last();
            own.weeks.iter().filter_map(|end| Some((*end, at(end)?.standing))).collect()
        };
        seen.map(|(_, of)| steps(of)).collect()
    };
    assert!(whole.histories().count() > own.histories().count() && !own.weeks.is_empty());
    assert_eq!(stood(&own), stood(&whole), "what it sees is what everybody sees of it");
    let points: Points = served.read(&format!("/v1/plans/p/trend?before={day}")).await;
    let last = points.points.last().unwrap();
    assert_eq!((points.points.len(), last.day, last.tasks.assigned), (own.weeks.len() + 1, day, 1));
    assert!(points.points.iter().all(|point| point.reports.assigned <= 3));
}

fn ids_seen(id: &str) -> bool {
    ["task:N1", OWN, "report:R1/2023/a", AFTER_TASK].contains(&id)
}

#[tokio::test]
async fn an_agency_hands_in_for_itself_from_today_on_and_decides_nothing() {
    let served = as_role(Role::Agency).await;
    let refused = |refusal| Admission::Refused(refusal);
    assert_eq!(one(&served, submit(1, OTHERS)).await, refused(Refusal::NoSuchItem { item: OTHERS.into() }));
    assert_eq!(
        one(&served, submit(2, "report:R1/2099/b")).await,
        refused(Refusal::NoSuchItem { item: "report:R1/2099/b".into() })
    );
    for verb in [Verb::Receive, Verb::Extend, Verb::Note, Verb::Reverse, Verb::Unknown("mine".into())] {
        let entry = Entry { on: today(), ..full(3, OWN, verb.clone()) };
        let verb = verb.as_str().into();
        assert_eq!(one(&served, entry).await, refused(Refusal::NotAllowed { verb }));
    }
    let late = Entry { on: today().yesterday().unwrap(), ..submit(4, OWN) };
    assert_eq!(one(&served, late.clone()).await, refused(Refusal::BeforeReceipt));
    assert_eq!(one(&served, submit(4, OWN)).await, Admission::Applied { seq: 2 });
    assert_eq!(one(&served, submit(4, OWN)).await, Admission::Replayed { seq: 2 });
    // The ledger took it in yesterday; its answer was lost, and it comes again today.
    let by = ActorId::from("nguoi-dung");
    let yesterday = Entry { on: today().yesterday().unwrap(), ..submit(5, TASK) };
    served.ledger.append(&plan_id(), std::slice::from_ref(&yesterday), &by, Timestamp::now()).await.unwrap();
    assert_eq!(one(&served, yesterday).await, Admission::Replayed { seq: 3 });
    let asking = Entry { on: today(), ..full(6, "report:R1/2023/a", Verb::RequestExtension) };
    assert_eq!(one(&served, asking).await, Admission::Applied { seq: 4 });
    assert_eq!(served.ledger.snapshot(&plan_id()).await.unwrap().cursor, 4);
}

#[tokio::test]
async fn a_use_is_noted() {
    let served = as_role(Role::Viewer).await;
    served.get("/v1/plans").send().await.unwrap();
    let used = async {
        while served.ledger.tokens().await.unwrap()[0].last_used.is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(TOO_LONG, used).await.expect("it was not noted");
}

/// Everything that is logged by this test's process.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_token_is_in_a_log_an_answer_or_the_ledger() {
    let captured = Captured::default();
    let writer = captured.clone();
    let log =
        tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    log.try_init().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let ledger = Arc::new(SqliteLedger::open(&directory.path().join("ledger.db")).await.unwrap());
    laid_down(ledger.as_ref()).await;
    let mut served = Served::with(ledger, limits()).await;
    let good = served.give("nguoi-dung", Role::Agency, Some("a")).await;
    let bad = secret::make().unwrap().token;
    assert!(good.starts_with("tdo_") && good.len() == 68);
    let mut answers = String::new();
    for token in [&good, &bad] {
        served.token = Some(token.clone());
        for route in Route::ALL.into_iter().filter(|route| *route != Route::Events) {
            let response = try_out(&served, route, OTHERS).await;
            answers += &format!("{:?}", response.headers());
            answers += &response.text().await.unwrap();
        }
    }
    timeout_stop(served).await;
    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("\"refused\"") && log.contains("token-unknown") && log.contains("nguoi-dung"), "{log}");
    for line in log.lines() {
        serde_json::from_str::<Value>(line).expect("each line is an object");
    }
    let mut written = Vec::new();
    for file in std::fs::read_dir(directory.path()).unwrap() {
        written.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let written = String::from_utf8_lossy(&written).into_owned();
    assert!(written.contains(secret::hash(&good).as_str()), "the hash is kept");
    for token in [&good, &bad] {
        let part = &token[..12];
        assert!(!log.contains(part) && !answers.contains(part) && !written.contains(part));
    }
}

async fn timeout_stop(served: Served) {
    tokio::time::timeout(TOO_LONG, served.asks_to_stop()).await.unwrap().unwrap().unwrap();
}

#[test]
fn the_sample_is_not_shared_and_no_token_is_given_for_it() {
    let machine = Machine::new();
    for line in [
        &["serve"][..],
        &["token", "list"],
        &["serve", "--source", "sample"],
        &["token", "add", "x", "--role", "viewer"],
    ] {
        let (code, out, err) = machine.run(line);
        assert_eq!((code, out.as_str()), (4, ""), "{line:?}: {err}");
        assert!(err.contains("tiendo import"), "{line:?}: {err}");
    }
}

#[test]
fn tokens_are_given_shown_once_listed_without_their_secret_and_revoked() {
    let machine = Machine::new();
    assert_eq!(machine.run(&["import", "plan.toml", "--yes"]).0, 0);
    let (code, _, err) = machine.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert!(code == 4 && err.contains("tiendo token add"), "{err}");
    let (code, token, told) =
        machine.run(&["token", "add", "so-ldtbxh", "--role", "agency", "--agency", "ldtbxh", "--expires", "+30"]);
    let token = token.trim();
    assert!(code == 0 && token.starts_with("tdo_") && !told.contains(token), "{told}");
    for line in [
        &["token", "add", "x", "--role", "agency"][..],
        &["token", "add", "x", "--role", "viewer", "--agency", "ldtbxh"],
        &["token", "add", "x", "--role", "agency", "--agency", "ldtbhx"],
        &["token", "add", "x", "--role", "viewer", "--expires", "2020-01-01"],
        &["token", "add", "x y", "--role", "viewer"],
        &["token", "add", "x", "--role", "boss"],
    ] {
        let (code, out, err) = machine.run(line);
        assert_eq!((code, out.as_str()), (2, ""), "{line:?}: {err}");
    }
    let (code, out, _) = machine.run(&["token", "add", "so-ldtbxh", "--role", "viewer"]);
    assert_eq!((code, out.as_str()), (4, ""), "the name is taken");
    let (_, listed, _) = machine.run(&["token", "list", "--format", "json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(
        (&listed[0]["name"], &listed[0]["role"], &listed[0]["agency"]),
        (&"so-ldtbxh".into(), &"agency".into(), &"ldtbxh".into())
    );
    let (_, table, _) = machine.run(&["token", "list"]);
    assert!(table.contains("so-ldtbxh") && table.contains("holds") && !table.contains("tdo_"), "{table}");
    assert_eq!(machine.run(&["token", "revoke", "so-ldtbxh"]).0, 0);
    assert_eq!(machine.run(&["token", "revoke", "so-ldtbxh"]).0, 4);
    assert!(machine.run(&["token", "list"]).1.contains("revoked"));
}

#[cfg(unix)]
#[tokio::test]
async fn the_real_program_serves_knows_tokens_given_meanwhile_and_stops_when_it_is_told_to() {
    let machine = Machine::new();
    machine.run(&["import", "plan.toml", "--yes"]);
    let (mut child, url, mut said) = machine.serve();
    let client = client();
    let plans: Plans = client.get(format!("{url}/v1/plans")).send().await.unwrap().json().await.unwrap();
    assert_eq!(plans.plans[0].id, plan_id());
    let (_, token, _) = machine.run(&["token", "add", "nguoi-dung", "--role", "viewer"]);
    let asked = client.get(format!("{url}/v1/plans")).bearer_auth(token.trim());
    let plans: Plans = asked.send().await.unwrap().json().await.unwrap();
    assert_eq!(plans.you.by, ActorId::from("nguoi-dung"));
    machine.run(&["token", "revoke", "nguoi-dung"]);
    // Another program did it: it is seen at the next look.
    let refused = async || {
        loop {
            let asked = client.get(format!("{url}/v1/plans")).bearer_auth(token.trim()).send().await.unwrap();
            if asked.status() != StatusCode::OK {
                return asked;
            }
        }
    };
    let refused = tokio::time::timeout(TOO_LONG, refused()).await.expect("it is let in for ever");
    problem(refused, ProblemKind::TokenUnknown).await;
    rustix::process::kill_process(rustix::process::Pid::from_child(&child.0), rustix::process::Signal::TERM).unwrap();
    let mut log = String::new();
    std::io::Read::read_to_string(&mut said, &mut log).unwrap();
    assert_eq!(child.0.wait().unwrap().code(), Some(0), "{log}");
    assert!(log.contains("Stopped") && log.contains("\"answered\"") && !log.contains(token.trim()), "{log}");
}
