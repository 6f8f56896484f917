//! A workbook as a source: its plan and what was done about it are kept beside it; what is changed in it goes over what was done,
//! what is not touched in it says nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::record::{DAY, DUTY, MILESTONE, REPORT, TASK, entry, full, me, minute, plan, plan_id};
use futures::StreamExt;
use jiff::{Timestamp, civil::date};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tiendo::{
    domain::{
        answer::{Admission, Fetched, Filter},
        ask::{About, Ask, Reply},
        entry::{Entry, Verb},
        failure::Failure,
        heard::Behind,
        id::{EntryId, ItemId},
        plan::Plan,
        sentence::Sentence,
        snapshot::Snapshot,
        status::Base,
        text::Text,
        waiting::Decided,
    },
    sources::{
        Source,
        sheet::{
            Sheet, SheetSettings,
            limits::Unusable,
            reading::{Reading, Told, Unread},
        },
    },
};
use uuid::Uuid;

/// What stands in a workbook of these tests: what it is understood to say.
#[derive(Clone, Serialize, Deserialize)]
struct Book {
    plan: Plan,
    told: BTreeMap<ItemId, Told>,
    made: BTreeSet<Text>,
    unread: usize,
}

fn understand(bytes: &[u8]) -> Result<Reading, Unusable> {
    let book: Book = serde_json::from_slice(bytes).map_err(|_| Unusable(Sentence::new("workbook-not-a-workbook")))?;
    let place = |row: usize| Unread {
        sheet: "Nhiệm vụ".into(),
        row: row as u32 + 2,
        column: Some("Hạn".into()),
        value: "??".into(),
        why: Sentence::new("workbook-not-a-workbook"),
    };
    let unread = (0..book.unread).map(place).collect();
    Ok(Reading { plan: book.plan, told: book.told, made: book.made, unread })
}

/// A workbook in a folder, and the folder its source keeps things in.
struct Desk {
    folder: TempDir,
    book: Book,
}

impl Desk {
    fn new() -> Self {
        let book = Book { plan: plan(), told: BTreeMap::new(), made: BTreeSet::new(), unread: 0 };
        let desk = Desk { folder: tempfile::tempdir().unwrap(), book };
        desk.save();
        desk
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("kehoach.xlsx")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn save(&self) {
        put(&self.path(), &serde_json::to_vec(&self.book).unwrap());
    }

    /// Somebody changes what the workbook says of an item, and saves.
    fn tells(&mut self, item: &str, told: Told) {
        self.book.told.insert(item.into(), told);
        self.save();
    }

    async fn open(&self) -> Sheet {
        self.open_at(minute(10)).await
    }

    async fn open_at(&self, now: Timestamp) -> Sheet {
        self.open_with(now, String::new()).await
    }

    async fn open_with(&self, now: Timestamp, url: String) -> Sheet {
        let settings = SheetSettings {
            name: "phong".into(),
            path: self.path(),
            url,
            interval: Duration::from_millis(5),
            understand: Arc::new(|bytes, _, _| understand(bytes)),
            clock: Arc::new(move || now),
        };
        Sheet::open(settings, &self.data(), me()).await.unwrap()
    }
}

/// Written in one go, and never with the time it had: two writes in a test may fall into one tick of the disk's clock.
fn put(path: &Path, bytes: &[u8]) {
    let before = fs::metadata(path).and_then(|found| found.modified()).ok();
    let beside = path.with_extension("new");
    fs::write(&beside, bytes).unwrap();
    if let Some(before) = before {
        let file = fs::File::options().write(true).open(&beside).unwrap();
        file.set_modified(before + Duration::from_secs(1)).unwrap();
    }
    fs::rename(&beside, path).unwrap();
}

async fn whole(source: &Sheet) -> Snapshot {
    let Fetched::Whole(snapshot) = source.fetch(None).await.unwrap() else { panic!("the whole") };
    *snapshot
}

/// What is new is asked for until nothing is.
async fn follow(source: &Sheet, snapshot: &mut Snapshot) {
    loop {
        match source.fetch(Some(snapshot.cursor)).await.unwrap() {
            Fetched::Unchanged => return,
            Fetched::Entries(delta) => drop(snapshot.apply_delta(delta)),
            Fetched::Whole(whole) => *snapshot = *whole,
        }
    }
}

async fn act(source: &Sheet, snapshot: &Snapshot, entry: Entry) {
    let expects = snapshot.item(&entry.item).and_then(|item| item.state.last).filter(|_| !entry.verb.commutes());
    let answers = source.send(&[Entry { expects, ..entry.clone() }], entry.at).await.unwrap();
    assert!(matches!(answers[..], [Admission::Applied { .. }]), "{answers:?}");
}

async fn journal(source: &Sheet, item: &str) -> Vec<(String, Verb)> {
    let filter = Filter { item: Some(item.into()), ..Filter::default() };
    let page = source.entries(&filter).await.unwrap();
    let mut lines: Vec<_> =
        page.entries.iter().map(|entry| (entry.by.as_ref().unwrap().to_string(), entry.verb.clone())).collect();
    lines.reverse();
    lines
}

fn notices(source: &Sheet) -> Vec<&'static str> {
    source.heard().notices.iter().map(|notice| notice.said.id).collect()
}

