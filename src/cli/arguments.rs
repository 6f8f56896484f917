//! Arguments that more than one subcommand takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum, builder::PossibleValuesParser};

use super::exit::Exit;

use crate::{
    config::{self, Layer},
    words::LANGUAGES,
};

/// What every subcommand takes.
#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    /// Read this config file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Open this source of the config; `sample` is the sample plan
    #[arg(long, global = true, value_name = "NAME")]
    pub source: Option<String>,
    /// Open this plan of the source
    #[arg(long, global = true, value_name = "ID")]
    pub plan: Option<String>,
    /// The language of screen and output
    #[arg(long, global = true, value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|language| language.tag)))]
    pub lang: Option<String>,
    /// The theme of the screen
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Use only characters every terminal has
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Use no colours
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Refuse every act
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Write a log to this file
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
            plan: self.plan.clone(),
            chosen: self.source.clone(),
            ..Layer::default()
        }
    }
}

/// What every list takes.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Asked {
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// As it stood at the end of that day: 2023-06-14, 14/6/2023, 14/6 (the last such day), today
    #[arg(long, value_name = "DATE")]
    pub at: Option<String>,
    /// Only what this agency answers for
    #[arg(long, value_name = "ID")]
    pub agency: Option<String>,
    /// Only what this filter lets through, as on the screen: 'bù đốp late>30 status:overdue'
    #[arg(long, value_name = "FILTER")]
    #[arg(allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// Exit with 6 if there is anything (status: anything overdue)
    #[arg(long)]
    pub fail_if_any: bool,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person, as wide as the terminal
    #[default]
    Table,
    /// For a program
    Json,
    /// For a spreadsheet
    Csv,
    /// For a document
    Md,
}

impl Asked {
    /// How a command ends that found something, or nothing.
    pub(super) fn exit(&self, found: bool) -> Exit {
        if self.fail_if_any && found { Exit::Found } else { Exit::Done }
    }
}
