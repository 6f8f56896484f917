//! `tiendo export FILE.svg`: what the screen would show, drawn without one: the same app, one question after the other answered
//! by the source.

use std::collections::VecDeque;

use jiff::civil::Date;

use super::{
    arguments::Asked,
    dashboard, day,
    exit::{Exit, Stop},
    looks, opened, output,
    session::Session,
};
use crate::{
    app::{self, effect::Effect, keys::Bindings, model::Model, msg::Msg, saved::Views, settings::Settings},
    domain::{look::LastLook, nearest::nearest, sentence::Sentence, text::Text},
    panels::view::{VIEWS, ViewId},
    runtime::{handing, views},
    sources::{Remembered, Source},
    ui::{self, depth::Depth},
};

/// The size of a picture where none is asked for.
const USUAL: (u16, u16) = (120, 36);
/// The largest there is.
const LARGEST: u16 = 500;

/// `120x36`.
pub(super) fn size(typed: &str) -> Result<(u16, u16), String> {
    let sides = typed.split_once(['x', 'X', '×']);
    let side = |text: &str| text.trim().parse::<u16>().ok().filter(|side| (20..=LARGEST).contains(side));
    let sides = sides.and_then(|(width, height)| Some((side(width)?, height.trim().parse::<u16>().ok()?)));
    let fits = sides.filter(|(_, height)| (8..=LARGEST).contains(height));
    fits.ok_or_else(|| format!("120x36: 20x8 … {LARGEST}x{LARGEST}"))
}

/// The picture of a view, and how the command ends: a source that is not reached is shown as it last was.
pub(super) async fn picture(
    session: &Session,
    asked: &Asked,
    size: Option<(u16, u16)>,
) -> anyhow::Result<(Vec<u8>, Exit)> {
    let opened = opened::open(session).await?;
    let config = &session.config;
    let appearance = ui::Looks::new(config.language, &config.theme, depth(session), config.ascii)?;
    let appearance = appearance.with_curves(config.charts);
    let can = opened.source.capabilities();
    let kept = config.kept_views().as_deref().map(views::read).unwrap_or_default().0;
    let settings = dashboard::settings(session, &appearance, opened.built_in, None);
    let last_look = looks::open(session, &opened).await.map_or(LastLook::Never, |(last_look, _)| last_look);
    let settings = Settings {
        views: Views { written: config.views.clone(), kept, asked: None },
        no_journal: !can.journal,
        tells_days: can.at,
        recalls: can.recalls,
        amends: can.amends,
        takes: can.takes,
        last_look,
        wall: None,
        ..settings
    };
    let bindings = Bindings::new(&config.keys).map_err(|error| Stop::usage(session.wrong_keys(&error)))?;
    let model = Model::new(settings, opened.now, size.unwrap_or(USUAL));
    let mut desk = Desk { model, bindings, source: opened.source.as_ref() };
    let effects = app::start(&mut desk.model);
    desk.perform(effects).await?;
    desk.show(session, asked).await?;
    let mut exit = Exit::Done;
    if let Some(failure) = &desk.model.feed.failure {
        output::complain(&format!("tiendo: {}", session.words.say(failure.why())));
        exit = Exit::Unreachable;
    }
    let Desk { model, bindings, .. } = desk;
    let (width, height) = model.size;
    let look = appearance.of(&model, &bindings);
    let drawn = look.map(|look| handing::drawn(&model, &look, (width, height))).unwrap_or_default();
    Ok((drawn.into_bytes(), exit))
}

/// A picture has all colours, whatever the terminal shows.
fn depth(session: &Session) -> Depth {
    if session.config.colour { Depth::TrueColour } else { Depth::None }
}

/// The app with its source, without a terminal or a clock.
struct Desk<'a> {
    model: Model,
    bindings: Bindings,
    source: &'a dyn Source,
}