fn progress(percent: u8) -> Told {
    Told { progress: Some(percent), ..Told::default() }
}

fn handed_in(on: jiff::civil::Date) -> Told {
    Told { handed_in: Some(on), done: true, ..Told::default() }
}

fn state<'a>(snapshot: &'a Snapshot, item: &str) -> &'a tiendo::domain::item::State {
    &snapshot.item(&item.into()).unwrap_or_else(|| panic!("no item {item}")).state
}

#[tokio::test]
async fn what_a_workbook_says_is_there_on_the_days_it_names() {
    let mut desk = Desk::new();
    desk.tells(REPORT, Told { document: Some("12/BC".into()), ..handed_in(date(2023, 4, 20)) });
    desk.tells(TASK, progress(40));
    let source = desk.open().await;
    let snapshot = whole(&source).await;
    let report = state(&snapshot, REPORT);
    assert_eq!((report.base, report.handed_in), (Base::Done, Some(date(2023, 4, 20))));
    assert_eq!(report.document.as_deref(), Some("12/BC"));
    assert_eq!((state(&snapshot, TASK).base, state(&snapshot, TASK).progress), (Base::InProgress, 40));
    assert_eq!(journal(&source, REPORT).await, [("kehoach.xlsx".to_owned(), Verb::Receive)]);
    let before = source.at("2023-04-19T03:00:00Z".parse().unwrap()).await.unwrap();
    assert_eq!(state(&before, REPORT).base, Base::NotStarted);
    let after = source.at("2023-04-21T03:00:00Z".parse().unwrap()).await.unwrap();
    assert_eq!(state(&after, REPORT).base, Base::Done);
    let can = source.capabilities();
    assert!(can.journal && can.writes && can.at && can.live && can.recalls && !can.remote && !can.amends);
}

#[tokio::test]
async fn what_was_done_before_anybody_looked_and_says_no_day_is_not_called_late() {
    let done = Told { done: true, ..Told::default() };
    let mut desk = Desk::new();
    desk.tells(TASK, done.clone());
    let source = desk.open_at("2023-06-01T03:00:00Z".parse().unwrap()).await;
    let mut snapshot = whole(&source).await;
    let due = snapshot.item(&TASK.into()).unwrap().due.unwrap();
    assert!(due < date(2023, 6, 1), "{due}");
    assert_eq!((state(&snapshot, TASK).base, state(&snapshot, TASK).handed_in), (Base::Done, Some(due)));
    // Whoever watches saw when it was.
    desk.tells(REPORT, done);
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, REPORT).handed_in, Some(date(2023, 6, 1)));
}

#[tokio::test]
async fn an_untouched_cell_never_undoes_an_act_not_even_after_a_restart() {
    let mut desk = Desk::new();
    desk.tells(TASK, progress(40));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, Entry { percent: Some(70), ..entry(1, TASK, Verb::Progress) }).await;
    desk.tells("task:N2", progress(5));
    follow(&source, &mut snapshot).await;
    assert_eq!((state(&snapshot, TASK).progress, state(&snapshot, "task:N2").progress), (70, 5));
    drop(source);
    let source = desk.open().await;
    let recalled = source.recall().await.unwrap();
    assert_eq!((state(&recalled.snapshot, TASK).progress, recalled.at), (70, minute(10)));
    let snapshot = whole(&source).await;
    assert_eq!(state(&snapshot, TASK).progress, 70);
    assert_eq!(journal(&source, TASK).await.len(), 2);
    assert!(notices(&source).is_empty());
}

#[tokio::test]
async fn a_changed_cell_goes_over_an_act_and_that_is_told() {
    let mut desk = Desk::new();
    desk.tells(TASK, progress(40));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, Entry { percent: Some(70), ..entry(1, TASK, Verb::Progress) }).await;
    desk.tells(TASK, progress(50));
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 50);
    let heard = source.heard();
    assert_eq!(heard.notices.iter().map(|notice| notice.said.id).collect::<Vec<_>>(), ["book-over"]);
    assert_eq!(heard.notices[0].said.text("by"), Some("me"));
    // The same again after another value is a change, too.
    desk.tells(TASK, progress(40));
    follow(&source, &mut snapshot).await;
    desk.tells(TASK, progress(50));
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 50);
    assert_eq!(journal(&source, TASK).await.len(), 5);
}

#[tokio::test]
async fn where_both_say_the_same_nothing_is_written_twice() {
    let mut desk = Desk::new();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, Entry { on: date(2023, 5, 7), ..entry(1, REPORT, Verb::Receive) }).await;
    desk.tells(REPORT, handed_in(date(2023, 5, 7)));
    follow(&source, &mut snapshot).await;
    assert_eq!(journal(&source, REPORT).await, [("me".to_owned(), Verb::Receive)]);
    assert!(notices(&source).is_empty());
}

