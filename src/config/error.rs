//! [`ConfigError`]: what is wrong with an option, where it stands, and what it most likely should be.

use std::fmt;

use thiserror::Error;

use crate::domain::{
    nearest::nearest,
    sentence::{Part, Sentence},
};

/// Something is wrong with the options. `Display` is for logs.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct ConfigError {
    /// The file, or the variable of the environment.
    pub place: String,
    /// The line from 1.
    pub line: Option<usize>,
    /// That line with a caret below it, as the parser draws it; ends with a line end unless it is empty.
    pub excerpt: String,
    /// What is wrong.
    pub problem: Sentence,
}

impl ConfigError {
    /// What is wrong with `place` as a whole.
    pub(super) fn at(place: impl Into<String>, problem: Sentence) -> Self {
        ConfigError { place: place.into(), line: None, excerpt: String::new(), problem }
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
        let secret = SECRETS.into_iter().find(|(table, name)| {
            path.starts_with(table) && path.ends_with(name) || excerpt.lines().any(|line| is_line_of(line, name))
        });
        if let Some((table, name)) = secret {
            let table = if name == "token" && path.starts_with("source") { "source" } else { table };
            let problem = Sentence::new("config-syntax").with("reason", format!("{table}.{name}"));
            return ConfigError { place: place.into(), line, excerpt: String::new(), problem };
        }
        let problem = if path.is_empty() && !message.starts_with("unknown field") {
            Sentence::new("config-syntax").with("reason", message.lines().collect::<Vec<_>>().join("; "))
        } else {
            problem(path, message)
        };
        ConfigError { place: place.into(), line, excerpt, problem }
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

/// That an option does not take `value`, only one of `known`.
pub(super) fn not_among(option: &str, value: &str, known: &[&str]) -> Sentence {
    let sentence = Sentence::new("config-value").with("option", option).with("value", value);
    sentence.with("known", known.join(", ")).near(nearest(value, known.iter().copied()))
}

/// Options whose value is a secret, or may have one in it.
const SECRETS: [(&str, &str); 3] = [("mail", "token"), ("source", "token"), ("serve", "store")];

/// Is it, in a drawn excerpt, the line of an option whose name begins so?
fn is_line_of(line: &str, name: &str) -> bool {
    line.split_once('|').is_some_and(|(_, text)| text.trim_start().starts_with(name))
}

/// Reads serde's sentences, the same in every format.
fn problem(path: &str, message: &str) -> Sentence {
    // A table by name has no name of its own in the path.
    let path = path.replace(".?", "");
    let of_option = |id| Sentence::new(id).with("option", path.as_str());
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (written, known) = quoted.split_first().map_or(("", &[][..]), |(written, known)| (*written, known));
    if message.starts_with("unknown variant") && !path.contains("keys") {
        return not_among(&path, written, known);
    }
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        // The path ends with the unknown name where the parser got as far as that.
        let table = path.strip_suffix(written).unwrap_or(&path).trim_end_matches('.');
        let whole = |name: &str| if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") };
        let near = nearest(written, known.iter().copied()).map(whole);
        return Sentence::new("config-unknown").with("option", whole(written)).near(near.as_deref());
    }
    if message.starts_with("missing field") {
        return of_option("config-missing").with("field", written);
    }
    let typed = message.strip_prefix("invalid type: ").or(message.strip_prefix("invalid value: "));
    match typed.and_then(|said| said.rsplit_once(", expected ")) {
        Some((found, expected)) => {
            of_option("config-type").with("found", self::found(found)).with("expected", Part::expected(expected))
        }
        None => of_option("config-other").with("reason", message),
    }
}

/// What stands there: the value as written, where serde quotes it.
fn found(said: &str) -> Part {
    let bare = ["string ", "integer ", "floating point ", "boolean ", "datetime "]
        .into_iter()
        .find_map(|kind| said.strip_prefix(kind));
    match (bare, said) {
        (Some(value), _) => value.trim_matches('`').into(),
        (None, "map") => Part::Word("found-table".into()),
        (None, "sequence") => Part::Word("found-list".into()),
        (None, other) => other.into(),
    }
}
