//! The local history: a source without a journal, which cannot tell other days, is kept by the day on this machine, and other days
//! are told from there.

use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use crate::{
    picture::{Appearance, text},
    screen::{self, App, snapshot},
};
use futures::{FutureExt, stream::BoxStream};
use jiff::{Timestamp, civil::Date};
use tempfile::TempDir;
use tiendo::{
    app::{effect::Effect, msg::Msg},
    cli::{Exit, run_on},
    domain::{
        answer::{Admission, Fetched, Filter, Page},
        entry::Entry,
        failure::Failure,
        id::ItemId,
        item::State,
        sentence::Sentence,
        snapshot::Snapshot,
        status::Base,
        trend::Trend,
    },
    runtime::{
        history,
        recorder::{EVERY, Place, Recorder},
    },
    sources::{Answer, Capabilities, Origin, Source},
    store::history::{Address, History, Picture},
};

const BDO: &str = "report:R6/2023-H1/bdo";

/// A workbook: it says how it stands now, and nothing else.
struct Workbook {
    stands: Mutex<(Snapshot, bool)>,
    tells_days: bool,
}

impl Workbook {
    fn new() -> Self {
        Workbook { stands: Mutex::new((snapshot(), true)), tells_days: false }
    }

    /// Somebody writes into it.
    fn write(&self, item: &str, state: State) {
        let mut stands = self.stands.lock().unwrap();
        stands.0.put(item.into(), state);
        stands.1 = true;
    }
}

impl Source for Workbook {
    fn fetch(&self, cursor: Option<u64>) -> Answer<'_, Fetched> {
        let mut stands = self.stands.lock().unwrap();
        let changed = std::mem::take(&mut stands.1) || cursor.is_none();
        let fetched = if changed { Fetched::Whole(Box::new(stands.0.clone())) } else { Fetched::Unchanged };
        async move { Ok(fetched) }.boxed()
    }

    fn at(&self, _: Timestamp) -> Answer<'_, Snapshot> {
        async move { if self.tells_days { Ok(snapshot()) } else { panic!("it cannot tell") } }.boxed()
    }

    fn entries<'a>(&'a self, _: &'a Filter) -> Answer<'a, Page> {
        async move { Ok(Page::default()) }.boxed()
    }

    fn send<'a>(&'a self, _: &'a [Entry], _: Timestamp) -> Answer<'a, Vec<Admission>> {
        async move { Ok(Vec::new()) }.boxed()
    }

    fn changed(&self) -> BoxStream<'static, ()> {
        Box::pin(futures::stream::pending())
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { at: self.tells_days, ..Capabilities::default() }
    }

    fn label(&self) -> String {
        "workbook".into()
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin { address: "/srv/plan.xlsx".into(), plan: "kh95".into() })
    }
}

/// A machine the workbook is looked at from, day after day.
struct Machine {
    folder: TempDir,
    workbook: Arc<Workbook>,
    clock: Arc<Mutex<Timestamp>>,
}

impl Machine {
    fn new() -> Self {
        let clock = Arc::new(Mutex::new(screen::now()));
        Machine { folder: tempfile::tempdir().unwrap(), workbook: Arc::new(Workbook::new()), clock }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data").join("history.db")
    }

    /// Does this to the file.
    fn does(&self, statement: &'static str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            use sqlx::Connection;
            let file = format!("sqlite://{}", self.path().display());
            let mut connection = sqlx::SqliteConnection::connect(&file).await.unwrap();
            sqlx::query(statement).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        });
    }

    fn place(&self, source: &str, days: u16) -> Place {
        let clock = Arc::clone(&self.clock);
        let clock = Arc::new(move || *clock.lock().unwrap());
        Place { path: self.path(), address: address(source), days, clock }
    }

    /// The dashboard is opened.
    fn open(&self) -> Seat<'_> {
        self.open_as("/srv/plan.xlsx", 400)
    }

    fn open_as(&self, source: &str, days: u16) -> Seat<'_> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let workbook = Arc::clone(&self.workbook) as Arc<dyn Source>;
        let (source, recorder) = runtime.block_on(async { history::before(workbook, self.place(source, days)) });
        let tells_days = source.capabilities().at;
        let app = App::started_as((120, 36), |settings| tiendo::app::settings::Settings { tells_days, ..settings });
        let mut seat = Seat { machine: self, app, source, recorder: recorder.unwrap(), runtime };
        seat.app.fact(Msg::Ticked(*self.clock.lock().unwrap()));
        seat.perform();
        seat
    }
}

fn address(source: &str) -> Address {
    Address { source: source.into(), plan: "kh95".into() }
}

