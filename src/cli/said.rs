//! What went wrong, in the language asked for: remarks on a file and wrong options with their place, and whatever ends a
//! command.

use std::{error::Error, io};

use crate::{
    config::ConfigError,
    domain::{failure::Failure, sentence::Sentence},
    planfile::{PlanError, Remark},
    ui::theme::ThemeError,
    words::Words,
};

/// A remark in one line: file:line, field, what is wrong, what would be right.
pub(super) fn remark(words: &Words, remark: &Remark) -> String {
    let line = remark.line.map(|line| format!(":{line}")).unwrap_or_default();
    let path = if remark.path.is_empty() { String::new() } else { format!("{}: ", remark.path) };
    format!("{}{line}: {path}{}", remark.file, words.say(&remark.problem))
}

/// What is wrong with an option: file:line, what, what it should be, and the line itself.
pub(super) fn option(words: &Words, error: &ConfigError) -> String {
    let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
    let mut text = format!("{}{line}: {}", error.place, words.say(&error.problem));
    if !error.excerpt.is_empty() {
        text.push('\n');
        text.push_str(error.excerpt.trim_end());
    }
    text
}

/// Why a command ended. What the system or a crate says stays as it says it.
pub(super) fn error(words: &Words, error: &anyhow::Error) -> String {
    let said: Vec<String> = error.chain().map(|cause| cause_in_words(words, cause)).collect();
    said.join(": ")
}

fn cause_in_words(words: &Words, cause: &(dyn Error + 'static)) -> String {
    let within = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let within = within.and_then(|inner| inner.downcast_ref::<Sentence>());
    let sentence = cause.downcast_ref::<Failure>().map(Failure::why).or(cause.downcast_ref()).or(within);
    if let Some(sentence) = sentence {
        words.say(sentence)
    } else if let Some(PlanError(wrong)) = cause.downcast_ref() {
        remark(words, wrong)
    } else if let Some(ThemeError { file, line, problem }) = cause.downcast_ref() {
        format!("{file}:{line}: {}", words.say(problem))
    } else {
        cause.to_string()
    }
}
