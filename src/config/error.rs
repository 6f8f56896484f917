//! [`ConfigError`]: what is wrong with an option, where it stands, and what it most likely should be. The words for a person
//! are in `config/lang` under `config-…`.

use std::fmt;

use thiserror::Error;

use crate::domain::nearest::nearest;

/// Something is wrong with the options. `Display` says it in English.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct ConfigError {
    /// The file, or the variable of the environment.
    pub place: String,
    /// The line from 1.
    pub line: Option<usize>,
    /// That line with a caret below it, as the parser draws it; ends with a line end unless it is empty.
    pub excerpt: String,
    /// What is wrong.
    pub problem: Box<Problem>,
}

/// What is wrong with an option.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The file cannot be read.
    #[error("the file cannot be read: {reason}")]
    Unread {
        /// What the system says.
        reason: String,
    },
    /// The file is not TOML.
    #[error("the file is not valid TOML: {reason}")]
    Syntax {
        /// What the parser says.
        reason: String,
    },
    /// There is no such option.
    #[error("there is no option `{option}`{}", nearest.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
    Unknown {
        /// As written, with the tables it stands in.
        option: String,
        /// The nearest one there is.
        nearest: Option<String>,
    },
    /// A value of another type stands there.
    #[error("`{option}` is {found}, and should be {expected}")]
    Type {
        /// The option.
        option: String,
        /// What stands there: `"x"`.
        found: String,
        /// What should: `number`, `answer` (true or false), `text`, `list`, `table`.
        expected: String,
    },
    /// The option does not take this value.
    #[error("`{option}` cannot be `{value}`: it is one of {known}")]
    Value {
        /// The option.
        option: String,
        /// The value.
        value: String,
        /// Those it takes.
        known: String,
    },
    /// A secret stands in the file, and others may read it.
    #[error("the file holds a secret (`mail.token`) and can be read by others: chmod 600 it")]
    Readable,
    /// Something else the parser refuses.
    #[error("`{option}`: {reason}")]
    Other {
        /// The option.
        option: String,
        /// What the parser says.
        reason: String,
    },
}

impl ConfigError {
    /// What is wrong with `place` as a whole.
    pub(super) fn at(place: impl Into<String>, problem: Problem) -> Self {
        ConfigError { place: place.into(), line: None, excerpt: String::new(), problem: Box::new(problem) }
    }

    /// What the parser says of `text`, which stands in `place`; `path` is the option it was at.
    pub(super) fn of(place: &str, text: &str, path: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        let drawn = error.to_string();
        let is_drawn = |line: &&str| {
            line.split_once('|')
                .is_some_and(|(margin, _)| margin.trim().parse::<u32>().is_ok() || margin.trim().is_empty())
        };
        let excerpt: String = drawn.lines().skip(1).take_while(is_drawn).map(|line| format!("{line}\n")).collect();
        let message = error.message();
        // A line with a secret in it is not repeated, nor what stands where the secret should.
        let secret = path.ends_with("token") || excerpt.lines().any(is_secret);
        if secret {
            let problem = Problem::Syntax { reason: "mail.token".into() };
            return ConfigError { place: place.into(), line, excerpt: String::new(), problem: Box::new(problem) };
        }
        let problem = if path.is_empty() && !message.starts_with("unknown field") {
            Problem::Syntax { reason: message.lines().collect::<Vec<_>>().join("; ") }
        } else {
            problem(path, message)
        };
        ConfigError { place: place.into(), line, excerpt, problem: Box::new(problem) }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.place)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {}", self.problem)
    }
}

/// Is it, in a drawn excerpt, the line of an option whose value is a secret?
fn is_secret(line: &str) -> bool {
    line.split_once('|').is_some_and(|(_, text)| text.trim_start().starts_with("token"))
}

/// Reads serde's sentences, the same in every format.
fn problem(path: &str, message: &str) -> Problem {
    // A table by name has no name of its own in the path.
    let path = path.replace(".?", "");
    let option = || path.clone();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let (written, known) = quoted.split_first().map_or(("", &[][..]), |(written, known)| (*written, known));
        if message.starts_with("unknown variant") && !path.contains("keys") {
            return Problem::Value { option: option(), value: written.into(), known: known.join(", ") };
        }
        // The path ends with the unknown name where the parser got as far as that.
        let table = path.strip_suffix(written).unwrap_or(&path).trim_end_matches('.');
        let whole = |name: &str| if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") };
        return Problem::Unknown {
            option: whole(written),
            nearest: nearest(written, known.iter().copied()).map(whole),
        };
    }
    let typed = message.strip_prefix("invalid type: ").or(message.strip_prefix("invalid value: "));
    match typed.and_then(|said| said.rsplit_once(", expected ")) {
        Some((found, expected)) => {
            Problem::Type { option: option(), found: self::found(found), expected: plain(expected).into() }
        }
        None => Problem::Other { option: option(), reason: message.into() },
    }
}

/// What stands there: the value as written, where serde quotes it.
fn found(said: &str) -> String {
    let bare = ["string ", "integer ", "floating point ", "boolean ", "datetime "]
        .into_iter()
        .find_map(|kind| said.strip_prefix(kind));
    bare.map_or(said, |value| value.trim_matches('`')).to_owned()
}

/// What serde expects, by a word of `config/lang` under `cli-type-…`; as serde says it where there is none.
fn plain(expected: &str) -> &str {
    match expected {
        "u16" | "u64" => "number",
        "a boolean" => "answer",
        "a string" | "path string" => "text",
        "a sequence" => "list",
        _ if expected == "a map" || expected.starts_with("struct ") => "table",
        _ => expected,
    }
}
