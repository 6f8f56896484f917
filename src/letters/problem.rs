//! [`Problem`]: what is wrong with the settings, the templates or the secret, before anything is sent. The words for a
//! person are in `config/lang` under `mail-…`; no secret stands in any of it.

use std::{io, path::Path};

use thiserror::Error;

use crate::{
    domain::{sentence::Sentence, text::Text},
    words::template::Misplaced,
};

/// Why no mail can be made or sent. `Display` says it in English.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// A template is not in order.
    #[error("{file}:{line}: {wrong}")]
    Template {
        /// The file.
        file: String,
        /// The line from 1.
        line: usize,
        /// What is wrong there.
        wrong: Wrong,
    },
    /// A file cannot be read.
    #[error("{file} cannot be read: {reason}")]
    Unread {
        /// The file.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// A setting is missing.
    #[error("`mail.{0}` is not set")]
    Missing(&'static str),
    /// A setting is not an e-mail address, or has a line end in it.
    #[error("`mail.{option}` is not an e-mail address: {value}")]
    NotAnAddress {
        /// The setting.
        option: &'static str,
        /// What stands there.
        value: String,
    },
    /// There is no such language.
    #[error("`mail.language` is not a language there are words for: {0}")]
    NoLanguage(String),
    /// Mail would travel readable to another machine.
    #[error("`mail.tls = \"none\"` is only for a server on this machine, not {host}")]
    Unencrypted {
        /// The server.
        host: String,
    },
    /// Others may read the file with the secret.
    #[error("{file} holds a secret and can be read by others: chmod 600 {file}")]
    Readable {
        /// The file.
        file: String,
    },
    /// More than one place, or none, says the secret.
    #[error(
        "the secret for `mail.user` must come from one of `token_command`, `token_variable`, `token_file`, `token`"
    )]
    SecretSource,
    /// The variable is not set.
    #[error("the variable {0} is not set")]
    NoVariable(String),
    /// The command failed, or took too long, or said nothing.
    #[error("`mail.token_command` gave no secret: {0}")]
    Command(String),
    /// The certificates cannot be used.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// What is wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Wrong {
    /// It does not begin with `Subject:`.
    #[error("the first line must begin with `Subject:`")]
    NoSubject,
    /// The items have no place.
    #[error("there is no line `{{items}}`")]
    NoItems,
    /// The items stand within a line.
    #[error("`{{items}}` needs a line of its own")]
    ItemsWithin,
    /// A place is not in order.
    #[error("{0}")]
    Place(Misplaced),
}

impl Problem {
    pub(super) fn unread(path: &Path, error: &io::Error) -> Self {
        Problem::Unread { file: path.display().to_string(), reason: error.to_string() }
    }

    /// What is wrong and what to do, for a person.
    pub fn sentence(&self) -> Sentence {
        let said = Sentence::new;
        match self {
            Problem::Template { file, line, wrong } => said("letter-wrong")
                .with("file", file.as_str())
                .with("line", Text::new(&line.to_string()))
                .with("wrong", wrong.sentence()),
            Problem::Unread { file, reason } => {
                said("mail-unread").with("file", file.as_str()).with("reason", reason.as_str())
            }
            Problem::Missing(option) => said("mail-missing").with("option", *option),
            Problem::NotAnAddress { option, value } => {
                said("mail-not-an-address").with("option", *option).with("value", value.as_str())
            }
            Problem::NoLanguage(tag) => said("mail-no-language").with("tag", tag.as_str()),
            Problem::Unencrypted { host } => said("mail-unencrypted").with("host", host.as_str()),
            Problem::Readable { file } => said("mail-readable").with("file", file.as_str()),
            Problem::SecretSource => said("mail-secret-source"),
            Problem::NoVariable(name) => said("mail-no-variable").with("name", name.as_str()),
            Problem::Command(reason) => said("mail-command").with("reason", reason.as_str()),
            Problem::Tls(reason) => said("mail-tls").with("reason", reason.as_str()),
        }
    }
}

impl Wrong {
    fn sentence(&self) -> Sentence {
        match self {
            Wrong::NoSubject => Sentence::new("letter-no-subject"),
            Wrong::NoItems => Sentence::new("letter-no-items"),
            Wrong::ItemsWithin => Sentence::new("letter-items-within"),
            Wrong::Place(misplaced) => misplaced.sentence(),
        }
    }
}
