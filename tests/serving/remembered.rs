//! What is remembered of a source: on the screen before it answers, dated, never blocking the start, and never wrong however the
//! file was damaged. And what the screen makes of a source that is far away.

use std::sync::Arc;

use crate::{
    picture,
    record::{self, full, plan_id, truth},
    screen::{self, App, now},
    served::*,
};
use jiff::{SignedDuration, Timestamp};
use tiendo::{
    app::{
        effect::Effect,
        msg::{Msg, News, Ticket},
        sync::Freshness,
    },
    domain::{
        access::Role,
        answer::Fetched,
        entry::{Entry, Verb},
        failure::Failure,
        heard::{Behind, Loading, Notice, Signed},
        plan::Plan,
        sentence::Sentence,
        snapshot::{Delta, Snapshot},
    },
    runtime::cached::Cached,
    secret::Secret,
    sources::{
        Source,
        http::{Http, HttpSettings, TokenFrom},
    },
    store::cache::Cache,
};

const SIZE: (u16, u16) = (120, 36);

fn offline() -> Failure {
    Failure::Offline(Sentence::new("source-silent"))
}

fn cached(served: &Served, cache: &Cache) -> Cached {
    let settings = HttpSettings {
        name: "x".into(),
        url: served.url.clone(),
        token: TokenFrom::Nowhere,
        ca_file: None,
        language: "en",
    };
    Cached::new(Http::new(settings, None, plan_id()).unwrap(), Some(cache.clone()))
}

fn cache(folder: &tempfile::TempDir) -> Cache {
    Cache::new(&folder.path().join("cache"), "https://tiendo.example", None, Some(&Secret::new("tdo_canary")))
}

/// Waits until the file says this, which is written beside the way.
async fn filed(cache: &Cache, cursor: u64) {
    for _ in 0..10_000 {
        if cache.read().is_some_and(|kept| kept.received.snapshot.cursor == cursor) {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it was not written down");
}

#[tokio::test]
async fn what_is_kept_does_not_grow_without_end_while_it_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let (served, cache) = (Served::open().await, cache(&folder));
    let source = cached(&served, &cache);
    let Fetched::Whole(mut seen) = source.fetch(None).await.unwrap() else { panic!("the whole") };
    source.keep();
    filed(&cache, 1).await;
    let short = cache.length();
    let note = "chờ số liệu ".repeat(100);
    let mut longest = 0;
    for round in 0..4_u128 {
        let said =
            |number| Entry { note: Some(note.as_str().into()), ..full(round * 100 + number, record::TASK, Verb::Note) };
        let acts: Vec<Entry> = (1..=100).map(said).collect();
        served.post(&acts).await;
        while seen.cursor == u64::try_from(round).unwrap() * 100 + 1 {
            if let Fetched::Entries(delta) = source.fetch(Some(seen.cursor)).await.unwrap() {
                seen.apply_delta(delta);
            }
        }
        filed(&cache, seen.cursor).await;
        longest = longest.max(cache.length());
    }
    let packed = async {
        while cache.length() > 256 << 10 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(TOO_LONG, packed).await.expect("it grows and grows");
    assert!(longest > 4 * short && longest < 1 << 20, "{short} {longest}");
    assert_eq!(truth(&cache.read().unwrap().received.snapshot), truth(&seen));
}

#[tokio::test]
async fn what_was_taken_for_good_and_what_came_after_is_there_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (served, cache) = (Served::open().await, cache(&folder));
    let source = cached(&served, &cache);
    assert!(source.recall().await.is_none());
    let Fetched::Whole(mut seen) = source.fetch(None).await.unwrap() else { panic!("the whole") };
    assert!(cache.read().is_none(), "not before it is taken for good");
    source.keep();
    filed(&cache, 1).await;
    served.post(&[full(1, "task:N1", Verb::Submit), full(2, "duty:R7", Verb::Open)]).await;
    let Fetched::Entries(delta) = source.fetch(Some(1)).await.unwrap() else { panic!("entries") };
    seen.apply_delta(delta);
    filed(&cache, 3).await;
    let again = cached(&served, &cache);
    let remembered = again.recall().await.unwrap();
    assert_eq!(truth(&remembered.snapshot), truth(&seen));
    assert!(Timestamp::now().duration_since(remembered.at) < SignedDuration::from_secs(60));
    assert_eq!(again.signs(), source.signs());
    // It goes on from there.
    assert!(matches!(again.fetch(Some(3)).await.unwrap(), Fetched::Unchanged));
    served.post(&[full(3, "task:N1", Verb::Note)]).await;
    assert!(matches!(again.fetch(Some(3)).await.unwrap(), Fetched::Entries(_)));
}

#[tokio::test]
async fn a_damaged_file_tells_nothing_or_what_stands_before_the_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (served, cache) = (Served::open().await, cache(&folder));
    let source = cached(&served, &cache);
    source.fetch(None).await.unwrap();
    source.keep();
    filed(&cache, 1).await;
    served.post(&[full(1, "task:N1", Verb::Submit)]).await;
    source.fetch(Some(1)).await.unwrap();
    filed(&cache, 2).await;
    let whole = std::fs::read(cache.path()).unwrap();
    let (mut older, mut nothing) = (0, 0);
    for place in (0..whole.len()).step_by(7) {
        for cut in [true, false] {
            let mut damaged = whole.clone();
            if cut {
                damaged.truncate(place);
            } else {
                damaged[place] ^= 0x55;
            }
            std::fs::write(cache.path(), &damaged).unwrap();
            match cache.read().map(|kept| kept.received.snapshot.cursor) {
                Some(1) => older += 1,
                None => nothing += 1,
                Some(cursor) => panic!("{place}: {cursor}"),
            }
            assert!(cache.read().is_none() || cache.path().is_file(), "what is damaged is put aside");
        }
    }
    assert!(older > 0 && nothing > 0);
    std::fs::write(cache.path(), &whole).unwrap();
    filed(&cache, 2).await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_alone_and_holds_no_token() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let served = Served::open().await;
    let token = served.give("one", Role::Coordinator, None).await;
    let cache = Cache::new(folder.path(), &served.url, None, Some(&Secret::new(token.as_str())));
    let settings = HttpSettings {
        name: "x".into(),
        url: served.url.clone(),
        token: TokenFrom::Nowhere,
        ca_file: None,
        language: "en",
    };
    let source =
        Cached::new(Http::new(settings, Some(Secret::new(token.as_str())), plan_id()).unwrap(), Some(cache.clone()));
    source.fetch(None).await.unwrap();
    source.keep();
    filed(&cache, 1).await;
    assert_eq!(std::fs::metadata(cache.path()).unwrap().permissions().mode() & 0o777, 0o600);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let bytes = std::fs::read(cache.path()).unwrap();
    assert!(!bytes.windows(token.len()).any(|some| some == token.as_bytes()));
    // With another token one may see other things: that is kept by itself.
    let other = Cache::new(folder.path(), &served.url, None, Some(&Secret::new("tdo_other")));
    assert_ne!(other.path(), cache.path());
}

