//! The command line as clap knows it, with its words: what each command and argument is for, what stands in the help's
//! headings and places. The words are in `config/lang`: `help-COMMAND`, `help-COMMAND-ARGUMENT` or `help-option-ARGUMENT`,
//! `help-value-PLACE`.

use clap::{Arg, Command, CommandFactory};

use super::{Cli, act, examples, exit};
use crate::words::Words;

/// The whole command line in that language, with what stands below the help of each command.
pub(super) fn command(words: &Words) -> Command {
    with_foot(bare(words), words)
}

/// The same without: a manual has sections for it.
pub(super) fn bare(words: &Words) -> Command {
    let mut command = Cli::command();
    // The flags clap adds by itself, and those every command takes, are there only then.
    command.build();
    in_words(command, words)
}

/// Below a command's help: the verbs of `act`, examples, and for the whole program the exit codes.
fn with_foot(command: Command, words: &Words) -> Command {
    let name = command.get_name().to_owned();
    let examples = examples::of(&name);
    let mut parts = Vec::new();
    if name == "act" {
        parts.push(act::verbs(words));
    }
    let headed = |id: &str, lines: Vec<String>| format!("{}:\n{}", words.get(id), lines.join("\n"));
    if !examples.is_empty() {
        parts.push(headed("help-examples", examples.iter().map(|line| format!("  {line}")).collect()));
    }
    if name == "tiendo" {
        parts.push(headed("help-exit-codes", exit::codes(words).collect()));
    }
    let command = command.mut_subcommands(|command| with_foot(command, words));
    if parts.is_empty() { command } else { command.after_help(parts.join("\n\n")) }
}

fn in_words(command: Command, words: &Words) -> Command {
    let name = command.get_name().to_owned();
    let say = |id: &str| words.get(&format!("help-{id}")).into_owned();
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", say("usage"));
    let mut command = command
        .about(say(&name))
        .help_template(template)
        .subcommand_help_heading(say("commands"))
        .subcommand_value_name(say("value-command"))
        .mut_args(|arg| argument(&name, arg, words))
        .mut_subcommands(|command| in_words(command, words));
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", &format!("[{}]", say("value-options")));
    command.override_usage(usage)
}

fn argument(command: &str, arg: Arg, words: &Words) -> Arg {
    let id = arg.get_id().as_str().replace('_', "-");
    let own = Some(format!("help-{command}-{id}")).filter(|own| words.has(own));
    let mut help = words.get(&own.unwrap_or_else(|| format!("help-option-{id}"))).into_owned();
    let heading = match (arg.is_positional(), arg.is_global_set()) {
        (true, _) => "help-arguments",
        (false, true) => "help-options-of-all",
        (false, false) => "help-options",
    };
    let arg = arg.help_heading(words.get(heading).into_owned());
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let values = arg.get_possible_values();
    let values: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
    if !values.is_empty() {
        help += &words.with("help-values", &[("values", values.join(", ").into())]);
    }
    if let Some(default) = arg.get_default_values().first() {
        help += &words.with("help-default", &[("value", default.to_string_lossy().into_owned().into())]);
    }
    let place = arg.get_value_names().and_then(|names| names.first()).map_or(id, |name| name.to_lowercase());
    let place = words.get(&format!("help-value-{place}")).into_owned();
    arg.help(help).value_name(place).hide_possible_values(true).hide_default_value(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::LANGUAGES;

    fn ids(command: &Command, found: &mut Vec<String>) {
        let texts = command.get_arguments().map(|arg| arg.get_help().unwrap_or_default().to_string());
        found.extend(texts.chain([command.get_about().unwrap_or_default().to_string()]));
        let places = command.get_arguments().flat_map(|arg| arg.get_value_names().unwrap_or_default());
        found.extend(places.map(ToString::to_string));
        command.get_subcommands().for_each(|command| ids(command, found));
    }

    #[test]
    fn every_command_and_argument_has_its_words() {
        for language in &LANGUAGES {
            let mut found = Vec::new();
            ids(&command(&Words::new(language)), &mut found);
            assert!(found.len() > 100);
            let missing: Vec<&String> =
                found.iter().filter(|text| text.is_empty() || text.starts_with("help-")).collect();
            assert_eq!(missing, [""; 0], "{}", language.tag);
        }
    }
}
