//! From what serde says of a record to a [`Sentence`] with its place and the nearest thing that would be right.

use jiff::civil::Date;
use serde_path_to_error::Segment;

use crate::domain::{
    nearest::nearest,
    sentence::{Part, Sentence},
};

use super::{
    node::{Fault, Node},
    source::Source,
};

/// A fault in a record: where it stands in the file, its path within the record, and what is wrong.
pub(super) struct Found {
    pub(super) offset: usize,
    /// With a dot or bracket in front: `.due`, `[2].period`; empty for the record itself.
    pub(super) path: String,
    pub(super) problem: Sentence,
}

/// Says of the record `node`, whose fields are `known`, what `fault` means.
pub(super) fn found(fault: &Fault, node: Node<'_>, known: &[String], source: &Source<'_>) -> Found {
    let (offset, part) = node.find(&fault.path, source);
    let path: String = fault.path.iter().map(step).collect();
    let field = match fault.path.last() {
        Some(Segment::Map { key }) => key.as_str(),
        Some(Segment::Seq { .. } | Segment::Enum { .. } | Segment::Unknown) | None => "",
    };
    Found { offset, path, problem: problem(&fault.message, field, part, known, source) }
}

fn step(segment: &Segment) -> String {
    match segment {
        Segment::Map { key } => format!(".{key}"),
        Segment::Seq { index } => format!("[{index}]"),
        Segment::Enum { .. } | Segment::Unknown => String::new(),
    }
}

/// The words are those of serde's `de::Error`, which every format uses.
fn problem(said: &str, field: &str, part: Node<'_>, known: &[String], source: &Source<'_>) -> Sentence {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    if said.starts_with("missing field") {
        let present = part.fields(source).into_iter().map(|field| field.name);
        let strangers: Vec<String> = present.filter(|name| !known.contains(name)).collect();
        let near = nearest(first, strangers.iter().map(String::as_str));
        return Sentence::new("remark-missing").with("field", first).near(near);
    }
    if said.starts_with("duplicate field") {
        return Sentence::new("remark-repeated-field").with("field", first);
    }
    if said.starts_with("unknown variant") || said.starts_with("unknown field") {
        return Sentence::new("remark-unknown-word")
            .with("word", first)
            .near(nearest(first, quoted.into_iter().skip(1)));
    }
    let found = |id| Sentence::new(id).with("found", part.describe());
    if said.starts_with("UUID parsing failed") {
        return found("remark-not-a-uuid");
    }
    // Not of every message: what a date's parser says has the word in it, too.
    let typed = ["invalid type:", "invalid value:", "invalid length"].iter().any(|begin| said.starts_with(begin));
    let expected = said.rsplit_once("expected ").map(|(_, expected)| expected).filter(|_| typed);
    let expected = if said.contains("untagged enum Title") { Some("a title") } else { expected };
    match (expected, part.text()) {
        (Some(expected), _) => found("remark-wrong-type").with("expected", Part::expected(expected)),
        (None, Some(_)) if matches!(field, "at" | "recorded") => found("remark-not-an-instant"),
        (None, Some(text)) => found("remark-not-a-date").near(day_month_year(&text).as_deref()),
        (None, None) => {
            let reason = said.rsplit_once(" at line ").map_or(said, |(reason, _)| reason);
            Sentence::new("remark-malformed").with("reason", reason)
        }
    }
}

/// A date written in the order in which most people write it, `31/10/2023`.
fn day_month_year(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['/', '.', '-']);
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let date = Date::new(year, month, day).ok().filter(|_| parts.next().is_none() && year > 31)?;
    Some(date.to_string())
}