#[tokio::test]
async fn another_day_of_handing_in_a_document_and_an_emptied_cell_take_back_what_stood() {
    let mut desk = Desk::new();
    desk.tells(REPORT, handed_in(date(2023, 5, 6)));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    desk.tells(REPORT, Told { document: Some("7/BC".into()), ..handed_in(date(2023, 5, 4)) });
    follow(&source, &mut snapshot).await;
    let report = state(&snapshot, REPORT).clone();
    assert_eq!(
        (report.handed_in, report.document.as_deref(), report.returns),
        (Some(date(2023, 5, 4)), Some("7/BC"), 0)
    );
    desk.tells(REPORT, Told::default());
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, REPORT).base, Base::NotStarted);
    let verbs: Vec<Verb> = journal(&source, REPORT).await.into_iter().map(|(_, verb)| verb).collect();
    assert_eq!(verbs, [Verb::Receive, Verb::Reverse, Verb::Receive, Verb::Reverse]);
}

#[tokio::test]
async fn tasks_milestones_extensions_and_remarks_become_acts() {
    let mut desk = Desk::new();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    desk.tells(TASK, handed_in(date(2023, 5, 5)));
    desk.tells(MILESTONE, handed_in(DAY));
    let later = Told { extended_to: Some(date(2023, 7, 20)), note: Some("xin lùi hạn".into()), ..Told::default() };
    desk.tells("task:N2", later.clone());
    follow(&source, &mut snapshot).await;
    assert_eq!((state(&snapshot, TASK).base, state(&snapshot, TASK).handed_in), (Base::Done, Some(date(2023, 5, 5))));
    assert_eq!(state(&snapshot, MILESTONE).base, Base::Done);
    let task = state(&snapshot, "task:N2");
    assert_eq!((task.extended_to, task.notes, task.extensions), (Some(date(2023, 7, 20)), 1, 1));
    // An earlier date takes the place of the extension, and none at all takes it back.
    desk.tells("task:N2", Told { extended_to: Some(date(2023, 7, 10)), ..later.clone() });
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, "task:N2").extended_to, Some(date(2023, 7, 10)));
    desk.tells("task:N2", Told { extended_to: None, ..later });
    follow(&source, &mut snapshot).await;
    assert_eq!((state(&snapshot, "task:N2").extended_to, state(&snapshot, "task:N2").notes), (None, 1));
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_once() {
    let mut desk = Desk::new();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, entry(1, TASK, Verb::Submit)).await;
    desk.tells(TASK, progress(30));
    follow(&source, &mut snapshot).await;
    assert_eq!(notices(&source), ["book-refused"]);
    assert_eq!(state(&snapshot, TASK).base, Base::AwaitingConfirmation);
    desk.tells("task:N2", progress(1));
    follow(&source, &mut snapshot).await;
    assert!(notices(&source).is_empty());
}

#[tokio::test]
async fn a_file_half_written_locked_or_gone_leaves_what_was_there() {
    let mut desk = Desk::new();
    desk.tells(TASK, progress(40));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    assert_eq!(source.heard().behind, Some(Behind::Read));
    let good = fs::read(desk.path()).unwrap();
    let why = async |source: &Sheet, snapshot: &mut Snapshot| {
        follow(source, snapshot).await;
        assert_eq!(state(snapshot, TASK).progress, 40);
        match source.heard().behind {
            Some(Behind::Unread { why, last }) => {
                assert_eq!(last, Some(minute(10)));
                why
            }
            other => panic!("{other:?}"),
        }
    };
    put(&desk.path(), &good[..good.len() / 2]);
    assert!(matches!(why(&source, &mut snapshot).await, Failure::Unreadable(_)));
    // What is done meanwhile is done, and shown.
    act(&source, &snapshot, full(1, "task:N2", Verb::Note)).await;
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, "task:N2").notes, 1);
    put(&desk.path().with_file_name("~$kehoach.xlsx"), b"");
    put(&desk.path(), &good[..good.len() / 3]);
    assert!(matches!(why(&source, &mut snapshot).await, Failure::Offline(_)), "who has it open may be writing");
    fs::remove_file(desk.path()).unwrap();
    assert_eq!(why(&source, &mut snapshot).await.why().id, "book-no-file");
    let restarted = desk.open().await;
    assert_eq!(state(&whole(&restarted).await, TASK).progress, 40, "it is known without its file");
    desk.tells(TASK, progress(60));
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 60);
    assert_eq!(source.heard().behind, Some(Behind::Read));
}

#[tokio::test]
async fn a_workbook_that_was_never_read_says_why() {
    let desk = Desk::new();
    fs::remove_file(desk.path()).unwrap();
    let source = desk.open().await;
    assert!(source.recall().await.is_none());
    match source.fetch(None).await {
        Err(Failure::Offline(why)) => assert_eq!(why.id, "book-no-file"),
        other => panic!("{other:?}"),
    }
    desk.save();
    assert_eq!(whole(&source).await.outline.plan.id, plan_id());
}

#[tokio::test]
async fn a_row_that_is_gone_is_told_of_where_something_was_done_and_comes_back_with_its_history() {
    let mut desk = Desk::new();
    desk.tells("task:N2", progress(20));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, full(1, TASK, Verb::Note)).await;
    let row = desk.book.plan.tasks.remove(0);
    let third = desk.book.plan.tasks.remove(1);
    desk.save();
    follow(&source, &mut snapshot).await;
    assert!(snapshot.item(&TASK.into()).is_none() && snapshot.item(&"task:N3".into()).is_none());
    assert_eq!(notices(&source), ["book-vanished"], "of the other nothing is lost");
    desk.book.plan.tasks.insert(0, row);
    desk.book.plan.tasks.push(third);
    desk.save();
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).notes, 1);
    assert!(notices(&source).is_empty());
}

