//! The dashboard itself, on the configured source or on the sample.

use clap::Args;
use jiff::civil::{Date, date};

use super::{
    around,
    colours::depth,
    day,
    exit::{Exit, Stop},
    looks, mail, offered, opened, outbox, output,
    session::{Session, variable},
};
use crate::{
    app::{
        keys::Bindings,
        notifications::{How, NotificationSettings},
        saved::Views,
        settings::Settings,
    },
    domain::{
        entry::Verb,
        failure::Failure,
        look::LastLook,
        nearest::nearest,
        sentence::{Sentence, Word},
        text::Text,
    },
    runtime::{
        self,
        acts::Left,
        around::Ending,
        dashboard::{Clock, Dashboard},
        linear::Conversation,
        mailing::Mailing,
        post::{Found, Post},
        seat::Seat,
    },
    sources::Source,
    store::first_steps,
    ui,
    words::Words,
};

/// The day of the sample plan: what its journal leads up to.
const SAMPLE_DAY: Date = date(2023, 11, 20);

/// `tiendo demo`.
#[derive(Clone, Debug, Args)]
pub(super) struct Demo {
    #[arg(long, value_name = "DATE", default_value = "2023-11-20")]
    at: String,
}

impl Demo {
    /// The day asked for.
    pub(super) fn day(&self, session: &Session) -> anyhow::Result<Date> {
        let no_date = || Stop::usage(session.words.with("cli-no-date", &[("typed", self.at.as_str().into())]));
        day::date(&self.at, SAMPLE_DAY).ok_or_else(no_date)
    }
}

/// Opens the dashboard and returns when it is closed; `demo` is the day of the sample plan rather than what is configured,
/// its clock set to 8 o'clock of that day.
pub(super) fn dashboard(session: &Session, demo: Option<Date>) -> anyhow::Result<Exit> {
    if !session.config.linear {
        runtime::require_terminal().map_err(|_| Stop::usage(session.words.get("cli-no-terminal").into_owned()))?;
    }
    let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let result = tokio.block_on(show(session, demo));
    tokio.shutdown_background();
    result
}

async fn show(session: &Session, demo: Option<Date>) -> anyhow::Result<Exit> {
    // What is wrong with what is configured is told before the screen opens.
    let mut made = make(session, demo, (0, 0)).await?;
    let mut here = session.on(session.config.source.as_deref(), session.config.plan.clone());
    let mut sitting = Sitting::begin(session)?;
    let code = loop {
        match sitting.show(made.dashboard).await {
            Ending::Left(code) => break code,
            Ending::Switches { to, begins } => {
                let next = session.on(to.source.as_ref().map(Text::as_str), Some(to.plan));
                made = match make(&next, None, begins).await {
                    Ok(made) => {
                        here = next;
                        made
                    }
                    Err(error) => {
                        let mut back = make(&here, demo, begins).await?;
                        let why = Sentence::new("said-plan-not-opened").with("why", format!("{error:#}"));
                        back.dashboard.found.push(why);
                        back
                    }
                };
            }
        }
    };
    let left = sitting.leave().await;
    let words = Words::new(left.language.unwrap_or(session.config.language));
    for (word, count) in
        [("cli-waiting-left", left.waiting), ("cli-cards-left", left.cards), ("cli-unknown-left", left.unknown)]
    {
        if count > 0 {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            output::complain(&words.with(word, &[("count", count.into())]));
        }
    }
    if made.built_in && code == 0 {
        output::complain(&words.get("cli-sample-left"));
    }
    Ok(if code == 0 { Exit::Done } else { Exit::Ended(code) })
}

/// Where dashboards are shown, one after another.
enum Sitting {
    Screen(Seat),
    Lines(Conversation),
}

impl Sitting {
    fn begin(session: &Session) -> anyhow::Result<Self> {
        if session.config.linear {
            return Ok(Sitting::Lines(Conversation::begin()?));
        }
        let seat = Seat::take(runtime::Options { mouse: true, title: false, ascii: session.config.ascii })?;
        if cfg!(debug_assertions) && variable("TIENDO_FAULT").is_some_and(|fault| fault == "panic") {
            seat.fail_writing_thread();
        }
        Ok(Sitting::Screen(seat))
    }

    async fn show(&mut self, dashboard: Dashboard) -> Ending {
        match self {
            Sitting::Screen(seat) => seat.show(dashboard).await,
            Sitting::Lines(conversation) => conversation.hold(dashboard).await,
        }
    }

    async fn leave(self) -> Left {
        match self {
            Sitting::Screen(seat) => seat.leave().await,
            Sitting::Lines(conversation) => conversation.leave().await,
        }
    }
}

/// A dashboard before it is shown.
struct Made {
    dashboard: Dashboard,
    /// Is it on the sample plan that ships?
    built_in: bool,
}

