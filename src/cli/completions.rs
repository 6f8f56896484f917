//! `tiendo completions`: what a shell needs to complete the command line.

use clap::Args;
use clap_complete::Shell;

use super::{command, exit::Exit, output};

/// Which shell.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    // clap_complete panics where it cannot write; memory always can be written to.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "tiendo", &mut script);
    let mut out = output::out();
    std::io::Write::write_all(&mut out, &script)?;
    output::finish(out)?;
    Ok(Exit::Done)
}
