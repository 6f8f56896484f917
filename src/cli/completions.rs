//! `tiendo completions`: what a shell needs to complete the command line.

use clap::Args;
use clap_complete::Shell;

use super::{exit::Exit, help, output};
use crate::words::Words;

/// Which shell.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(words: &Words, arguments: &Arguments) -> anyhow::Result<Exit> {
    // clap_complete panics where it cannot write; memory always can be written to.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut help::command(words), "tiendo", &mut script);
    let mut out = output::out();
    std::io::Write::write_all(&mut out, &script)?;
    output::finish(out)?;
    Ok(Exit::Done)
}
