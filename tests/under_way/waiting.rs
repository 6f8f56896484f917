//! Acting on a remote source as a coordinator meets it: what is done is seen at once and waits until it can be sent, is
//! decided on where it did not go through, and can be taken back. Time is moved, never waited for.

use std::{path::Path, sync::Arc, time::Duration};

use crate::{
    picture::{Appearance, text},
    record::*,
    remote::*,
};
use tiendo::{
    app::{
        self,
        effect::Effect,
        keys::{Bindings, Written},
        model::Model,
        msg::{Msg, Ticket},
        settings::Settings,
        sync::Chance,
        vocabulary::Vocabulary,
    },
    domain::{
        answer::Filter,
        entry::Verb,
        item::State,
        status::Base,
        waiting::{Mark, Standing},
    },
    ledger::Ledger,
    panels::RowKey,
    runtime::{
        acts::Left,
        perform::Performer,
        post::{self, Post},
    },
    sources::Source,
    store::outbox::Outbox,
};
use tokio::{sync::mpsc, time::advance};

const LONG: Duration = Duration::from_secs(61);

/// A running program without its terminal.
struct Desk {
    model: Model,
    bindings: Bindings,
    performer: Performer,
    facts: mpsc::Receiver<Msg>,
    remote: Arc<Remote>,
    now: Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>,
    outbox: Arc<Outbox>,
}

impl Desk {
    async fn new(remote: &Arc<Remote>, directory: &Path, number: u128, time: &Stopped) -> Self {
        let outbox = open_outbox(directory).await;
        let post = Post {
            outbox: Arc::clone(&outbox),
            address: address(),
            holder: holder(number),
            clock: time.clock(),
            chance: Chance(7),
        };
        let (sender, facts) = mpsc::channel(256);
        let source = Arc::clone(remote) as Arc<dyn Source>;
        let performer = Performer::new(source, Some(me()), Some(post), sender);
        let settings = Settings {
            vocabularies: vec![Vocabulary::new("vi", []), Vocabulary::new("en", [])],
            themes: vec!["dark".into()],
            due_soon_working_days: 3,
            agency: None,
            me: Some(me()),
            sample: false,
            mails: false,
            amends: false,
            takes: Default::default(),
            no_journal: false,
            tells_days: true,
            recalls: false,
            wall: None,
            notifications: Default::default(),
            last_look: Default::default(),
            first_time: false,
            read_only: None,
            views: Default::default(),
            sources: Vec::new(),
            source: None,
            begins: (0, 0),
            forms: Vec::new(),
            seed: 7,
        };
        let now = time.clock();
        let mut model = Model::new(settings, now(), (120, 36));
        let effects = app::start(&mut model);
        let bindings = Bindings::new(&Written::new()).unwrap();
        let mut desk = Desk { model, bindings, performer, facts, remote: Arc::clone(remote), now, outbox };
        desk.perform(effects);
        desk.until("the plan is there", |desk| desk.model.snapshot.is_some()).await;
        desk.keys("3").await;
        desk
    }

    fn perform(&self, effects: Vec<Effect>) {
        effects.into_iter().for_each(|effect| self.performer.perform(effect, (self.now)()));
    }

    fn fact(&mut self, msg: Msg) {
        let effects = app::update(&mut self.model, &self.bindings, msg);
        self.perform(effects);
    }

    /// Takes facts until it is so; time stands still.
    async fn until(&mut self, what: &str, is_so: impl Fn(&Desk) -> bool) {
        self.wait(what, Duration::ZERO, is_so).await;
    }

    /// Takes facts until it is so, and time goes on: what has failed is tried again, whenever it comes to wait for that.
    async fn in_time(&mut self, what: &str, is_so: impl Fn(&Desk) -> bool) {
        self.wait(what, Duration::from_millis(500), is_so).await;
    }

    async fn wait(&mut self, what: &str, step: Duration, is_so: impl Fn(&Desk) -> bool) {
        let mut in_vain = 0;
        while !is_so(self) {
            tokio::select! {
                biased;
                msg = self.facts.recv() => {
                    let msg = msg.unwrap();
                    self.fact(msg);
                    in_vain = 0;
                }
                // What is looked for may be so without a fact.
                () = breath() => {
                    in_vain += 1;
                    assert!(in_vain < MANY, "never: {what}; said {:?}", self.said());
                    advance(step).await;
                }
            }
        }
    }