struct Seat<'a> {
    machine: &'a Machine,
    app: App,
    source: Arc<dyn Source>,
    recorder: Recorder,
    runtime: tokio::runtime::Runtime,
}

impl Seat<'_> {
    fn perform(&mut self) {
        let mut effects: VecDeque<Effect> = self.app.effects.drain(..).collect();
        while let Some(effect) = effects.pop_front() {
            let run = &self.runtime;
            let msg = match effect {
                Effect::Fetch { ticket, cursor } => {
                    Msg::Fetched { ticket, result: run.block_on(self.source.fetch(cursor)) }
                }
                Effect::FetchDay { ticket, instant } => {
                    Msg::DayFetched { ticket, result: run.block_on(self.source.at(instant)).map(Box::new) }
                }
                Effect::FetchPast { ticket, day } => {
                    Msg::PastFetched { ticket, result: run.block_on(self.source.past(day)).map(Box::new) }
                }
                Effect::Recall
                | Effect::LookAround { .. }
                | Effect::SwitchTo(_)
                | Effect::StopFetch
                | Effect::Keep
                | Effect::FetchHistory { .. }
                | Effect::FetchJournal { .. }
                | Effect::FetchChanges { .. }
                | Effect::KeepLook(_)
                | Effect::KeepFirstSteps
                | Effect::Act { .. }
                | Effect::ComposeMail { .. }
                | Effect::SendMail
                | Effect::StopMail
                | Effect::Withdraw { .. }
                | Effect::Decide { .. }
                | Effect::Reply { .. }
                | Effect::SendNow
                | Effect::Amend { .. }
                | Effect::FetchSteps { .. }
                | Effect::KeepView { .. }
                | Effect::Copy(_)
                | Effect::Notify(_)
                | Effect::HandOver { .. }
                | Effect::OpenLink(_)
                | Effect::Suspend
                | Effect::Quit => continue,
            };
            self.app.fact(msg);
            effects.extend(self.app.effects.drain(..));
        }
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.app.keys(key);
            self.perform();
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.keys(":");
        self.app.types(text);
        self.keys("enter")
    }

    /// It is so late now, and the source is looked at.
    fn it_is(&mut self, instant: &str) -> &mut Self {
        let now: Timestamp = instant.parse().unwrap();
        *self.machine.clock.lock().unwrap() = now;
        self.app.fact(Msg::Ticked(now));
        self.app.fact(Msg::SourceChanged);
        self.perform();
        self
    }

    /// In the workbook, so many remarks are on the report of Bù Đốp.
    fn notes(&mut self, notes: u16) -> &mut Self {
        self.machine.workbook.write(BDO, State { notes, base: Base::InProgress, ..State::default() });
        self
    }

    /// The day shown, the one it was kept on, and how many remarks there are.
    fn shown(&self) -> (Option<Date>, Option<Date>, u16) {
        let model = &self.app.model;
        let snapshot = model.snapshot.as_ref().unwrap();
        (model.other_day.day(), snapshot.kept_on, snapshot.item(&ItemId::from(BDO)).unwrap().state.notes)
    }

    fn said(&self) -> Sentence {
        self.app.model.messages.all().next().unwrap().sentence.clone()
    }

    fn screen(&self, size: (u16, u16)) -> String {
        text(&Appearance::dark().draw(&self.app.model, &self.app.bindings, size).0)
    }

    fn settle(&self) -> Vec<Sentence> {
        self.runtime.block_on(self.recorder.settle());
        self.recorder.told()
    }

    /// Left, with everything written.
    fn leave(self) {
        self.settle();
    }
}

fn day(day: i8) -> Option<Date> {
    Some(jiff::civil::date(2023, 11, day))
}

/// The 20th to the 22nd with one, two, three remarks.
fn three_days(machine: &Machine) -> Seat<'_> {
    let mut seat = machine.open();
    seat.notes(1).it_is("2023-11-20T09:00:00+07:00");
    seat.notes(2).it_is("2023-11-21T09:00:00+07:00");
    seat.notes(3).it_is("2023-11-22T09:00:00+07:00");
    seat
}

#[test]
fn a_day_back_is_what_was_last_seen_that_day() {
    let machine = Machine::new();
    let mut seat = three_days(&machine);
    assert_eq!(seat.shown(), (None, None, 3));
    assert_eq!(seat.keys("<").shown(), (day(21), day(21), 2));
    assert_eq!(seat.keys("<").shown(), (day(20), day(20), 1));
    assert_eq!(seat.keys("=").shown(), (None, None, 3));
}