#[tokio::test]
async fn a_row_without_an_id_that_is_called_otherwise_is_the_same_row() {
    let mut desk = Desk::new();
    let title = "Rà soát quy hoạch cán bộ nữ";
    desk.book.plan.tasks[0].title = title.into();
    desk.book.made = [Text::new("task:N1")].into();
    desk.tells(TASK, progress(20));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, full(1, TASK, Verb::Note)).await;
    let rename = |desk: &mut Desk, id: &str, title: &str, percent| {
        desk.book.plan.tasks[0].id = id.into();
        desk.book.plan.tasks[0].title = title.into();
        desk.book.made = [Text::new(&format!("task:{id}"))].into();
        desk.book.told = [(ItemId::from(format!("task:{id}").as_str()), progress(percent))].into();
        desk.save();
    };
    rename(&mut desk, "N1-hai", &format!("{title}, bổ sung"), 30);
    follow(&source, &mut snapshot).await;
    assert_eq!(notices(&source), ["book-renamed"]);
    assert_eq!((state(&snapshot, TASK).notes, state(&snapshot, TASK).progress), (1, 30));
    assert_eq!(snapshot.outline.plan.tasks[0].title.get("vi"), format!("{title}, bổ sung"));
    drop(source);
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    assert_eq!(state(&snapshot, TASK).progress, 30, "it is remembered");
    rename(&mut desk, "N1-ba", &title.to_uppercase(), 30);
    follow(&source, &mut snapshot).await;
    assert_eq!((state(&snapshot, TASK).notes, journal(&source, TASK).await.len()), (1, 3));
    // Called altogether otherwise it may be another one: that is asked.
    rename(&mut desk, "N1-bon", "Việc khác hẳn", 40);
    follow(&source, &mut snapshot).await;
    assert_eq!((asks(&source).len(), state(&snapshot, "task:N1-bon").notes), (1, 0));
}

#[tokio::test]
async fn a_row_with_an_id_of_its_own_is_never_taken_for_another() {
    let mut desk = Desk::new();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, full(1, TASK, Verb::Note)).await;
    desk.book.plan.tasks[0].id = "N40".into();
    desk.save();
    follow(&source, &mut snapshot).await;
    assert_eq!(notices(&source), ["book-vanished"]);
    assert_eq!(state(&snapshot, "task:N40").notes, 0);
}

#[tokio::test]
async fn killed_between_the_ledger_and_the_memory_nothing_is_there_twice() {
    let mut desk = Desk::new();
    desk.tells(REPORT, handed_in(date(2023, 4, 20)));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    let memory = desk.data().join("sheets/phong.json");
    let before = fs::read(&memory).unwrap();
    desk.tells(REPORT, Told { document: Some("7/BC".into()), note: Some("đủ".into()), ..handed_in(date(2023, 4, 20)) });
    desk.tells(TASK, Told { note: Some("chậm".into()), ..progress(10) });
    follow(&source, &mut snapshot).await;
    let (report, task) = (journal(&source, REPORT).await, journal(&source, TASK).await);
    drop(source);
    fs::write(&memory, before).unwrap();
    // Later, and after somebody saved something else.
    desk.tells("task:N2", progress(5));
    let source = desk.open_at(minute(500)).await;
    let again = whole(&source).await;
    assert_eq!((journal(&source, REPORT).await, journal(&source, TASK).await), (report, task));
    assert_eq!(state(&again, "task:N2").progress, 5);
    assert_eq!(state(&again, TASK), state(&snapshot, TASK));
    assert!(notices(&source).is_empty());
}

#[tokio::test]
async fn killed_after_the_plan_was_laid_down_the_rest_is_still_said() {
    let mut desk = Desk::new();
    desk.tells(TASK, progress(40));
    let source = desk.open().await;
    whole(&source).await;
    drop(source);
    // As it is before anything was said of items.
    let memory = desk.data().join("sheets/phong.json");
    let mut kept: serde_json::Value = serde_json::from_slice(&fs::read(&memory).unwrap()).unwrap();
    kept["told"] = serde_json::json!({});
    kept["generation"] = serde_json::json!(0);
    fs::write(&memory, kept.to_string()).unwrap();
    let source = desk.open().await;
    let snapshot = whole(&source).await;
    assert_eq!((state(&snapshot, TASK).progress, journal(&source, TASK).await.len()), (40, 1));
}

#[tokio::test]
async fn without_its_memory_no_cell_undoes_an_act() {
    let mut desk = Desk::new();
    desk.tells(TASK, progress(40));
    let source = desk.open().await;
    let snapshot = whole(&source).await;
    act(&source, &snapshot, Entry { percent: Some(70), ..entry(1, TASK, Verb::Progress) }).await;
    drop(source);
    fs::write(desk.data().join("sheets/phong.json"), "{").unwrap();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    assert_eq!((state(&snapshot, TASK).progress, notices(&source)), (70, vec!["book-memory-lost"]));
    desk.tells(TASK, progress(80));
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 80);
}

