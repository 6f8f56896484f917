//! The http source before a real server, over a network with faults: what it tells is what the ledger says, and what goes wrong
//! is told for what it is and harms nothing.

use std::{
    io::Write as _,
    sync::{Arc, mpsc},
    time::Duration,
};

use crate::{
    counted::Counted,
    proxy::{Fault, Proxy},
    record::*,
    served::*,
};
use flate2::{Compression, write::GzEncoder};
use futures::{StreamExt, future::join_all, stream::BoxStream};
use jiff::{Timestamp, ToSpan};
use tiendo::{
    domain::{
        access::Role,
        amendment::Amendment,
        answer::{Admission, Fetched, Filter, LaidDown},
        entry::{Entry, Verb},
        failure::Failure,
        snapshot::Snapshot,
    },
    ledger::{Ledger, Shared},
    secret::Secret,
    sources::{
        Source,
        http::{Http, HttpSettings, TokenFrom},
    },
};
use tokio::time::{Instant, advance, timeout};

fn settings(url: &str) -> HttpSettings {
    HttpSettings { name: "x".into(), url: url.into(), token: TokenFrom::Nowhere, ca_file: None, language: "en" }
}

fn source(url: &str, token: Option<&str>) -> Http {
    Http::new(settings(url), token.map(Secret::new), plan_id()).unwrap()
}

/// A server and the way to it.
async fn office() -> (Served, Proxy, Http) {
    let served = Served::open().await;
    let proxy = Proxy::before(served.address()).await;
    let source = source(&proxy.url, None);
    (served, proxy, source)
}

async fn whole(source: &Http) -> Snapshot {
    let Fetched::Whole(snapshot) = source.fetch(None).await.unwrap() else { panic!("the whole") };
    *snapshot
}

async fn why(source: &Http, cursor: Option<u64>) -> Failure {
    match source.fetch(cursor).await {
        Err(failure) => failure,
        Ok(fetched) => panic!("{fetched:?}"),
    }
}

fn says(status: &str, headers: &str, body: &[u8]) -> Fault {
    let mut answer =
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    if headers.contains("content-length") {
        answer = format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\n\r\n");
    }
    let mut answer = answer.into_bytes();
    answer.extend_from_slice(body);
    Fault::Says(answer)
}

fn json(body: &str) -> Fault {
    says("200 OK", "content-type: application/json\r\n", body.as_bytes())
}

/// Time stands still until it is moved, also while the network is being waited for. Needs `start_paused`.
struct Stopped(mpsc::Sender<()>);

impl Stopped {
    fn new() -> Self {
        let (held, wait) = mpsc::channel::<()>();
        // Work of this kind keeps a paused clock from running ahead.
        tokio::task::spawn_blocking(move || wait.recv().err());
        Stopped(held)
    }
}

/// Lets everything that can go on without a clock go on.
async fn settled() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn it_tells_what_the_ledger_says() {
    let (served, _proxy, source) = office().await;
    let ledger = served.ledger.as_ref();
    let mut seen = whole(&source).await;
    assert_eq!(truth(&seen), truth(&snapshot(ledger).await));
    assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
    let entries = [full(1, TASK, Verb::Submit), full(2, REPORT, Verb::Note), full(3, DUTY, Verb::Open)];
    let answers = source.send(&entries, minute(1)).await.unwrap();
    assert_eq!(answers, [2, 3, 4].map(|seq| Admission::Applied { seq }));
    source.send(&[reverse(4, TASK, 1)], minute(1)).await.unwrap();
    let Fetched::Entries(delta) = source.fetch(Some(seen.cursor)).await.unwrap() else { panic!("entries") };
    seen.apply_delta(delta);
    assert_eq!(truth(&seen), truth(&snapshot(ledger).await));
    let at = Timestamp::now();
    assert_eq!(truth(&source.at(at).await.unwrap()), truth(&ledger.at(&plan_id(), at).await.unwrap()));
    for filter in [
        Filter::default(),
        Filter { limit: Some(2), ..Filter::default() },
        Filter { item: Some(TASK.into()), ..Filter::default() },
        Filter { by: Some(me()), verbs: vec![Verb::Note, Verb::Reverse], before: Some(5), ..Filter::default() },
        Filter { since: Some(minute(1)), until: Some(at), ..Filter::default() },
    ] {
        assert_eq!(
            source.entries(&filter).await.unwrap(),
            ledger.entries(&plan_id(), &filter).await.unwrap(),
            "{filter:?}"
        );
    }
    assert_eq!(source.signs(), Some(me()));
    let can = source.capabilities();
    assert!(can.journal && can.writes && can.at && can.live && can.remote && can.amends);
}

