//! A ledger shared over HTTP: what is served, what is answered to what is handed in, what is told as it comes, what is refused
//! so that one harms not the others, and how it stops. Who may do what is in `access.rs`.

use std::{collections::BTreeSet, io::Read, sync::Arc, time::Duration};

use crate::{counted::Counted, record::*, served::*, skip};
use flate2::read::GzDecoder;
use futures::{StreamExt, future::join_all};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use tiendo::{
    domain::{
        answer::{Admission, Fetched, LaidDown},
        check::Refusal,
        entry::{Entry, Verb},
        snapshot::Snapshot,
    },
    ledger::{Shared, sqlite::SqliteLedger},
    secret::Secret,
    server::{ServeSettings, routes::Route},
    sources::{
        Source,
        http::{Http, HttpSettings, TokenFrom},
    },
    wire::{Entries, PageOf, Plans, Posting, ProblemKind, Received},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

const SNAPSHOT: &str = "/v1/plans/p/snapshot";
const JOURNAL: &str = "/v1/plans/p/journal";
const EVENTS: &str = "/v1/plans/p/events";

fn results(answers: tiendo::wire::Answers) -> Vec<Admission> {
    answers.results.into_iter().map(|answer| answer.admission).collect()
}

async fn cursor(served: &Served) -> u64 {
    served.ledger.snapshot(&plan_id()).await.unwrap().cursor
}

async fn after(served: &Served, seq: u64) -> Entries {
    served.read(&format!("{JOURNAL}?after={seq}")).await
}

#[tokio::test]
async fn a_snapshot_is_served_as_the_ledger_has_it_now_and_on_another_day() {
    let served = Served::open().await;
    for number in 1..=3 {
        append(served.ledger.as_ref(), full(number, REPORT, Verb::Note)).await;
    }
    let now: Received = served.read(SNAPSHOT).await;
    assert_eq!(truth(&now.snapshot), truth(&served.ledger.snapshot(&plan_id()).await.unwrap()));
    assert_eq!((now.last, now.plan_tag.as_deref()), (Some(id(3)), Some("1")));
    let then = minute(2);
    let that_day: Received = served.read(&format!("{SNAPSHOT}?at={then}")).await;
    assert_eq!(truth(&that_day.snapshot), truth(&served.ledger.at(&plan_id(), then).await.unwrap()));
    assert_eq!((that_day.last, that_day.plan_tag), (Some(id(2)), None));
    let plans: Plans = served.read("/v1/plans").await;
    assert_eq!((plans.plans[0].seq, plans.you.by), (4, me()));
}

#[tokio::test]
async fn a_snapshot_that_is_known_is_not_sent_again_and_each_encoding_has_its_own_tag() {
    let served = Served::open().await;
    let fetch = |encoding: &'static str, tag: String| {
        served.get(SNAPSHOT).header(header::ACCEPT_ENCODING, encoding).header(header::IF_NONE_MATCH, tag).send()
    };
    let (mut tags, mut bodies) = (Vec::new(), Vec::new());
    for encoding in ["identity", "gzip"] {
        let response = fetch(encoding, "\"other\"".into()).await.unwrap();
        let tag = response.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert!(tag.starts_with('"'), "strong: {tag}");
        assert_eq!(response.headers().get(header::CONTENT_ENCODING).is_some(), encoding == "gzip");
        bodies.push(response.bytes().await.unwrap());
        for known in [tag.clone(), format!("\"x\", W/{tag}")] {
            let again = fetch(encoding, known).await.unwrap();
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
            assert_eq!(again.headers()[header::ETAG].to_str().unwrap(), tag);
            assert!(again.bytes().await.unwrap().is_empty());
        }
        tags.push(tag);
    }
    assert_ne!(tags[0], tags[1]);
    let mut unpacked = Vec::new();
    GzDecoder::new(&bodies[1][..]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, bodies[0]);
    served.post(&[full(1, REPORT, Verb::Note)]).await;
    assert_eq!(after(&served, 1).await.entries.len(), 1);
    // Whoever was told of the change gets what is true now.
    let mut events = Events::of(served.get(EVENTS)).await;
    assert_eq!(events.news().await, Some(2));
    assert_eq!(fetch("gzip", tags[1].clone()).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn every_answer_says_how_it_may_be_kept() {
    let served = Served::open().await;
    for path in [SNAPSHOT, JOURNAL, "/v1/plans", "/healthz", "/none"] {
        let headers = served.get(path).send().await.unwrap().headers().clone();
        assert_eq!(headers[header::CACHE_CONTROL], "private, no-cache", "{path}");
        let vary = headers.get_all(header::VARY).iter().map(|vary| vary.to_str().unwrap()).collect::<String>();
        assert!(vary.contains("Authorization, Accept-Encoding"), "{path}: {vary}");
        assert!(headers.contains_key("date") && headers.contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn what_all_dashboards_ask_after_an_entry_is_read_once_and_never_told_when_there_is_more() {
    let ledger = Arc::new(Counted::default());
    laid_down(ledger.as_ref()).await;
    let served = Served::with(Arc::clone(&ledger) as Arc<dyn Shared>, limits()).await;
    let mut events = Events::of(served.get(EVENTS)).await;
    assert_eq!(events.news().await, Some(1));
    for (seq, verb) in [(2, Verb::Receive), (3, Verb::Reverse), (4, Verb::Note)] {
        let number = u128::from(seq);
        let entry =
            if verb == Verb::Reverse { reverse(number, REPORT, number - 1) } else { full(number, REPORT, verb) };
        append(ledger.as_ref(), entry).await;
        while events.news().await != Some(seq) {}
        let before = ledger.read();
        let told = join_all((0..50).map(|_| after(&served, seq - 1))).await;
        assert!(told.iter().all(|one| one.cursor == seq && *one == told[0]), "{seq}");
        assert!(ledger.read() - before <= 3, "{seq}: read {} times", ledger.read() - before);
    }
}

#[tokio::test]
async fn who_has_handed_something_in_is_told_of_it_before_the_server_looks_again() {
    let limits = ServeSettings { look_ms: 3_600_000, ..limits() };
    let ledger = Arc::new(Counted::default());
    laid_down(ledger.as_ref()).await;
    let served = Served::with(Arc::clone(&ledger) as Arc<dyn Shared>, limits).await;
    let _: Plans = served.read("/v1/plans").await;
    // It cannot look any more.
    ledger.hangs.store(true, std::sync::atomic::Ordering::Relaxed);
    for seq in 2..6 {
        served.post(&[full(u128::from(seq), REPORT, Verb::Note)]).await;
        assert_eq!(after(&served, seq - 1).await.cursor, seq);
        assert_eq!(after(&served, 1).await.cursor, seq);
        assert!(after(&served, seq).await.entries.is_empty());
    }
}

#[tokio::test]
async fn who_keeps_a_snapshot_and_takes_in_the_journal_has_what_is_true() {
    let served = Served::open().await;
    let mut kept: Snapshot = served.read::<Received>(SNAPSHOT).await.snapshot;
    let steps: Vec<Vec<Entry>> = vec![
        vec![full(1, DUTY, Verb::Open), full(2, TASK, Verb::Submit)],
        vec![full(3, REPORT, Verb::Receive), reverse(4, REPORT, 3)],
        vec![],
        vec![reverse(5, TASK, 2), full(6, MILESTONE, Verb::Note)],
    ];
    for step in steps {
        served.post(&step).await;
        let delta = after(&served, kept.cursor).await.delta().expect("it can be told in entries");
        kept.apply_delta(delta);
        assert_eq!(truth(&kept), truth(&served.ledger.snapshot(&plan_id()).await.unwrap()));
    }
    let mut events = Events::of(served.get(EVENTS).header("last-event-id", kept.cursor.to_string())).await;
    served.ledger.lay_down(amended(), &me(), minute(60), id(60)).await.unwrap();
    assert_eq!(events.news().await, Some(kept.cursor + 1));
    let amended = after(&served, kept.cursor).await;
    assert!(amended.whole && amended.delta().is_none(), "an amendment is fetched anew");
}

#[tokio::test]
async fn a_journal_is_told_in_parts_and_none_is_missing() {
    let served = Served::open().await;
    for number in 1..=9 {
        append(served.ledger.as_ref(), full(number, REPORT, Verb::Note)).await;
    }
    let (mut all, mut at) = (Vec::new(), 0);
    loop {
        let part: Entries = served.read(&format!("{JOURNAL}?after={at}&limit=4")).await;
        at = part.cursor;
        all.extend(part.entries.iter().map(|entry| entry.seq));
        if !part.more {
            break;
        }
        assert_eq!(part.entries.len(), 4);
    }
    assert_eq!(all, (1..=10).collect::<Vec<u64>>());
    let (mut pages, mut before) = (Vec::new(), String::new());
    loop {
        let page: PageOf = served.read(&format!("{JOURNAL}?limit=3{before}")).await;
        pages.extend(page.entries.iter().map(|entry| entry.seq));
        before = format!("&before={}", page.cursor.unwrap());
        if !page.more {
            break;
        }
    }
    assert_eq!(pages, (1..=10).rev().collect::<Vec<u64>>());
}

#[tokio::test]
async fn the_history_of_an_item_says_what_was_taken_back() {
    let served = Served::open().await;
    served.post(&[full(1, REPORT, Verb::Receive), full(2, TASK, Verb::Note), reverse(3, REPORT, 1)]).await;
    let page: PageOf = served.read(&format!("{JOURNAL}?item={REPORT}")).await;
    let ids: Vec<_> = page.entries.iter().map(|entry| entry.id).collect();
    assert_eq!((ids, page.reversed), (vec![id(3), id(1)], vec![id(1)]));
    let page: PageOf = served.read(&format!("{JOURNAL}?verb=note,snooze&by=me")).await;
    assert_eq!(page.entries.len(), 1);
    let page: PageOf = served.read(&format!("{JOURNAL}?by=nobody")).await;
    assert_eq!(page.entries.len(), 0);
}

#[tokio::test]
async fn a_cursor_of_another_journal_or_from_the_future_is_gone() {
    let served = Served::open().await;
    served.post(&[full(1, REPORT, Verb::Note)]).await;
    for query in ["after=3".to_owned(), format!("after=2&last={}", id(77)), format!("after=1&last={}", id(77))] {
        let response = served.get(&format!("{JOURNAL}?{query}")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::GONE, "{query}");
        problem(response, ProblemKind::CursorUnknown).await;
    }
    let known: Entries = served.read(&format!("{JOURNAL}?after=2&last={}", id(1))).await;
    assert!(known.entries.is_empty() && !known.more && known.last == Some(id(1)));
}

#[tokio::test]
async fn each_entry_is_answered_for_itself_and_once_for_ever() {
    let served = Served::open().await;
    let receive = full(1, REPORT, Verb::Receive);
    let other = Entry { reason: Some("khác".into()), ..receive.clone() };
    let conflicting = full(2, REPORT, Verb::Return);
    let nowhere = full(3, "task:N99", Verb::Note);
    let entries = [receive.clone(), other, conflicting, nowhere, full(4, TASK, Verb::Note)];
    let answers = served.post(&entries).await;
    assert!(answers.results.iter().zip(&entries).all(|(answer, entry)| answer.id == entry.id));
    let said: Vec<bool> = answers.results.iter().map(|answer| answer.detail.is_some()).collect();
    assert_eq!(said, [false, true, true, true, false]);
    let answered = results(answers);
    assert_eq!(answered[0], Admission::Applied { seq: 2 });
    assert_eq!(answered[1], Admission::Refused(Refusal::IdReused));
    assert!(matches!(&answered[2], Admission::Conflict { stands } if stands.id == id(1)));
    assert_eq!(answered[3], Admission::Refused(Refusal::NoSuchItem { item: "task:N99".into() }));
    assert_eq!(answered[4], Admission::Applied { seq: 3 });
    for number in 10..20 {
        append(served.ledger.as_ref(), full(number, TASK, Verb::Note)).await;
    }
    assert_eq!(results(served.post(&[receive]).await), [Admission::Replayed { seq: 2 }]);
    assert_eq!(cursor(&served).await, 13);
}

#[tokio::test]
async fn two_who_post_the_same_and_others_at_once_have_it_once_each() {
    let directory = tempfile::tempdir().unwrap();
    let ledger = Arc::new(SqliteLedger::open(&directory.path().join("ledger.db")).await.unwrap());
    laid_down(ledger.as_ref()).await;
    let served = Served::with(ledger, limits()).await;
    let shared: Vec<Entry> = (1..=20).map(|number| full(number, REPORT, Verb::Note)).collect();
    let own = |from: u128| (from..from + 20).map(|number| full(number, TASK, Verb::Note)).collect::<Vec<_>>();
    let (mine, yours) = (own(100), own(200));
    let one = async {
        let mut places = Vec::new();
        for (shared, own) in shared.iter().zip(&mine) {
            places.extend(results(served.post(&[shared.clone(), own.clone()]).await));
        }
        places
    };
    let other = async {
        let mut places = Vec::new();
        for (shared, own) in shared.iter().zip(&yours) {
            places.extend(results(served.post(&[shared.clone(), own.clone()]).await));
        }
        places
    };
    let (one, other) = tokio::join!(one, other);
    let applied = |results: &[Admission]| {
        results
            .iter()
            .filter_map(|result| if let Admission::Applied { seq } = result { Some(*seq) } else { None })
            .collect::<Vec<u64>>()
    };
    let all: BTreeSet<u64> = applied(&one).into_iter().chain(applied(&other)).collect();
    assert_eq!(all, (2..=61).collect(), "each once, without gaps");
    assert_eq!(applied(&one).len() + applied(&other).len(), 60);
}

#[tokio::test]
async fn what_was_handed_in_is_told_at_once_and_a_stream_goes_on_where_it_was() {
    let served = Served::open().await;
    let mut events = Events::of(served.get(EVENTS)).await;
    assert_eq!(events.news().await, Some(1));
    served.post(&[full(1, REPORT, Verb::Note)]).await;
    assert_eq!(events.news().await, Some(2));
    drop(events);
    served.post(&[full(2, REPORT, Verb::Note), full(3, REPORT, Verb::Note)]).await;
    let mut resumed = Events::of(served.get(EVENTS).header("last-event-id", "2")).await;
    assert_eq!(resumed.news().await, Some(4));
    let mut known = Events::of(served.get(EVENTS).header("last-event-id", "4")).await;
    assert_eq!(known.next().await, Some(("beat".into(), 4)), "nothing new, and the way is open");
}

#[tokio::test]
async fn a_stream_beats_while_nothing_happens() {
    let served = Served::with(memory().await, ServeSettings { beat_s: 1, ..limits() }).await;
    let mut events = Events::of(served.get(EVENTS)).await;
    assert_eq!(events.next().await, Some(("journal".into(), 1)));
    assert_eq!(events.next().await, Some(("beat".into(), 1)));
}

#[tokio::test]
async fn what_another_program_writes_to_the_same_file_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ledger.db");
    let ledger = Arc::new(SqliteLedger::open(&path).await.unwrap());
    laid_down(ledger.as_ref()).await;
    let served = Served::with(ledger, limits()).await;
    let mut events = Events::of(served.get(EVENTS)).await;
    assert_eq!(events.news().await, Some(1));
    let other = SqliteLedger::open(&path).await.unwrap();
    append(&other, full(1, REPORT, Verb::Note)).await;
    assert_eq!(events.news().await, Some(2));
    assert_eq!(served.read::<Received>(SNAPSHOT).await.snapshot.cursor, 2);
}

#[tokio::test]
async fn who_reads_no_events_harms_nobody_and_holds_nothing_up() {
    let served = Served::open().await;
    let mut deaf = Vec::new();
    for _ in 0..5 {
        let mut stream = TcpStream::connect(served.address()).await.unwrap();
        let asked = format!("GET {EVENTS} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(asked.as_bytes()).await.unwrap();
        deaf.push(stream);
    }
    let mut events = Events::of(served.get(EVENTS)).await;
    for number in 1..=100 {
        served.post(&[full(number, REPORT, Verb::Note)]).await;
    }
    let mut last = 0;
    while last < 101 {
        last = events.news().await.unwrap();
    }
    timeout(TOO_LONG, served.asks_to_stop()).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn what_is_too_large_too_much_or_not_json_is_refused_with_what_to_do() {
    let limits = ServeSettings { body_kb: 4, event_streams: 1, ..limits() };
    let served = Served::with(memory().await, limits).await;
    let many: Vec<Entry> = (1..=50).map(|number| full(number, REPORT, Verb::Note)).collect();
    problem(served.posting(&many).send().await.unwrap(), ProblemKind::TooLarge).await;
    let asked = || served.ask(Method::POST, JOURNAL);
    let text = asked().header("content-type", "text/plain").body("{\"entries\":[]}");
    problem(text.send().await.unwrap(), ProblemKind::BadRequest).await;
    let broken =
        asked().json(&json!({"entries": [{"id": id(1), "item": TASK, "verb": "note", "on": "31/12/2023", "at": "2023-12-31T00:00:00Z"}]}));
    let broken = problem(broken.send().await.unwrap(), ProblemKind::Unreadable).await;
    assert!(broken.detail.contains("entries[0].on"), "{}", broken.detail);
    let _events = Events::of(served.get(EVENTS)).await;
    let full = served.get(EVENTS).send().await.unwrap();
    assert!(full.headers().contains_key("retry-after"));
    problem(full, ProblemKind::StreamsFull).await;
    for (path, kind) in [
        ("/none", ProblemKind::NoSuchAddress),
        ("/v1/plans/q/snapshot", ProblemKind::NoSuchPlan),
        ("/v1/plans/q/journal", ProblemKind::NoSuchPlan),
        ("/v1/plans/q/events", ProblemKind::NoSuchPlan),
        ("/v1/plans/p/snapshot?at=soon", ProblemKind::BadRequest),
        ("/v1/plans/p/journal?aftr=1", ProblemKind::BadRequest),
        ("/v1/plans/p/journal?after=1&item=x", ProblemKind::BadRequest),
    ] {
        problem(served.get(path).send().await.unwrap(), kind).await;
    }
    problem(served.ask(Method::DELETE, JOURNAL).send().await.unwrap(), ProblemKind::NoSuchMethod).await;
}

#[tokio::test]
async fn more_entries_than_may_come_at_once_are_refused_and_none_is_taken() {
    let served = Served::open().await;
    let many: Vec<Entry> = (1..=501).map(|number| entry(number, REPORT, Verb::Acknowledge)).collect();
    problem(served.posting(&many).send().await.unwrap(), ProblemKind::TooLarge).await;
    assert_eq!(cursor(&served).await, 1);
    assert_eq!(served.post(&many[..500]).await.results.len(), 500);
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() {
    let served = Served::with(memory().await, ServeSettings { per_minute: 6, ..limits() }).await;
    let first = served.get("/v1/plans").send().await.unwrap();
    assert_eq!(first.status(), StatusCode::OK);
    let second = served.get("/v1/plans").send().await.unwrap();
    let wait: u64 = second.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    problem(second, ProblemKind::TooMany).await;
    assert_eq!(served.get("/healthz").send().await.unwrap().status(), StatusCode::OK, "whoever looks after it may");
}

/// What a request as it is written is answered with.
async fn raw(served: &Served, text: &str) -> String {
    let mut stream = TcpStream::connect(served.address()).await.unwrap();
    // The other side may close before it has read all.
    let _ = stream.write_all(text.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = timeout(TOO_LONG, stream.read_to_end(&mut answer)).await.expect("it was not closed");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn headers_without_end_and_requests_without_end_are_given_up() {
    let served = Served::with(memory().await, ServeSettings { header_kb: 8, slow_s: 1, ..limits() }).await;
    let large = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    assert!(raw(&served, &large).await.starts_with("HTTP/1.1 431"));
    raw(&served, "GET /healthz HTTP/1.1\r\nHost: local").await;
    let half = format!(
        "POST {JOURNAL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\nConnection: close\r\n\r\n{{"
    );
    let answer = raw(&served, &half).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("urn:tiendo:problem:too-slow"), "{answer}");
    assert_eq!(served.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn it_stops_when_what_is_under_way_has_ended_and_tells_new_ones_so() {
    let served = Served::open().await;
    let mut events = Events::of(served.get(EVENTS)).await;
    assert_eq!(events.news().await, Some(1));
    let body = serde_json::to_string(&Posting { entries: vec![full(1, REPORT, Verb::Note)] }).unwrap();
    let head = format!(
        "POST {JOURNAL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut under_way = TcpStream::connect(served.address()).await.unwrap();
    under_way.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    under_way.read_exact(&mut go_on).await.unwrap();
    assert!(go_on.starts_with(b"HTTP/1.1 100"), "the request is being read");
    let (client, url, ledger) = (served.client.clone(), served.url.clone(), Arc::clone(&served.ledger));
    let stopping = served.asks_to_stop();
    assert_eq!(events.next().await, None, "event streams end");
    problem(client.get(format!("{url}/v1/plans")).send().await.unwrap(), ProblemKind::Stopping).await;
    problem(client.get(format!("{url}/readyz")).send().await.unwrap(), ProblemKind::Stopping).await;
    under_way.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"result\":\"applied\""), "{answer}");
    timeout(TOO_LONG, stopping).await.expect("it has ended").unwrap().unwrap();
    assert_eq!(ledger.snapshot(&plan_id()).await.unwrap().cursor, 2);
    assert!(client.get(format!("{url}/healthz")).send().await.is_err());
}

#[tokio::test]
async fn it_does_not_wait_for_ever_for_what_does_not_end() {
    let served = Served::with(memory().await, ServeSettings { drain_s: 1, ..limits() }).await;
    let mut half = TcpStream::connect(served.address()).await.unwrap();
    let head = format!(
        "POST {JOURNAL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"
    );
    half.write_all(head.as_bytes()).await.unwrap();
    half.read_exact(&mut [0; 25]).await.unwrap();
    timeout(Duration::from_secs(20), served.asks_to_stop()).await.expect("it has ended").unwrap().unwrap();
}

#[tokio::test]
async fn what_went_wrong_is_said_in_the_language_asked_for() {
    let served = Served::open().await;
    let ask = async |language: &str| {
        let asked = served.get("/v1/plans/q/snapshot").header(header::ACCEPT_LANGUAGE, language);
        let response = asked.send().await.unwrap();
        let said = response.headers()[header::CONTENT_LANGUAGE].to_str().unwrap().to_owned();
        (said, problem(response, ProblemKind::NoSuchPlan).await)
    };
    let (vi, in_vietnamese) = ask("fr, vi-VN;q=0.9, en;q=0.5").await;
    let (en, in_english) = ask("de").await;
    assert_eq!((vi.as_str(), en.as_str()), ("vi", "en"));
    assert!(in_vietnamese.next.contains("kế hoạch") && in_english.next.contains("plans"));
    let asked = served.posting(&[full(1, "task:N99", Verb::Note)]).header(header::ACCEPT_LANGUAGE, "vi");
    let answers: tiendo::wire::Answers = asked.send().await.unwrap().json().await.unwrap();
    assert!(answers.results[0].detail.as_ref().unwrap().contains("kế hoạch"));
}

#[tokio::test]
async fn a_plan_is_laid_down_and_amended_only_in_view_of_the_one_in_force() {
    let served = Served::open().await;
    let put = |plan: &tiendo::domain::plan::Plan, tag: Option<&str>| {
        let asked = served.ask(Method::PUT, &format!("/v1/plans/{}?reason=v%C3%AC", plan.id)).json(plan);
        tag.map_or(asked.try_clone().unwrap(), |tag| asked.header(header::IF_MATCH, tag)).send()
    };
    problem(put(&amended(), None).await.unwrap(), ProblemKind::IfMatchNeeded).await;
    problem(put(&amended(), Some("\"7\"")).await.unwrap(), ProblemKind::AmendedMeanwhile).await;
    let laid: LaidDown = put(&amended(), Some("\"1\"")).await.unwrap().json().await.unwrap();
    assert_eq!(laid, LaidDown::Amended { seq: 2 });
    // The same again, whose answer was lost.
    let again: LaidDown = put(&amended(), Some("\"1\"")).await.unwrap().json().await.unwrap();
    assert_eq!(again, LaidDown::Unchanged { seq: 2 });
    problem(put(&plan(), Some("\"1\"")).await.unwrap(), ProblemKind::AmendedMeanwhile).await;
    let page: PageOf = served.read(&format!("{JOURNAL}?verb=plan&limit=1")).await;
    assert_eq!(page.entries[0].reason.as_deref(), Some("vì"));
    assert!(!page.entries[0].changes.is_empty());
    let mut new = plan();
    new.id = "q".into();
    problem(put(&new, Some("\"1\"")).await.unwrap(), ProblemKind::AmendedMeanwhile).await;
    let laid: LaidDown = put(&new, None).await.unwrap().json().await.unwrap();
    assert_eq!(laid, LaidDown::New { seq: 1 });
    assert_eq!(served.read::<Received>("/v1/plans/q/snapshot").await.snapshot.outline.plan.id, new.id);
    new.holidays = Some("vn".into());
    let asked = served.ask(Method::PUT, "/v1/plans/q").header(header::IF_MATCH, "\"1\"").json(&new);
    problem(asked.send().await.unwrap(), ProblemKind::Unreadable).await;
    let elsewhere = served.ask(Method::PUT, "/v1/plans/r").json(&plan());
    problem(elsewhere.send().await.unwrap(), ProblemKind::Unreadable).await;
}

#[tokio::test]
async fn it_says_whether_it_lives_is_ready_and_what_it_did() {
    let served = Served::open().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(served.get(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
    served.post(&[full(1, REPORT, Verb::Note)]).await;
    served.get("/none").send().await.unwrap();
    let _events = Events::of(served.get(EVENTS)).await;
    let text = served.get("/metrics").send().await.unwrap().text().await.unwrap();
    for line in [
        "tiendo_requests_total{route=\"POST /v1/plans/{plan}/journal\",status=\"200\"} 1",
        "tiendo_requests_total{route=\"none none\",status=\"404\"} 1",
        "tiendo_entries_total{result=\"applied\"} 1",
        "tiendo_event_streams 1",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[tokio::test]
async fn the_description_has_every_route_and_no_other_and_refers_to_nothing_that_is_not_there() {
    let served = Served::open().await;
    let document: Value = served.read("/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let described: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let routes =
        Route::ALL.iter().map(|route| (route.rule().method.to_owned(), route.rule().path.to_owned())).collect();
    assert_eq!(described, routes);
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut referred = 0;
    for reference in text.split("\"$ref\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let name = reference.strip_prefix("#/components/schemas/").unwrap_or_else(|| panic!("{reference}"));
        assert!(schemas.contains_key(name), "{reference}");
        referred += 1;
    }
    assert!(referred > 30, "{referred}");
    // What is served has the fields that are described, and no others.
    let snapshot: Value = served.read(SNAPSHOT).await;
    let fields = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(fields(&snapshot), fields(&schemas["Snapshot"]["properties"]));
    let entry = serde_json::to_value(full(1, REPORT, Verb::Note)).unwrap();
    assert!(fields(&entry).is_subset(&fields(&schemas["Entry"]["properties"])));
    let parameters = document["paths"]["/v1/plans/{plan}/journal"]["get"]["parameters"].as_array().unwrap();
    for parameter in parameters.iter().filter(|parameter| parameter["in"] == "query") {
        let name = parameter["name"].as_str().unwrap();
        let value = match name {
            "last" => id(1).to_string(),
            "since" | "until" => "2023-06-14T00:00:00Z".into(),
            _ => "1".into(),
        };
        let response = served.get(&format!("{JOURNAL}?{name}={value}")).send().await.unwrap();
        assert_ne!(response.status(), StatusCode::BAD_REQUEST, "{name} is described and not known");
    }
}

/// The proxy ends when the test does.
struct Proxy(std::process::Child);

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn behind_the_proxy_of_the_docs_events_come_as_they_happen() {
    let nginx = ["/usr/sbin/nginx", "/usr/bin/nginx"].into_iter().find(|path| std::path::Path::new(path).exists());
    let Some(nginx) = nginx else {
        return skip::skipped("nginx", "it is not installed").unwrap_or_default();
    };
    let mut served = Served::open().await;
    served.token = Some(served.give("nguoi-dung", tiendo::domain::access::Role::Coordinator, None).await);
    let docs = include_str!("../../docs/server.md");
    let (_, rest) = docs.split_once("    location / {").unwrap();
    let (location, _) = rest.split_once("    }").unwrap();
    let location = location.replace("127.0.0.1:7095", &served.address());
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path().display();
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {place}/{name};"))
        .concat();
    let tls = certificate(directory.path()).then(|| {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port()
    });
    let encrypted = tls.map_or(String::new(), |port| {
        format!(
            "listen 127.0.0.1:{port} ssl; ssl_certificate {place}/tiendo.pem; ssl_certificate_key {place}/tiendo.key;"
        )
    });
    let config = format!(
        "daemon off; master_process off; pid {place}/pid; error_log {place}/error.log; events {{}}
         http {{ access_log off; {paths} server {{ listen 127.0.0.1:{port}; {encrypted} client_max_body_size 64m;
         location / {{ {location} }} }} }}"
    );
    let path = directory.path().join("nginx.conf");
    std::fs::write(&path, config).unwrap();
    let started = std::process::Command::new(nginx).arg("-c").arg(&path).arg("-p").arg(directory.path()).spawn();
    let _proxy = Proxy(started.unwrap());
    served.url = format!("http://127.0.0.1:{port}");
    let answers = async {
        while served.get("/healthz").send().await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(TOO_LONG, answers).await.expect("the proxy did not start");
    let mut events = Events::of(served.get(EVENTS)).await;
    assert_eq!(events.news().await, Some(1));
    assert_eq!(results(served.post(&[full(1, REPORT, Verb::Note)]).await), [Admission::Applied { seq: 2 }]);
    assert_eq!(events.news().await, Some(2));
    let packed = served.get(SNAPSHOT).header(header::ACCEPT_ENCODING, "gzip").send().await.unwrap();
    let tag = packed.headers()[header::ETAG].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    let again = served.get(SNAPSHOT).header(header::ACCEPT_ENCODING, "gzip").header(header::IF_NONE_MATCH, tag);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
    if let Some(port) = tls {
        through_tls(&served, port, &directory.path().join("authority.pem")).await;
    }
}

/// An authority of our own, and a certificate of this machine by it; false, said aloud, where there is no openssl.
fn certificate(place: &std::path::Path) -> bool {
    let script = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tiendo-authority -keyout authority.key -out authority.pem &&
        openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout tiendo.key -out request.pem &&
        printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' >extensions &&
        openssl x509 -req -in request.pem -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile extensions -out tiendo.pem";
    let made = std::process::Command::new("sh").arg("-c").arg(script).current_dir(place).output();
    let made = made.is_ok_and(|output| output.status.success());
    made || skip::skipped("openssl", "it is not installed").unwrap_or_default()
}

/// The dashboard's source, by whom TLS is always verified: with the authority named it goes through, without it does not.
async fn through_tls(served: &Served, port: u16, authority: &std::path::Path) {
    let source = |host: &str, ca_file: Option<&std::path::Path>| {
        let settings = HttpSettings {
            name: "x".into(),
            url: format!("https://{host}:{port}"),
            token: TokenFrom::Nowhere,
            ca_file: ca_file.map(Into::into),
            language: "en",
        };
        Http::new(settings, served.token.as_deref().map(Secret::new), plan_id()).unwrap()
    };
    let strange = source("localhost", None).fetch(None).await.unwrap_err();
    assert_eq!(strange.why().id, "source-certificate", "{strange}");
    for host in ["localhost", "127.0.0.1"] {
        let known = source(host, Some(authority));
        let Fetched::Whole(seen) = known.fetch(None).await.unwrap() else { panic!("the whole") };
        assert_eq!(seen.cursor, cursor(served).await);
        let mut changes = known.changed();
        let number = u128::from(seen.cursor) + 1;
        let answers = known.send(&[full(number, REPORT, Verb::Note)], minute(1)).await.unwrap();
        assert_eq!(answers, [Admission::Applied { seq: seen.cursor + 1 }]);
        timeout(TOO_LONG, changes.next()).await.expect("nothing was told through TLS");
        assert!(matches!(known.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Entries(_)));
    }
}
