//! [`Secret`]: what a server wants to be shown. It comes from a command, a variable of the environment, a file only its owner
//! can read, or the config file under the same condition; it is never shown. Who wants it says where it is to be found.

use std::{fmt, io, path::Path, process::Stdio, time::Duration};

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use crate::own_files;

/// How long a command may take to say the secret: somebody may have to unlock a store.
const PATIENCE: Duration = Duration::from_secs(60);

/// Something that must not be shown: `Debug` does not say it, there is no `Display`, and it does not serialise.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The secret itself, for whoever must be shown it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Is nothing kept?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Default for Secret {
    fn default() -> Self {
        Secret::new("")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_empty() { "no secret" } else { "a secret" })
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Secret)
    }
}

/// Why a secret was not found. No secret stands in any of it; the words for a person are whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Missing {
    /// A file cannot be read.
    #[error("{file} cannot be read: {reason}")]
    Unread {
        /// The file.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// Others may read the file with the secret.
    #[error("{file} holds a secret and can be read by others: chmod 600 {file}")]
    Readable {
        /// The file.
        file: String,
    },
    /// The variable is not set.
    #[error("the variable {0} is not set")]
    Variable(String),
    /// The command failed, or took too long, or said nothing.
    #[error("the command gave no secret: {0}")]
    Command(String),
}

/// Tells the value of a variable of the environment.
pub type Environment<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// The secret a command prints on its first line. It may ask whoever sits at the terminal (`asks`) for a word.
pub async fn of_command(line: &str, asks: bool) -> Result<Secret, Missing> {
    let line = line.to_owned();
    // What the command says on its error output goes to the person at the terminal, not into an error of ours.
    let run = tokio::task::spawn_blocking(move || {
        let side = || if asks { Stdio::inherit() } else { Stdio::null() };
        shell(&line).stdin(side()).stderr(side()).stdout(Stdio::piped()).output()
    });
    let failed = |reason: String| Missing::Command(reason);
    let output = match tokio::time::timeout(PATIENCE, run).await {
        Ok(Ok(Ok(output))) => output,
        Ok(Ok(Err(error))) => return Err(failed(error.to_string())),
        Ok(Err(error)) => return Err(failed(error.to_string())),
        Err(_) => return Err(failed(format!("{} s", PATIENCE.as_secs()))),
    };
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    let said = String::from_utf8(output.stdout).map_err(|_| failed("UTF-8".into()))?;
    first_line(&said).ok_or_else(|| failed("0".into()))
}

/// The secret a variable of the environment holds.
pub fn of_variable(name: &str, variable: Environment<'_>) -> Result<Secret, Missing> {
    let value = variable(name).filter(|value| !value.is_empty());
    value.map(Secret).ok_or_else(|| Missing::Variable(name.to_owned()))
}

/// The secret on the first line of a file only its owner can read.
pub fn of_file(path: &Path) -> Result<Secret, Missing> {
    keep_private(path)?;
    let text = std::fs::read_to_string(path).map_err(|error| unread(path, &error))?;
    let empty = io::Error::from(io::ErrorKind::UnexpectedEof);
    first_line(&text).ok_or_else(|| unread(path, &empty))
}

/// Refuses a file that others may read; says the command that mends it.
pub fn keep_private(path: &Path) -> Result<(), Missing> {
    if own_files::is_open_to_others(path).map_err(|error| unread(path, &error))? {
        return Err(Missing::Readable { file: path.display().to_string() });
    }
    Ok(())
}

fn unread(path: &Path, error: &io::Error) -> Missing {
    Missing::Unread { file: path.display().to_string(), reason: error.to_string() }
}

fn shell(line: &str) -> std::process::Command {
    let (program, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("/bin/sh", "-c") };
    let mut command = std::process::Command::new(program);
    command.args([flag, line]);
    command
}

fn first_line(text: &str) -> Option<Secret> {
    text.lines().next().map(str::to_owned).filter(|line| !line.is_empty()).map(Secret)
}