#[test]
fn days_are_compared() {
    let machine = Machine::new();
    let mut seat = three_days(&machine);
    let handed_in = State { base: Base::Done, handed_in: day(22), ..State::default() };
    machine.workbook.write(BDO, handed_in);
    seat.it_is("2023-11-22T10:00:00+07:00").types("compare 20/11");
    let changes = seat.app.model.changed.changes().all();
    assert!(changes.iter().any(|change| change.item.as_str() == BDO), "{changes:?}");
    seat.types("compare 21/11 20/11");
    assert_eq!(seat.shown(), (day(21), day(21), 2));
}

#[test]
fn days_stay_when_the_program_is_left() {
    let machine = Machine::new();
    three_days(&machine).leave();
    let mut seat = machine.open();
    assert_eq!(seat.keys("< <").shown(), (day(20), day(20), 1));
}

#[test]
fn of_a_day_nobody_looked_the_one_before_is_shown_and_named() {
    let machine = Machine::new();
    three_days(&machine).leave();
    let mut seat = machine.open();
    seat.notes(9).it_is("2023-11-27T09:00:00+07:00").keys("<");
    assert_eq!(seat.shown(), (day(26), day(22), 3));
    for size in [(120, 36), (200, 50)] {
        let screen = seat.screen(size);
        let named = "Chủ nhật 26/11/2023 · không phải hôm nay · theo bản lưu ngày 22/11";
        assert!(screen.contains(named), "{screen}");
    }
    let screen = seat.screen((80, 24));
    assert!(screen.contains("26/11/2023 · theo bản lưu 22/11") && screen.contains("không phải hôm nay"), "{screen}");
    assert_eq!(seat.types("compare 25/11 26/11").said().id, "said-kept-day");
    assert!(seat.keys("= <").screen((120, 36)).contains("theo bản lưu"));
    assert!(!seat.keys("= > < = : ").screen((120, 36)).contains("theo bản lưu"));
}

#[test]
fn a_day_that_was_seen_and_brought_nothing_new_is_its_own() {
    let machine = Machine::new();
    let mut seat = three_days(&machine);
    seat.it_is("2023-11-23T09:00:00+07:00").it_is("2023-11-24T09:00:00+07:00");
    assert_eq!(seat.keys("<").shown(), (day(23), day(23), 3));
}

#[test]
fn before_the_first_day_it_is_said_how_far_back_it_reaches() {
    let machine = Machine::new();
    let mut seat = three_days(&machine);
    seat.types("at 14/6/2023");
    let begins = Sentence::new("said-history-begins").with("date", day(20).unwrap());
    assert_eq!(seat.said(), Sentence::new("said-no-such-day").with("why", begins));
    assert_eq!(seat.shown(), (None, None, 3));
}

#[test]
fn the_last_of_a_day_counts_and_is_written_once_in_some_minutes() {
    let machine = Machine::new();
    let mut seat = three_days(&machine);
    seat.settle();
    seat.notes(4).it_is("2023-11-22T09:01:00+07:00");
    seat.notes(5).it_is("2023-11-22T09:02:00+07:00");
    assert_eq!(notes_kept(&machine, 22), 3);
    seat.settle();
    assert_eq!(notes_kept(&machine, 22), 5);
    seat.notes(6).it_is("2023-11-22T09:03:00+07:00").notes(7).it_is("2023-11-23T09:00:00+07:00").settle();
    assert_eq!(notes_kept(&machine, 22), 6, "the next day does not take the place of what waits");
}

#[test]
fn what_waits_is_written_by_itself() {
    let machine = Machine::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let workbook = Arc::clone(&machine.workbook) as Arc<dyn Source>;
        let (source, recorder) = history::before(workbook, machine.place("/srv/plan.xlsx", 400));
        let notes = |notes| machine.workbook.write(BDO, State { notes, ..State::default() });
        notes(1);
        source.fetch(None).await.unwrap();
        recorder.unwrap().settle().await;
        let opened = History::open(&machine.path(), address("/srv/plan.xlsx"), 400, screen::now()).await.unwrap();
        let kept = async || opened.history.at(day(20).unwrap()).await.unwrap().item(&BDO.into()).unwrap().state.notes;
        // Time stands still from here on, also while a file is being waited for: work of this kind keeps it from running ahead.
        tokio::time::pause();
        let (_held, wait) = std::sync::mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || wait.recv().err());
        notes(2);
        source.fetch(None).await.unwrap();
        for _ in 0..20 {
            breath().await;
        }
        assert_eq!(kept().await, 1);
        tokio::time::advance(EVERY).await;
        let mut breaths = 0;
        while kept().await != 2 {
            breaths += 1;
            assert!(breaths < 60_000, "it was never written");
            breath().await;
        }
    });
}