#[tokio::test]
async fn two_instances_on_one_workbook_say_everything_once() {
    let mut desk = Desk::new();
    let (one, other) = (desk.open().await, desk.open().await);
    let (mut first, mut second) = (whole(&one).await, whole(&other).await);
    for percent in 1..=12 {
        desk.tells(TASK, progress(percent));
        tokio::join!(follow(&one, &mut first), follow(&other, &mut second));
    }
    follow(&one, &mut first).await;
    follow(&other, &mut second).await;
    assert_eq!((state(&first, TASK).progress, state(&second, TASK).progress), (12, 12));
    assert_eq!(journal(&one, TASK).await.len(), 12);
}

#[tokio::test]
async fn much_gone_at_once_is_shown_to_who_watches_and_taken_in_only_when_accepted() {
    let mut desk = Desk::new();
    let more = (10..30).map(|number| serde_json::json!({"id": format!("N{number}"), "lead": "a", "due": "2023-09-09"}));
    desk.book.plan.tasks.extend(more.map(|task| serde_json::from_value(task).unwrap()));
    desk.save();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    let all = snapshot.items.len();
    let tasks = std::mem::take(&mut desk.book.plan.tasks);
    desk.save();
    follow(&source, &mut snapshot).await;
    assert_eq!((snapshot.items.len(), notices(&source)), (all, vec!["book-held"]));
    let listening = source.changed();
    let Fetched::Whole(offered) = source.fetch(Some(snapshot.cursor)).await.unwrap() else { panic!("an offer") };
    assert!(offered.items.len() < all && offered.cursor == snapshot.cursor);
    assert!(matches!(source.fetch(Some(offered.cursor)).await.unwrap(), Fetched::Unchanged), "offered once");
    // It was a slip: what was offered is withdrawn.
    desk.book.plan.tasks = tasks;
    desk.save();
    let Fetched::Whole(back) = source.fetch(Some(offered.cursor)).await.unwrap() else { panic!("the whole") };
    assert_eq!(back.items.len(), all);
    // It was none.
    desk.book.plan.tasks.clear();
    desk.save();
    let Fetched::Whole(offered) = source.fetch(Some(back.cursor)).await.unwrap() else { panic!("an offer") };
    source.keep();
    follow(&source, &mut snapshot).await;
    assert_eq!(snapshot.items.len(), offered.items.len());
    drop(listening);
}

#[tokio::test]
async fn places_that_cannot_be_read_are_told_with_their_count_last_and_only_anew() {
    let mut desk = Desk::new();
    desk.book.unread = 2;
    desk.save();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    assert_eq!(notices(&source), ["book-unread-place", "book-unread-place", "book-unread"]);
    desk.tells(TASK, progress(1));
    follow(&source, &mut snapshot).await;
    assert!(notices(&source).is_empty());
    desk.book.unread = 0;
    desk.save();
    follow(&source, &mut snapshot).await;
    assert_eq!(notices(&source), ["book-all-read"]);
}

#[tokio::test]
async fn a_change_is_heard_once_nobody_writes_any_more_and_nothing_else_is() {
    let mut desk = Desk::new();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    let mut changes = source.changed();
    let says = async |changes: &mut futures::stream::BoxStream<'static, ()>, time| {
        tokio::time::timeout(Duration::from_millis(time), changes.next()).await.is_ok()
    };
    assert!(!says(&mut changes, 100).await);
    desk.tells(TASK, progress(9));
    assert!(says(&mut changes, 20_000).await);
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 9);
    fs::remove_file(desk.path()).unwrap();
    assert!(says(&mut changes, 20_000).await);
    follow(&source, &mut snapshot).await;
    assert!(!says(&mut changes, 100).await, "told once");
    let _ = (DUTY, EntryId(Uuid::nil()));
}

