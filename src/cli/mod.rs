//! The command line: one file per subcommand. What several share is here: the arguments every one takes (`arguments`), how
//! it ends (`exit`), which plan is opened (`opened`), what it looks like on a day (`view`), how it is printed (`print`).
//!
//! What a person reads is in `config/lang`: `help-…` for the command line itself (put in its place by `help`), `usage-…` for
//! what is wrong with it, `cli-…` for the rest.

mod act;
mod arguments;
mod around;
mod backup;
mod calendars;
mod campaigns;
mod changes;
mod check;
mod colours;
mod columns;
mod completions;
mod dashboard;
mod day;
mod days;
mod differences;
mod digest;
mod examples;
mod exit;
mod export;
mod facts;
mod fed;
mod handed;
mod help;
mod import;
mod init;
mod journal;
mod letter;
mod list;
mod looks;
mod mail;
mod man;
mod misuse;
mod offered;
mod opened;
mod outbox;
mod output;
mod overdue;
mod picture;
mod print;
mod questions;
mod redmine;
mod remind;
mod reports;
mod restore;
mod said;
mod schema;
mod serve;
mod session;
mod shared;
mod shelf;
mod spreadsheet;
mod status;
mod store;
mod table;
mod tasks;
mod token;
mod trend;
mod view;
mod watch;
mod workbook;

use std::{ffi::OsString, sync::Arc};

use clap::{Parser, Subcommand};

pub use exit::Exit;

use arguments::{Asked, Global};
use dashboard::dashboard;
use exit::ended;
use session::{Given, Session, chosen_words, words_so_far};

use crate::sources::Source;

#[derive(Debug, Parser)]
#[command(name = "tiendo", version, disable_help_subcommand = true, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(dashboard::Demo),
    Init(init::Arguments),
    Status(Asked),
    Tasks(Asked),
    Reports(Asked),
    Overdue(Asked),
    Campaigns(Asked),
    Trend(trend::Arguments),
    Journal(journal::Arguments),
    Changes(changes::Arguments),
    Digest(digest::Arguments),
    Act(Box<act::Arguments>),
    Remind(remind::Arguments),
    Questions(questions::Arguments),
    Check(check::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Serve(serve::Arguments),
    Token(token::Arguments),
    Backup(backup::Arguments),
    Restore(restore::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Runs the command line `arguments` say, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    run_with(None, arguments)
}

/// The same on `source`, whatever the config says of sources.
pub fn run_on(source: Arc<dyn Source>, arguments: impl IntoIterator<Item = OsString>) -> Exit {
    run_with(Some(Given(source)), arguments)
}

/// Are these arguments understood, the program's name first? Nothing is done.
///
/// # Errors
///
/// What is not understood, as it would be told.
pub fn understood(arguments: &[String]) -> Result<(), clap::Error> {
    Cli::try_parse_from(arguments).map(|_| ())
}

fn run_with(given: Option<Given>, arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(exit) = completions::answer(&arguments) {
        return exit;
    }
    match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli.run(given),
        // Help and version come this way too.
        Err(error) => misuse::ended(&arguments, error),
    }
}

impl Cli {
    fn run(self, given: Option<Given>) -> Exit {
        let Cli { global, command } = self;
        let early = || words_so_far(&global);
        match command {
            Some(Command::Completions(arguments)) => ended(&chosen_words(&global), completions::run(&arguments)),
            Some(Command::Schema(arguments)) => ended(&chosen_words(&global), schema::run(&arguments)),
            Some(Command::Man(arguments)) => {
                let words = chosen_words(&global);
                ended(&words, man::run(&words, &arguments))
            }
            Some(Command::Init(arguments)) => ended(&early(), init::run(&global, &arguments)),
            Some(Command::Check(arguments)) => ended(&early(), check::run(&global, &arguments, given)),
            command => match Session::new(&global, given) {
                Ok(session) => ended(&session.words, with_session(&session, command)),
                Err(error) => ended(&early(), Err(error)),
            },
        }
    }
}

fn with_session(session: &Session, command: Option<Command>) -> anyhow::Result<Exit> {
    match command {
        None => dashboard(session, None),
        Some(Command::Demo(demo)) => dashboard(session, Some(demo.day(session)?)),
        Some(Command::Status(asked)) => status::run(session, &asked),
        Some(Command::Tasks(asked)) => tasks::run(session, &asked),
        Some(Command::Reports(asked)) => reports::run(session, &asked),
        Some(Command::Overdue(asked)) => overdue::run(session, &asked),
        Some(Command::Campaigns(asked)) => campaigns::run(session, &asked),
        Some(Command::Trend(arguments)) => trend::run(session, &arguments),
        Some(Command::Journal(arguments)) => journal::run(session, &arguments),
        Some(Command::Changes(arguments)) => changes::run(session, &arguments),
        Some(Command::Digest(arguments)) => digest::run(session, &arguments),
        Some(Command::Act(arguments)) => act::run(session, &arguments),
        Some(Command::Remind(arguments)) => remind::run(session, &arguments),
        Some(Command::Questions(arguments)) => questions::run(session, &arguments),
        Some(Command::Import(arguments)) => import::run(session, &arguments),
        Some(Command::Export(arguments)) => export::run(session, &arguments),
        Some(Command::Serve(arguments)) => serve::run(session, &arguments),
        Some(Command::Token(arguments)) => token::run(session, &arguments),
        Some(Command::Backup(arguments)) => backup::run(session, &arguments),
        Some(Command::Restore(arguments)) => restore::run(session, &arguments),
        // These need no session.
        Some(Command::Init(_) | Command::Check(_) | Command::Schema(_) | Command::Completions(_) | Command::Man(_)) => {
            Ok(Exit::Done)
        }
    }
}
