//! `tiendo trend`: how it stood at the end of each week, and what is planned from here on.

use clap::{Args, ValueEnum};

use super::{
    arguments::{Asked, Format},
    exit::Exit,
    facts::week::WeekFact,
    opened::wait,
    print,
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
    let asked = &arguments.asked;
    let Step::Week = arguments.by;
    let (view, past) = wait(async {
        let view = View::of(session, asked).await?;
        let past = view.opened.source.past(view.today.date).await?;
        Ok((view, past))
    })?;
    let places = past.places(&view.snapshot);
    let matcher = view.matcher();
    let every = !view.is_partial();
    let wanted = |item| every || view.is_asked_for(&matcher, item);
    let wanted: Vec<bool> = view.snapshot.items.iter().map(wanted).collect();
    let trend = Trend::of(&view.snapshot, view.today, Some((&past, &places)), &wanted, every);
    let weeks = WeekFact::all(&trend);
    match asked.format {
        Format::Json => print::json(&weeks)?,
        Format::Csv => print::csv(&weeks)?,
        Format::Table | Format::Md => {
            let answer = trend.today().filter(|today| today.tasks.assigned > 0);
            let lines: Vec<String> = answer.map(|today| WeekFact::answer(today, &session.words)).into_iter().collect();
            print::for_a_person(session, &view, "cli-trend", &weeks, &lines, asked.format)?;
        }
    }
    let behind = trend.today().is_some_and(|today| today.ahead() < 0);
    Ok(asked.exit(&view, behind))
}
