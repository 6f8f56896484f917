//! The documentation: pages made from files are current, every link leads somewhere, every sample is understood.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../examples/docs/keys.rs"]
mod keys;
#[path = "../examples/docs/options.rs"]
mod options;

use std::{
    fs,
    path::{Path, PathBuf},
};

use tiendo::{cli, config::Layer};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every page: its place from the root, and its text.
fn pages() -> Vec<(PathBuf, String)> {
    let in_folder = |folder: &str| fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let pages = in_folder("").chain(in_folder("docs")).filter(|path| path.extension().is_some_and(|is| is == "md"));
    let mut pages: Vec<_> =
        pages.map(|path| (path.strip_prefix(root()).unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect();
    pages.sort();
    assert!(pages.len() > 10, "the pages are not found");
    pages
}

/// The lines of a page that are in a block of samples, with the block's language; `false` for all others.
fn lines(text: &str, in_samples: bool) -> Vec<(usize, &str, &str)> {
    let mut language = None;
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.trim_start().strip_prefix("```"), language) {
            (Some(begins), None) => language = Some(begins),
            (Some(_), Some(_)) => language = None,
            (None, Some(language)) if in_samples => found.push((number, language, line)),
            (None, None) if !in_samples => found.push((number, "", line)),
            (None, _) => {}
        }
    }
    found
}

#[test]
fn pages_made_from_files_are_current() {
    for (name, page) in [keys::page(), options::page()] {
        let kept = fs::read_to_string(root().join("docs").join(name)).unwrap();
        assert!(kept == page, "docs/{name} is old: cargo run --example docs");
    }
}

/// A heading as GitHub makes an anchor of it.
fn anchor(heading: &str) -> String {
    let plain: String = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter)).collect();
    plain.trim().to_lowercase().replace(' ', "-")
}

fn headings(text: &str) -> Vec<String> {
    let lines = lines(text, false);
    lines
        .iter()
        .filter(|(_, _, line)| line.starts_with('#'))
        .map(|(.., line)| anchor(line.trim_matches(['#', ' '])))
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut followed = 0;
    for (page, text) in pages() {
        for (number, _, line) in lines(&text, false) {
            for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                if target.contains("://") {
                    continue;
                }
                followed += 1;
                let (path, heading) = target.split_once('#').unwrap_or((target, ""));
                let file = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
                let there = fs::read(root().join(&file));
                let found = there.is_ok_and(|bytes| {
                    heading.is_empty()
                        || headings(&String::from_utf8_lossy(&bytes)).iter().any(|known| known == heading)
                });
                if !found {
                    wrong.push(format!("{}:{number}: {target}", page.display()));
                }
            }
        }
    }
    assert!(followed > 40, "links are not found");
    assert!(wrong.is_empty(), "lead nowhere: {wrong:#?}");
}

#[test]
fn every_page_of_docs_is_in_its_index() {
    let index = fs::read_to_string(root().join("docs/README.md")).unwrap();
    for (page, _) in pages().iter().filter(|(page, _)| page.starts_with("docs") && !page.ends_with("README.md")) {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(index.contains(&format!("({name})")), "{name} is not in docs/README.md");
    }
}

#[test]
fn every_sample_of_a_config_can_be_read() {
    let mut read = 0;
    for (page, text) in pages() {
        let mut samples: Vec<(usize, String)> = Vec::new();
        for (number, _, line) in lines(&text, true).into_iter().filter(|(_, language, _)| *language == "toml") {
            match samples.last_mut() {
                Some((last, sample)) if *last + 1 == number => {
                    sample.push_str(line);
                    sample.push('\n');
                    *last = number;
                }
                _ => samples.push((number, format!("{line}\n"))),
            }
        }
        for (last, sample) in samples {
            read += 1;
            // One that goes on with the source of the sample before.
            let begun = if sample.contains("[[source]]") { "" } else { "[[source]]\nname = \"it\"\n" };
            let sample = if sample.contains("[source.") { format!("{begun}{sample}") } else { sample };
            if let Err(error) = Layer::parse(Path::new("tiendo.toml"), &sample) {
                panic!("{}, the sample that ends in line {last}: {error:?}", page.display());
            }
        }
    }
    assert!(read > 8, "samples are not found");
}

/// A command line taken apart as a shell would; none where that needs more of a shell.
fn words(line: &str) -> Option<Vec<String>> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (None, '#') if words.last().unwrap().is_empty() => break,
            (None, ' ') => words.push(String::new()),
            (None, '|' | '>' | ';' | '&') => break,
            (None, '$' | '`' | '(' | '<' | '\\') => return None,
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            (_, letter) => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    Some(words)
}

#[test]
fn every_command_line_is_understood() {
    let mut tried = 0;
    for (page, text) in pages() {
        for (number, _, line) in lines(&text, true) {
            let line = line.trim().trim_start_matches("$ ");
            let Some(words) = line.starts_with("tiendo ").then(|| words(line)).flatten() else { continue };
            // `…` and capital letters stand for what one fills in.
            if words.iter().any(|word| word.contains('…')) {
                continue;
            }
            tried += 1;
            if let Err(error) = cli::understood(&words) {
                panic!("{}:{number}: {line}\n{error}", page.display());
            }
        }
    }
    assert!(tried > 30, "command lines are not found");
}

#[test]
fn a_wrong_sample_would_be_found() {
    let wrong = |line: &str| cli::understood(&words(line).unwrap()).is_err();
    assert!(wrong("tiendo staus") && wrong("tiendo tasks --colums x") && wrong("tiendo export"));
    assert_eq!(words("tiendo act note --note 'a b' # why").unwrap(), ["tiendo", "act", "note", "--note", "a b"]);
    assert_eq!(headings("# A b · C?\n```\n# no\n```\n## `x`\n"), ["a-b--c", "x"]);
}
