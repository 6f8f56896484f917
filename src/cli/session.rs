//! [`Session`]: the options and the words a command runs with.

use std::{
    fmt, fs,
    sync::{Arc, Mutex},
};

use anyhow::Context;

use super::{
    arguments::Global,
    exit::{Exit, Stop},
    said,
};
use crate::{
    config::{self, Config},
    domain::{id::PlanId, nearest::nearest, sentence::Sentence},
    sources::Source,
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
    /// Is it a wall nobody sits at?
    pub wall: bool,
    /// The saved view to be shown first.
    pub view: Option<String>,
    /// The source, where it is not the config's to say.
    pub given: Option<Given>,
}

/// A source that somebody brought.
#[derive(Clone)]
pub(super) struct Given(pub Arc<dyn Source>);

impl fmt::Debug for Given {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Given").field(&self.0.label()).finish()
    }
}

impl Session {
    /// Gathers the options. What is wrong with them is told in the language that is known by then.
    pub(super) fn new(global: &Global, given: Option<Given>) -> anyhow::Result<Self> {
        let config = Config::gather(global.config.as_deref(), global.layer(), &variable)
            .map_err(|error| Stop::usage(said::option(&words_so_far(global), &error)))?;
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
            let wrong = Sentence::new("cli-no-such-theme").with("name", config.theme.as_str());
            return Err(Stop::usage(words.say(&wrong.near(nearest(&config.theme, known)))));
        }
        Ok(Session { words, config, read_only: global.read_only, wall: global.wall, view: global.view.clone(), given })
    }

    /// The same for another source, and a plan of it.
    pub(super) fn on(&self, source: Option<&str>, plan: Option<PlanId>) -> Session {
        let config = Config { source: source.map(str::to_owned), plan, ..self.config.clone() };
        Session {
            words: Words::new(config.language),
            config,
            read_only: self.read_only,
            wall: self.wall,
            view: None,
            given: self.given.clone(),
        }
    }

    /// What is wrong with the keys in the config.
    pub(super) fn wrong_keys(&self, wrong: &Sentence) -> String {
        let file = self.config.file.as_ref().map(|file| format!("{}: ", file.display())).unwrap_or_default();
        format!("{file}{}", self.words.say(wrong))
    }

    /// The signs of a text for a person, in ASCII where that is asked for; its letters stay.
    pub(super) fn signs(&self, text: String) -> String {
        if !self.config.ascii {
            return text;
        }
        let signs = [("·", "-"), ("–", "-"), ("…", "..."), ("→", "->"), ("“", "\""), ("”", "\""), ("’", "'")];
        signs.into_iter().fold(text, |text, (sign, plain)| text.replace(sign, plain))
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

/// The words of the language chosen, by the config too where that can be read.
pub(super) fn chosen_words(global: &Global) -> Words {
    let config = Config::gather(global.config.as_deref(), global.layer(), &variable);
    config.map_or_else(|_| words_so_far(global), |config| Words::new(config.language))
}