#[tokio::test]
async fn the_weeks_gone_by_are_told_as_the_ledger_tells_them_also_when_more_of_them_is_learned() {
    let (served, _proxy, source) = office().await;
    let ledger = served.ledger.as_ref();
    let day = jiff::civil::date(2023, 7, 3);
    let same = async || {
        let told = source.past(day).await.unwrap();
        assert_eq!(told, ledger.past(&plan_id(), day).await.unwrap());
        told
    };
    let first = same().await;
    assert!(!first.weeks.is_empty() && first.histories().next().is_some());
    append(ledger, full(1, REPORT, Verb::Note)).await;
    assert_eq!(same().await, first);
    // Of an earlier week, and learned only now.
    let earlier = minute(0) - jiff::SignedDuration::from_hours(24 * 14);
    let receipt = Entry { at: earlier, on: DAY.saturating_sub(14.days()), ..full(2, REPORT, Verb::Receive) };
    ledger.import(&plan_id(), vec![receipt]).await.unwrap();
    let second = same().await;
    assert_ne!(second, first);
    ledger.lay_down(amended(), &me(), minute(99), id(9)).await.unwrap();
    assert_ne!(same().await, second);
    source.past(jiff::civil::date(9999, 12, 31)).await.unwrap();
    source.past(jiff::civil::date(1, 1, 1)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn weeks_that_take_long_to_count_are_waited_for_and_counted_once() {
    let stopped = Stopped::new();
    let ledger = Arc::new(Counted::default());
    laid_down(ledger.as_ref()).await;
    let served = Served::with(Arc::clone(&ledger) as Arc<dyn Shared>, limits()).await;
    let source = source(&served.url, None);
    let cursor = whole(&source).await.cursor;
    let counting = Arc::new(tokio::sync::Notify::new());
    *ledger.counting.lock().unwrap() = Some(Arc::clone(&counting));
    let day = jiff::civil::date(2023, 7, 3);
    let asked = tokio::spawn({
        let source = source.clone();
        async move { source.past(day).await }
    });
    for _ in 0..80 {
        settled().await;
        advance(Duration::from_millis(500)).await;
    }
    assert!(!asked.is_finished(), "longer than anything else is waited for");
    assert!(source.fetch(Some(cursor)).await.is_ok(), "everything else goes on");
    counting.notify_one();
    while !asked.is_finished() {
        settled().await;
        advance(Duration::from_millis(10)).await;
    }
    assert_eq!(asked.await.unwrap().unwrap(), ledger.ledger.past(&plan_id(), day).await.unwrap());
    assert_eq!(ledger.pasts(), 1);
    drop(stopped);
}

#[tokio::test]
async fn a_plan_is_amended_in_view_of_the_revision_that_was_seen() {
    let (_served, _proxy, source) = office().await;
    let seen = whole(&source).await.outline.plan.clone();
    let amendment = |plan| Amendment { seen: Arc::clone(&seen), plan, reason: "QĐ 12".into(), reverses: None };
    let laid_down = source.amend(&amendment(amended()), id(7), minute(1)).await.unwrap();
    assert_eq!(laid_down, LaidDown::Amended { seq: 2 });
    let Fetched::Whole(now) = source.fetch(Some(1)).await.unwrap() else { panic!("everything anew") };
    assert_eq!(*now.outline.plan, amended());
    let late = source.amend(&amendment(plan()), id(8), minute(1)).await.unwrap_err();
    assert_eq!(late.why().id, "refusal-amended-meanwhile");
}

#[tokio::test]
async fn the_only_plan_is_found_and_another_one_is_not_there() {
    let (_served, proxy, _) = office().await;
    assert_eq!(*Http::choose(settings(&proxy.url), None).await.unwrap().plan(), plan_id());
    let other = Http::new(settings(&proxy.url), None, "q".into()).unwrap();
    assert_eq!(why(&other, None).await.why().id, "ledger-other-plans");
}

#[tokio::test]
async fn a_change_by_another_is_told_at_once_and_nothing_else_is() {
    let (served, proxy, source) = office().await;
    let seen = whole(&source).await;
    let mut changes = source.changed();
    assert!(timeout(Duration::from_millis(100), changes.next()).await.is_err(), "nothing has changed");
    assert!(proxy.seen.lock().unwrap().iter().any(|line| line.contains("/events")));
    served.post(&[full(1, TASK, Verb::Submit)]).await;
    timeout(TOO_LONG, changes.next()).await.unwrap().unwrap();
    assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Entries(_)));
    assert!(timeout(Duration::from_millis(100), changes.next()).await.is_err(), "told once");
    // A stream that is cut is told too: whoever asks finds out whether the server is there.
    proxy.close();
    timeout(TOO_LONG, changes.next()).await.unwrap().unwrap();
}

