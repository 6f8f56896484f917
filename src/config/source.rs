//! [`NamedSource`]: one `[[source]]`. What stands in it is handed to the kind of source it is, which decides what it means.

use std::{path::PathBuf, time::Duration};

use serde::Deserialize;

use super::Config;
use crate::{
    domain::{id::PlanId, sentence::Sentence, text::Text},
    secret::Secret,
    sources::{
        Kind, SourceSettings,
        http::{HttpSettings, TokenFrom, check_url},
        sheet::{export, ledger_beside, mapping::Mapping},
    },
};

/// The variable of the environment that holds a token.
pub(super) const TOKEN: &str = "TIENDO_TOKEN";

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
}

impl NamedSource {
    /// What is wrong with it.
    pub fn wrong(&self) -> Option<Sentence> {
        let tokens = [!self.token_command.is_empty(), !self.token_file.as_os_str().is_empty(), !self.token.is_empty()];
        let secret = tokens.contains(&true).then_some("token");
        let file = (!self.ca_file.as_os_str().is_empty()).then_some("ca_file");
        let mapping = self.mapping.as_ref().map(|_| "mapping");
        let foreign = match self.kind {
            Kind::Embedded => (!self.url.is_empty()).then_some("url").or(secret).or(file).or(mapping),
            Kind::Http => self.path.as_ref().map(|_| "path").or(self.interval_s.map(|_| "interval_s")).or(mapping),
            Kind::Sheet => secret.or(file),
        };
        let said = match (foreign, self.kind) {
            (Some(option), kind) => {
                Sentence::new("config-source-foreign").with("option", option).with("kind", kind.as_str())
            }
            (None, Kind::Http) if self.url.is_empty() => Sentence::new("config-source-no-url"),
            (None, Kind::Http) if tokens.into_iter().filter(|said| *said).count() > 1 => {
                Sentence::new("config-source-tokens")
            }
            (None, Kind::Http) => check_url(&self.url).err()?,
            (None, Kind::Sheet) if self.path.is_some() != self.url.is_empty() => Sentence::new("config-source-no-book"),
            (None, Kind::Sheet) if !self.url.is_empty() => export(&self.url).err()?,
            (None, Kind::Sheet | Kind::Embedded) => return None,
        };
        Some(Sentence::new("config-source").with("name", self.name.as_str()).with("wrong", said))
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
            Kind::Http => None,
        }
    }

    /// How a workbook is to be read.
    pub fn mapping(&self) -> Mapping {
        let mapping = self.mapping.clone().unwrap_or_default();
        Mapping { plan: self.plan.clone().or(mapping.plan), ..mapping }
    }

    /// What a shared ledger is told.
    pub fn http(&self, config: &Config) -> HttpSettings {
        let file = |path: &PathBuf| Some(path.clone()).filter(|path| !path.as_os_str().is_empty());
        let token = if !self.token_command.is_empty() {
            TokenFrom::Command(self.token_command.clone())
        } else if let Some(path) = file(&self.token_file) {
            TokenFrom::File(path)
        } else if !self.token.is_empty() {
            TokenFrom::Config(self.token.clone())
        } else if !config.token.is_empty() {
            TokenFrom::Variable(TOKEN, config.token.clone())
        } else {
            TokenFrom::Nowhere
        };
        HttpSettings {
            name: Text::new(&self.name),
            url: self.url.clone(),
            token,
            ca_file: file(&self.ca_file),
            language: config.language.tag,
        }
    }
}
