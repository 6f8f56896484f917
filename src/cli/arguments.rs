//! Arguments that more than one subcommand takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum, builder::PossibleValuesParser};

use super::{exit::Exit, view::View};

use crate::{
    config::{self, Layer},
    words::LANGUAGES,
};

/// What every subcommand takes.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Global {
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "NAME")]
    pub source: Option<String>,
    #[arg(long, global = true, value_name = "ID")]
    pub plan: Option<String>,
    #[arg(long, global = true, value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|language| language.tag)))]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    #[arg(long, global = true)]
    pub ascii: bool,
    #[arg(long, global = true)]
    pub no_color: bool,
    #[arg(long, global = true)]
    pub read_only: bool,
    #[arg(long, global = true)]
    pub wall: bool,
    #[arg(long, global = true, value_name = "NAME")]
    pub view: Option<String>,
    #[arg(long, global = true)]
    pub linear: bool,
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
}

impl Global {
    /// What the flags say of the options.
    pub(super) fn layer(&self) -> Layer {
        Layer {
            // clap let no other tag through.
            language: self.lang.as_deref().and_then(|tag| config::choice(tag).ok()),
            theme: self.theme.clone(),
            colour: self.no_color.then_some(false),
            ascii: self.ascii.then_some(true),
            linear: self.linear.then_some(true),
            plan: self.plan.clone(),
            chosen: self.source.clone(),
            ..Layer::default()
        }
    }
}

/// What every list takes.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Asked {
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[arg(long, value_name = "DATE")]
    pub at: Option<String>,
    #[arg(long, value_name = "ID")]
    pub agency: Option<String>,
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    pub filter: Option<String>,
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub columns: Vec<String>,
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', allow_hyphen_values = true)]
    pub sort: Vec<String>,
    #[arg(long, conflicts_with = "at")]
    pub watch: bool,
    #[arg(long)]
    pub fail_if_any: bool,
}

/// How a list is printed: for a person, a program, a spreadsheet, a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Table,
    Json,
    Jsonl,
    Csv,
    Md,
}

/// How what was done is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Shape {
    #[default]
    Table,
    Json,
}

impl Asked {
    /// How a command ends that found something, or nothing. What is printed of a source that is not reached is old, and a
    /// program is not to take it for what is.
    pub(super) fn exit(&self, view: &View, found: bool) -> Exit {
        match (&view.old, self.fail_if_any && found) {
            (Some(_), _) => Exit::Unreachable,
            (None, true) => Exit::Found,
            (None, false) => Exit::Done,
        }
    }
}
