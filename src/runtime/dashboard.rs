//! The loop: draw, wait for one fact, take all that have come, perform the effects, again. Nothing to do means no wake-up but
//! the source's poll and the clock's next visible change.

use std::{path::PathBuf, sync::Arc, time::Duration};

use ratatui::{buffer::Buffer, layout::Rect};
use tokio::{
    sync::mpsc::{self, Receiver},
    time::{Instant, sleep_until},
};

pub use super::clock::Clock;
use super::{
    Frame, Input, Terminal,
    acts::Left,
    around::{Ending, Look, look_around},
    follow::{follow_loading, watch},
    handing::{Clerk, Hands},
    mailing::{Mailer, Mailing},
    mouse::Mouse,
    perform::Performer,
    post::Post,
    recorder::Recorder,
    unseen::is_unseen,
    views::Keeper,
};
use crate::{
    app::{
        self,
        effect::Effect,
        keys::{Bindings, Key},
        messages::Level,
        model::Model,
        msg::Msg,
        settings::Settings,
    },
    domain::sentence::Sentence,
    sources::Source,
    store::seen::Seen,
    ui, words,
};

/// Facts that may wait; a task that has more to say waits itself.
pub(super) const FACTS: usize = 256;
/// How long the first frame waits for the first answer, so that a quick source is never seen loading.
const FIRST_ANSWER: Duration = Duration::from_millis(50);

/// Everything a dashboard needs to run.
pub struct Dashboard {
    /// Where facts come from.
    pub source: Arc<dyn Source>,
    /// What acts wait in before a remote source; none where the source takes them at once.
    pub post: Option<Post>,
    /// Where looks are kept; none where they are not.
    pub seen: Option<Seen>,
    /// Where days are kept; none where the source can tell them.
    pub recorder: Option<Recorder>,
    /// What is to be said of what was found on opening.
    pub found: Vec<Sentence>,
    /// What the app goes by.
    pub settings: Settings,
    /// What keys do.
    pub bindings: Bindings,
    /// How it looks.
    pub looks: ui::Looks,
    /// The plan's clock.
    pub clock: Clock,
    /// How other plans are looked at; none where there are none.
    pub look: Option<Look>,
    /// Where views are kept; none where there is no place for them.
    pub views: Option<PathBuf>,
    /// What handing over takes; none where nothing is.
    pub hands: Option<Hands>,
    /// Where it is kept that the first steps were shown; none where there is no place for it.
    pub first_steps: Option<PathBuf>,
    /// What reminders by e-mail take; none where they cannot be sent.
    pub mailing: Option<Mailing>,
}

/// A dashboard that is shown.
pub(super) struct Running<'a> {
    model: Model,
    bindings: Bindings,
    looks: ui::Looks,
    clock: Clock,
    terminal: &'a Terminal,
    performer: Performer,
    look: Option<Look>,
    facts: mpsc::Sender<Msg>,
    mailer: Mailer,
    keeper: Keeper,
    clerk: Clerk,
    mouse: Mouse,
    /// A buffer to draw the next frame into.
    spare: Buffer,
    /// Something came since the last frame that may be seen.
    changed: bool,
    /// The minute the last frame shows.
    minute: Option<i64>,
    /// How it ends, once it does.
    ending: Option<Ending>,
}

impl<'a> Running<'a> {
    /// Before its first frame, and where its facts come.
    pub(super) fn new(dashboard: Dashboard, terminal: &'a Terminal) -> (Self, Receiver<Msg>) {
        let size = terminal.size();
        let (sender, facts) = mpsc::channel(FACTS);
        watch(&dashboard.source, sender.clone());
        follow_loading(&dashboard.source, sender.clone());
        let mailer = Mailer::new(dashboard.mailing, Arc::clone(&dashboard.source), sender.clone());
        let keeper = Keeper::new(dashboard.views, sender.clone());
        let clerk = Clerk::new(dashboard.hands, Arc::clone(&dashboard.source), sender.clone());
        let performer = Performer::new(dashboard.source, dashboard.settings.me.clone(), dashboard.post, sender.clone());
        let performer = performer.keeping(dashboard.seen).recording(dashboard.recorder).teaching(dashboard.first_steps);
        let mut model = Model::new(dashboard.settings, dashboard.clock.now(), (size.width, size.height));
        dashboard.found.into_iter().for_each(|found| model.say(Level::Error, found));
        let running = Running {
            model,
            bindings: dashboard.bindings,
            looks: dashboard.looks,
            clock: dashboard.clock,
            terminal,
            performer,
            look: dashboard.look,
            facts: sender,
            mailer,
            keeper,
            clerk,
            mouse: Mouse::default(),
            spare: Buffer::default(),
            changed: true,
            minute: None,
            ending: None,
        };
        (running, facts)
    }

