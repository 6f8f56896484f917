//! [`Layer`]: options as one place says them: the shipped file, a person's file, the environment or the flags. What it does
//! not say is left to the layer below.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Deserializer, de::Error as _};

use super::{
    NamedSource,
    error::{ConfigError, not_among},
    views::WrittenView,
};
use crate::{
    app::{keys::Written, notifications::NotificationSettings, wall::WallSettings},
    domain::sentence::Sentence,
    letters::MailSettings,
    secret,
    server::ServeSettings,
    ui::glyphs::Curves,
    words::{self, Language},
};

/// The shipped file, which is the default.
pub(super) const SHIPPED: &str = include_str!("../../config/tiendo.toml");

/// Options, each said or not. An empty text undoes what the layers below say.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "each option is described in config/tiendo.toml")]
pub struct Layer {
    #[serde(deserialize_with = "language")]
    pub language: Option<Choice>,
    pub theme: Option<String>,
    pub colour: Option<bool>,
    pub ascii: Option<bool>,
    pub linear: Option<bool>,
    pub charts: Option<Curves>,
    pub agency: Option<String>,
    pub me: Option<String>,
    pub due_soon_working_days: Option<u16>,
    pub data_dir: Option<PathBuf>,
    pub history_days: Option<u16>,
    pub plan: Option<String>,
    pub mail: Option<MailSettings>,
    pub serve: Option<ServeSettings>,
    pub notifications: Option<NotificationSettings>,
    pub wall: Option<WallSettings>,
    pub views: Option<BTreeMap<String, WrittenView>>,
    pub keys: Option<Written>,
    /// The sources laid down in a file.
    #[serde(rename = "source")]
    pub sources: Option<Vec<NamedSource>>,
    /// Which of them is opened; said by the environment and the flags only.
    #[serde(skip)]
    pub chosen: Option<String>,
}

/// A language, or none in particular.
pub(super) type Choice = Option<&'static Language>;

impl Layer {
    /// The shipped options: every one is said.
    pub fn shipped() -> Result<Self, ConfigError> {
        Layer::parse(Path::new("config/tiendo.toml"), SHIPPED)
    }

    /// What the file at `path` says. Refused where a secret stands in it and others may read it.
    pub fn file(path: &Path) -> Result<Self, ConfigError> {
        let unread = |error: std::io::Error| {
            ConfigError::at(
                path.display().to_string(),
                Sentence::new("config-unread").with("reason", error.to_string()),
            )
        };
        let layer = Layer::parse(path, &std::fs::read_to_string(path).map_err(unread)?)?;
        let of_mail = layer.mail.iter().map(|mail| &mail.token);
        let of_sources = layer.sources.iter().flatten().flat_map(NamedSource::secrets);
        let holds_token = of_mail.chain(of_sources).any(|token| !token.is_empty());
        let in_store = layer.serve.as_ref().is_some_and(|serve| serve.store.holds_password());
        let holds_secret = in_store || holds_token;
        if holds_secret && secret::keep_private(path).is_err() {
            let said = Sentence::new("config-readable").with("file", path.display().to_string());
            return Err(ConfigError::at(path.display().to_string(), said));
        }
        let wrong = layer.sources.iter().flatten().find_map(NamedSource::wrong);
        wrong.map_or(Ok(layer), |wrong| Err(ConfigError::at(path.display().to_string(), wrong)))
    }

    /// What `text` says, which stands in the file at `path`.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let place = path.display().to_string();
        let broken = |error: toml::de::Error| ConfigError::of(&place, text, "", &error);
        let reader = toml::Deserializer::parse(text).map_err(broken)?;
        serde_path_to_error::deserialize(reader)
            .map_err(|error| ConfigError::of(&place, text, &error.path().to_string(), error.inner()))
    }

    /// What the environment says. `variable` tells the value of one.
    pub fn environment(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let flag = |name: &str| variable(name).map(|value| yes_or_no(name, &value)).transpose();
        let language =
            variable("TIENDO_LANG").map(|tag| choice(&tag).map_err(|problem| ConfigError::at("TIENDO_LANG", problem)));
        // https://no-color.org: present and not empty.
        let colourless = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
        Ok(Layer {
            language: language.transpose()?,
            theme: variable("TIENDO_THEME"),
            colour: colourless.then_some(false),
            ascii: flag("TIENDO_ASCII")?,
            linear: flag("TIENDO_LINEAR")?,
            agency: variable("TIENDO_AGENCY"),
            me: variable("TIENDO_ME"),
            // An empty one would be the folder one happens to be in.
            data_dir: variable("TIENDO_DATA").filter(|value| !value.is_empty()).map(PathBuf::from),
            plan: variable("TIENDO_PLAN"),
            chosen: variable("TIENDO_SOURCE"),
            ..Layer::default()
        })
    }

    /// This layer over `below`.
    #[must_use]
    pub fn over(self, below: Layer) -> Layer {
        Layer {
            language: self.language.or(below.language),
            theme: self.theme.or(below.theme),
            colour: self.colour.or(below.colour),
            ascii: self.ascii.or(below.ascii),
            linear: self.linear.or(below.linear),
            charts: self.charts.or(below.charts),
            agency: self.agency.or(below.agency),
            me: self.me.or(below.me),
            due_soon_working_days: self.due_soon_working_days.or(below.due_soon_working_days),
            data_dir: self.data_dir.or(below.data_dir),
            history_days: self.history_days.or(below.history_days),
            plan: self.plan.or(below.plan),
            mail: self.mail.or(below.mail),
            serve: self.serve.or(below.serve),
            notifications: self.notifications.or(below.notifications),
            wall: self.wall.or(below.wall),
            views: self.views.or(below.views),
            keys: self.keys.or(below.keys),
            sources: self.sources.or(below.sources),
            chosen: self.chosen.or(below.chosen),
        }
    }
}

/// The language a tag means; none in particular for an empty one.
pub fn choice(tag: &str) -> Result<Choice, Sentence> {
    if tag.is_empty() {
        return Ok(None);
    }
    let language = words::language(tag);
    language.map(Some).ok_or_else(|| not_among("language", tag, &words::LANGUAGES.each_ref().map(|known| known.tag)))
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Choice>, D::Error> {
    let tag = String::deserialize(deserializer)?;
    let known = || words::LANGUAGES.iter().map(|language| format!("`{}`", language.tag)).collect::<Vec<_>>().join(", ");
    choice(&tag)
        .map(Some)
        .map_err(|_| D::Error::custom(format!("unknown variant `{tag}`, expected one of {}", known())))
}

fn yes_or_no(name: &str, value: &str) -> Result<bool, ConfigError> {
    match value {
        "1" | "true" | "yes" => Ok(true),
        "" | "0" | "false" | "no" => Ok(false),
        _ => Err(ConfigError::at(name, not_among(name, value, &["1", "0"]))),
    }
}