/// A server that gives these answers one after the other; what it was asked is told.
fn served(answers: Vec<Vec<u8>>) -> (String, std::sync::mpsc::Receiver<String>) {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/ke-hoach.json", listener.local_addr().unwrap());
    let (sender, asked) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut some = [0; 1024];
            while !request.ends_with(b"\r\n\r\n") {
                let read = stream.read(&mut some).unwrap();
                request.extend_from_slice(&some[..read]);
            }
            sender.send(String::from_utf8(request).unwrap().to_lowercase()).unwrap();
            let _ = stream.write_all(&answer);
        }
    });
    (url, asked)
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn an_address_is_asked_for_what_is_new_and_no_bad_answer_replaces_what_was_good() {
    let mut desk = Desk::new();
    desk.book.told.insert(TASK.into(), progress(40));
    let first = serde_json::to_vec(&desk.book).unwrap();
    desk.book.told.insert(TASK.into(), progress(60));
    let second = serde_json::to_vec(&desk.book).unwrap();
    let json = "200 OK\r\ncontent-type: application/json\r\netag: \"eins\"";
    let mut cut = answer(json, &second);
    cut.truncate(cut.len() - 40);
    let (url, asked) = served(vec![
        answer(json, &first),
        answer("304 Not Modified", b""),
        answer("200 OK\r\ncontent-type: text/html", b"<html>sign in</html>"),
        answer("200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip", &second),
        cut,
        answer("302 Found\r\nlocation: http://127.0.0.1:1/other", b""),
        answer("403 Forbidden", b""),
        answer("404 Not Found", b""),
        answer(json, &second),
        answer("503 Service Unavailable\r\nretry-after: 3600", b""),
    ]);
    let source = desk.open_with(minute(10), url).await;
    let mut snapshot = whole(&source).await;
    assert_eq!(state(&snapshot, TASK).progress, 40);
    assert!(!asked.recv().unwrap().contains("if-none-match"));
    follow(&source, &mut snapshot).await;
    assert!(asked.recv().unwrap().contains("if-none-match: \"eins\""));
    assert_eq!(source.heard().behind, Some(Behind::Read));
    for wrong in ["book-page", "source-kind", "source-cut", "source-elsewhere", "book-private", "book-none-there"] {
        assert!(matches!(source.fetch(Some(snapshot.cursor)).await.unwrap(), Fetched::Unchanged));
        asked.recv().unwrap();
        match source.heard().behind {
            Some(Behind::Unread { why, .. }) => assert_eq!(why.why().id, wrong),
            other => panic!("{other:?}"),
        }
    }
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 60);
    let _ = [asked.recv().unwrap(), asked.recv().unwrap()];
    // It wants to be left alone for an hour, and is: nothing more is answered by that server.
    let _ = source.fetch(Some(snapshot.cursor)).await.unwrap();
    match source.heard().behind {
        Some(Behind::Unread { why, .. }) => assert_eq!(why.why().id, "source-rests"),
        other => panic!("{other:?}"),
    }
    assert!(asked.try_recv().is_err());
}

/// What is asked now, as far as it was told.
fn asks(source: &Sheet) -> Vec<Ask> {
    source.heard().asks.unwrap_or_default()
}

/// Two tasks of one agency and one deadline, called otherwise at once; something was done about the first.
async fn renamed_together() -> (Desk, Sheet, Snapshot) {
    let mut desk = Desk::new();
    let first = desk.book.plan.tasks[0].clone();
    for (place, id) in ["N1", "N2"].into_iter().enumerate() {
        let task = &mut desk.book.plan.tasks[place];
        *task = tiendo::domain::task::Task { id: id.into(), title: id.into(), ..first.clone() };
    }
    desk.book.made = ["task:N1", "task:N2"].map(Text::new).into();
    desk.save();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, full(1, TASK, Verb::Note)).await;
    for (task, id) in desk.book.plan.tasks.iter_mut().zip(["N8", "N9"]) {
        (task.id, task.title) = (id.into(), id.into());
    }
    desk.book.made = ["task:N8", "task:N9"].map(Text::new).into();
    desk.tells("task:N9", progress(30));
    follow(&source, &mut snapshot).await;
    (desk, source, snapshot)
}

#[tokio::test]
async fn rows_of_which_it_cannot_be_told_which_was_which_are_asked_about_once() {
    let (mut desk, source, mut snapshot) = renamed_together().await;
    let heard = source.heard();
    assert!(heard.notices.iter().any(|notice| notice.said.id == "book-vanished"), "nothing goes in silence");
    let asked = heard.asks.unwrap();
    let candidates = |ask: &Ask| match &ask.about {
        About::Renamed { is, was } => {
            (is.title.to_string(), was.iter().map(|row| row.record.to_string()).collect::<Vec<_>>())
        }
        About::Clash { .. } => panic!("a clash"),
    };
    let both: Vec<_> = asked.iter().map(candidates).collect();
    assert_eq!(
        both,
        [("N8 · a".to_owned(), vec!["task:N1".to_owned()]), ("N9 · a".to_owned(), vec!["task:N1".to_owned()])]
    );
    // Of the other one nothing is lost: it is not asked about. What was asked is asked after a restart, too.
    drop(source);
    let source = desk.open().await;
    assert_eq!(asks(&source), asked);
    desk.tells("task:N3", progress(1));
    follow(&source, &mut snapshot).await;
    assert_eq!(source.heard().asks, None, "it is not told again");
    let wrong = source.reply(asked[1].id, &Reply::Former("task:N7".into())).await.unwrap();
    assert_eq!(wrong, Decided::Gone);
    let decided = source.reply(asked[1].id, &Reply::Former("task:N1".into())).await.unwrap();
    assert_eq!(decided, Decided::Done);
    let snapshot = whole(&source).await;
    let heard = source.heard();
    assert_eq!(heard.notices, [], "no row is gone: it is known for the former one");
    assert_eq!((state(&snapshot, TASK).notes, state(&snapshot, TASK).progress), (1, 30));
    assert_eq!(snapshot.outline.plan.tasks.iter().find(|task| task.id.as_str() == "N1").unwrap().title.get("vi"), "N9");
    assert!(snapshot.item(&"task:N9".into()).is_none());
    // It was that one row: the other is not asked about any more.
    assert_eq!(heard.asks, Some(Vec::new()));
    drop(source);
    let source = desk.open().await;
    assert_eq!(state(&whole(&source).await, TASK).notes, 1, "the answer is remembered");
    assert_eq!(asks(&source), []);
}

