//! The layer table: who may import whom, which crates stand where, how long a file is, and where the clock may be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The longest a file may be before its tests.
const LONGEST: usize = 300;

/// Folder or file of `src`, and what it may `use crate::`. `*` is everything below the doors.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("words", &["domain"]),
    ("planfile", &["domain"]),
    ("wire", &["domain"]),
    ("panels", &["domain"]),
    ("app", &["domain", "panels"]),
    ("ui", &["domain", "panels", "app", "words"]),
    ("own_files", &[]),
    ("sqlite", &["domain", "own_files"]),
    ("ledger", &["domain", "own_files", "sqlite"]),
    ("secret", &["own_files"]),
    ("store", &["domain", "own_files", "secret", "sqlite", "wire"]),
    ("sources", &["domain", "own_files", "wire", "planfile", "ledger", "secret"]),
    ("letters", &["domain", "words", "own_files", "secret"]),
    ("export", &["domain", "panels", "words", "ui"]),
    ("server", &["domain", "wire", "ledger", "words"]),
    (
        "config",
        &["domain", "words", "panels", "app", "ui", "sources", "ledger", "server", "letters", "store", "secret"],
    ),
    (
        "runtime",
        &[
            "domain",
            "words",
            "planfile",
            "wire",
            "panels",
            "app",
            "ui",
            "ledger",
            "store",
            "sources",
            "letters",
            "export",
            "config",
            "own_files",
        ],
    ),
    ("cli", &["*"]),
    ("main", &["*"]),
    ("lib", &["*"]),
];

/// A crate, and the only places it may be named in.
const CRATES: &[(&str, &[&str])] = &[
    ("ratatui", &["ui", "runtime"]),
    ("crossterm", &["app/keys.rs", "runtime"]),
    ("nucleo_matcher", &["app"]),
    ("fluent_bundle", &["words"]),
    ("unic_langid", &["words"]),
    ("sqlx", &["sqlite", "ledger", "store"]),
    ("zstd", &["store"]),
    ("reqwest", &["sources"]),
    ("calamine", &["sources"]),
    ("icalendar", &["sources"]),
    ("base64", &["sources", "export"]),
    ("quick_xml", &["sources"]),
    ("encoding_rs", &["sources"]),
    ("rust_xlsxwriter", &["export"]),
    ("maud", &["export"]),
    ("lettre", &["letters"]),
    ("axum", &["server"]),
    ("hyper", &["server"]),
    ("hyper_util", &["server"]),
    ("tower", &["server"]),
    ("tower_http", &["server"]),
    ("prometheus_client", &["server"]),
    ("sha2", &["server", "sources", "store", "export"]),
    ("getrandom", &["server"]),
    ("clap", &["cli", "main"]),
    ("anyhow", &["cli", "main"]),
    ("rustix", &["runtime", "sqlite"]),
    ("directories", &["cli", "config"]),
];

/// Where an instant or a new id may be made.
const CLOCKS: &[&str] = &["runtime", "ledger", "server", "cli", "main"];

/// What only unix has, and the only places it stands in: the terminal and signals, our files' modes, the test for shares.
const UNIX: &[&str] =
    &["runtime/unix.rs", "runtime/unix/ended.rs", "runtime/mod.rs", "own_files.rs", "sqlite/network.rs"];

struct Source {
    path: String,
    layer: String,
    /// The code before its tests.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 40, "the sources were not found");
    files.iter().map(|file| read(&root, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

fn read(root: &Path, file: &Path) -> Source {
    let path = file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    let layer = path.split(['/', '.']).next().unwrap().to_owned();
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
    Source { path, layer, code }
}

fn lines_of_code(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules named right after `crate::` in `line`, also within braces.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' || before == '$' {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.push(name(rest)),
        }
    }
    found
}

/// The first names of the members of a `use` group.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut at_head) = (0, Vec::new(), true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_head = true,
            _ if at_head && depth == 0 && letter.is_alphabetic() => {
                heads.push(name(&group[at..]));
                at_head = false;
            }
            _ => {}
        }
    }
    heads
}

fn name(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

fn without_comments(code: &str) -> String {
    lines_of_code(code).map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

#[test]
fn nobody_imports_sideways_or_upwards() {
    let mut wrong = Vec::new();
    for source in sources() {
        let allowed = LAYERS.iter().find(|(layer, _)| *layer == source.layer);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("`{}` has no layer: {}", source.layer, source.path));
        for import in imports(&without_comments(&source.code)) {
            let known = LAYERS.iter().any(|(layer, _)| *layer == import);
            let fine = import == source.layer || allowed.contains(&"*") || allowed.contains(&import.as_str());
            if known && !fine {
                wrong.push(format!("{} imports {import}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_stand_where_the_table_has_them() {
    let mut wrong = Vec::new();
    for source in sources() {
        let code = without_comments(&source.code);
        for (named, places) in CRATES {
            let used = code.contains(&format!("{named}::")) || code.contains(&format!("use {named};"));
            let fine = places.iter().any(|place| source.layer == *place || source.path == *place);
            if used && !fine {
                wrong.push(format!("{} uses {named}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_only_unix_has_stands_where_it_may() {
    let marks = ["cfg(unix)", "cfg(not(unix))", "os::unix", "os::fd", "rustix::", "nix::", "signal_hook::", "libc::"];
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !UNIX.contains(&source.path.as_str())) {
        for (at, line) in lines_of_code(&source.code) {
            if marks.iter().any(|mark| line.contains(mark)) {
                wrong.push(format!("{}:{at}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_clock_is_read_and_ids_are_made_only_at_the_edges() {
    let makers = ["::now()", ".now_v7(", "::now_v7(", "::new_v4("];
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !CLOCKS.contains(&source.layer.as_str())) {
        for (at, line) in lines_of_code(&source.code) {
            if makers.iter().any(|maker| line.contains(maker)) {
                wrong.push(format!("{}:{at}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for source in sources() {
        let length = source.code.lines().count();
        if length > LONGEST {
            wrong.push(format!("{} has {length} lines before its tests", source.path));
        }
        if !source.code.starts_with("//!") {
            wrong.push(format!("{} does not say what is in it", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_test_sees_what_it_looks_for() {
    let group = "use crate::{\n    app::{self, model::Model},\n    ui,\n};\nlet x = crate::ledger::open();";
    assert_eq!(imports(group), ["app", "ui", "ledger"]);
}
