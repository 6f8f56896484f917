//! `tiendo schema NAME`: the JSON Schema of what a command prints as JSON, made from the very types that are printed.

use clap::{Args, ValueEnum};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use super::{
    act, campaigns::Campaigns, changes::Since, check::CheckFact, digest, exit::Exit, journal::Journal, list::List,
    overdue::Overdue, print, questions::QuestionFact, remind, reports::Reports, status::Status, tasks::Tasks, token,
    trend::Weeks, watch::WatchedFact,
};

/// Of what.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_enum, value_name = "COMMAND")]
    of: Of,
    #[arg(long)]
    lines: bool,
    #[arg(long)]
    watch: bool,
}

/// A command that prints JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    Status,
    Tasks,
    Reports,
    Overdue,
    Campaigns,
    Trend,
    Journal,
    Changes,
    Digest,
    Check,
    Questions,
    Act,
    Remind,
    Token,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let Arguments { of, lines, watch } = *arguments;
    let form = match (watch, lines) {
        (true, _) => Form::Watched,
        (false, true) => Form::Line,
        (false, false) => Form::Whole,
    };
    print::json(&match of {
        Of::Status => of_list::<Status>(form),
        Of::Tasks => of_list::<Tasks>(form),
        Of::Reports => of_list::<Reports>(form),
        Of::Overdue => of_list::<Overdue>(form),
        Of::Campaigns => of_list::<Campaigns>(form),
        Of::Trend => of_list::<Weeks>(form),
        Of::Journal => of_list::<Journal<'_>>(form),
        Of::Changes => of_list::<Since<'_>>(form),
        Of::Digest => schema::<digest::Printed>(),
        Of::Check => schema::<CheckFact>(),
        Of::Questions => schema::<Vec<QuestionFact>>(),
        Of::Act => schema::<act::Printed<'_>>(),
        Of::Remind => schema::<remind::Printed<'_>>(),
        Of::Token => schema::<Vec<token::TokenFact>>(),
    })?;
    Ok(Exit::Done)
}

/// In which form a list is printed.
#[derive(Clone, Copy)]
enum Form {
    /// `--format json`.
    Whole,
    /// A line of `--format jsonl`.
    Line,
    /// A line of it with `--watch`.
    Watched,
}

fn of_list<L: List>(form: Form) -> Value
where
    L::Row: JsonSchema,
{
    match form {
        Form::Whole => schema::<L::Whole>(),
        Form::Line => schema::<L::Row>(),
        Form::Watched => schema::<WatchedFact<L::Row>>(),
    }
}

/// As it is written, not as it could be read.
fn schema<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}