    async fn keys(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.fact(Msg::Pressed(key.parse().unwrap()));
        }
    }

    fn take_all(&mut self) {
        while let Ok(msg) = self.facts.try_recv() {
            self.fact(msg);
        }
    }

    /// A note on the selected row.
    async fn note(&mut self, text: &str) {
        self.keys("n").await;
        for letter in text.chars() {
            self.fact(Msg::Pressed(letter.to_string().parse().unwrap()));
        }
        self.keys("enter").await;
    }

    async fn progress(&mut self, percent: &str) {
        self.keys("p backspace backspace").await;
        for letter in percent.chars() {
            self.fact(Msg::Pressed(letter.to_string().parse().unwrap()));
        }
        self.keys("enter").await;
    }

    async fn select(&mut self, item: &str) {
        self.keys("g").await;
        for _ in 0..8 {
            if self.selected() == item {
                return;
            }
            self.keys("j").await;
        }
        panic!("{item} is not in the list");
    }

    fn selected(&self) -> String {
        match &self.model.list(self.model.leading()).selected {
            Some(RowKey::Item(item)) => item.to_string(),
            Some(RowKey::Agency(_) | RowKey::Campaign(_) | RowKey::Entry(_)) | None => String::new(),
        }
    }

    fn state(&self, item: &str) -> State {
        self.model.snapshot.as_ref().unwrap().item(&item.into()).unwrap().state.clone()
    }

    fn waiting(&self) -> usize {
        self.model.pending.waiting.count()
    }

    fn cards(&self) -> usize {
        self.model.pending.waiting.cards().count()
    }

    fn mark(&self, item: &str) -> Option<Mark> {
        self.model.pending.waiting.mark(&item.into())
    }

    fn said(&self) -> Vec<&'static str> {
        self.model.messages.all().map(|said| said.sentence.id).take(4).collect()
    }

    fn screen(&self) -> String {
        text(&Appearance::dark().draw(&self.model, &self.bindings, self.model.size).0)
    }

    async fn leave(self) -> Left {
        drop(self.facts);
        self.performer.finish().await
    }

    async fn settled(&mut self) {
        self.in_time("nothing waits", |desk| desk.waiting() == 0).await;
    }
}

struct Office {
    time: Stopped,
    directory: tempfile::TempDir,
    remote: Arc<Remote>,
}

async fn office() -> Office {
    let time = Stopped::new();
    Office { time, directory: tempfile::tempdir().unwrap(), remote: Remote::new().await }
}

impl Office {
    async fn desk(&self, number: u128) -> Desk {
        Desk::new(&self.remote, self.directory.path(), number, &self.time).await
    }

    fn is_down(&self) {
        self.remote.fails(vec![Fault::Offline; 100]);
    }

    fn is_back(&self) {
        self.remote.faults.lock().unwrap().clear();
    }

    async fn journal(&self) -> Vec<(Verb, Option<String>)> {
        let entries = self.remote.ledger.entries(&plan_id(), &Filter::default()).await.unwrap().entries;
        let said =
            |entry: &tiendo::domain::entry::Entry| (entry.verb.clone(), entry.by.as_ref().map(ToString::to_string));
        entries.iter().rev().skip(1).map(said).collect()
    }