/// Does it say something within that time, which passes meanwhile?
async fn says_within(changes: &mut BoxStream<'static, ()>, time: Duration) -> bool {
    let until = Instant::now() + time;
    loop {
        tokio::select! {
            biased;
            _ = changes.next() => return true,
            () = settled() => {}
        }
        if Instant::now() >= until {
            return false;
        }
        advance(Duration::from_secs(1)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_stream_it_is_asked_every_half_minute() {
    let stopped = Stopped::new();
    let (_served, proxy, source) = office().await;
    whole(&source).await;
    proxy.always(says("503 Service Unavailable", "retry-after: 30\r\n", b""));
    let mut changes = source.changed();
    let next = changes.next();
    next.await.unwrap();
    // Not for good: it is only the stream that is not there.
    for _ in 0..3 {
        assert!(!says_within(&mut changes, Duration::from_secs(28)).await);
        assert!(says_within(&mut changes, Duration::from_secs(4)).await);
    }
    drop(stopped);
}

#[tokio::test]
async fn what_is_cut_anywhere_is_told_and_the_next_answer_is_whole() {
    let (served, proxy, source) = office().await;
    served.post(&[full(1, TASK, Verb::Submit), full(2, REPORT, Verb::Note)]).await;
    whole(&source).await;
    let length = {
        let response = served.get("/v1/plans/p/snapshot").header("accept-encoding", "gzip").send().await.unwrap();
        response.bytes().await.unwrap().len() + 300
    };
    for cut in (0..length).step_by(211) {
        for fault in [Fault::Cut(cut), Fault::Reset(cut)] {
            proxy.fails([fault.clone()]);
            let failure = why(&source, None).await;
            assert!(matches!(failure, Failure::Offline(_) | Failure::Unreadable(_)), "{fault:?}: {failure}");
            assert_eq!(truth(&whole(&source).await), truth(&snapshot(served.ledger.as_ref()).await));
        }
    }
}

#[tokio::test]
async fn what_is_no_answer_of_a_ledger_is_told_for_what_it_is() {
    let (_served, proxy, source) = office().await;
    let cursor = Some(whole(&source).await.cursor);
    let html = "content-type: text/html\r\n";
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..80 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 1 << 20);
    let packed = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
    for (fault, id) in [
        (says("200 OK", html, b"<html>Sign in to the network"), "source-login-page"),
        (says("200 OK", "", b"{}"), "source-kind"),
        (json("{}"), "source-unreadable"),
        (json("[]"), "source-unreadable"),
        (json("null"), "source-unreadable"),
        (json("{\"entries\": 7, \"cursor\": 1}"), "source-unreadable"),
        (json("{\"entries\": [], \"cursor\": 0}"), "source-unreadable"),
        (json("{\"entries\": [], \"cursor\": -1}"), "source-unreadable"),
        (says("200 OK", packed, &bomb), "source-too-large"),
        (says("200 OK", packed, b"{\"entries\": [], \"cursor\": 1}"), "source-unreadable"),
    ] {
        proxy.fails([fault.clone()]);
        let failure = why(&source, cursor).await;
        assert!(matches!(failure, Failure::Unreadable(_)) && failure.why().id == id, "{fault:?}: {failure}");
        assert!(matches!(source.fetch(cursor).await.unwrap(), Fetched::Unchanged), "and it goes on");
    }
    for (status, id) in [("500 X", "source-troubled"), ("502 X", "source-troubled"), ("407 X", "source-proxy-denied")] {
        proxy.fails([says(status, html, b"<html>")]);
        let failure = why(&source, cursor).await;
        assert!(matches!(failure, Failure::Offline(_)) && failure.why().id == id, "{status}: {failure}");
    }
    proxy.fails([says("404 X", html, b"<html>")]);
    assert_eq!(why(&source, cursor).await.why().id, "source-none-there");
}

#[tokio::test]
async fn a_snapshot_of_another_plan_or_with_items_missing_is_not_taken() {
    let (served, proxy, source) = office().await;
    whole(&source).await;
    let text = served.get("/v1/plans/p/snapshot").send().await.unwrap().text().await.unwrap();
    let other = text.replacen("\"id\":\"p\"", "\"id\":\"q\"", 1);
    let fewer =
        text.replacen("{\"id\":\"task:N2\"", "{\"id\":\"task:N77\"", 1).replacen("\"tasks\":3", "\"tasks\":4", 1);
    for wrong in [other, fewer] {
        assert_ne!(wrong, text);
        proxy.fails([json(&wrong)]);
        assert!(matches!(why(&source, None).await, Failure::Unreadable(_)));
    }
    proxy.fails([json(&text)]);
    assert_eq!(truth(&whole(&source).await), truth(&snapshot(served.ledger.as_ref()).await));
}

#[tokio::test(start_paused = true)]
async fn every_wait_has_an_end() {
    let stopped = Stopped::new();
    let (_served, proxy, source) = office().await;
    let cursor = Some(whole(&source).await.cursor);
    // Nothing comes at all.
    proxy.fails([Fault::BlackHole]);
    let asked = Instant::now();
    let fetch = tokio::spawn({
        let source = source.clone();
        async move { source.fetch(cursor).await.map(drop).unwrap_err() }
    });
    while proxy.seen.lock().unwrap().iter().filter(|line| line.contains("/journal")).count() == 0 {
        settled().await;
    }
    while !fetch.is_finished() {
        advance(Duration::from_secs(1)).await;
        settled().await;
        assert!(asked.elapsed() <= Duration::from_secs(17), "it waits for ever");
    }
    assert!(asked.elapsed() >= Duration::from_secs(14), "{:?}", asked.elapsed());
    assert_eq!(fetch.await.unwrap().why().id, "source-slow");
    // A little comes now and then: a small answer may take half a minute in all.
    let many: Vec<_> = (1..200).map(|number| full(number, TASK, Verb::Note)).collect();
    source.send(&many, minute(1)).await.unwrap();
    proxy.fails([Fault::Bandwidth(150, Duration::from_secs(3))]);
    let asked = Instant::now();
    let fetch = tokio::spawn({
        let source = source.clone();
        async move { source.fetch(cursor).await.map(drop).unwrap_err() }
    });
    while !fetch.is_finished() {
        settled().await;
        advance(Duration::from_millis(500)).await;
        settled().await;
        assert!(asked.elapsed() <= Duration::from_secs(33), "it waits for ever");
    }
    assert!(asked.elapsed() >= Duration::from_secs(29), "{:?}", asked.elapsed());
    assert!(matches!(fetch.await.unwrap(), Failure::Offline(_)));
    drop(stopped);
}

#[tokio::test(start_paused = true)]
async fn a_large_answer_may_take_as_long_as_something_comes() {
    let stopped = Stopped::new();
    let (_served, proxy, source) = office().await;
    whole(&source).await;
    let mut loading = source.loading();
    proxy.fails([Fault::Bandwidth(120, Duration::from_secs(4))]);
    let asked = Instant::now();
    let fetch = tokio::spawn({
        let source = source.clone();
        async move { source.fetch(None).await.map(drop) }
    });
    let mut told = Vec::new();
    while !fetch.is_finished() {
        settled().await;
        advance(Duration::from_secs(1)).await;
        settled().await;
        if let Some(Some(some)) = futures::FutureExt::now_or_never(loading.next()) {
            told.push(some);
        }
    }
    fetch.await.unwrap().unwrap();
    assert!(asked.elapsed() > Duration::from_secs(31), "{:?}", asked.elapsed());
    assert!(told.len() > 5 && told.is_sorted_by_key(|some| some.bytes), "{told:?}");
    assert!(told.iter().all(|some| some.of.is_some_and(|of| of >= some.bytes)));
    let last = told.last().unwrap();
    assert!(last.reads && last.of_records == Some(8), "{last:?}");
    assert!(told.is_sorted_by_key(|some| some.records) && told.iter().all(|some| some.records <= 8), "{told:?}");
    drop(stopped);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_wants_to_be_left_alone_is_left_alone() {
    let stopped = Stopped::new();
    let (_served, proxy, source) = office().await;
    let cursor = Some(whole(&source).await.cursor);
    let seconds = "retry-after: 40\r\n";
    let date = "retry-after: Sun, 06 Nov 1994 08:50:17 GMT\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    for (status, headers) in [("429 X", seconds), ("503 X", seconds), ("503 X", date)] {
        proxy.fails([says(status, headers, b"")]);
        assert_eq!(why(&source, cursor).await.why().id, "source-troubled");
        assert_eq!(source.heard().rests, Some(Duration::from_secs(40)));
        let asked = proxy.connections();
        for _ in 0..39 {
            assert_eq!(why(&source, cursor).await.why().id, "source-rests");
            advance(Duration::from_secs(1)).await;
        }
        assert_eq!(proxy.connections(), asked, "it was asked all the same");
        advance(Duration::from_secs(1)).await;
        assert!(source.fetch(cursor).await.is_ok());
    }
    drop(stopped);
}

#[tokio::test]
async fn while_it_is_down_one_asks_for_all() {
    let (_served, proxy, source) = office().await;
    let cursor = Some(whole(&source).await.cursor);
    proxy.always(Fault::Refused);
    why(&source, cursor).await;
    let before = proxy.connections();
    let all = join_all((0..20).map(|_| source.fetch(cursor))).await;
    assert!(all.iter().all(Result::is_err));
    // A request that never left may be tried on another connection once.
    assert!(proxy.connections() - before <= 2, "{}", proxy.connections() - before);
    proxy.always(Fault::None);
    assert!(join_all((0..20).map(|_| source.fetch(cursor))).await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed_and_no_token_goes_there() {
    let (served, proxy, _) = office().await;
    let token = served.give("one", Role::Coordinator, None).await;
    let source = source(&proxy.url, Some(&token));
    let other = Proxy::before(served.address()).await;
    for status in ["301 X", "302 X", "307 X", "308 X"] {
        let to = format!("location: {}/v1/plans?secret=1\r\n", other.url);
        proxy.fails([says(status, &to, b"")]);
        let failure = why(&source, None).await;
        assert_eq!(failure.why().id, "source-elsewhere", "{failure}");
        assert!(!failure.to_string().contains("secret=1"));
    }
    assert_eq!(other.connections(), 0);
    proxy.fails([says("307 X", "location: /v1/plans\r\n", b"")]);
    whole(&source).await;
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_named_and_not_shown() {
    let served = Served::open().await;
    let token = served.give("one", Role::Coordinator, None).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    tiendo::own_files::make_file(&file).unwrap();
    std::fs::write(&file, format!("{token}\n")).unwrap();
    let from_file = HttpSettings { token: TokenFrom::File(file.clone()), ..settings(&served.url) };
    let wrong = Http::new(from_file.clone(), Some(Secret::new("tdo_canary")), plan_id()).unwrap();
    let failure = why(&wrong, None).await;
    assert!(matches!(failure, Failure::Denied(_)), "{failure}");
    assert!(failure.to_string().contains("source-token-file") && !failure.to_string().contains("canary"), "{failure}");
    assert!(!format!("{from_file:?} {failure:?}").contains("canary"));
    // The file is looked into again: whoever asks now may have put another token there.
    whole(&wrong).await;
    let nobody = source(&served.url, None);
    assert!(matches!(why(&nobody, None).await, Failure::Denied(_)));
}

#[tokio::test]
async fn a_viewer_is_refused_that_act_and_goes_on_looking() {
    let served = Served::open().await;
    let token = served.give("vee", Role::Viewer, None).await;
    let source = source(&served.url, Some(&token));
    let seen = whole(&source).await;
    assert!(!source.capabilities().writes);
    assert_eq!(source.heard().signed.map(|signed| signed.writes()), Some(false));
    let refused = source.send(&[full(1, TASK, Verb::Submit)], minute(1)).await.unwrap_err();
    assert!(matches!(refused, Failure::Refused(_)), "{refused}");
    assert!(matches!(source.fetch(Some(seen.cursor)).await.unwrap(), Fetched::Unchanged));
}

#[tokio::test]
async fn an_act_whose_answer_was_lost_or_that_came_twice_is_done_once() {
    let (served, proxy, source) = office().await;
    whole(&source).await;
    proxy.fails([Fault::LostReply]);
    let act = [full(1, TASK, Verb::Submit)];
    assert!(matches!(source.send(&act, minute(1)).await, Err(Failure::Offline(_))));
    assert_eq!(source.send(&act, minute(1)).await.unwrap(), [Admission::Replayed { seq: 2 }]);
    proxy.fails([Fault::Twice]);
    assert_eq!(source.send(&[full(2, TASK, Verb::Note)], minute(1)).await.unwrap(), [Admission::Replayed { seq: 3 }]);
    assert_eq!(journal(served.ledger.as_ref()).await.len(), 3);
    // An answer about other entries says nothing of these.
    proxy.fails([json("{\"results\": []}")]);
    assert!(matches!(source.send(&act, minute(1)).await, Err(Failure::Unreadable(_))));
}

#[tokio::test]
async fn a_server_restored_from_an_older_backup_is_noticed() {
    let (served, _proxy, source) = office().await;
    served.post(&[full(1, TASK, Verb::Submit), full(2, REPORT, Verb::Note)]).await;
    let seen = whole(&source).await;
    source.heard();
    // Where the journal stops earlier, and where it went on in another way since.
    for more in [vec![], vec![full(11, TASK, Verb::Note), full(12, TASK, Verb::Note), full(13, TASK, Verb::Note)]] {
        let restored = Served::open().await;
        for entry in &more {
            restored.post(std::slice::from_ref(entry)).await;
        }
        let elsewhere = Proxy::before(restored.address()).await;
        let there = Http::new(settings(&elsewhere.url), None, plan_id()).unwrap();
        let received = tiendo::wire::Received { snapshot: seen.clone(), last: Some(id(2)), plan_tag: None };
        there.recall(&received, source.signed());
        let Fetched::Whole(now) = there.fetch(Some(seen.cursor)).await.unwrap() else { panic!("everything anew") };
        assert_eq!(truth(&now), truth(&snapshot(restored.ledger.as_ref()).await));
        assert!(there.heard().went_back, "{}", more.len());
    }
}

#[tokio::test]
async fn a_snapshot_that_has_not_changed_is_not_sent_again() {
    let (served, proxy, source) = office().await;
    let cursor = whole(&source).await.cursor;
    // The journal says that it cannot tell; nothing has changed all the same.
    proxy.fails([json(&format!("{{\"entries\": [], \"cursor\": {cursor}, \"whole\": true}}"))]);
    assert!(matches!(source.fetch(Some(cursor)).await.unwrap(), Fetched::Unchanged));
    served.post(&[full(1, TASK, Verb::Submit)]).await;
    proxy.fails([json(&format!("{{\"entries\": [], \"cursor\": {cursor}, \"whole\": true}}"))]);
    assert!(matches!(source.fetch(Some(cursor)).await.unwrap(), Fetched::Whole(_)));
}

#[tokio::test]
async fn what_time_it_is_there_is_heard() {
    let (_served, proxy, source) = office().await;
    whole(&source).await;
    source.heard();
    let date = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\ncontent-type: application/json\r\n";
    proxy.fails([says("200 OK", date, b"{\"entries\": [], \"cursor\": 1}")]);
    source.fetch(Some(1)).await.unwrap();
    assert_eq!(source.heard().clock, Some("1994-11-06T08:49:37Z".parse().unwrap()));
}