#[tokio::test]
async fn a_row_that_is_said_to_be_new_is_not_asked_about_again() {
    let (mut desk, source, mut snapshot) = renamed_together().await;
    for ask in asks(&source) {
        assert_eq!(source.reply(ask.id, &Reply::New).await.unwrap(), Decided::Done);
    }
    desk.tells("task:N9", progress(40));
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, "task:N9").progress, 40);
    assert_eq!(asks(&source), []);
    // The former row comes back: its history is there.
    let again = tiendo::domain::task::Task { id: "N1".into(), ..desk.book.plan.tasks[0].clone() };
    desk.book.plan.tasks.push(again);
    desk.save();
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).notes, 1);
}

#[tokio::test]
async fn a_clash_is_decided_for_the_workbook_or_for_what_was_done_here() {
    let mut desk = Desk::new();
    desk.tells(TASK, progress(40));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, Entry { percent: Some(70), ..entry(1, TASK, Verb::Progress) }).await;
    let received = Entry { on: date(2023, 5, 7), document: Some("7/BC".into()), ..entry(2, REPORT, Verb::Receive) };
    act(&source, &snapshot, received).await;
    desk.book.told.insert(REPORT.into(), handed_in(date(2023, 5, 4)));
    desk.tells(TASK, progress(50));
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, REPORT).handed_in, Some(date(2023, 5, 4)));
    let asked = asks(&source);
    assert_eq!(asked.len(), 2);
    for ask in &asked {
        let About::Clash { theirs, mine, .. } = &ask.about else { panic!("a clash") };
        assert_eq!((theirs.len(), mine.by.as_ref().unwrap().as_str()), (1, "me"));
        assert_eq!(source.reply(ask.id, &Reply::Mine).await.unwrap(), Decided::Done);
    }
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 70);
    let report = state(&snapshot, REPORT);
    assert_eq!((report.handed_in, report.document.as_deref()), (Some(date(2023, 5, 7)), Some("7/BC")));
    assert_eq!(asks(&source), []);
    // The cell is as it was: it says nothing until it is changed.
    desk.tells("task:N2", progress(5));
    follow(&source, &mut snapshot).await;
    assert_eq!((state(&snapshot, TASK).progress, asks(&source)), (70, Vec::new()));
    desk.tells(TASK, progress(60));
    follow(&source, &mut snapshot).await;
    let asked = asks(&source);
    assert_eq!(source.reply(asked[0].id, &Reply::Theirs).await.unwrap(), Decided::Done);
    assert_eq!(source.reply(asked[0].id, &Reply::Mine).await.unwrap(), Decided::Gone, "it was decided");
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 60);
}

#[tokio::test]
async fn what_somebody_did_after_a_clash_stands() {
    let mut desk = Desk::new();
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, Entry { percent: Some(70), ..entry(1, TASK, Verb::Progress) }).await;
    desk.tells(TASK, progress(50));
    follow(&source, &mut snapshot).await;
    act(&source, &snapshot, Entry { percent: Some(80), ..entry(2, TASK, Verb::Progress) }).await;
    let asked = asks(&source);
    assert_eq!(source.reply(asked[0].id, &Reply::Mine).await.unwrap(), Decided::Gone);
    follow(&source, &mut snapshot).await;
    assert_eq!(state(&snapshot, TASK).progress, 80);
}

#[tokio::test]
async fn a_cell_that_cannot_be_read_takes_nothing_back() {
    let mut desk = Desk::new();
    desk.tells(REPORT, handed_in(date(2023, 5, 6)));
    let source = desk.open().await;
    let mut snapshot = whole(&source).await;
    // The form in which these tests keep a workbook says nothing of that: it is understood so.
    drop(source);
    let settings = SheetSettings {
        name: "phong".into(),
        path: desk.path(),
        url: String::new(),
        interval: Duration::from_millis(5),
        understand: Arc::new(|bytes, _, _| {
            let mut reading = understand(bytes)?;
            reading.told.entry(REPORT.into()).or_default().unclear = true;
            Ok(reading)
        }),
        clock: Arc::new(|| minute(20)),
    };
    desk.tells(REPORT, Told { note: Some("chờ bản giấy".into()), ..Told::default() });
    let source = Sheet::open(settings, &desk.data(), me()).await.unwrap();
    follow(&source, &mut snapshot).await;
    let report = state(&snapshot, REPORT);
    assert_eq!((report.handed_in, report.notes), (Some(date(2023, 5, 6)), 1));
}

/// Reports as people write them down, without ids.
const REPORTS: &str = "Báo cáo;Cơ quan;Kỳ báo cáo;Thời hạn;Ngày gửi\n\
    Báo cáo 6 tháng đầu năm;Sở Y tế;6 tháng đầu năm 2023;19/6/2023;\n\
    Báo cáo 6 tháng đầu năm;Sở Nội vụ;6 tháng đầu năm 2023;19/6/2023;\n\
    Báo cáo 6 tháng đầu năm;Sở Tư pháp;6 tháng đầu năm 2023;19/6/2023;\n";
const OF_HEALTH: &str = "report:bao-cao-6-thang-dau-nam/2023-H1/so-y-te";

