//! `tiendo man`: the manual page, for `man -l -` or the file `tiendo.1`.

use std::io::Write;

use super::{exit::Exit, help, output};
use crate::words::Words;

/// The headings of a manual page as they are made, and the ids of their words.
const HEADINGS: [(&str, &str); 5] = [
    ("NAME", "help-man-name"),
    ("SYNOPSIS", "help-man-synopsis"),
    ("DESCRIPTION", "help-man-description"),
    ("SUBCOMMANDS", "help-commands"),
    ("VERSION", "help-man-version"),
];

pub(super) fn run(words: &Words) -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(help::command(words)).render(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (made, id) in HEADINGS {
        page = page.replace(&format!("\n.SH {made}\n"), &format!("\n.SH \"{}\"\n", words.get(id).to_uppercase()));
    }
    let mut out = output::out();
    out.write_all(page.as_bytes())?;
    output::finish(out)?;
    Ok(Exit::Done)
}
