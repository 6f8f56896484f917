//! `tiendo trend`: how it stood at the end of each week, and what is planned from here on.

use clap::{Args, ValueEnum};

use super::{
    arguments::Asked,
    exit::Exit,
    facts::week::WeekFact,
    list::{self, Found, List},
    session::Session,
    view::View,
};
use crate::domain::trend::Trend;

/// What a trend is asked for.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    #[arg(long, value_enum, default_value_t)]
    by: Step,
}

/// How far apart its points are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Step {
    #[default]
    Week,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> anyhow::Result<Exit> {
    let Step::Week = arguments.by;
    list::run(session, &arguments.asked, &Weeks)
}

/// The weeks, one after the other.
pub(super) struct Weeks;

impl List for Weeks {
    type Row = WeekFact;
    type Whole = Vec<WeekFact>;
    const TITLE: &'static str = "cli-trend";

    async fn find(&self, session: &Session, view: &View) -> anyhow::Result<Found<WeekFact, Vec<WeekFact>>> {
        let past = view.opened.source.past(view.today.date).await?;
        let places = past.places(&view.snapshot);
        let matcher = view.matcher();
        let every = !view.is_partial();
        let wanted = |item| every || view.is_asked_for(&matcher, item);
        let wanted: Vec<bool> = view.snapshot.items.iter().map(wanted).collect();
        let trend = Trend::of(&view.snapshot, view.today, Some((&past, &places)), &wanted, every);
        let answer = trend.today().filter(|today| today.tasks.assigned > 0);
        let answer = answer.map(|today| WeekFact::answer(today, &session.words));
        let behind = trend.today().is_some_and(|today| today.ahead() < 0);
        Ok(Found { lines: Some(answer.into_iter().collect()), any: Some(behind), ..Found::rows(WeekFact::all(&trend)) })
    }
}
