//! How the plans of each source stand, for the list one switches plans by.

use std::sync::Arc;

use futures::FutureExt as _;
use jiff::tz::TimeZone;

use super::{
    exit::Stop,
    opened::{self, Opened, SAMPLE},
    session::Session,
};
use crate::{
    domain::{answer::Fetched, failure::Failure, glance::Glance, sentence::Sentence, status::Today, text::Text},
    runtime::around::Look,
    sources::Remembered,
};

/// The sources one can switch to, and which of them the session is on.
pub(super) fn sources(session: &Session) -> (Vec<Option<Text>>, Option<Text>) {
    let config = &session.config;
    if session.given.is_some() || config.source.as_deref() == Some(SAMPLE) {
        return (Vec::new(), None);
    }
    let names = || config.sources.iter().map(|source| Some(Text::new(&source.name)));
    let here = config.source.as_deref().map(Text::new).or_else(|| names().next().flatten());
    let sources = match here {
        Some(_) => names().collect(),
        None if opened::has_ledger(config) => vec![None],
        None => Vec::new(),
    };
    (sources, here)
}

/// Opens a source of the session's config and tells how its plans stand.
pub(super) fn look(session: &Session) -> Look {
    let session = Arc::new(session.on(None, None));
    Arc::new(move |source| {
        let session = session.on(source.as_ref().map(Text::as_str), None);
        async move { glances(&session).await }.boxed()
    })
}

async fn glances(session: &Session) -> Result<Vec<Glance>, Failure> {
    let mut glances = Vec::new();
    for plan in opened::plans(session).await.map_err(told)? {
        let one = session.on(session.config.source.as_deref(), plan);
        let opened = opened::open_bare(&one).await.map_err(told)?;
        glances.push(glance(&one, &opened).await?);
    }
    Ok(glances)
}

/// How its plan stands; where it does not answer, how it stood when it last did.
async fn glance(session: &Session, opened: &Opened) -> Result<Glance, Failure> {
    let (snapshot, at) = match opened.source.fetch(None).await {
        Ok(Fetched::Whole(snapshot)) => (*snapshot, None),
        Ok(Fetched::Unchanged | Fetched::Entries(_)) => {
            return Err(Failure::Unreadable(Sentence::new("plans-no-whole")));
        }
        Err(failure) => match opened.source.recall().await {
            Some(Remembered { snapshot, at }) => (snapshot, Some(at)),
            None => return Err(failure),
        },
    };
    let outline = &snapshot.outline;
    let zone = TimeZone::get(&outline.plan.timezone).unwrap_or(TimeZone::UTC);
    let date = zone.to_datetime(opened.now).date();
    let today = Today::new(date, session.config.due_soon_working_days, &outline.calendar);
    Ok(Glance::of(&snapshot, today, at))
}

/// Why a source could not be opened, as it would be said on the command line: in whatever language is on the screen by then.
fn told(error: anyhow::Error) -> Failure {
    let error = match error.downcast::<Failure>() {
        Ok(failure) => return failure,
        Err(error) => error,
    };
    let said = Sentence::new("plans-not-opened");
    Failure::Refused(match error.downcast::<Stop>() {
        Ok(Stop { why: Some(why), .. }) => said.with("why", why),
        Ok(Stop { message, .. }) => said.with("why", message),
        Err(error) => said.with("why", format!("{error:#}")),
    })
}