impl Desk<'_> {
    /// Shows what was asked for.
    async fn show(&mut self, session: &Session, asked: &Asked) -> anyhow::Result<()> {
        let name = session.view.as_deref();
        let own = name.and_then(|name| VIEWS.iter().map(|view| view.id).find(|view| view.as_str() == name));
        match (name, own) {
            (Some(name), None) => self.saved(session, name).await?,
            (_, own) => {
                let view = own.unwrap_or(ViewId::Overview);
                self.tell(Msg::Chosen(app::action::Action::show(view))).await?;
            }
        }
        if let Some(typed) = &asked.at {
            let day = self.day(session, typed)?;
            let effects = app::other_day::go_to(&mut self.model, day);
            self.perform(effects).await?;
        }
        let agency = asked.agency.as_ref().map(|id| format!("agency:{id}"));
        let typed: Vec<&str> = agency.iter().chain(&asked.filter).map(String::as_str).collect();
        if !typed.is_empty() {
            let standing = self.model.filter().text().to_owned();
            let typed = std::iter::once(standing.as_str()).chain(typed).collect::<Vec<_>>().join(" ");
            app::filter::set(&mut self.model, typed.trim());
            self.tell(Msg::Ticked(self.model.now)).await?;
            let (query, snapshot) = (&self.model.filter().query, self.model.snapshot.as_ref());
            let stranger = snapshot.and_then(|snapshot| query.stranger(snapshot, &self.model.lookup));
            if let Some(problem) = query.problems.first().cloned().or(stranger) {
                return Err(Stop::usage(session.words.say(&problem)));
            }
        }
        Ok(())
    }

    /// Shows the view kept under a name.
    async fn saved(&mut self, session: &Session, name: &str) -> anyhow::Result<()> {
        let views = &mut self.model.palette.views;
        let found = views.find(name).map(|(name, _)| name.clone());
        let wrong = || {
            let known = views.all().map(|(name, _)| name.as_str()).chain(VIEWS.iter().map(|view| view.id.as_str()));
            let near = nearest(name, known);
            Stop::usage(session.words.say(&Sentence::new("cli-no-such-view").with("name", name).near(near)))
        };
        let found: Text = found.ok_or_else(wrong)?;
        views.asked = Some(found);
        self.tell(Msg::Ticked(self.model.now)).await
    }

    fn day(&self, session: &Session, typed: &str) -> anyhow::Result<Date> {
        let no_date = || Stop::usage(session.words.with("cli-no-date", &[("typed", typed.into())]));
        let end = day::end_of(typed, &self.model.zone, self.model.now).ok_or_else(no_date)?;
        Ok(end.to_zoned_datetime(self.model.zone.clone()).date())
    }

    async fn tell(&mut self, msg: Msg) -> anyhow::Result<()> {
        let effects = app::update(&mut self.model, &self.bindings, msg);
        self.perform(effects).await
    }

    /// Carries out what the app wants to know, until it knows it; what it would do to the world it does not.
    async fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<()> {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            if let Some(fact) = self.answer(effect).await? {
                effects.extend(app::update(&mut self.model, &self.bindings, fact));
            }
        }
        Ok(())
    }

    async fn answer(&self, effect: Effect) -> anyhow::Result<Option<Msg>> {
        let source = self.source;
        Ok(Some(match effect {
            Effect::Recall => {
                let remembered = source.recall().await;
                Msg::Recalled(remembered.map(|Remembered { snapshot, at }| (Box::new(snapshot), at)))
            }
            Effect::Fetch { ticket, cursor } => {
                let result = source.fetch(cursor).await;
                if self.model.snapshot.is_none()
                    && let Err(failure) = result
                {
                    return Err(failure.into());
                }
                Msg::Fetched { ticket, result }
            }
            Effect::FetchDay { ticket, instant } => {
                Msg::DayFetched { ticket, result: Ok(Box::new(source.at(instant).await?)) }
            }
            Effect::FetchPast { ticket, day } => {
                Msg::PastFetched { ticket, result: source.past(day).await.map(Box::new) }
            }
            Effect::FetchHistory { item, until } => {
                let filter = crate::domain::answer::Filter { item: Some(item.clone()), until, ..Default::default() };
                Msg::HistoryFetched { item, result: source.entries(&filter).await }
            }
            Effect::FetchJournal { ticket, filter } => {
                Msg::JournalFetched { ticket, result: source.entries(&filter).await }
            }
            Effect::FetchChanges { ticket, filter } => {
                Msg::ChangesFetched { ticket, result: source.entries(&filter).await }
            }
            Effect::Keep
            | Effect::StopFetch
            | Effect::LookAround { .. }
            | Effect::SwitchTo(_)
            | Effect::KeepLook(_)
            | Effect::Act { .. }
            | Effect::ComposeMail { .. }
            | Effect::SendMail
            | Effect::StopMail
            | Effect::Withdraw { .. }
            | Effect::Decide { .. }
            | Effect::SendNow
            | Effect::Amend { .. }
            | Effect::FetchSteps { .. }
            | Effect::KeepView { .. }
            | Effect::KeepFirstSteps
            | Effect::Reply { .. }
            | Effect::HandOver { .. }
            | Effect::Copy(_)
            | Effect::Notify(_)
            | Effect::OpenLink(_)
            | Effect::Suspend
            | Effect::Quit => return Ok(None),
        }))
    }
}
