//! A plan on a Redmine server, opened. Nothing is asked of the server before the screen is there.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    exit::{Exit, Stop},
    opened::Opened,
    session::Session,
};
use crate::{
    config::NamedSource,
    domain::failure::Failure,
    runtime::copied::Copied,
    sources::{Source, http::missing, redmine::Redmine},
    store::cache::Cache,
    words::{self, Words},
};

/// Opens it.
pub(super) async fn open(session: &Session, named: &NamedSource) -> anyhow::Result<Opened> {
    let (spoken, config) = (&session.words, &session.config);
    let mut settings = named.redmine(config);
    settings.plan = config.plan.clone().or(settings.plan);
    let key = settings.web.token.find(true).await.map_err(|why| Stop::because(spoken, Exit::Usage, missing(&why)))?;
    let language = words::language(&settings.options.notes).filter(|_| !settings.options.notes.is_empty());
    let said = Words::new(language.unwrap_or(config.language));
    let folder = config.data_dir.as_ref().map(|folder| folder.join("cache"));
    let address = format!("{} {}", settings.web.url, settings.project);
    let cache = folder.map(|folder| Cache::new(&folder, &address, settings.plan.as_ref(), key.as_ref()));
    let source = Redmine::new(settings, key, Arc::new(move |sentence| said.say(sentence)));
    let source = source.map_err(|failure| match failure {
        Failure::Refused(why) => Stop::because(spoken, Exit::Usage, why),
        other @ (Failure::Offline(_) | Failure::Denied(_) | Failure::Unreadable(_)) => other.into(),
    })?;
    let (place, plan) = (source.origin(), source.plan().clone());
    let source: Arc<dyn Source> = match cache {
        Some(cache) => Arc::new(Copied::new(Arc::new(source), plan, cache, Arc::new(Timestamp::now))),
        None => Arc::new(source),
    };
    Ok(Opened { source, name: named.name.clone(), place, recorder: None, now: Timestamp::now(), built_in: false })
}
