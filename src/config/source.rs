//! [`NamedSource`]: one `[[source]]`. What stands in it is handed to the kind of source it is, which decides what it means.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Deserialize;

use super::Config;
use crate::{
    domain::{id::PlanId, sentence::Sentence, text::Text},
    secret::Secret,
    sources::{
        Kind, SourceSettings,
        http::{HttpSettings, TokenFrom, check_url},
        redmine::{RedmineOptions, RedmineSettings},
        sheet::{export, ledger_beside, mapping::Mapping},
    },
};

/// The variable of the environment that holds a token.
pub(super) const TOKEN: &str = "TIENDO_TOKEN";
/// The one that holds a key of Redmine.
pub const KEY: &str = "TIENDO_REDMINE_KEY";
/// How often a Redmine server is asked what is new.
const REDMINE_INTERVAL: Duration = Duration::from_secs(60);

/// A source with its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each option is described in config/tiendo.toml")]
pub struct NamedSource {
    pub name: String,
    #[serde(default)]
    pub kind: Kind,
    #[serde(default)]
    pub path: Option<PathBuf>,
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub plan: Option<PlanId>,
    #[serde(default)]
    pub interval_s: Option<u64>,
    #[serde(default)]
    pub token_command: String,
    #[serde(default)]
    pub token_file: PathBuf,
    #[serde(default)]
    pub token: Secret,
    #[serde(default)]
    pub ca_file: PathBuf,
    #[serde(default)]
    pub mapping: Option<Mapping>,
    #[serde(default)]
    pub project: String,
    #[serde(default)]
    pub key_command: String,
    #[serde(default)]
    pub key_file: PathBuf,
    #[serde(default)]
    pub key: Secret,
    #[serde(default)]
    pub redmine: Option<RedmineOptions>,
    #[serde(default)]
    pub overlays: Vec<String>,
    #[serde(default)]
    pub overlay_user: String,
    #[serde(default)]
    pub overlay_token_command: String,
    #[serde(default)]
    pub overlay_token_file: PathBuf,
    #[serde(default)]
    pub overlay_token: Secret,
    #[serde(default)]
    pub overlay_interval_s: Option<u64>,
}

impl NamedSource {
    /// What is wrong with it.
    pub fn wrong(&self) -> Option<Sentence> {
        let several = |secrets: [bool; 3]| secrets.into_iter().filter(|said| *said).count() > 1;
        let (tokens, keys) = (self.tokens(), self.keys());
        let said = match (self.foreign(), self.kind) {
            (Some(option), kind) => {
                Sentence::new("config-source-foreign").with("option", option).with("kind", kind.as_str())
            }
            (None, Kind::Http | Kind::Redmine) if self.url.is_empty() => Sentence::new("config-source-no-url"),
            (None, Kind::Http) if several(tokens) => Sentence::new("config-source-tokens"),
            (None, Kind::Redmine) if several(keys) => Sentence::new("config-source-keys"),
            (None, Kind::Redmine) if self.project.is_empty() => Sentence::new("config-source-no-project"),
            (None, Kind::Sheet) if self.path.is_some() != self.url.is_empty() => Sentence::new("config-source-no-book"),
            (None, kind) => {
                let url = match kind {
                    Kind::Http | Kind::Redmine => check_url(&self.url).err(),
                    Kind::Sheet if !self.url.is_empty() => export(&self.url).err(),
                    Kind::Sheet | Kind::Embedded => None,
                };
                url.or_else(|| self.wrong_overlays())?
            }
        };
        Some(Sentence::new("config-source").with("name", self.name.as_str()).with("wrong", said))
    }

    /// The secrets that stand in it.
    pub(super) fn secrets(&self) -> [&Secret; 3] {
        [&self.token, &self.key, &self.overlay_token]
    }

    fn tokens(&self) -> [bool; 3] {
        [!self.token_command.is_empty(), !self.token_file.as_os_str().is_empty(), !self.token.is_empty()]
    }