/// Lets the threads that read and write files go on for a moment.
async fn breath() {
    tokio::task::spawn_blocking(|| std::thread::park_timeout(std::time::Duration::from_millis(1))).await.unwrap();
}

fn notes_kept(machine: &Machine, of: i8) -> u16 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let opened = History::open(&machine.path(), address("/srv/plan.xlsx"), 400, screen::now()).await.unwrap();
        let snapshot = opened.history.at(day(of).unwrap()).await.unwrap();
        assert_eq!(snapshot.kept_on, day(of));
        snapshot.item(&BDO.into()).unwrap().state.notes
    })
}

#[test]
fn only_so_many_days_back_are_kept() {
    let machine = Machine::new();
    let mut seat = machine.open_as("/srv/plan.xlsx", 3);
    for of in 20..30_u16 {
        seat.notes(of).it_is(&format!("2023-11-{of}T09:00:00+07:00"));
    }
    assert_eq!(seat.types("at 26/11").shown(), (day(26), day(26), 26));
    seat.types("at 25/11");
    let begins = Sentence::new("said-history-begins").with("date", day(26).unwrap());
    assert_eq!(seat.said(), Sentence::new("said-no-such-day").with("why", begins));
    seat.settle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(History::forget(&machine.path())).unwrap();
    seat.types("at 26/11");
    let empty = Sentence::new("said-history-empty");
    assert_eq!(seat.said(), Sentence::new("said-no-such-day").with("why", empty));
}

#[test]
fn another_source_has_days_of_its_own() {
    let machine = Machine::new();
    three_days(&machine).leave();
    machine.workbook.write(BDO, State { notes: 50, ..State::default() });
    let mut other = machine.open_as("/srv/another.xlsx", 400);
    other.keys("<");
    let begins = Sentence::new("said-history-begins").with("date", day(22).unwrap());
    assert_eq!(other.said(), Sentence::new("said-no-such-day").with("why", begins));
    other.leave();
    let mut seat = machine.open();
    assert_eq!(seat.keys("<").shown(), (day(21), day(21), 2));
}

#[test]
fn a_damaged_file_is_set_aside_and_days_are_kept_from_then_on() {
    let machine = Machine::new();
    let path = machine.path();
    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::write(&path, vec![b'x'; 8_192]).unwrap();
    let mut seat = machine.open();
    let told = seat.settle();
    assert_eq!(told.iter().map(|said| said.id).collect::<Vec<_>>(), ["said-history-damaged"]);
    let aside = PathBuf::from(told[0].text("file").unwrap());
    assert_eq!(fs::read(aside).unwrap()[0], b'x', "nothing is thrown away");
    seat.it_is("2023-11-21T09:00:00+07:00");
    assert_eq!(seat.keys("<").shown(), (day(20), day(20), 0));
}

#[test]
fn a_day_that_cannot_be_read_does_not_take_the_next_ones_along() {
    let machine = Machine::new();
    three_days(&machine).leave();
    machine.does("UPDATE picture SET body = x'0102'");
    let mut seat = machine.open();
    seat.keys("<");
    assert_eq!((seat.said().id, seat.shown()), ("said-no-such-day", (None, None, 3)));
    seat.notes(4).it_is("2023-11-23T09:00:00+07:00").notes(5).it_is("2023-11-24T09:00:00+07:00");
    assert_eq!(seat.keys("<").shown(), (day(23), day(23), 4));
}

#[test]
fn a_file_of_a_newer_version_is_left_alone_and_it_is_said() {
    let machine = Machine::new();
    three_days(&machine).leave();
    machine.does("INSERT INTO step VALUES (9, 'later', x'00')");
    let mut seat = machine.open();
    assert_eq!(seat.settle().iter().map(|said| said.id).collect::<Vec<_>>(), ["said-history-lost"]);
    seat.keys("<");
    assert_eq!((seat.said().id, seat.shown().2), ("said-no-such-day", 3));
}

#[test]
fn the_trend_is_told_from_the_days_kept() {
    let machine = Machine::new();
    let mut seat = machine.open();
    seat.it_is("2023-11-22T09:00:00+07:00");
    machine.workbook.write("task:N06", State { base: Base::Done, handed_in: day(29), ..State::default() });
    seat.it_is("2023-11-29T09:00:00+07:00");
    let past = seat.runtime.block_on(seat.source.past(jiff::civil::date(2023, 12, 5))).unwrap();
    let model = &seat.app.model;
    let snapshot = model.snapshot.as_ref().unwrap();
    let places = past.places(snapshot);
    let trend = Trend::of(snapshot, model.today, Some((&past, &places)), &vec![true; snapshot.items.len()], true);
    let ends: Vec<Date> = past.weeks.clone();
    assert_eq!(ends, [day(26).unwrap(), jiff::civil::date(2023, 12, 3)]);
    assert!(trend.has_past && !trend.points.is_empty());
    let steps = past.histories().find(|(history, _)| history.id.as_str() == "task:N06").unwrap().1;
    assert_eq!(steps.iter().map(|step| step.standing.progress).collect::<Vec<_>>()[1..], [100]);
}

