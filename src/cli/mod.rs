//! The command line: one file per subcommand. What several share is here: the arguments every one takes (`arguments`), how
//! it ends (`exit`), which plan is opened (`opened`), what it looks like on a day (`view`), how it is printed (`print`).
//!
//! Help texts are English; everything else a person reads is in `config/lang` under `cli-…`.

mod arguments;
mod campaigns;
mod check;
mod completions;
mod dashboard;
mod day;
mod differences;
mod exit;
mod facts;
mod import;
mod journal;
mod mail;
mod man;
mod opened;
mod output;
mod overdue;
mod print;
mod remarks;
mod remind;
mod reports;
mod session;
mod spreadsheet;
mod status;
mod table;
mod tasks;
mod view;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

pub use exit::Exit;

use arguments::{Asked, Global};
use dashboard::dashboard;
use session::Session;

/// A dashboard in the terminal for plans being carried out: task status by agency, overdue reports, upcoming campaigns.
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
    /// Open the dashboard on the sample plan, its clock set to a day and running
    Demo(dashboard::Demo),
    /// Figures: tasks and reports in all and by agency
    Status(Asked),
    /// Every task
    Tasks(Asked),
    /// Every report that is owed
    Reports(Asked),
    /// What is past due and not handed in: reports and tasks
    Overdue(Asked),
    /// Campaigns: running, coming, past
    Campaigns(Asked),
    /// What happened, newest first
    Journal(journal::Arguments),
    /// Reminders by e-mail: show them, or send them with --send
    Remind(remind::Arguments),
    /// Check config, plan, source and mail; say what is wrong and how to mend it
    Check(check::Arguments),
    /// Lay down or amend a plan, with its journal, in the ledger of this machine
    Import(import::Arguments),
    /// Print the completions of a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man,
}

/// Runs the command line `arguments` say, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        // Help and version come this way too.
        Err(error) => {
            let code = error.exit_code();
            let _ = error.print();
            return if code == 0 { Exit::Done } else { Exit::Usage };
        }
    };
    cli.run().unwrap_or_else(|error| exit::tell(&error))
}

impl Cli {
    fn run(self) -> anyhow::Result<Exit> {
        let Cli { global, command } = self;
        match command {
            Some(Command::Completions(arguments)) => completions::run(&arguments),
            Some(Command::Man) => man::run(),
            Some(Command::Check(arguments)) => check::run(&global, &arguments),
            None => dashboard(dashboard::Options { session: Session::new(&global)?, demo: None }),
            Some(Command::Demo(demo)) => {
                let session = Session::new(&global)?;
                let demo = Some(demo.day(&session)?);
                dashboard(dashboard::Options { session, demo })
            }
            Some(Command::Status(asked)) => status::run(&Session::new(&global)?, &asked),
            Some(Command::Tasks(asked)) => tasks::run(&Session::new(&global)?, &asked),
            Some(Command::Reports(asked)) => reports::run(&Session::new(&global)?, &asked),
            Some(Command::Overdue(asked)) => overdue::run(&Session::new(&global)?, &asked),
            Some(Command::Campaigns(asked)) => campaigns::run(&Session::new(&global)?, &asked),
            Some(Command::Journal(arguments)) => journal::run(&Session::new(&global)?, &arguments),
            Some(Command::Remind(arguments)) => remind::run(&Session::new(&global)?, &arguments),
            Some(Command::Import(arguments)) => import::run(&Session::new(&global)?, &arguments),
        }
    }
}

/// The whole command line as clap knows it, for completions and the manual.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
