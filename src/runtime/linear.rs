//! The loop of linear mode: lines in, lines out, on whatever stands at both ends: a terminal as it is, a pipe, a file. Nothing
//! is ever written over and no escape sequence is written. What happens by itself is told with the answer to the next line,
//! never into the middle of one that is being typed.

use std::{
    io::{self, BufRead as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::{
    sync::{
        mpsc::{self, Receiver},
        oneshot,
    },
    task::JoinHandle,
    time::{Instant, sleep_until, timeout, timeout_at},
};

use super::{
    acts::Left,
    around::{Ending, Look, look_around},
    dashboard::{Clock, Dashboard},
    follow::{follow_loading, watch},
    handing::Clerk,
    interrupt,
    mailing::Mailer,
    perform::Performer,
    sweep::{REPLACEMENT_ASCII, sweep_line},
    views::Keeper,
};
use crate::{
    app::{self, effect::Effect, keys::Bindings, linear, messages::Level, model::Model, msg::Msg},
    domain::sentence::Sentence,
    ui, words,
};

/// Facts that may wait.
const FACTS: usize = 256;
/// The size the model is told: room for everything, so that whatever is told is there.
const SIZE: (u16, u16) = (200, 60);
/// How long an answer is waited for before what is there is told.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long leaving waits until everything told has left.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// How often a signal is looked for.
const SIGNALS: Duration = Duration::from_millis(250);
/// A line longer than this is cut; nobody types one.
const LONGEST: u64 = 64 * 1024;

/// Both ends of a conversation, and what tells that it is to stop. One plan after another is talked about.
pub struct Conversation {
    lines: Receiver<String>,
    speech: mpsc::UnboundedSender<String>,
    spoken: oneshot::Receiver<()>,
    stop: Arc<AtomicBool>,
    leaving: Vec<JoinHandle<Left>>,
}

impl Conversation {
    /// Begins to listen.
    ///
    /// # Errors
    ///
    /// When signals cannot be listened to.
    pub fn begin() -> io::Result<Self> {
        super::panic::install();
        let stop = interrupt::asked_to_stop()?;
        let lines = listen()?;
        let (speech, spoken) = speak()?;
        Ok(Conversation { lines, speech, spoken, stop, leaving: Vec::new() })
    }

    /// Talks about a plan until it is left for another one, or with the program.
    pub async fn hold(&mut self, dashboard: Dashboard) -> Ending {
        let mut talk = Talk::new(dashboard, self.speech.clone());
        let stop = Arc::clone(&self.stop);
        let stopped = async move {
            while !stop.load(Ordering::SeqCst) {
                tokio::time::sleep(SIGNALS).await;
            }
        };
        tokio::select! {
            () = talk.hold(&mut self.lines) => {}
            () = stopped => talk.ending = Some(Ending::Left(130)),
        }
        let Talk { model, performer, mailer, keeper, clerk, ending, .. } = talk;
        let language = words::language(model.language());
        self.leaving.push(tokio::spawn(async move {
            mailer.finish().await;
            keeper.finish().await;
            clerk.finish().await;
            Left { language, ..performer.finish().await }
        }));
        ending.unwrap_or(Ending::Left(0))
    }

    /// Waits until everything told has left; answers what was not sent.
    pub async fn leave(self) -> Left {
        drop(self.speech);
        let _ = timeout(LAST_WORDS, self.spoken).await;
        Left::by(self.leaving).await
    }
}

struct Talk {
    model: Model,
    bindings: Bindings,
    looks: ui::Looks,
    clock: Clock,
    performer: Performer,
    look: Option<Look>,
    sender: mpsc::Sender<Msg>,
    mailer: Mailer,
    keeper: Keeper,
    clerk: Clerk,
    facts: Receiver<Msg>,
    speech: mpsc::UnboundedSender<String>,
    /// What happened that is no message.
    news: Vec<Sentence>,
    ending: Option<Ending>,
}

impl Talk {
    fn new(dashboard: Dashboard, speech: mpsc::UnboundedSender<String>) -> Self {
        let (sender, facts) = mpsc::channel(FACTS);
        watch(&dashboard.source, sender.clone());
        follow_loading(&dashboard.source, sender.clone());
        let mailer = Mailer::new(dashboard.mailing, Arc::clone(&dashboard.source), sender.clone());
        let keeper = Keeper::new(dashboard.views, sender.clone());
        let clerk = Clerk::new(dashboard.hands, Arc::clone(&dashboard.source), sender.clone());
        let performer = Performer::new(dashboard.source, dashboard.settings.me.clone(), dashboard.post, sender.clone());
        let performer = performer.keeping(dashboard.seen).recording(dashboard.recorder);
        let mut model = Model::new(dashboard.settings, dashboard.clock.now(), SIZE);
        dashboard.found.into_iter().for_each(|found| model.say(Level::Error, found));
        Talk {
            model,
            bindings: dashboard.bindings,
            looks: dashboard.looks,
            clock: dashboard.clock,
            performer,
            look: dashboard.look,
            sender,
            mailer,
            keeper,
            clerk,
            facts,
            speech,
            news: Vec::new(),
            ending: None,
        }
    }

    async fn hold(&mut self, lines: &mut Receiver<String>) {
        let effects = app::start(&mut self.model);
        self.perform(effects);
        self.settle().await;
        self.tell();
        while self.ending.is_none() {
            let wake = self.clock.instant_of(app::wakes_at(&self.model));
            tokio::select! {
                line = lines.recv() => {
                    // The end of the input is the end of the conversation.
                    let Some(line) = line else { return };
                    self.fact(Msg::Ticked(self.clock.now()));
                    self.fact(Msg::Answered(line));
                    self.settle().await;
                    if self.ending.is_none() {
                        self.tell();
                    }
                }
                fact = self.facts.recv() => if let Some(fact) = fact { self.fact(fact) },
                () = sleep_until(wake) => self.fact(Msg::Ticked(self.clock.now())),
            }
        }
    }

    /// Takes in what comes until nothing is waited for any more, though not for ever.
    async fn settle(&mut self) {
        let until = Instant::now() + PATIENCE;
        while linear::waits(&self.model) && self.ending.is_none() {
            match timeout_at(until, self.facts.recv()).await {
                Ok(Some(fact)) => self.fact(fact),
                Ok(None) | Err(_) => return,
            }
        }
        while let Ok(fact) = self.facts.try_recv() {
            self.fact(fact);
        }
    }

    /// Tells everything there is to tell, and remembers that it was told.
    fn tell(&mut self) {
        let Some(look) = self.looks.of(&self.model, &self.bindings) else { return };
        let news = self.news.drain(..).map(|said| ui::linear::line(&look.words.say(&said), look.words));
        let lines: Vec<String> = news.chain(ui::linear::lines(&self.model, &look)).collect();
        for line in lines {
            // One that is gone is found out by the thread that writes.
            if self.speech.send(sweep_line(&line, REPLACEMENT_ASCII)).is_err() {
                self.ending.get_or_insert(Ending::Left(0));
            }
        }
        self.fact(Msg::Told);
    }

    fn fact(&mut self, msg: Msg) {
        let effects = app::update(&mut self.model, &self.bindings, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            tracing::debug!(?effect);
            match effect {
                Effect::Quit => self.ending = Some(Ending::Left(0)),
                Effect::LookAround { ticket } => {
                    if let Some(look) = &self.look {
                        look_around(look, &self.model.settings.sources, ticket, &self.sender);
                    }
                }
                Effect::SwitchTo(to) => {
                    let begins = (self.model.language, self.model.theme);
                    self.ending = Some(Ending::Switches { to, begins });
                }
                Effect::Notify(said) => self.news.push(said),
                Effect::ComposeMail { items } => {
                    let preview = self.mailer.compose(&self.model, &items);
                    self.fact(Msg::MailComposed(preview));
                }
                Effect::KeepView { name, view } => self.keeper.keep(name, view),
                Effect::HandOver { ticket, order } => {
                    self.clerk.hand_over(ticket, order, &self.model, (&self.looks, &self.bindings));
                }
                Effect::SendMail => self.mailer.send(),
                Effect::StopMail => self.mailer.stop(),
                // There is no clipboard but the terminal's, which is told nothing here; Ctrl-Z stops the program as any other.
                Effect::Copy(_) | Effect::Suspend => {}
                Effect::Fetch { .. }
                | Effect::Recall
                | Effect::StopFetch
                | Effect::Keep
                | Effect::FetchDay { .. }
                | Effect::FetchHistory { .. }
                | Effect::FetchSteps { .. }
                | Effect::FetchJournal { .. }
                | Effect::FetchChanges { .. }
                | Effect::FetchPast { .. }
                | Effect::KeepFirstSteps
                | Effect::KeepLook(_)
                | Effect::Act { .. }
                | Effect::Withdraw { .. }
                | Effect::Decide { .. }
                | Effect::Reply { .. }
                | Effect::SendNow
                | Effect::Amend { .. }
                | Effect::OpenLink(_) => self.performer.perform(effect, self.clock.now()),
            }
        }
    }
}

/// Lines as they are typed, from a thread of their own: reading waits.
fn listen() -> io::Result<Receiver<String>> {
    let (sender, lines) = mpsc::channel(1);
    thread::Builder::new().name("lines".to_owned()).spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            let read = io::Read::take(&mut input, LONGEST).read_until(b'\n', &mut line);
            if !matches!(read, Ok(1..)) || sender.blocking_send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
        }
    })?;
    Ok(lines)
}

/// Where lines go: to a thread of its own, for a slow line takes its time. Beside it what tells that all of them have left.
fn speak() -> io::Result<(mpsc::UnboundedSender<String>, oneshot::Receiver<()>)> {
    let (speech, mut lines) = mpsc::unbounded_channel::<String>();
    let (done, spoken) = oneshot::channel();
    thread::Builder::new().name("speech".to_owned()).spawn(move || {
        let mut output = io::stdout().lock();
        while let Some(line) = lines.blocking_recv() {
            if writeln!(output, "{line}").and_then(|()| output.flush()).is_err() {
                break;
            }
        }
        drop(output);
        let _ = done.send(());
    })?;
    Ok((speech, spoken))
}
