//! `tiendo completions`: what a shell needs to complete the command line. The script asks this program at every Tab what could
//! stand there (`answer`); agencies, items, sources and views are those kept on this machine (`nearby.rs`). Nothing is ever said
//! but what completes: whatever goes wrong, there is nothing to complete.

mod bash;
mod nearby;
mod values;

use std::{ffi::OsString, io::Write as _};

use clap::Args;
use clap_complete::{
    Shell,
    env::{Bash, EnvCompleter as _, Shells},
};

use super::{exit::Exit, help, misuse, output, session::chosen_words};

/// The variable that says that a completion is asked for, and for which shell.
const ASKED: &str = "_TIENDO_COMPLETE";

/// Which shell.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let shell = arguments.shell.to_string();
    let mut script = Vec::new();
    match Shells::builtins().completer(&shell) {
        // Its words end at = and :, which stand in options and ids: the script of the crate does not know.
        Some(completer) if completer.name() == Bash.name() => script.extend(bash::script(ASKED).into_bytes()),
        Some(completer) => completer.write_registration(ASKED, "tiendo", "tiendo", "tiendo", &mut script)?,
        None => {}
    }
    let mut out = output::out();
    out.write_all(&script)?;
    output::finish(out)?;
    Ok(Exit::Done)
}

/// Answers a shell that asks how `arguments` could go on; none where none asks.
pub(super) fn answer(arguments: &[OsString]) -> Option<Exit> {
    let shell = std::env::var(ASKED).ok()?;
    let at = arguments.iter().position(|argument| argument == "--").map_or(arguments.len(), |at| at + 1);
    let typed: Vec<OsString> = arguments.iter().skip(at).cloned().collect();
    let global = misuse::asked(&typed);
    let mut command = values::known(help::command(&chosen_words(&global)), &global);
    let mut found = Vec::new();
    let folder = std::env::current_dir().ok();
    let shells = Shells::builtins();
    if let Some(completer) = shells.completer(&shell).filter(|_| !typed.is_empty()) {
        // What cannot be completed is no matter.
        let _ = completer.write_complete(&mut command, typed, folder.as_deref(), &mut found);
    }
    let mut out = output::out();
    let _ = out.write_all(&found);
    let _ = output::finish(out);
    Some(Exit::Done)
}