fn remembering() -> App {
    App::started_as(SIZE, |settings| tiendo::app::settings::Settings { recalls: true, ..settings })
}

fn yesterday() -> Timestamp {
    now() - SignedDuration::from_hours(18)
}

fn recalled(app: &mut App) {
    app.fact(Msg::Recalled(Some((Box::new(screen::snapshot()), yesterday()))));
}

#[test]
fn what_is_remembered_is_shown_with_its_date_until_the_source_answers() {
    let mut app = remembering();
    assert_eq!(app.effects, [Effect::Recall], "the file before the network");
    app.effects.clear();
    recalled(&mut app);
    let cursor = app.model.snapshot.as_ref().unwrap().cursor;
    assert_eq!(app.model.feed.freshness(now()), Freshness::Remembered(yesterday()));
    assert!(app.effects.contains(&Effect::Fetch { ticket: Ticket(1), cursor: Some(cursor) }), "{:?}", app.effects);
    app.fact(Msg::Fetched { ticket: Ticket(1), result: Err(offline()) });
    assert_eq!(app.model.feed.freshness(now()), Freshness::Cut(yesterday()));
    assert!(!app.rows().is_empty());
    let next = app.model.feed.next_try.unwrap();
    app.fact(Msg::Ticked(next)).fetched(Ticket(2), Fetched::Unchanged);
    assert_eq!(app.model.feed.freshness(now()), Freshness::Live);
    let mut forgetful = remembering();
    forgetful.effects.clear();
    forgetful.fact(Msg::Recalled(None));
    assert_eq!(forgetful.effects, [Effect::Fetch { ticket: Ticket(1), cursor: None }]);
}

