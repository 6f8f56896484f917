//! The loop: draw, wait for one fact, take all that have come, perform the effects, again. Nothing to do means no wake-up but
//! the source's poll and the clock's next visible change.

use std::{path::PathBuf, sync::Arc, time::Duration};

use futures::StreamExt;
use ratatui::{buffer::Buffer, layout::Rect};
use tokio::{
    sync::mpsc::{self, Receiver},
    time::{Instant, sleep, sleep_until},
};

pub use super::clock::Clock;
use super::{
    Frame, Input, Options, Terminal,
    acts::Left,
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
    ui,
};

/// Facts that may wait; a task that has more to say waits itself.
const FACTS: usize = 256;
/// How long the first frame waits for the first answer, so that a quick source is never seen loading.
const FIRST_ANSWER: Duration = Duration::from_millis(50);

/// How often it is shown how far an answer has come.
const GLANCE: Duration = Duration::from_millis(100);

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
    /// What is asked of the terminal.
    pub options: Options,
    /// Where views are kept; none where there is no place for them.
    pub views: Option<PathBuf>,
    /// What reminders by e-mail take; none where they cannot be sent.
    pub mailing: Option<Mailing>,
    /// Make the thread that writes fail, to show what happens then.
    pub fails: bool,
}

/// Shows the dashboard until it is left; answers the exit code, and what was not sent.
///
/// # Errors
///
/// When there is no terminal to show it on, or it cannot be taken.
pub async fn run(dashboard: Dashboard) -> std::io::Result<(u8, Left)> {
    super::panic::install();
    let (input_sender, inputs) = mpsc::channel(FACTS);
    let terminal = Terminal::enter(dashboard.options)?;
    super::listen(input_sender)?;
    if dashboard.fails {
        terminal.fail_writing_thread();
    }
    let size = terminal.size();
    let (sender, facts) = mpsc::channel(FACTS);
    watch(&dashboard.source, sender.clone());
    follow_loading(&dashboard.source, sender.clone());
    let mailer = Mailer::new(dashboard.mailing, Arc::clone(&dashboard.source), sender.clone());
    let keeper = Keeper::new(dashboard.views, sender.clone());
    let performer = Performer::new(dashboard.source, dashboard.settings.me.clone(), dashboard.post, sender);
    let performer = performer.keeping(dashboard.seen).recording(dashboard.recorder);
    let mut model = Model::new(dashboard.settings, dashboard.clock.now(), (size.width, size.height));
    dashboard.found.into_iter().for_each(|found| model.say(Level::Error, found));
    let mouse = Mouse::default();
    let (bindings, looks, clock) = (dashboard.bindings, dashboard.looks, dashboard.clock);
    let spare = Buffer::default();
    let mut running = Running {
        model,
        bindings,
        looks,
        clock,
        terminal,
        performer,
        mailer,
        keeper,
        mouse,
        spare,
        changed: true,
        minute: None,
        code: None,
    };
    let code = running.run(inputs, facts).await;
    running.terminal.leave();
    running.mailer.finish().await;
    running.keeper.finish().await;
    let left = running.performer.finish().await;
    Ok((code, left))
}

/// Passes on that the source may have changed.
pub(super) fn watch(source: &Arc<dyn Source>, sender: mpsc::Sender<Msg>) {
    let mut changes = source.changed();
    tokio::spawn(async move {
        while changes.next().await.is_some() {
            if sender.send(Msg::SourceChanged).await.is_err() {
                return;
            }
        }
    });
}

/// Passes on how far a large answer has come, not more often than one can see.
pub(super) fn follow_loading(source: &Arc<dyn Source>, sender: mpsc::Sender<Msg>) {
    let mut loading = source.loading();
    tokio::spawn(async move {
        while let Some(loading) = loading.next().await {
            if sender.send(Msg::Loading(loading)).await.is_err() {
                return;
            }
            sleep(GLANCE).await;
        }
    });
}

struct Running {
    model: Model,
    bindings: Bindings,
    looks: ui::Looks,
    clock: Clock,
    terminal: Terminal,
    performer: Performer,
    mailer: Mailer,
    keeper: Keeper,
    mouse: Mouse,
    /// A buffer to draw the next frame into.
    spare: Buffer,
    /// Something came since the last frame that may be seen.
    changed: bool,
    /// The minute the last frame shows.
    minute: Option<i64>,
    /// How it ends, once it does.
    code: Option<u8>,
}

impl Running {
    async fn run(&mut self, mut inputs: Receiver<Input>, mut facts: Receiver<Msg>) -> u8 {
        let effects = app::start(&mut self.model);
        self.perform(effects);
        let mut wake = Instant::now() + FIRST_ANSWER;
        loop {
            tokio::select! {
                input = inputs.recv() => match input {
                    Some(input) => self.take(input),
                    None => return 1,
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
            if let Some(code) = self.code {
                return code;
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
            Input::Hangup => self.code = Some(129),
            Input::Ended(code) => self.code = Some(code),
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
                Effect::Quit => self.code = self.code.or(Some(0)),
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
                | Effect::KeepLook(_)
                | Effect::Act { .. }
                | Effect::Withdraw { .. }
                | Effect::Decide { .. }
                | Effect::SendNow
                | Effect::Amend { .. }
                | Effect::OpenLink(_) => self.performer.perform(effect, self.clock.now()),
                Effect::ComposeMail { items } => {
                    let preview = self.mailer.compose(&self.model, items);
                    self.fact(Msg::MailComposed(preview));
                }
                Effect::SendMail => self.mailer.send(),
                Effect::StopMail => self.mailer.stop(),
            }
        }
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
