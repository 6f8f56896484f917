//! What can stand in the place of a value: agencies, items, sources, views, themes, verbs, columns.

use std::{collections::HashSet, ffi::OsStr, fs, sync::Arc};

use clap::{Arg, Command, ValueHint};
use clap_complete::{ArgValueCompleter, CompletionCandidate};

use super::nearby;
use crate::{
    cli::{act, arguments::Global, columns, facts, journal, opened::SAMPLE},
    domain::{item::Item, snapshot::Snapshot, text::fold_marks},
    ui::theme::Theme,
};

/// So many values are offered one by one.
const MOST: usize = 200;

/// A value and what it is.
type Value = (String, Option<String>);

/// The command line with what is known of its values.
pub(super) fn known(command: Command, global: &Global) -> Command {
    let global = Arc::new(global.clone());
    of_command(command, &global)
}

fn of_command(command: Command, global: &Arc<Global>) -> Command {
    let name = command.get_name().to_owned();
    command.mut_args(|arg| of_argument(&name, arg, global)).mut_subcommands(|command| of_command(command, global))
}

fn of_argument(command: &str, arg: Arg, global: &Arc<Global>) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let global = Arc::clone(global);
    match id.as_str() {
        "agency" => with(arg, move || agencies(&global)),
        "item" if command == "journal" => with(arg, move || items(&global, |item| item.id.to_string())),
        "item" => with(arg, move || items(&global, bare)),
        "source" if command != "init" => with(arg, move || sources(&global)),
        "view" => with(arg, move || views(&global)),
        "theme" => with(arg, || plain(Theme::names())),
        "verb" if command == "act" => with(arg, || plain(act::words())),
        "verb" => with(arg, || plain(journal::verbs())),
        "columns" | "sort" => {
            let names = columns_of(command);
            with(arg, move || plain(names.iter()))
        }
        "file" | "config" | "log" | "agencies" | "path" | "plan_file" => arg.value_hint(ValueHint::FilePath),
        _ => arg,
    }
}

/// Of a value, what begins as what was typed, accents and capitals aside.
fn with(arg: Arg, values: impl Fn() -> Vec<Value> + Send + Sync + 'static) -> Arg {
    arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = fold_marks(&typed.to_string_lossy());
        let fits = values().into_iter().filter(|(value, _)| fold_marks(value).starts_with(&typed)).collect();
        let fits = by_part(fits, typed.chars().count()).into_iter();
        fits.map(|(value, what)| CompletionCandidate::new(value).help(what.map(Into::into))).collect()
    }))
}

/// More than anybody reads are offered as folders are: up to the next `/`.
fn by_part(values: Vec<Value>, typed: usize) -> Vec<Value> {
    if values.len() <= MOST {
        return values;
    }
    let part = |(value, what): Value| {
        let end = value.char_indices().skip(typed).find(|(_, letter)| *letter == '/').map(|(at, _)| at + 1);
        end.map_or((value.clone(), what), |end| (value.get(..end).unwrap_or(&value).to_owned(), None))
    };
    let mut parts: Vec<Value> = values.into_iter().map(part).collect();
    let mut seen = HashSet::new();
    parts.retain(|(value, _)| seen.insert(value.clone()));
    parts
}

fn plain(values: impl IntoIterator<Item = impl ToString>) -> Vec<Value> {
    values.into_iter().map(|value| (value.to_string(), None)).collect()
}

fn agencies(global: &Global) -> Vec<Value> {
    let Some(Snapshot { outline, .. }) = nearby::snapshot(global) else { return Vec::new() };
    let tag = tag(global);
    outline.agencies.iter().map(|agency| (agency.id.to_string(), Some(agency.label(tag).to_owned()))).collect()
}

fn items(global: &Global, written: impl Fn(&Item) -> String) -> Vec<Value> {
    let Some(snapshot) = nearby::snapshot(global) else { return Vec::new() };
    snapshot.items.iter().filter(|item| !item.is_called_off()).map(|item| (written(item), None)).collect()
}

/// An id without its kind, as `tiendo act` takes it.
fn bare(item: &Item) -> String {
    item.id.as_str().split_once(':').map_or_else(|| item.id.to_string(), |(_, bare)| bare.to_owned())
}

fn sources(global: &Global) -> Vec<Value> {
    let session = nearby::session(&Global { source: None, ..global.clone() });
    let named = session.iter().flat_map(|session| &session.config.sources).map(|source| source.name.clone());
    plain(named.chain([SAMPLE.to_owned()]))
}

/// Those of the config, and those that were kept; the file of these is only read.
fn views(global: &Global) -> Vec<Value> {
    let Some(session) = nearby::session(global) else { return Vec::new() };
    let written = session.config.views.iter().map(|(name, _)| name.to_string());
    let kept = session.config.kept_views().and_then(|path| fs::read_to_string(path).ok());
    let kept = kept.and_then(|text| text.parse::<toml::Table>().ok());
    let kept = kept.as_ref().and_then(|table| table.get("views")?.as_table());
    let kept = kept.into_iter().flat_map(|views| views.keys().cloned());
    plain(written.chain(kept))
}

fn columns_of(command: &str) -> Vec<String> {
    match command {
        "status" => columns::names::<facts::figures::AgencyFact>(),
        "tasks" => columns::names::<facts::task::TaskFact>(),
        "reports" | "overdue" => columns::names::<facts::report::ReportFact>(),
        "campaigns" => columns::names::<facts::campaign::CampaignFact>(),
        "trend" => columns::names::<facts::week::WeekFact>(),
        "journal" => columns::names::<facts::entry::EntryFact>(),
        "changes" => columns::names::<facts::change::ChangeFact>(),
        _ => Vec::new(),
    }
}

fn tag(global: &Global) -> &'static str {
    nearby::session(global).map_or("vi", |session| session.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_values_are_offered_part_by_part() {
        let many: Vec<Value> = (0..300).map(|number| (format!("R{}/2023-H1/a{number}", number % 2), None)).collect();
        let names = |values: Vec<Value>| values.into_iter().map(|(value, _)| value).collect::<Vec<_>>();
        assert_eq!(names(by_part(many.clone(), 0)), ["R0/", "R1/"]);
        assert_eq!(names(by_part(many.clone(), "R0/".len())), ["R0/2023-H1/", "R1/2023-H1/"]);
        assert_eq!(by_part(many[..200].to_vec(), 0).len(), 200);
    }
}
