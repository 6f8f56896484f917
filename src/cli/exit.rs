//! [`Exit`]: how a command ended; and telling why on the error output.

use std::{io, process::ExitCode};

use thiserror::Error;

use super::{output, said};
use crate::{
    domain::{failure::Failure, sentence::Sentence, text::clean_lines},
    words::Words,
};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Something went wrong.
    Failed,
    /// The command line or the config is wrong.
    Usage,
    /// The source could not be reached.
    Unreachable,
    /// It was refused.
    Refused,
    /// It is queued, and not sent yet.
    Queued,
    /// `--fail-if-any`, and there is something.
    Found,
    /// From outside, with the code of that: a signal, a terminal that went away.
    Ended(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Unreachable => 3,
            Exit::Refused => 4,
            Exit::Queued => 5,
            Exit::Found => 6,
            Exit::Ended(code) => code,
        })
    }
}

/// What each code means, a line each: said in the help and in the manual, and nowhere else written down.
pub(super) fn codes(words: &Words) -> impl Iterator<Item = String> + use<'_> {
    let codes = [
        ("0", "exit-done"),
        ("1", "exit-failed"),
        ("2", "exit-usage"),
        ("3", "exit-unreachable"),
        ("4", "exit-refused"),
        ("5", "exit-queued"),
        ("6", "exit-found"),
        ("130", "exit-interrupted"),
        ("143", "exit-terminated"),
    ];
    codes.into_iter().map(|(code, id)| format!("{code:>3}  {}", words.get(id)))
}

/// A reason to end, in words for a person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub(super) struct Stop {
    pub exit: Exit,
    pub message: String,
    /// What the message says, where it may yet have to be said in another language.
    pub why: Option<Sentence>,
}

impl Stop {
    /// The command line or the config is wrong.
    pub(super) fn usage(message: impl Into<String>) -> anyhow::Error {
        Stop { exit: Exit::Usage, message: message.into(), why: None }.into()
    }

    /// With that exit.
    pub(super) fn with(exit: Exit, message: impl Into<String>) -> anyhow::Error {
        Stop { exit, message: message.into(), why: None }.into()
    }

    /// With that exit, for a reason that can be said in any language.
    pub(super) fn because(words: &Words, exit: Exit, why: Sentence) -> anyhow::Error {
        Stop { exit, message: words.say(&why), why: Some(why) }.into()
    }
}

/// How a command ended; where it failed, the error output says why.
pub(super) fn ended(words: &Words, result: anyhow::Result<Exit>) -> Exit {
    result.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return Exit::Done;
        }
        // What was typed may stand in it.
        output::complain(&clean_lines(&format!("tiendo: {}", said::error(words, &error))));
        exit(&error)
    })
}

/// How a command that failed with `error` ends.
pub(super) fn exit(error: &anyhow::Error) -> Exit {
    if let Some(stop) = error.downcast_ref::<Stop>() {
        return stop.exit;
    }
    match error.downcast_ref::<Failure>() {
        Some(Failure::Offline(_)) => Exit::Unreachable,
        Some(Failure::Denied(_) | Failure::Refused(_)) => Exit::Refused,
        Some(Failure::Unreadable(_)) | None => Exit::Failed,
    }
}

/// Whoever read the output has enough: that is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|cause| {
        let csv = cause
            .downcast_ref::<csv::Error>()
            .and_then(|error| if let csv::ErrorKind::Io(error) = error.kind() { Some(error.kind()) } else { None });
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        cause.downcast_ref::<io::Error>().map(io::Error::kind).or(csv).or(json)
    });
    kinds.into_iter().any(|kind| kind == io::ErrorKind::BrokenPipe)
}