    /// What somebody else does.
    async fn elsewhere(&self, entry: tiendo::domain::entry::Entry) {
        let answer = self.remote.ledger.append(&plan_id(), &[entry], &"other".into(), minute(9)).await.unwrap();
        assert!(matches!(answer[0], tiendo::domain::answer::Admission::Applied { .. }), "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_act_is_seen_at_once_waits_survives_a_restart_and_is_plain_once_it_arrived() {
    let office = office().await;
    office.is_down();
    let mut desk = office.desk(1).await;
    assert!(!desk.screen().contains("chờ gửi"));
    desk.select("task:N2").await;
    desk.progress("40").await;
    desk.until("it is seen", |desk| desk.waiting() == 1).await;
    assert_eq!((desk.state("task:N2").progress, desk.mark("task:N2")), (40, Some(Mark::Waiting)));
    assert_eq!(desk.said()[0], "said-queued");
    let screen = desk.screen();
    assert!(screen.contains("↥ 1 chờ gửi") && screen.contains("↥ chờ gửi"), "{screen}");
    desk.until("why it waits is told", |desk| desk.said().contains(&"said-waits")).await;
    assert_eq!(desk.leave().await, Left { waiting: 1, cards: 0, unknown: 0, ..Left::default() });
    let mut desk = office.desk(2).await;
    desk.until("it is there again", |desk| desk.waiting() == 1).await;
    assert_eq!(desk.state("task:N2").progress, 40);
    office.is_back();
    advance(LONG).await;
    desk.settled().await;
    desk.until("the journal was fetched", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 2).await;
    assert_eq!((desk.state("task:N2").progress, desk.mark("task:N2")), (40, None));
    assert!(!desk.screen().contains("chờ gửi"), "{}", desk.screen());
    assert_eq!(office.journal().await, [(Verb::Progress, Some("me".into()))]);
    assert_eq!(desk.leave().await, Left::default());
}

/// Leaves while time goes on.
async fn by_and_by(leaving: impl Future<Output = Left>) -> Left {
    let mut leaving = std::pin::pin!(leaving);
    loop {
        tokio::select! {
            biased;
            left = &mut leaving => return left,
            () = breath() => advance(Duration::from_millis(100)).await,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn leaving_tells_what_waits_though_the_outbox_cannot_be_used_any_more() {
    let office = office().await;
    office.is_down();
    let mut desk = office.desk(1).await;
    for item in ["task:N1", "task:N2"] {
        desk.select(item).await;
        desk.note("hen").await;
    }
    desk.until("both wait", |desk| desk.waiting() == 2).await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(desk.outbox.path());
    let mut holder = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut holder).await.unwrap();
    desk.select("task:N3").await;
    desk.note("hen").await;
    assert_eq!(by_and_by(desk.leave()).await, Left { waiting: 2, cards: 0, unknown: 1, ..Left::default() });
}

#[tokio::test(start_paused = true)]
async fn leaving_tells_of_an_act_that_a_source_has_not_answered() {
    let office = office().await;
    office.remote.fails([Fault::Hangs]);
    let (sender, _facts) = mpsc::channel(256);
    let source = Arc::clone(&office.remote) as Arc<dyn Source>;
    let performer = Performer::new(source, Some(me()), None, sender);
    let drafts = vec![full(1, "task:N1", Verb::Note), full(2, "task:N2", Verb::Note)];
    performer.perform(Effect::Act { ticket: Ticket(1), drafts }, minute(1));
    assert_eq!(by_and_by(performer.finish()).await, Left { waiting: 0, cards: 0, unknown: 2, ..Left::default() });
}

#[tokio::test(start_paused = true)]
async fn several_acts_on_one_item_are_seen_together_and_go_in_their_order() {
    let office = office().await;
    office.is_down();
    let mut desk = office.desk(1).await;
    desk.select("task:N2").await;
    desk.progress("40").await;
    desk.until("it waits", |desk| desk.waiting() == 1).await;
    desk.select("task:N2").await;
    desk.keys("d enter").await;
    desk.until("all wait", |desk| desk.waiting() > 1).await;
    assert_ne!(desk.state("task:N2").base, Base::InProgress);
    office.is_back();
    advance(LONG).await;
    desk.settled().await;
    let journal = office.journal().await.len() as u64;
    desk.until("all was fetched", |desk| desk.model.snapshot.as_ref().unwrap().cursor == journal + 1).await;
    assert_eq!(desk.state("task:N2"), state(&office.remote.ledger, "task:N2").await);
}

/// Somebody else hands in what I report progress of; mine comes back as a card.
async fn with_a_card(office: &Office) -> Desk {
    office.is_down();
    let mut desk = office.desk(1).await;
    desk.select("task:N2").await;
    desk.progress("40").await;
    desk.until("it waits", |desk| desk.waiting() == 1).await;
    desk.until("it was tried", |desk| desk.model.pending.waits.is_some()).await;
    desk.select("task:N2").await;
    desk.note("hen").await;
    desk.until("the note waits behind it", |desk| desk.waiting() == 2).await;
    office.elsewhere(full(900, "task:N2", Verb::Extend)).await;
    office.is_back();
    advance(LONG).await;
    desk.in_time("there is a card", |desk| desk.cards() == 1 && desk.said()[0] == "said-card").await;
    desk.until("theirs is seen", |desk| desk.state("task:N2").extensions == 1).await;
    assert_eq!((desk.state("task:N2").progress, desk.mark("task:N2")), (0, Some(Mark::Card)));
    assert!(desk.screen().contains("≠ 1 chờ quyết định"), "{}", desk.screen());
    desk
}

#[tokio::test(start_paused = true)]
async fn a_card_shows_mine_theirs_and_what_i_had_seen() {
    let office = office().await;
    let mut desk = with_a_card(&office).await;
    desk.keys("X").await;
    desk.until("its history came", |desk| desk.model.dialog.is_some()).await;
    desk.take_all();
    desk.until("its history came", |desk| desk.screen().contains("Chờ quyết định")).await;
    desk.keys("enter").await;
    let screen = desk.screen();
    for said in
        ["Việc của tôi", "tiến độ 40%", "Đang có hiệu lực", "gia hạn", "other", "Lúc tôi xử lý", "Chờ theo sau", "hen"]
    {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
    desk.keys("enter").await;
    assert_eq!((desk.cards(), desk.model.dialog.is_none()), (1, true), "later changes nothing");
    assert_eq!(desk.leave().await, Left { waiting: 1, cards: 1, unknown: 0, ..Left::default() });
}

#[tokio::test(start_paused = true)]
async fn keeping_theirs_drops_mine_and_what_waited_behind_goes_on() {
    let office = office().await;
    let mut desk = with_a_card(&office).await;
    desk.keys("X enter down enter").await;
    desk.until("it is decided", |desk| desk.cards() == 0 && desk.said().contains(&"said-card-dropped")).await;
    desk.settled().await;
    desk.until("the note arrived", |desk| desk.state("task:N2").notes == 1).await;
    assert_eq!(desk.state("task:N2").progress, 0);
    let verbs: Vec<Verb> = office.journal().await.into_iter().map(|(verb, _)| verb).collect();
    assert_eq!(verbs, [Verb::Extend, Verb::Note]);
}

#[tokio::test(start_paused = true)]
async fn sending_mine_all_the_same_lays_it_on_top_of_theirs() {
    let office = office().await;
    let mut desk = with_a_card(&office).await;
    desk.keys("X enter down down enter").await;
    desk.until("it is decided", |desk| desk.said().contains(&"said-card-sent")).await;
    desk.settled().await;
    desk.until("all arrived", |desk| desk.model.snapshot.as_ref().unwrap().cursor >= 4).await;
    let state = desk.state("task:N2");
    assert_eq!((state.progress, state.extensions, state.notes, desk.cards()), (40, 1, 1, 0));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_withdrawn_and_can_be_brought_back() {
    let office = office().await;
    office.is_down();
    let mut desk = office.desk(1).await;
    desk.select("task:N2").await;
    // One that was tried is not withdrawn: it may have arrived.
    desk.note("mot").await;
    desk.until("it was tried", |desk| desk.model.pending.waits.is_some()).await;
    desk.select("task:N3").await;
    desk.progress("40").await;
    desk.until("both wait", |desk| desk.waiting() == 2).await;
    desk.keys("u").await;
    desk.until("it is gone", |desk| desk.waiting() == 1).await;
    assert_eq!((desk.state("task:N3").progress, desk.said()[0]), (0, "said-withdrawn"));
    desk.keys("U").await;
    desk.until("it is back", |desk| desk.waiting() == 2).await;
    assert_eq!(desk.state("task:N3").progress, 40);
    desk.keys("u").await;
    desk.until("it is gone again", |desk| desk.waiting() == 1).await;
    desk.keys("u").await;
    desk.until("that is said", |desk| desk.said()[0] == "said-not-possible").await;
    let uncertain = desk.outbox.acts(&address()).await.unwrap();
    assert_eq!((uncertain.len(), &uncertain[0].standing), (1, &Standing::Uncertain));
    assert_eq!(desk.state("task:N2").notes, 1, "it is still seen");
    office.is_back();
    advance(LONG).await;
    desk.settled().await;
    assert_eq!(office.journal().await.len(), 1, "what was withdrawn never arrived");
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_arrived_in_parts_is_taken_back_as_one_step() {
    let office = office().await;
    let mut desk = office.desk(1).await;
    // The first of the batch arrives, then the source is gone.
    office.remote.fails([]);
    let acts = office.remote.clone();
    desk.keys("g space space n").await;
    for letter in "ca hai".split(' ').collect::<String>().chars() {
        desk.fact(Msg::Pressed(letter.to_string().parse().unwrap()));
    }
    acts.poison.lock().unwrap().clear();
    office.remote.fails(vec![Fault::Hangs]);
    desk.keys("enter").await;
    desk.until("the first is on its way", |desk| desk.waiting() == 2 && !desk.remote.requests().is_empty()).await;
    office.remote.fails(vec![Fault::Offline; 100]);
    office.remote.go_on();
    desk.until("one arrived, the other was tried", |desk| desk.waiting() == 1 && desk.model.pending.waits.is_some())
        .await;
    assert_eq!(office.journal().await.len(), 1);
    office.is_back();
    advance(LONG).await;
    desk.settled().await;
    desk.keys("u").await;
    desk.until("both are taken back", |desk| desk.said()[0] == "said-queued-many").await;
    desk.settled().await;
    let verbs: Vec<Verb> = office.journal().await.into_iter().map(|(verb, _)| verb).collect();
    assert_eq!(verbs, [Verb::Note, Verb::Note, Verb::Reverse, Verb::Reverse]);
    desk.until("it is seen", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 5).await;
    assert_eq!(desk.state("task:N1").notes, 0);
}

#[tokio::test(start_paused = true)]
async fn undo_on_the_journal_is_seen_at_once_and_undone_again_is_withdrawn() {
    let office = office().await;
    let mut desk = office.desk(1).await;
    desk.select("task:N2").await;
    desk.progress("40").await;
    desk.until("it waits", |desk| desk.waiting() == 1).await;
    desk.settled().await;
    desk.until("it arrived", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 2).await;
    office.is_down();
    desk.select("task:N2").await;
    desk.until("its history is there", |desk| desk.screen().contains("— me")).await;
    desk.keys("u").await;
    desk.until("it waits", |desk| desk.waiting() == 1).await;
    assert_eq!(desk.state("task:N2").progress, 0, "{:?}", desk.said());
    office.is_back();
    advance(LONG).await;
    desk.settled().await;
    desk.until("it arrived", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 3).await;
    assert_eq!(desk.state("task:N2").progress, 0);
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_back_is_seen_so_after_a_restart_too() {
    let office = office().await;
    let mut desk = office.desk(1).await;
    desk.select("task:N2").await;
    desk.progress("40").await;
    desk.until("it waits", |desk| desk.waiting() == 1).await;
    desk.settled().await;
    desk.until("it arrived", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 2).await;
    office.is_down();
    desk.keys("u").await;
    desk.until("it waits", |desk| desk.waiting() == 1).await;
    assert_eq!(desk.leave().await, Left { waiting: 1, cards: 0, unknown: 0, ..Left::default() });
    let mut desk = office.desk(2).await;
    // Nothing is asked of the row itself: it is another one that is looked at.
    desk.select("task:N3").await;
    desk.until("its journal came", |desk| desk.state("task:N2").progress == 0).await;
    // While it is being tried, what becomes of it is not known.
    desk.until("it waits", |desk| desk.mark("task:N2") == Some(Mark::Waiting)).await;
    office.is_back();
    advance(LONG).await;
    desk.settled().await;
    desk.until("it arrived", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 3).await;
    assert_eq!(desk.state("task:N2"), state(&office.remote.ledger, "task:N2").await);
}

#[tokio::test(start_paused = true)]
async fn an_act_that_arrived_without_an_answer_is_seen_once() {
    let office = office().await;
    office.remote.fails([Fault::LostReply]);
    office.is_down();
    let mut desk = office.desk(1).await;
    desk.select("task:N2").await;
    desk.note("mot").await;
    desk.until("it was tried", |desk| desk.model.pending.waits.is_some()).await;
    desk.fact(Msg::SourceChanged);
    desk.until("it was fetched", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 2).await;
    assert_eq!((desk.state("task:N2").notes, desk.mark("task:N2")), (1, Some(Mark::Uncertain)));
    desk.select("task:N3").await;
    desk.note("hai").await;
    desk.until("another one waits", |desk| desk.waiting() == 2).await;
    assert_eq!(desk.state("task:N2").notes, 1);
    assert_eq!(desk.leave().await, Left { waiting: 2, cards: 0, unknown: 0, ..Left::default() });
    let mut desk = office.desk(2).await;
    desk.until("both are there again", |desk| desk.waiting() == 2).await;
    desk.until("it is seen once", |desk| desk.state("task:N2").notes == 1).await;
    assert_eq!((desk.state("task:N3").notes, desk.mark("task:N2")), (1, Some(Mark::Uncertain)));
    desk.select("task:N1").await;
    desk.note("ba").await;
    desk.until("another one waits", |desk| desk.waiting() == 3).await;
    assert_eq!(desk.state("task:N2").notes, 1);
    office.is_back();
    advance(LONG).await;
    desk.settled().await;
    desk.until("all was fetched", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 4).await;
    assert_eq!(desk.state("task:N2").notes, 1);
}

#[tokio::test(start_paused = true)]
async fn a_refused_act_is_a_card_that_says_why_and_can_be_dropped_or_sent_again() {
    for (keys, said, left) in [("down enter", "said-card-dropped", 0), ("down down enter", "said-card-sent", 1)] {
        let office = office().await;
        office.is_down();
        let mut desk = office.desk(1).await;
        desk.select("task:N2").await;
        desk.keys("d enter").await;
        desk.until("it waits", |desk| desk.waiting() == 2 && desk.model.pending.waits.is_some()).await;
        assert_eq!(desk.state("task:N2").base, Base::Done);
        // The plan lost the task meanwhile.
        let laid_down = office.remote.ledger.lay_down(amended(), &me(), minute(9), id(1_000_001)).await;
        laid_down.unwrap();
        office.is_back();
        advance(LONG).await;
        desk.in_time("there is a card", |desk| desk.cards() == 1 && desk.said()[0] == "said-card").await;
        assert_eq!((desk.waiting(), desk.mark("task:N2")), (1, Some(Mark::Card)), "the second waits behind the first");
        let screen = desk.screen();
        assert!(screen.contains("≠ 1 chờ quyết định") && screen.contains("↥ 1 chờ gửi"), "{screen}");
        desk.keys("X").await;
        desk.until("it is listed", |desk| desk.screen().contains("Chờ quyết định")).await;
        assert!(desk.screen().contains("bị từ chối"), "{}", desk.screen());
        desk.keys("enter").await;
        let screen = desk.screen();
        for words in ["Việc của tôi", "Lý do", "Chờ theo sau", "bỏ việc của tôi", "gửi lại"] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
        let asked = office.remote.requests().len();
        desk.keys(keys).await;
        desk.until("it is decided", |desk| desk.said().contains(&said)).await;
        desk.until("the source refused again", |desk| desk.remote.requests().len() > asked && desk.cards() == 1).await;
        assert_eq!(desk.waiting(), left);
    }
}

#[tokio::test(start_paused = true)]
async fn a_batch_of_which_one_was_sent_and_the_others_were_not_when_the_program_ended_is_still_one_step() {
    let office = office().await;
    let mut desk = office.desk(1).await;
    desk.keys("g space space space n").await;
    for letter in "cả ba".split(' ').collect::<String>().chars() {
        desk.fact(Msg::Pressed(letter.to_string().parse().unwrap()));
    }
    office.remote.fails(vec![Fault::Hangs]);
    desk.keys("enter").await;
    desk.until("one is on its way", |desk| desk.waiting() == 3 && !desk.remote.requests().is_empty()).await;
    assert_eq!(desk.leave().await, Left { waiting: 3, cards: 0, unknown: 0, ..Left::default() });
    // It arrived; that was not heard any more.
    assert_eq!(office.journal().await.len(), 1);
    office.remote.fails(vec![Fault::Denied; 100]);
    let mut desk = office.desk(2).await;
    desk.until("all are there again", |desk| desk.waiting() == 3 && desk.model.pending.waits.is_some()).await;
    let marks = ["task:N1", "task:N2", "task:N3"].map(|item| desk.mark(item));
    let uncertain = marks.iter().filter(|mark| **mark == Some(Mark::Uncertain)).count();
    let unsent = marks.iter().filter(|mark| **mark == Some(Mark::Waiting)).count();
    assert_eq!((uncertain, unsent), (1, 2), "{marks:?}");
    let notes = |desk: &Desk| ["task:N1", "task:N2", "task:N3"].map(|item| desk.state(item).notes).iter().sum::<u16>();
    assert_eq!(notes(&desk), 3, "each is seen once");
    desk.keys("u").await;
    desk.until("two are gone", |desk| desk.waiting() == 1).await;
    assert_eq!(desk.said()[0], "said-acted-some", "one may have arrived");
    office.is_back();
    desk.keys("esc R").await;
    desk.settled().await;
    assert_eq!(office.journal().await, [(Verb::Note, Some("me".into()))], "once, and nothing of the others");
    desk.until("it was fetched", |desk| desk.model.snapshot.as_ref().unwrap().cursor == 2).await;
    desk.keys("u").await;
    desk.until("the rest of the step is taken back", |desk| desk.said()[0] == "said-queued").await;
    desk.settled().await;
    assert_eq!(office.journal().await.len(), 2);
    desk.until("it is seen", |desk| notes(desk) == 0).await;
}

/// Time goes on until it is so on both. Which of them sends is the lease's to say.
async fn both(one: &mut Desk, other: &mut Desk, is_so: impl Fn(&Desk) -> bool) {
    while !(is_so(one) && is_so(other)) {
        breath().await;
        one.take_all();
        other.take_all();
        advance(Duration::from_millis(100)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn of_two_programs_on_one_outbox_one_sends_and_the_other_sees_it_settled() {
    let office = office().await;
    office.is_down();
    let mut one = office.desk(1).await;
    let mut other = office.desk(2).await;
    one.select("task:N2").await;
    one.progress("40").await;
    one.until("it waits", |desk| desk.waiting() == 1).await;
    both(&mut one, &mut other, |desk| desk.waiting() == 1).await;
    assert_eq!(other.state("task:N2").progress, 40);
    office.is_back();
    let is_plain = |desk: &Desk| desk.waiting() == 0 && desk.model.snapshot.as_ref().unwrap().cursor == 2;
    both(&mut one, &mut other, is_plain).await;
    assert_eq!((other.state("task:N2").progress, other.mark("task:N2")), (40, None));
    assert_eq!(office.journal().await.len(), 1);
}

#[tokio::test]
async fn a_damaged_outbox_is_told_of_and_one_of_a_newer_version_is_refused_with_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("outbox.db");
    std::fs::write(&path, vec![7_u8; 8192]).unwrap();
    let opened = post::open(&path, address(), 7).await;
    let said = opened.map(|(_, found)| found.damage).unwrap_or_else(|failure| panic!("{failure}")).unwrap();
    assert_eq!(said.id, "said-outbox-damaged");
    assert!(said.text("file").unwrap().contains("outbox-damaged-"));
    std::fs::remove_file(&path).unwrap();
    post::open(&path, address(), 7).await.map(|_| ()).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
    let newer = "INSERT INTO step (version, description, checksum) VALUES (99, 'of tomorrow', x'00')";
    sqlx::query(newer).execute(&mut connection).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let Err(failure) = post::open(&path, address(), 7).await else { panic!("it was opened") };
    assert_eq!(failure.why().id, "file-newer");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "it is left untouched");
}