    fn keys(&self) -> [bool; 3] {
        [!self.key_command.is_empty(), !self.key_file.as_os_str().is_empty(), !self.key.is_empty()]
    }

    /// The option that stands in it and is not for its kind.
    fn foreign(&self) -> Option<&'static str> {
        let of_http = self.tokens().contains(&true).then_some("token");
        // Of a ledger's file it is for its calendars.
        let of_web = (!self.ca_file.as_os_str().is_empty() && self.overlays.is_empty()).then_some("ca_file");
        let url = (!self.url.is_empty()).then_some("url");
        let path = self.path.as_ref().map(|_| "path");
        let interval = self.interval_s.map(|_| "interval_s");
        let project = (!self.project.is_empty()).then_some("project");
        let keys = self.keys().contains(&true).then_some("key");
        let of_redmine = project.or(keys).or(self.redmine.as_ref().map(|_| "redmine"));
        let mapping = self.mapping.as_ref().map(|_| "mapping");
        match self.kind {
            Kind::Embedded => url.or(of_http).or(of_web).or(of_redmine).or(mapping),
            Kind::Http => path.or(interval).or(of_redmine).or(mapping),
            Kind::Redmine => path.or(of_http).or(mapping),
            Kind::Sheet => of_http.or(of_web).or(of_redmine),
        }
    }

    /// What a ledger's file is told.
    pub fn settings(&self) -> SourceSettings {
        let defaults = SourceSettings::default();
        SourceSettings {
            path: self.path.clone(),
            plan: self.plan.clone(),
            interval: self.interval_s.map_or(defaults.interval, Duration::from_secs),
        }
    }

    /// The file of its ledger on this machine, where it has one of its own.
    pub fn ledger(&self, config: &Config) -> Option<PathBuf> {
        match self.kind {
            Kind::Embedded => self.path.clone(),
            Kind::Sheet => config.data_dir.as_ref().map(|data| ledger_beside(data, &self.name)),
            Kind::Http | Kind::Redmine => None,
        }
    }

    /// How a workbook is to be read.
    pub fn mapping(&self) -> Mapping {
        let mapping = self.mapping.clone().unwrap_or_default();
        Mapping { plan: self.plan.clone().or(mapping.plan), ..mapping }
    }

    /// What a shared ledger is told.
    pub fn http(&self, config: &Config) -> HttpSettings {
        let written = (self.token_command.as_str(), self.token_file.as_path(), &self.token);
        self.web(config, secret(written, (TOKEN, &config.token)))
    }

    /// What a Redmine server is told.
    pub fn redmine(&self, config: &Config) -> RedmineSettings {
        let written = (self.key_command.as_str(), self.key_file.as_path(), &self.key);
        RedmineSettings {
            web: self.web(config, secret(written, (KEY, &config.redmine_key))),
            project: self.project.clone(),
            plan: self.plan.clone(),
            interval: self.interval_s.map_or(REDMINE_INTERVAL, |seconds| Duration::from_secs(seconds.max(1))),
            options: self.redmine.clone().unwrap_or_default(),
        }
    }

    fn web(&self, config: &Config, token: TokenFrom) -> HttpSettings {
        HttpSettings {
            name: Text::new(&self.name),
            url: self.url.clone(),
            token,
            ca_file: file(&self.ca_file),
            language: config.language.tag,
        }
    }
}

fn file(path: &Path) -> Option<PathBuf> {
    Some(path.to_owned()).filter(|path| !path.as_os_str().is_empty())
}

/// Where a secret comes from: as it is written, else from the variable.
pub(super) fn secret(written: (&str, &Path, &Secret), variable: (&'static str, &Secret)) -> TokenFrom {
    let (command, path, secret) = written;
    if !command.is_empty() {
        TokenFrom::Command(command.to_owned())
    } else if let Some(path) = file(path) {
        TokenFrom::File(path)
    } else if !secret.is_empty() {
        TokenFrom::Config(secret.clone())
    } else if !variable.1.is_empty() {
        TokenFrom::Variable(variable.0, variable.1.clone())
    } else {
        TokenFrom::Nowhere
    }
}
