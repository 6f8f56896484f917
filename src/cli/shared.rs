//! A ledger shared by `tiendo serve`, opened: who signs in, which plan, and what is kept of it here. Where the plan is known
//! nothing is asked of the server: what is kept is on the screen before it answers.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    exit::{Exit, Stop},
    opened::Opened,
    session::Session,
};
use crate::{
    config::NamedSource,
    domain::{failure::Failure, id::PlanId, sentence::Sentence, snapshot::Snapshot},
    runtime::cached::Cached,
    sources::{
        Source as _,
        http::{Http, TokenFrom, missing},
    },
    store::cache::Cache,
};

/// Its plans; the one that is kept of it here where it cannot be reached.
pub(super) async fn plans(session: &Session, named: &NamedSource) -> anyhow::Result<Vec<Option<PlanId>>> {
    let settings = named.http(&session.config);
    let usage = |why: Sentence| Stop::because(&session.words, Exit::Usage, why);
    let token = settings.token.find(true).await.map_err(|why| usage(missing(&why)))?;
    let folder = session.config.data_dir.as_ref().map(|folder| folder.join("cache"));
    let kept = folder.and_then(|folder| Cache::new(&folder, &settings.url, None, token.as_ref()).plan());
    match (Http::plans(settings, token).await, kept) {
        (Ok(heads), _) => Ok(heads.into_iter().map(|head| Some(head.id)).collect()),
        (Err(Failure::Offline(_)), Some(plan)) => Ok(vec![Some(plan)]),
        (Err(failure), _) => Err(failure.into()),
    }
}

/// Opens it.
pub(super) async fn open(session: &Session, named: &NamedSource) -> anyhow::Result<Opened> {
    let (words, config) = (&session.words, &session.config);
    let settings = named.http(config);
    let usage = |why: Sentence| Stop::because(words, Exit::Usage, why);
    let token = settings.token.find(true).await.map_err(|why| usage(missing(&why)))?;
    let plan = config.plan.as_ref().or(named.plan.as_ref());
    let folder = config.data_dir.as_ref().map(|folder| folder.join("cache"));
    let cache = folder.map(|folder| Cache::new(&folder, &settings.url, plan, token.as_ref()));
    let source = match plan {
        Some(plan) => Http::new(settings, token, plan.clone()),
        None => match Http::choose(settings.clone(), token.clone()).await {
            Err(failure @ Failure::Offline(_)) => match cache.as_ref().and_then(Cache::plan) {
                Some(plan) => Http::new(settings, token, plan),
                None => {
                    let why = Sentence::new("cli-shared-which-plan").with("why", failure.why().clone());
                    return Err(Stop::because(words, Exit::Unreachable, why));
                }
            },
            chosen => chosen,
        },
    };
    // What is wrong with the address, the certificates or the plan is wrong in the config.
    let source = source.map_err(|failure| match failure {
        Failure::Refused(why) => usage(why),
        other @ (Failure::Offline(_) | Failure::Denied(_) | Failure::Unreadable(_)) => other.into(),
    })?;
    let source = Arc::new(Cached::new(source, cache));
    let place = source.origin();
    Ok(Opened { source, name: named.name.clone(), place, recorder: None, now: Timestamp::now(), built_in: false })
}

/// What was kept of it here; nothing is asked of its server, and no command for its token.
pub(super) async fn kept(session: &Session, named: &NamedSource) -> Option<Snapshot> {
    let settings = named.http(&session.config);
    if matches!(settings.token, TokenFrom::Command(_)) {
        return None;
    }
    let token = settings.token.find(false).await.ok()?;
    let plan = session.config.plan.as_ref().or(named.plan.as_ref());
    let folder = session.config.data_dir.as_ref()?.join("cache");
    Some(Cache::new(&folder, &settings.url, plan, token.as_ref()).read()?.received.snapshot)
}
