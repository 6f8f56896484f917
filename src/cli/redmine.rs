//! A plan on a Redmine server, opened. Nothing is asked of the server before the screen is there.

use std::sync::Arc;

use jiff::Timestamp;

use super::{exit::Stop, opened::Opened, session::Session};
use crate::{
    config::NamedSource,
    domain::failure::Failure,
    sources::{Source as _, http::missing, redmine::Redmine},
    words::{self, Words},
};

/// Opens it.
pub(super) async fn open(session: &Session, named: &NamedSource) -> anyhow::Result<Opened> {
    let (spoken, config) = (&session.words, &session.config);
    let mut settings = named.redmine(config);
    settings.plan = config.plan.clone().or(settings.plan);
    let key = settings.web.token.find(true).await.map_err(|why| Stop::usage(spoken.say(&missing(&why))))?;
    let language = words::language(&settings.options.notes).filter(|_| !settings.options.notes.is_empty());
    let said = Words::new(language.unwrap_or(config.language));
    let source = Redmine::new(settings, key, Arc::new(move |sentence| said.say(sentence)));
    let source = source.map_err(|failure| match failure {
        Failure::Refused(why) => Stop::usage(spoken.say(&why)),
        other @ (Failure::Offline(_) | Failure::Denied(_) | Failure::Unreadable(_)) => other.into(),
    })?;
    let place = source.origin();
    Ok(Opened {
        source: Arc::new(source),
        name: named.name.clone(),
        place,
        recorder: None,
        now: Timestamp::now(),
        built_in: false,
    })
}
