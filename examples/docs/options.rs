//! The page of options, from `config/tiendo.toml`: each option with its default and what stands above it.

use std::fmt::Write;

const SHIPPED: &str = include_str!("../../config/tiendo.toml");

/// The page's name and text.
pub(crate) fn page() -> (&'static str, String) {
    let mut page = String::from(
        "# Configuration reference · Các tùy chọn\n\n<!-- Made from config/tiendo.toml by `cargo run --example docs`. -->\n",
    );
    for block in SHIPPED.split("\n\n") {
        let _ = match Block::of(block) {
            Block::Text(text) => write!(page, "\n{text}\n"),
            Block::Option { key, default, text } => {
                write!(page, "\n**`{key}`** = `{default}`  \n{text}\n")
            }
            Block::Table { name, text, rest } => {
                let text = if text.is_empty() { String::new() } else { format!("{text}\n") };
                let rest = rest.map(|rest| format!("\n{}", self::option(&rest))).unwrap_or_default();
                write!(page, "\n## `[{name}]`\n\n{text}{rest}")
            }
            Block::Sample { text, sample } => {
                let head = sample.lines().next().filter(|line| line.starts_with("[["));
                let heading = head.map(|head| format!("\n## `{head}`\n")).unwrap_or_default();
                write!(page, "{heading}\n{text}\n\n```toml\n{sample}\n```\n")
            }
        };
    }
    ("configuration.md", page)
}

/// A part of the file, up to an empty line.
enum Block {
    /// Said of the file.
    Text(String),
    /// An option.
    Option { key: String, default: String, text: String },
    /// A table begins; its first option may follow at once.
    Table { name: String, text: String, rest: Option<String> },
    /// What could stand there: lines behind `#` that are TOML.
    Sample { text: String, sample: String },
}

impl Block {
    fn of(block: &str) -> Block {
        let lines: Vec<&str> = block.lines().collect();
        let comments = lines.iter().take_while(|line| line.starts_with('#')).count();
        let (said, rest) = lines.split_at(comments);
        let plain = |line: &&str| line.trim_start_matches('#').strip_prefix(' ').unwrap_or_default().to_owned();
        let said: Vec<String> = said.iter().map(plain).collect();
        match rest.first() {
            Some(head) if head.starts_with('[') => {
                let rest = (rest.len() > 1).then(|| rest[1..].join("\n"));
                Block::Table { name: head.trim_matches(['[', ']']).to_owned(), text: said.join("\n"), rest }
            }
            Some(option) => {
                let (key, default) = option.split_once(" = ").expect("an option is `key = default`");
                Block::Option { key: key.into(), default: default.into(), text: said.join("\n") }
            }
            None => match said.iter().position(|line| line.starts_with('[')) {
                Some(begins) => Block::Sample { text: said[..begins].join("\n"), sample: said[begins..].join("\n") },
                None => Block::Text(said.join("\n")),
            },
        }
    }
}

/// What follows a table's head without an empty line: an option, or a sample.
fn option(text: &str) -> String {
    match Block::of(text) {
        Block::Option { key, default, text } => format!("**`{key}`** = `{default}`  \n{text}\n"),
        Block::Sample { text, sample } => format!("{text}\n```toml\n{sample}\n```\n").trim_start().to_owned(),
        Block::Text(text) => format!("{text}\n"),
        Block::Table { .. } => unreachable!("a table begins with a line of its own"),
    }
}