    /// Ends what is under way; answers what was not sent.
    pub(super) fn finish(self) -> impl Future<Output = Left> + Send + 'static {
        let Running { model, mailer, keeper, clerk, performer, .. } = self;
        let language = words::language(model.language());
        async move {
            mailer.finish().await;
            keeper.finish().await;
            clerk.finish().await;
            Left { language, ..performer.finish().await }
        }
    }

    /// Shows it until it is left.
    pub(super) async fn run(&mut self, inputs: &mut Receiver<Input>, mut facts: Receiver<Msg>) -> Ending {
        let effects = app::start(&mut self.model);
        self.perform(effects);
        let mut wake = Instant::now() + FIRST_ANSWER;
        loop {
            tokio::select! {
                input = inputs.recv() => match input {
                    Some(input) => self.take(input),
                    None => return Ending::Left(1),
                },
                fact = facts.recv() => if let Some(fact) = fact { self.fact(fact) },
                () = sleep_until(wake) => {}
            }
            while let Ok(input) = inputs.try_recv() {
                self.take(input);
            }
            while let Ok(fact) = facts.try_recv() {
                self.fact(fact);
            }
            let page = self.model.wall.as_ref().map(|wall| wall.page());
            self.fact(Msg::Ticked(self.clock.now()));
            self.changed |= page != self.model.wall.as_ref().map(|wall| wall.page());
            if let Some(ending) = self.ending.take() {
                return ending;
            }
            let minute = self.model.now.as_second().div_euclid(60);
            if std::mem::take(&mut self.changed) || self.minute != Some(minute) {
                self.minute = Some(minute);
                self.draw();
            }
            wake = self.clock.instant_of(app::wakes_at(&self.model));
        }
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Key(key) => {
                if let Some(key) = Key::of(key) {
                    self.fact(Msg::Pressed(key));
                }
            }
            Input::Paste(text) => self.fact(Msg::Pasted(text)),
            Input::Mouse(event) => {
                let look = self.looks.of(&self.model, &self.bindings);
                if let Some(msg) = look.and_then(|look| self.mouse.took(event, &self.model, &look)) {
                    self.fact(msg);
                }
            }
            Input::Resize(width, height) => self.fact(Msg::Resized { width, height }),
            Input::Hangup => self.ending = Some(Ending::Left(129)),
            Input::Ended(code) => self.ending = Some(Ending::Left(code)),
        }
    }

    fn fact(&mut self, msg: Msg) {
        if let Msg::Fetched { result: Err(failure), .. }
        | Msg::HistoryFetched { result: Err(failure), .. }
        | Msg::Acted { result: Err(failure), .. }
        | Msg::Amended { result: Err(failure), .. } = &msg
        {
            tracing::warn!(%failure);
        }
        if let Msg::Heard(news) = &msg {
            self.clock.follow(news.skew);
        }
        self.changed |= !is_unseen(&msg, &self.model);
        let effects = app::update(&mut self.model, &self.bindings, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            tracing::debug!(?effect);
            match &effect {
                Effect::KeepView { name, view } => self.keeper.keep(name.clone(), view.clone()),
                Effect::Quit => self.end(Ending::Left(0)),
                Effect::LookAround { ticket } => {
                    if let Some(look) = &self.look {
                        look_around(look, &self.model.settings.sources, *ticket, &self.facts);
                    }
                }
                Effect::SwitchTo(to) => {
                    let begins = (self.model.language, self.model.theme);
                    self.end(Ending::Switches { to: to.clone(), begins });
                }
                Effect::Suspend => self.terminal.suspend(),
                Effect::Copy(text) => self.terminal.copy(text),
                Effect::Notify(said) => {
                    if let Some(look) = self.looks.of(&self.model, &self.bindings) {
                        self.terminal.notify(self.model.settings.notifications.how, &look.words.say(said));
                    }
                }
                Effect::Recall
                | Effect::StopFetch
                | Effect::Keep
                | Effect::Fetch { .. }
                | Effect::FetchDay { .. }
                | Effect::FetchPast { .. }
                | Effect::FetchHistory { .. }
                | Effect::FetchSteps { .. }
                | Effect::FetchJournal { .. }
                | Effect::FetchChanges { .. }
                | Effect::KeepFirstSteps
                | Effect::KeepLook(_)
                | Effect::Act { .. }
                | Effect::Withdraw { .. }
                | Effect::Decide { .. }
                | Effect::Reply { .. }
                | Effect::SendNow
                | Effect::Amend { .. }
                | Effect::OpenLink(_) => self.performer.perform(effect, self.clock.now()),
                Effect::ComposeMail { items } => {
                    let preview = self.mailer.compose(&self.model, items);
                    self.fact(Msg::MailComposed(preview));
                }
                Effect::HandOver { ticket, order } => {
                    let looks = (&self.looks, &self.bindings);
                    self.clerk.hand_over(*ticket, order.clone(), &self.model, looks);
                }
                Effect::SendMail => self.mailer.send(),
                Effect::StopMail => self.mailer.stop(),
            }
        }
    }

    /// The first ending stands.
    fn end(&mut self, ending: Ending) {
        self.ending.get_or_insert(ending);
    }

    fn draw(&mut self) {
        let (width, height) = self.model.size;
        let mut buffer = std::mem::take(&mut self.spare);
        buffer.resize(Rect::new(0, 0, width, height));
        buffer.reset();
        let look = self.looks.of(&self.model, &self.bindings);
        let drawn = look.map(|look| ui::draw(&self.model, &look, &mut buffer)).unwrap_or_default();
        self.spare = self.terminal.show(Frame { buffer, cursor: drawn.cursor, title: None });
        if let Some(end) = drawn.detail_end.filter(|end| *end < self.model.detail.offset) {
            self.fact(Msg::DetailEnds(end));
        }
    }
}
