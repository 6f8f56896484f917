//! `tiendo man`: the manual pages, made from the command line itself: the one of the program, of a command, or all of them into
//! a folder.

use std::{fs, io::Write, path::PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use super::{
    act, examples,
    exit::{self, Exit, Stop},
    help, output,
};
use crate::{
    domain::{nearest::nearest, sentence::Sentence},
    words::Words,
};

/// Which page, where to.
#[derive(Clone, Debug, Args)]
pub(super) struct Arguments {
    #[arg(value_name = "COMMAND")]
    of: Option<String>,
    #[arg(long, value_name = "FOLDER", conflicts_with = "of", value_hint = clap::ValueHint::DirPath)]
    into: Option<PathBuf>,
}

/// The headings of a manual page as they are made, and the ids of their words.
const HEADINGS: [(&str, &str); 5] = [
    ("NAME", "help-man-name"),
    ("SYNOPSIS", "help-man-synopsis"),
    ("DESCRIPTION", "help-man-description"),
    ("SUBCOMMANDS", "help-commands"),
    ("VERSION", "help-man-version"),
];

pub(super) fn run(words: &Words, arguments: &Arguments) -> anyhow::Result<Exit> {
    let whole = help::bare(words);
    if let Some(folder) = &arguments.into {
        fs::create_dir_all(folder)?;
        for command in std::iter::once(&whole).chain(whole.get_subcommands()) {
            fs::write(folder.join(format!("{}.1", name(command))), page(words, command)?)?;
        }
        return Ok(Exit::Done);
    }
    let command = match &arguments.of {
        None => &whole,
        Some(of) => whole.find_subcommand(of).ok_or_else(|| {
            let known = whole.get_subcommands().map(Command::get_name);
            let wrong = Sentence::new("usage-no-such-command").with("command", of.as_str());
            Stop::usage(words.say(&wrong.near(nearest(of, known))))
        })?,
    };
    let mut out = output::out();
    out.write_all(page(words, command)?.as_bytes())?;
    output::finish(out)?;
    Ok(Exit::Done)
}

/// Its page's name.
fn name(command: &Command) -> String {
    match command.get_name() {
        "tiendo" => "tiendo".to_owned(),
        name => format!("tiendo-{name}"),
    }
}

fn page(words: &Words, command: &Command) -> anyhow::Result<String> {
    let name = name(command);
    let man = Man::new(command.clone()).title(&name).source(concat!("tiendo ", env!("CARGO_PKG_VERSION")));
    let mut made = Vec::new();
    man.render_title(&mut made)?;
    man.render_name_section(&mut made)?;
    man.render_synopsis_section(&mut made)?;
    man.render_description_section(&mut made)?;
    man.render_options_section(&mut made)?;
    if command.get_subcommands().next().is_some() {
        man.render_subcommands_section(&mut made)?;
    }
    let mut page = String::from_utf8_lossy(&made).into_owned();
    for (made, id) in HEADINGS {
        page = page.replace(&format!("\n.SH {made}\n"), &format!("\n.SH \"{}\"\n", words.get(id).to_uppercase()));
    }
    if command.get_name() == "act" {
        page += &section(words, "help-act-verbs", act::verbs(words).lines().skip(1));
    }
    page += &section(words, "help-examples", examples::of(command.get_name()).iter().copied());
    let codes: Vec<String> = exit::codes(words).collect();
    page += &section(words, "help-exit-codes", codes.iter().map(String::as_str));
    if name != "tiendo" {
        page += &section(words, "help-man-see", ["tiendo(1)"].into_iter());
    }
    Ok(page)
}

/// A section whose lines are those given.
fn section<'a>(words: &Words, heading: &str, lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!(".SH \"{}\"\n.nf\n", escaped(&words.get(heading).to_uppercase()));
    for line in lines {
        text += &escaped(line);
        text.push('\n');
    }
    text + ".fi\n"
}

/// A line in which roff finds nothing of its own.
fn escaped(line: &str) -> String {
    let escaped = line.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    if escaped.starts_with('.') { format!("\\&{escaped}") } else { escaped }
}
