//! [`Session`]: the options and the words a command runs with.

use std::{fs, sync::Mutex};

use anyhow::Context;

use super::{
    arguments::Global,
    exit::{Exit, Stop},
};
use crate::{
    config::{self, Config, ConfigError, Problem},
    domain::nearest::nearest,
    ui::theme::Theme,
    words::Words,
};

/// What a command runs with.
#[derive(Debug)]
pub(super) struct Session {
    pub config: Config,
    pub words: Words,
    /// Is every act refused?
    pub read_only: bool,
}

impl Session {
    /// Gathers the options. What is wrong with them is told in the language that is known by then.
    pub(super) fn new(global: &Global) -> anyhow::Result<Self> {
        let config = Config::gather(global.config.as_deref(), global.layer(), &variable)
            .map_err(|error| Stop::usage(wrong_option(&words_so_far(global), &error)))?;
        if let Some(path) = &global.log {
            let file = fs::File::create(path).with_context(|| path.display().to_string())?;
            let log = tracing_subscriber::fmt()
                .with_ansi(false)
                .with_max_level(tracing::Level::DEBUG)
                .with_writer(Mutex::new(file));
            log.try_init().map_err(|error| Stop::with(Exit::Failed, error.to_string()))?;
        }
        let words = Words::new(config.language);
        let known = Theme::names();
        if !known.contains(&config.theme.as_str()) {
            let near = did_you_mean(&words, nearest(&config.theme, known));
            let said = words.with("cli-no-such-theme", &[("name", config.theme.as_str().into())]);
            return Err(Stop::usage(format!("{said}{near}")));
        }
        Ok(Session { words, config, read_only: global.read_only })
    }

    /// The tag of the language.
    pub(super) fn tag(&self) -> &'static str {
        self.words.language.tag
    }
}

/// A variable of the environment; one that is not text counts as not set.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The words of the language that flags and environment ask for: all there is while the config cannot be read.
pub(super) fn words_so_far(global: &Global) -> Words {
    let asked = global.lang.clone().or_else(|| variable("TIENDO_LANG"));
    let asked = asked.and_then(|tag| config::choice(&tag).ok().flatten());
    Words::new(asked.unwrap_or_else(|| config::of_locale(&variable)))
}

/// What is wrong with an option: file:line, what, what it should be, and the line itself.
pub(super) fn wrong_option(words: &Words, error: &ConfigError) -> String {
    let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
    let mut text = format!("{}{line}: {}", error.place, problem(words, &error.problem));
    if !error.excerpt.is_empty() {
        text.push('\n');
        text.push_str(error.excerpt.trim_end());
    }
    text
}

fn problem(words: &Words, problem: &Problem) -> String {
    match problem {
        Problem::Unread { reason } => words.with("cli-config-unread", &[("reason", reason.as_str().into())]),
        Problem::Syntax { reason } => words.with("cli-config-syntax", &[("reason", reason.as_str().into())]),
        Problem::Unknown { option, nearest } => {
            let said = words.with("cli-config-unknown", &[("option", option.as_str().into())]);
            format!("{said}{}", did_you_mean(words, nearest.as_deref()))
        }
        Problem::Type { option, found, expected } => {
            let id = format!("cli-type-{expected}");
            let expected = if words.has(&id) { words.get(&id).into_owned() } else { expected.clone() };
            words.with(
                "cli-config-type",
                &[("option", option.as_str().into()), ("found", found.as_str().into()), ("expected", expected.into())],
            )
        }
        Problem::Value { option, value, known } => words.with(
            "cli-config-value",
            &[("option", option.as_str().into()), ("value", value.as_str().into()), ("known", known.as_str().into())],
        ),
        Problem::Readable => words.get("cli-config-readable").into_owned(),
        Problem::Other { option, reason } => {
            words.with("cli-config-other", &[("option", option.as_str().into()), ("reason", reason.as_str().into())])
        }
    }
}

/// `; did you mean “…”?`, or nothing.
pub(super) fn did_you_mean(words: &Words, nearest: Option<&str>) -> String {
    nearest.map(|name| words.with("cli-did-you-mean", &[("name", name.into())])).unwrap_or_default()
}