#[test]
fn a_first_load_tells_how_far_it_is_and_can_be_stopped() {
    let mut app = App::started(SIZE);
    app.effects.clear();
    app.fact(Msg::Loading(Loading {
        bytes: 3_400_000,
        of: Some(6_400_000),
        records: 41_250,
        of_records: Some(100_000),
        reads: false,
    }));
    let shown = picture::text(&picture::Appearance::dark().draw(&app.model, &app.bindings, SIZE).0);
    assert!(shown.contains("3,2 trên 6,1 MB · 41.250 trên 100.000 mục"), "{shown}");
    app.keys("esc");
    assert_eq!(app.effects, [Effect::StopFetch]);
    app.effects.clear();
    app.fetched(Ticket(1), Fetched::Whole(Box::new(screen::snapshot())));
    assert!(app.model.snapshot.is_none(), "what comes all the same is let go");
    app.fact(Msg::SourceChanged).fact(Msg::Ticked(now() + SignedDuration::from_mins(5)));
    assert_eq!(app.effects, [], "it is not asked until the user wants to");
    app.keys("R");
    assert_eq!(app.effects, [Effect::Fetch { ticket: Ticket(2), cursor: None }]);
}

/// The sample with only so many of its tasks, and none of its duties.
fn shrunk(tasks: usize) -> Box<Snapshot> {
    let whole = screen::snapshot();
    let mut plan = Plan::clone(&whole.outline.plan);
    plan.tasks.truncate(tasks);
    plan.duties.clear();
    let mut snapshot = Snapshot::new(Arc::new(plan));
    snapshot.cursor = whole.cursor + 1;
    Box::new(snapshot)
}

#[test]
fn much_gone_at_once_is_not_taken_until_it_is_accepted() {
    let mut app = App::on_sample(SIZE);
    let before = app.model.snapshot.as_ref().unwrap().items.len();
    app.fact(Msg::SourceChanged);
    app.effects.clear();
    app.fetched(Ticket(2), Fetched::Whole(shrunk(3)));
    assert_eq!(app.model.snapshot.as_ref().unwrap().items.len(), before);
    assert!(matches!(app.model.feed.freshness(now()), Freshness::Shrunk(30..)));
    assert_eq!(app.model.messages.notice().unwrap().sentence.id, "said-shrunk");
    assert!(!app.effects.contains(&Effect::Keep), "nor is it remembered");
    // The source is followed from what it said last.
    app.fact(Msg::SourceChanged);
    assert!(matches!(app.effects[..], [Effect::Fetch { cursor: Some(cursor), .. }] if cursor == shrunk(3).cursor));
    app.fetched(Ticket(3), Fetched::Unchanged);
    assert_eq!(app.model.snapshot.as_ref().unwrap().items.len(), before);
    app.effects.clear();
    app.fact(Msg::Chosen(tiendo::app::action::Action::Accept));
    assert!(app.model.snapshot.as_ref().unwrap().items.len() < before / 2);
    assert!(app.effects.contains(&Effect::Keep));
    assert_eq!(app.model.feed.freshness(now()), Freshness::Live);
}

#[test]
fn what_comes_back_after_much_was_gone_is_taken_at_once() {
    let mut app = App::on_sample(SIZE);
    app.fact(Msg::SourceChanged).fetched(Ticket(2), Fetched::Whole(shrunk(3)));
    app.fact(Msg::SourceChanged).fetched(Ticket(3), Fetched::Whole(Box::new(screen::snapshot())));
    assert_eq!(app.model.feed.freshness(now()), Freshness::Live);
}

#[test]
fn a_little_gone_is_the_plan_amended() {
    let mut app = App::on_sample(SIZE);
    let mut plan = Plan::clone(&screen::snapshot().outline.plan);
    plan.tasks.truncate(50);
    app.fact(Msg::SourceChanged).fetched(Ticket(2), Fetched::Whole(Box::new(Snapshot::new(Arc::new(plan)))));
    assert_eq!(app.model.feed.freshness(now()), Freshness::Live);
    assert_eq!(app.model.snapshot.as_ref().unwrap().outline.plan.tasks.len(), 50);
}

#[test]
fn a_source_that_wants_to_be_left_alone_is_not_asked_before() {
    let mut app = App::on_sample(SIZE);
    app.fact(Msg::SourceChanged);
    app.fact(Msg::Heard(News { rests: Some(SignedDuration::from_mins(10)), ..News::default() }));
    app.fact(Msg::Fetched { ticket: Ticket(2), result: Err(offline()) });
    assert_eq!(app.model.feed.next_try, Some(now() + SignedDuration::from_mins(10)));
}

