//! The terminal: its size, its colours, whether it draws Vietnamese letters as wide as they are, the mouse, the clipboard.

use std::{io, time::Duration};

use super::findings::{Findings, What};
use crate::{
    cli::{
        colours::depth,
        session::{Session, variable},
    },
    runtime::probe::{self, Answers, NotAsked, WIDTHS},
    ui::depth::Depth,
};

/// How long its answers are waited for; over a slow line they take their time.
const PATIENCE: Duration = Duration::from_millis(1_000);

/// Smaller than this the screen shows one panel at a time, or nothing.
const SMALLEST: (u16, u16) = (80, 24);

pub(super) fn look(findings: &mut Findings<'_>, session: &Session) {
    let words = findings.words;
    // A console without the language of terminals would show the questions.
    let term = variable("TERM").unwrap_or_default();
    let speaks = !term.is_empty() && term != "dumb" && term != "linux";
    let asked = match probe::why_not() {
        Some(why) => Ok(Err(why)),
        None if speaks => probe::ask(PATIENCE),
        None => Ok(Ok(Answers::default())),
    };
    let answers = match asked {
        Ok(Ok(answers)) => answers,
        Ok(Err(NotAsked::NoTerminal)) => return findings.good(What::Terminal, &words.get("cli-terminal-none")),
        Ok(Err(NotAsked::Background)) => return findings.good(What::Terminal, &words.get("cli-terminal-background")),
        Err(error) => {
            let said = words.with("cli-terminal-failed", &[("detail", error.to_string().into())]);
            findings.doubtful(What::Terminal, &said).mend("cli-mend-terminal");
            if error.kind() == io::ErrorKind::Interrupted {
                return;
            }
            Answers::default()
        }
    };
    place(findings, &term);
    colours(findings, session);
    widths(findings, &answers);
    mouse(findings, &answers, &term);
    match answers.clipboard {
        Some(true) => findings.good(What::Clipboard, &words.get("cli-clipboard-good")),
        Some(false) | None => {
            findings.doubtful(What::Clipboard, &words.get("cli-clipboard-unknown")).mend("cli-mend-clipboard");
        }
    }
}

fn place(findings: &mut Findings<'_>, term: &str) {
    let words = findings.words;
    let term = if term.is_empty() { "–" } else { term };
    let Some((columns, rows)) = probe::size() else {
        return findings
            .doubtful(What::Terminal, &words.with("cli-terminal-no-size", &[("term", term.into())]))
            .mend("cli-mend-size");
    };
    let args = [("term", term.into()), ("columns", u32::from(columns).into()), ("rows", u32::from(rows).into())];
    let said = words.with("cli-terminal-is", &args);
    match columns < SMALLEST.0 || rows < SMALLEST.1 {
        true => findings.doubtful(What::Terminal, &said).mend("cli-mend-size"),
        false => findings.good(What::Terminal, &said),
    }
}

fn colours(findings: &mut Findings<'_>, session: &Session) {
    let words = findings.words;
    let depth = depth(session);
    let said = words.get(match depth {
        Depth::None => "cli-colours-none",
        Depth::Colours16 => "cli-colours-16",
        Depth::Colours256 => "cli-colours-256",
        Depth::TrueColour => "cli-colours-all",
    });
    match depth {
        Depth::Colours16 => findings.doubtful(What::Colours, &said).mend("cli-mend-colours"),
        Depth::None | Depth::Colours256 | Depth::TrueColour => findings.good(What::Colours, &said),
    }
}

fn widths(findings: &mut Findings<'_>, answers: &Answers) {
    let words = findings.words;
    if answers.widths.iter().any(Option::is_none) {
        return findings.doubtful(What::Letter, &words.get("cli-width-unknown")).mend("cli-mend-width-unknown");
    }
    let is_right = |place: usize| answers.widths.get(place).copied().flatten() == WIDTHS.get(place).copied();
    match [is_right(0), is_right(1), is_right(2)] {
        [true, true, true] => findings.good(What::Letter, &words.get("cli-width-good")),
        [false, _, _] => findings.doubtful(What::Letter, &words.get("cli-width-letters")).mend("cli-mend-letters-wide"),
        [true, false, _] => findings.doubtful(What::Letter, &words.get("cli-width-marks")).mend("cli-mend-marks"),
        [true, true, false] => findings.doubtful(What::Letter, &words.get("cli-width-signs")).mend("cli-mend-signs"),
    }
}

fn mouse(findings: &mut Findings<'_>, answers: &Answers, term: &str) {
    let words = findings.words;
    match answers.mouse {
        Some(true) => findings.good(What::Mouse, &words.get("cli-mouse-good")),
        Some(false) => findings.doubtful(What::Mouse, &words.get("cli-mouse-none")).mend("cli-mend-mouse"),
        None if term.starts_with("tmux") || term.starts_with("screen") => {
            findings.doubtful(What::Mouse, &words.get("cli-mouse-unknown")).mend("cli-mend-mouse-tmux");
        }
        None => findings.doubtful(What::Mouse, &words.get("cli-mouse-unknown")).mend("cli-mend-mouse"),
    }
}
