//! A command line that clap does not take: what is wrong with it, and what was most likely meant. Help and version are asked
//! for the same way.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{arguments::Global, exit::Exit, help, output, session::chosen_words};
use crate::domain::{sentence::Sentence, text::clean_lines};

/// Shows the help that was asked for, or says what is wrong.
pub(super) fn ended(arguments: &[OsString], error: clap::Error) -> Exit {
    let words = chosen_words(&asked(arguments));
    // Once more with the words in their places, which stand in the error too.
    let error = help::command(&words).try_get_matches_from(arguments).err().unwrap_or(error);
    if error.exit_code() == 0 {
        let _ = error.print();
        return Exit::Done;
    }
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let usage = usage.trim().trim_start_matches("Usage: ");
    let mut lines = vec![format!("tiendo: {}", words.say(&sentence(&error))), String::new()];
    if !usage.is_empty() {
        lines.push(format!("{}: {usage}", words.get("help-usage")));
    }
    lines.push(words.get("usage-more").into_owned());
    output::complain(&clean_lines(&lines.join("\n")));
    Exit::Usage
}

/// The language, the config file, the source and the plan that are asked for, as far as that can be told.
pub(super) fn asked(arguments: &[OsString]) -> Global {
    let value = |name: &str| {
        let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
        texts.find_map(|text| text.strip_prefix(name).map(ToOwned::to_owned)).map(|rest| (rest, texts.next()))
    };
    let value = |name: &str| match value(name)? {
        (rest, next) if rest.is_empty() => next.map(ToOwned::to_owned),
        (rest, _) => rest.strip_prefix('=').map(ToOwned::to_owned),
    };
    let config = value("--config").map(Into::into);
    Global { lang: value("--lang"), config, source: value("--source"), plan: value("--plan"), ..Global::default() }
}

/// What is wrong. The kinds are clap's, which may add some.
fn sentence(error: &clap::Error) -> Sentence {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let said = |id| Sentence::new(id).with("argument", text(ContextKind::InvalidArg));
    let meant = |kind| match error.get(kind) {
        // The most likely one is the last.
        Some(ContextValue::Strings(texts)) => texts.last().cloned(),
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(_) | None => None,
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => Sentence::new("usage-no-such-command")
            .with("command", text(ContextKind::InvalidSubcommand))
            .near(meant(ContextKind::SuggestedSubcommand).as_deref()),
        ErrorKind::UnknownArgument => {
            let near = meant(ContextKind::SuggestedArg).or_else(|| meant(ContextKind::SuggestedSubcommand));
            said("usage-no-such-argument").near(near.as_deref())
        }
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => said("usage-no-value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = Some(text(ContextKind::ValidValue)).filter(|known| !known.is_empty());
            let id = if known.is_some() { "usage-value-of" } else { "usage-value" };
            said(id)
                .with("value", text(ContextKind::InvalidValue))
                .with("known", known.unwrap_or_default())
                .near(meant(ContextKind::SuggestedValue).as_deref())
        }
        ErrorKind::NoEquals | ErrorKind::TooFewValues => said("usage-no-value"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => said("usage-values"),
        ErrorKind::ArgumentConflict => said("usage-conflict").with("other", text(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => said("usage-missing"),
        ErrorKind::MissingSubcommand => Sentence::new("usage-no-command"),
        ErrorKind::InvalidUtf8 => Sentence::new("usage-not-utf8"),
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion
        | ErrorKind::Io
        | ErrorKind::Format
        | _ => Sentence::new("usage-other").with("detail", error.to_string()),
    }
}