#[test]
fn who_may_only_look_is_told_why_nothing_is_done() {
    let mut app = App::on_sample(SIZE);
    let signed = |roles| Some(Signed { by: "vee".into(), roles });
    app.fact(Msg::Heard(News { signed: signed(vec![Role::Viewer]), ..News::default() }));
    app.effects.clear();
    app.keys("2 a");
    assert!(!app.effects.iter().any(|effect| matches!(effect, Effect::Act { .. })));
    assert_eq!(app.model.messages.notice().unwrap().sentence.id, "read-only-viewer");
    assert_eq!(app.model.settings.me, Some("vee".into()));
    app.fact(Msg::Heard(News { signed: signed(vec![Role::Coordinator]), ..News::default() }));
    app.keys("a");
    assert!(app.effects.iter().any(|effect| matches!(effect, Effect::Act { .. })));
}

#[test]
fn a_clock_that_is_wrong_and_a_restored_server_are_told_of() {
    let mut app = App::on_sample(SIZE);
    app.fact(Msg::Heard(News { skew: Some(SignedDuration::from_mins(-7)), ..News::default() }));
    let said = app.model.messages.notice().unwrap();
    assert_eq!((said.sentence.id, said.sentence.to_string().contains('7')), ("said-clock-ahead", true));
    app.fact(Msg::Heard(News { went_back: true, ..News::default() }));
    assert_eq!(app.model.messages.notice().unwrap().sentence.id, "said-source-went-back");
}

#[test]
fn what_a_source_is_fed_from_can_fail_while_the_source_goes_on() {
    let mut app = App::on_sample(SIZE);
    let why = Failure::Offline(Sentence::new("book-no-file"));
    let unread = |why: &Failure| {
        let behind = Behind::Unread { why: why.clone(), last: Some(now() - SignedDuration::from_mins(5)) };
        Msg::Heard(News { behind: Some(behind), ..News::default() })
    };
    app.fact(unread(&why));
    assert_eq!(app.model.messages.notice().unwrap().sentence.id, "failure-offline");
    assert_eq!(app.model.feed.freshness(now()), Freshness::Stale(SignedDuration::from_mins(5)));
    assert_eq!(app.model.feed.next_try, None, "the source sees to it itself");
    // What is done meanwhile is shown; the answer does not say that all is well.
    app.fact(Msg::SourceChanged).fetched(Ticket(2), Fetched::Unchanged);
    assert_eq!(app.model.feed.freshness(now()), Freshness::Stale(SignedDuration::from_mins(5)));
    let count = app.model.messages.count();
    app.fact(unread(&why));
    assert_eq!(app.model.messages.count(), count, "told once");
    app.fact(unread(&Failure::Unreadable(Sentence::new("book-page"))));
    assert_eq!(app.model.feed.freshness(now()), Freshness::SourceError);
    app.fact(Msg::Heard(News { behind: Some(Behind::Read), ..News::default() }));
    assert_eq!(app.model.feed.freshness(now()), Freshness::Live);
    assert_eq!(app.model.messages.notice().unwrap().sentence.id, "said-source-back");
}

#[test]
fn what_a_source_has_to_tell_is_told_and_the_last_of_it_stands_in_the_footer() {
    let mut app = App::on_sample(SIZE);
    let notice = |grave, id| Notice { grave, said: Sentence::new(id) };
    let notices = vec![notice(true, "book-page"), notice(true, "book-slow")];
    app.fact(Msg::Heard(News { notices, ..News::default() }));
    assert_eq!(app.model.messages.notice().unwrap().sentence.id, "book-slow");
    assert_eq!(app.model.messages.all().nth(1).unwrap().sentence.id, "book-page");
}

#[test]
fn what_is_done_under_the_banner_is_shown_where_only_rows_are_held_back() {
    let mut app = App::on_sample(SIZE);
    let cursor = app.model.snapshot.as_ref().unwrap().cursor;
    let mut held = shrunk(3);
    held.cursor = cursor;
    app.fact(Msg::SourceChanged).fetched(Ticket(2), Fetched::Whole(held));
    let item = app.model.snapshot.as_ref().unwrap().items[0].id.clone();
    let notes = |app: &App| app.model.snapshot.as_ref().unwrap().item(&item).unwrap().state.notes;
    let before = notes(&app);
    let note = Entry { seq: cursor + 1, ..full(77, item.as_str(), Verb::Note) };
    let delta = Delta { entries: vec![note], refolded: Vec::new(), cursor: cursor + 1 };
    app.fact(Msg::SourceChanged).fetched(Ticket(3), Fetched::Entries(delta));
    assert_eq!(notes(&app), before + 1);
    assert!(matches!(app.model.feed.freshness(now()), Freshness::Shrunk(_)));
}
