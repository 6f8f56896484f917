//! A project on a Redmine server looked at before it becomes a source: what of it is read as what, and what would be written into
//! the config.

use std::path::PathBuf;

use super::{
    Arguments,
    talk::{Talk, despite},
    written::Place,
};
use crate::{
    cli::{exit::Stop, opened::wait, session::variable},
    config::REDMINE_KEY,
    domain::{item::Kind, sentence::Sentence, text::Text},
    secret::Secret,
    sources::{
        http::{TokenFrom, check_url, missing},
        redmine::{Proposal, propose},
    },
};

/// Asks where it is, and shows what was found there.
pub(super) fn project(talk: &mut Talk<'_>, arguments: &Arguments) -> anyhow::Result<(String, &'static str, Place)> {
    let url = match &arguments.url {
        Some(url) => url.clone(),
        None => talk.ask("init-redmine", "", "--url")?,
    };
    check_url(&url).map_err(|why| Stop::usage(talk.words.say(&why)))?;
    let project = match &arguments.project {
        Some(project) => project.clone(),
        None => talk.ask("init-project", "", "--project")?,
    };
    let key_file = match &arguments.path {
        Some(path) => Some(path.display().to_string()),
        None => talk.ask_maybe("init-key-file")?,
    };
    let from = match (&key_file, variable(REDMINE_KEY)) {
        (Some(file), _) => TokenFrom::File(PathBuf::from(file)),
        (None, Some(key)) => TokenFrom::Variable(REDMINE_KEY, Secret::new(key)),
        (None, None) => TokenFrom::Nowhere,
    };
    let options = if arguments.offline { None } else { found(talk, &url, &project, &from)? };
    Ok((project.clone(), "redmine", Place::Redmine { url, project, key_file, options }))
}

/// What the server has, and what it is proposed to mean; nothing where it could not be asked and that is well so.
fn found(talk: &mut Talk<'_>, url: &str, project: &str, from: &TokenFrom) -> anyhow::Result<Option<toml::Value>> {
    let asked = wait(async {
        let key = from.find(true).await.map_err(|why| Stop::usage(talk.words.say(&missing(&why))))?;
        let key =
            key.ok_or_else(|| Stop::usage(talk.words.say(&Sentence::new("init-needs-key").with("name", REDMINE_KEY))))?;
        Ok(propose(url, key, project).await)
    })?;
    match asked {
        Ok(proposal) => {
            show(talk, &proposal)?;
            Ok(Some(toml::Value::try_from(&proposal.options)?))
        }
        Err(failure) => despite(talk, url, failure).map(|()| None),
    }
}

fn show(talk: &mut Talk<'_>, found: &Proposal) -> anyhow::Result<()> {
    talk.tell("init-redmine-title", &[("title", found.title.to_string())])?;
    let count = |kind| found.found.iter().find(|(of, _)| *of == kind).map_or(0, |(_, count)| *count).to_string();
    let counts = [
        ("tasks", count(Kind::Task)),
        ("reports", count(Kind::Report)),
        ("milestones", count(Kind::Milestone)),
        ("campaigns", found.campaigns.to_string()),
        ("agencies", found.agencies.len().to_string()),
    ];
    talk.tell("init-redmine-counts", &counts)?;
    let names = |names: &[Text]| names.iter().map(Text::as_str).collect::<Vec<_>>().join(", ");
    talk.tell("init-redmine-trackers", &[("names", names(&found.trackers))])?;
    talk.tell("init-redmine-fields", &[("names", names(&found.fields))])
}