#[test]
fn nothing_is_kept_of_a_source_that_can_tell_itself() {
    let machine = Machine::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let workbook = Arc::new(Workbook { tells_days: true, ..Workbook::new() });
        let (source, recorder) = history::before(workbook, machine.place("/srv/plan.xlsx", 400));
        source.fetch(None).await.unwrap();
        assert!(recorder.is_none() && source.capabilities().at);
    });
    assert!(!machine.path().exists());
}

/// The command line on a source, with a config of its own.
fn runs(folder: &Path, source: Option<Workbook>, days: u16, arguments: &[&str]) -> Exit {
    let config = folder.join("tiendo.toml");
    let data = folder.join("data");
    fs::write(&config, format!("data_dir = {data:?}\nlanguage = \"en\"\nhistory_days = {days}\n")).unwrap();
    let program = ["tiendo", "--config", config.to_str().unwrap()];
    let arguments = program.iter().chain(arguments).map(|argument| (*argument).into());
    match source {
        Some(source) => run_on(Arc::new(source), arguments),
        None => tiendo::cli::run(arguments),
    }
}

#[test]
fn the_command_line_keeps_and_tells_days_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data").join("history.db");
    assert_eq!(runs(folder.path(), None, 400, &["--source", "sample", "status"]), Exit::Done);
    assert!(!file.exists(), "nothing is kept of the sample");
    assert_eq!(runs(folder.path(), Some(Workbook::new()), 0, &["status"]), Exit::Done);
    assert!(!file.exists(), "nothing is to be kept");
    assert_eq!(runs(folder.path(), Some(Workbook::new()), 400, &["status", "--at", "today"]), Exit::Done);
    assert_eq!(runs(folder.path(), Some(Workbook::new()), 400, &["status", "--at", "2023-06-14"]), Exit::Refused);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    }
}

#[tokio::test]
async fn a_picture_is_read_as_it_was_taken() {
    let folder = tempfile::tempdir().unwrap();
    let opened = History::open(&folder.path().join("history.db"), address("x"), 9, screen::now()).await.unwrap();
    let mut taken = snapshot();
    taken.withdrawn.insert("task:gone".into(), State { notes: 3, ..State::default() });
    let on = day(20).unwrap();
    opened.history.keep(on, Picture::of(&taken)).await.unwrap();
    let read = opened.history.at(on).await.unwrap();
    assert_eq!(read.outline.plan, taken.outline.plan);
    assert_eq!(read.items, taken.items);
    assert_eq!(read.withdrawn, taken.withdrawn);
    assert!(matches!(opened.history.at(day(19).unwrap()).await, Err(Failure::Refused(_))));
}

#[tokio::test]
async fn days_take_little_however_many_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let opened = History::open(&path, address("x"), 400, screen::now()).await.unwrap();
    let mut stands = snapshot();
    let mut on = day(20).unwrap();
    for place in 0..60 {
        let item = stands.items[place].id.clone();
        stands.put(item, State { notes: 1, ..State::default() });
        opened.history.keep(on, Picture::of(&stands)).await.unwrap();
        on = on.tomorrow().unwrap();
    }
    for place in [0, 30, 59] {
        let read = opened.history.at(day(20).unwrap().checked_add(jiff::ToSpan::days(place)).unwrap()).await.unwrap();
        let touched = read.items.iter().filter(|item| item.state.notes == 1).count();
        assert!(touched > usize::try_from(place).unwrap(), "{place}: {touched}");
    }
    let sizes = stored(&path).await;
    let whole: i64 = sizes.iter().copied().max().unwrap();
    let all: i64 = sizes.iter().sum();
    assert_eq!(sizes.len(), 60);
    assert_eq!(sizes.iter().filter(|size| **size > whole / 2).count(), 1, "one is whole: {sizes:?}");
    assert!(all < 3 * whole, "{all}: {sizes:?}");
}

/// How much each picture takes.
async fn stored(path: &Path) -> Vec<i64> {
    use sqlx::Connection;
    let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    sqlx::query_scalar("SELECT length(body) FROM picture ORDER BY number").fetch_all(&mut connection).await.unwrap()
}