/// A file of rows, followed as it is.
async fn rows_followed(desk: &Desk, rows: &str) -> Sheet {
    let path = desk.folder.path().join("bao-cao.csv");
    put(&path, rows.as_bytes());
    let settings = SheetSettings {
        name: "bao-cao".into(),
        path,
        url: String::new(),
        interval: Duration::from_millis(5),
        understand: tiendo::sources::sheet::understand(tiendo::sources::sheet::mapping::Mapping::default()),
        clock: Arc::new(|| minute(10)),
    };
    Sheet::open(settings, &desk.data(), me()).await.unwrap()
}

fn reports(snapshot: &Snapshot) -> Vec<(String, Option<jiff::civil::Date>)> {
    let owed = snapshot.items.iter().filter(|item| item.state.base != Base::Exempt);
    owed.map(|item| (item.id.to_string(), item.written_due)).collect()
}

#[tokio::test]
async fn a_row_is_known_by_its_agency_title_and_period_whatever_becomes_of_its_deadline() {
    let desk = Desk::new();
    let source = rows_followed(&desk, REPORTS).await;
    let mut snapshot = whole(&source).await;
    let all = reports(&snapshot);
    act(&source, &snapshot, full(1, OF_HEALTH, Verb::Note)).await;
    follow(&source, &mut snapshot).await;
    for (row, due) in [("Sở Y tế", date(2023, 7, 20)), ("Sở Y tế", date(2023, 6, 19)), ("Sở Tư pháp", date(2023, 5, 9))]
    {
        let said = format!("{row};6 tháng đầu năm 2023;{};", due.strftime("%-d/%-m/%Y"));
        let rows = REPORTS.replace(&format!("{row};6 tháng đầu năm 2023;19/6/2023;"), &said);
        let name = if row == "Sở Y tế" { "so-y-te" } else { "so-tu-phap" };
        put(&desk.folder.path().join("bao-cao.csv"), rows.as_bytes());
        follow(&source, &mut snapshot).await;
        let moved = |(id, was): &(String, Option<jiff::civil::Date>)| {
            (id.clone(), if id.ends_with(name) { Some(due) } else { *was })
        };
        assert_eq!(reports(&snapshot), all.iter().map(moved).collect::<Vec<_>>());
        assert_eq!(state(&snapshot, OF_HEALTH).notes, 1);
    }
    assert_eq!(notices(&source), Vec::<&str>::new());
}

#[tokio::test]
async fn reports_of_an_agency_that_say_no_period_are_known_by_their_months() {
    let rows = "Báo cáo;Cơ quan;Thời hạn\nBáo cáo tháng;Sở Y tế;20/6/2023\nBáo cáo tháng;Sở Y tế;20/7/2023\n\
        Báo cáo tháng;Sở Y tế;20/8/2023\nBáo cáo tháng;Sở Y tế;25/8/2023\nBáo cáo tháng;Sở Y tế;20/8/2023\n";
    let desk = Desk::new();
    let source = rows_followed(&desk, rows).await;
    let snapshot = whole(&source).await;
    let day = |month, day| Some(date(2023, month, day));
    let of = |period: &str| format!("report:bao-cao-thang/{period}/so-y-te");
    let expected = [("2023-M07", day(7, 20)), ("2023-M08", day(8, 20)), ("2023.2", day(8, 25)), ("2023", day(6, 20))];
    let mut found = reports(&snapshot);
    found.sort();
    assert_eq!(found, expected.map(|(period, due)| (of(period), due)));
    assert_eq!(notices(&source), ["book-unread-place", "book-unread"]);
}

#[tokio::test]
async fn a_row_called_otherwise_goes_on_where_it_is_called_alike_and_is_asked_about_where_it_is_not() {
    let desk = Desk::new();
    let source = rows_followed(&desk, REPORTS).await;
    let mut snapshot = whole(&source).await;
    act(&source, &snapshot, full(1, OF_HEALTH, Verb::Note)).await;
    follow(&source, &mut snapshot).await;
    let all = reports(&snapshot);
    let renamed = |title: &str| REPORTS.replacen("Báo cáo 6 tháng đầu năm;", &format!("{title};"), 1);
    let path = desk.folder.path().join("bao-cao.csv");
    put(&path, renamed("Báo cáo sáu tháng đầu năm").as_bytes());
    follow(&source, &mut snapshot).await;
    assert_eq!((notices(&source), reports(&snapshot)), (vec!["book-renamed"], all.clone()));
    put(&path, renamed("Số liệu sơ kết").as_bytes());
    follow(&source, &mut snapshot).await;
    let asked = asks(&source);
    let [ask] = asked.as_slice() else { panic!("one question, not {asked:?}") };
    assert_eq!(reports(&snapshot).len(), 3);
    assert!(snapshot.item(&OF_HEALTH.into()).is_none_or(|item| item.state.base == Base::Exempt));
    drop(source);
    let source = rows_followed(&desk, &renamed("Số liệu sơ kết")).await;
    let former = Reply::Former("duty:bao-cao-6-thang-dau-nam".into());
    assert_eq!(source.reply(ask.id, &former).await.unwrap(), Decided::Done);
    let snapshot = whole(&source).await;
    assert_eq!(reports(&snapshot), all);
    assert_eq!((state(&snapshot, OF_HEALTH).notes, state(&snapshot, OF_HEALTH).base), (1, Base::NotStarted));
    assert_eq!(asks(&source), []);
}
