//! The config that is written: what was said, and what else could be, each with its comment.

use std::path::Path;

/// What was said.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The language's tag.
    pub(super) language: String,
    /// The plan of this machine's ledger, where that is the source.
    pub(super) plan: Option<String>,
    /// The source, where it is another one: its name, its kind, and where it is.
    pub(super) source: Option<(String, &'static str, Place)>,
}

/// Where a source is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    File(String),
    Url { url: String, token_file: Option<String> },
    Redmine { url: String, project: String, key_file: Option<String>, options: Option<toml::Value> },
}

/// The file's text; `comments` are its words, one for each part.
pub(super) fn config(said: &Said, comment: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    let mut part = |id: &str, lines: &[String]| {
        for line in comment(id).lines() {
            text += &format!("# {line}\n");
        }
        for line in lines {
            text += line;
            text.push('\n');
        }
        text.push('\n');
    };
    part("init-config-head", &[]);
    part("init-config-language", &[format!("language = {}", quoted(&said.language))]);
    part("init-config-desk", &["# agency = \"\"".into(), "# me = \"\"".into()]);
    if let Some(plan) = &said.plan {
        part("init-config-plan", &[format!("plan = {}", quoted(plan))]);
    }
    if let Some((name, kind, place)) = &said.source {
        let mut lines =
            vec!["[[source]]".into(), format!("name = {}", quoted(name)), format!("kind = {}", quoted(kind))];
        match place {
            Place::File(path) => lines.push(format!("path = {}", quoted(path))),
            Place::Url { url, token_file } => {
                lines.push(format!("url = {}", quoted(url)));
                lines.extend(token_file.as_ref().map(|file| format!("token_file = {}", quoted(file))));
            }
            Place::Redmine { .. } => {}
        }
        if let Place::Redmine { url, project, key_file, options } = place {
            lines.push(format!("url = {}", quoted(url)));
            lines.push(format!("project = {}", quoted(project)));
            lines.extend(key_file.as_ref().map(|file| format!("key_file = {}", quoted(file))));
            lines.extend(options.iter().flat_map(|options| table("source.redmine", options)));
        }
        let id = match place {
            Place::Redmine { .. } => "init-config-redmine",
            Place::File(_) | Place::Url { .. } if *kind == "sheet" => "init-config-sheet",
            Place::File(_) | Place::Url { .. } => "init-config-http",
        };
        part(id, &lines);
    }
    text
}

/// A table with what stands in it, tables last.
fn table(name: &str, value: &toml::Value) -> Vec<String> {
    let entries = value.as_table().into_iter().flatten();
    let (tables, plain): (Vec<_>, Vec<_>) = entries.partition(|(_, value)| value.is_table());
    let key = |key: &str| {
        let bare = key.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter));
        if bare && !key.is_empty() { key.to_owned() } else { quoted(key) }
    };
    let mut lines = vec![String::new(), format!("[{name}]")];
    lines.extend(plain.into_iter().map(|(name, value)| format!("{} = {value}", key(name))));
    lines.extend(tables.into_iter().flat_map(|(inner, value)| table(&format!("{name}.{}", key(inner)), value)));
    lines
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A source's name, out of the file's.
pub(super) fn name_of(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if stem.is_empty() { "ke-hoach".into() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Layer, domain::status::Base, sources::redmine::RedmineOptions};

    #[test]
    fn what_redmine_proposes_is_read_as_it_was_proposed() {
        let mut options = RedmineOptions { tasks: vec!["Nhiệm vụ".into()], ..RedmineOptions::default() };
        options.statuses.insert("Đang tiến hành".into(), Base::InProgress);
        let place = Place::Redmine {
            url: "https://redmine.example.vn".into(),
            project: "ke-hoach".into(),
            key_file: Some("/k".into()),
            options: Some(toml::Value::try_from(&options).unwrap()),
        };
        let said = Said { source: Some(("ke-hoach".into(), "redmine", place)), ..Said::default() };
        let text = config(&Said { language: "vi".into(), ..said }, str::to_owned);
        let layer = Layer::parse(Path::new("tiendo.toml"), &text).unwrap();
        let source = &layer.sources.unwrap()[0];
        assert_eq!((source.redmine.as_ref(), source.project.as_str()), (Some(&options), "ke-hoach"), "{text}");
    }

    #[test]
    fn what_is_written_is_read_as_it_was_said() {
        let place = Place::File("C:\\kế hoạch\\\"2026\".xlsx".into());
        let said =
            Said {
                language: "vi".into(), plan: Some("p".into()), source: Some(("kế hoạch".into(), "sheet", place))
            };
        let text = config(&said, |id| format!("{id}\nhai dòng"));
        let layer = Layer::parse(Path::new("tiendo.toml"), &text).unwrap();
        let source = &layer.sources.unwrap()[0];
        assert_eq!(source.path.as_deref(), Some(Path::new("C:\\kế hoạch\\\"2026\".xlsx")));
        assert_eq!((source.name.as_str(), layer.plan.as_deref()), ("kế hoạch", Some("p")));
    }
}
