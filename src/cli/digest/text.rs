//! A digest as plain text, which nothing needs to be as wide as a table for, and as Markdown.

use std::fmt::Write as _;

use super::paper::{Paper, Part};
use crate::cli::table;

/// As plain text.
pub(super) fn plain(paper: &Paper) -> String {
    let mut text = format!("{}\n", paper.title);
    for line in &paper.about {
        let _ = writeln!(text, "{line}");
    }
    for part in &paper.parts {
        let _ = match part.total {
            0 => writeln!(text, "\n{}", part.nothing),
            _ => writeln!(text, "\n{}", headed(part)),
        };
        for row in &part.rows {
            let _ = writeln!(text, "- {}", row.line);
        }
        if let Some(more) = &part.more {
            let _ = writeln!(text, "{more}");
        }
    }
    text
}

/// As Markdown.
pub(super) fn markdown(paper: &Paper) -> anyhow::Result<String> {
    let mut text = format!("# {}\n\n", table::escaped(&paper.title));
    for line in &paper.about {
        let _ = writeln!(text, "{}  ", table::escaped(line));
    }
    for part in &paper.parts {
        if part.total == 0 {
            let _ = writeln!(text, "\n{}", table::escaped(&part.nothing));
            continue;
        }
        let _ = writeln!(text, "\n## {}\n", table::escaped(&headed(part)));
        let headings: Vec<_> = part.columns.iter().map(|(name, align)| (name.clone(), *align, false)).collect();
        let rows: Vec<Vec<String>> = part.rows.iter().map(|row| row.cells.clone()).collect();
        let mut written = Vec::new();
        table::markdown(&mut written, &headings, &rows)?;
        text.push_str(&String::from_utf8_lossy(&written));
        if let Some(more) = &part.more {
            let _ = writeln!(text, "\n{}", table::escaped(more));
        }
    }
    Ok(text)
}

/// The heading of a part, with how much there is.
pub(super) fn headed(part: &Part) -> String {
    format!("{}: {}", part.heading, part.total)
}