/// Opens what the session asks for; `begins` are the places of the language and the theme to begin with.
async fn make(session: &Session, demo: Option<Date>, begins: (usize, usize)) -> anyhow::Result<Made> {
    let opened = match demo {
        Some(day) => opened::sample(session, day.at(8, 0, 0, 0), None).await?,
        None => opened::open_at_once(session).await?,
    };
    let appearance =
        ui::Looks::new(session.config.language, &session.config.theme, depth(session), session.config.ascii)?
            .with_curves(session.config.charts);
    let read_only = if session.wall {
        Some(Word("read-only-wall"))
    } else if session.read_only {
        Some(Word("read-only-asked"))
    } else {
        (!opened.source.capabilities().writes).then_some(Word("read-only-source"))
    };
    // Where looks cannot be kept the marks last as long as the program; why is said.
    let (last_look, seen, unseen) = match looks::open(session, &opened).await {
        Ok((last_look, seen)) => (last_look, seen, None),
        Err(failure) => (LastLook::Never, None, Some(looks::lost(&failure))),
    };
    let can = opened.source.capabilities();
    // Who cannot say that somebody was reminded sends nothing.
    let reminds = read_only.is_none() && can.takes.check(&Verb::Remind).is_ok();
    let mails = !opened.built_in && reminds && session.config.mail.is_set_up();
    let settings = settings(session, &appearance, opened.built_in, read_only);
    let forms = offered::forms(&appearance);
    let settings = Settings { forms, amends: can.amends, takes: can.takes, no_journal: !can.journal, ..settings };
    let settings = Settings { mails, tells_days: can.at, recalls: can.recalls, last_look, ..settings };
    let (sources, source) = if demo.is_some() { (Vec::new(), None) } else { around::sources(session) };
    let mut settings = Settings { sources, source, begins, ..settings };
    let bindings = Bindings::new(&session.config.keys).map_err(|error| Stop::usage(session.wrong_keys(&error)))?;
    let clock = if opened.built_in { Clock::starting_at(opened.now) } else { Clock::default() };
    let mailing = mails.then(|| mailing(session)).transpose()?;
    let (source, recorder) = (opened.source, opened.recorder);
    let (post, mut found) = match demo {
        Some(_) => (None, Vec::new()),
        None => post(session, source.as_ref(), &mut settings).await,
    };
    let views = session.config.kept_views();
    let (kept, strange) = views.as_deref().map(runtime::views::read).unwrap_or_default();
    settings.views = Views { written: session.config.views.clone(), kept, asked: None };
    settings.views.asked = asked(session, &settings.views)?;
    found.extend(unseen.into_iter().chain(strange));
    let built_in = opened.built_in;
    let look = (!settings.sources.is_empty()).then(|| around::look(session));
    let dashboard = Dashboard {
        source,
        post,
        seen,
        recorder,
        found,
        settings,
        bindings,
        look,
        looks: appearance,
        clock,
        views,
        hands: Some(offered::hands(session)),
        first_steps: session.config.first_steps(),
        mailing,
    };
    Ok(Made { dashboard, built_in })
}

/// The view asked for, where there is one of that name.
fn asked(session: &Session, views: &Views) -> anyhow::Result<Option<Text>> {
    let Some(name) = &session.view else { return Ok(None) };
    let found = views.find(name).map(|(name, _)| name.clone());
    let wrong = || {
        let near = nearest(name, views.all().map(|(name, _)| name.as_str()));
        Stop::usage(session.words.say(&Sentence::new("cli-no-such-view").with("name", name.as_str()).near(near)))
    };
    Ok(Some(found.ok_or_else(wrong)?))
}

/// The outbox before a remote source, and what is to be told of it; where nothing is sent, what waits in it all the same. It
/// may not be used: then nothing is done here.
async fn post(session: &Session, source: &dyn Source, settings: &mut Settings) -> (Option<Post>, Vec<Sentence>) {
    let unusable = |word, failure: Failure| vec![Sentence::new(word).with("why", failure.why().clone())];
    if settings.read_only.is_none() {
        match outbox::post(session, source).await {
            Ok(Some((post, found))) => return (Some(post), found.notices()),
            Ok(None) => {}
            Err(failure) => {
                settings.read_only = Some(Word("read-only-outbox"));
                return (None, unusable("said-outbox-closed", failure));
            }
        }
    }
    match outbox::look(session, None).await {
        Ok(found) => (None, found.iter().flat_map(Found::notices).collect()),
        Err(failure) => (None, unusable("said-outbox-broken", failure)),
    }
}

pub(super) fn settings(session: &Session, looks: &ui::Looks, sample: bool, read_only: Option<Word>) -> Settings {
    Settings {
        vocabularies: looks.vocabularies(),
        themes: looks.themes(),
        due_soon_working_days: session.config.due_soon_working_days,
        agency: session.config.agency.clone(),
        me: Some(session.config.me.clone()),
        sample,
        read_only,
        first_time: is_first_time(session),
        notifications: notifications(session),
        // Lines have no pages to turn.
        wall: (session.wall && !session.config.linear).then(|| session.config.wall.clone()),
        seed: u64::from(std::process::id()),
        ..Settings::default()
    }
}

/// Sits there somebody who was not shown the first steps yet? A wall and lines teach nothing, and where nothing can be kept they
/// would come each time.
fn is_first_time(session: &Session) -> bool {
    let shown = session.config.first_steps().is_none_or(|path| first_steps::are_known(&path));
    !(shown || session.wall || session.config.linear)
}

/// Whether one is told of what happens: where everything is told in lines, always and at once.
fn notifications(session: &Session) -> NotificationSettings {
    if session.config.linear {
        return NotificationSettings { how: How::Bell, every_min: 0 };
    }
    session.config.notifications
}

/// What reminders by e-mail take. Wrong wording is told before the screen opens.
fn mailing(session: &Session) -> anyhow::Result<Mailing> {
    let templates = mail::templates(session).map_err(|problem| mail::stop(&session.words, &problem))?;
    let seat = session.config.agency.clone();
    Ok(Mailing { settings: session.config.mail.clone(), templates, seat, variable })
}
