//! [`Sentence`]: something said to a person, before it is in a language: words by id, and what goes into their places.
//! Failures, refusals, faults in files and notices all carry one; `words.rs` alone says it.

use std::{borrow::Cow, error::Error, fmt};

use jiff::civil::Date;

use super::text::Text;

/// The id of words in `config/lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Word(pub &'static str);

/// Words by id, with what goes into their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The id of the words in `config/lang`.
    pub id: &'static str,
    /// What goes into their places.
    pub parts: Vec<(&'static str, Part)>,
    /// What was most likely meant: "did you mean …?".
    pub nearest: Option<Text>,
}

/// What goes into a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A count; chooses the plural form.
    Number(i64),
    /// Clean text as it is: a name, an id, a path, what the system said.
    Text(Text),
    /// A day.
    Date(Date),
    /// A day with its weekday before it.
    Day(Date),
    /// Words by id.
    Word(Cow<'static, str>),
    /// Another sentence.
    Sentence(Box<Sentence>),
}

impl Sentence {
    /// Words without places.
    pub fn new(id: &'static str) -> Self {
        Sentence { id, parts: Vec::new(), nearest: None }
    }

    /// With something in a place.
    pub fn with(mut self, place: &'static str, part: impl Into<Part>) -> Self {
        self.parts.push((place, part.into()));
        self
    }

    /// With what was most likely meant.
    pub fn near(self, nearest: Option<&str>) -> Self {
        Sentence { nearest: nearest.map(Text::new), ..self }
    }

    /// The text in a place.
    pub fn text(&self, place: &str) -> Option<&str> {
        self.parts.iter().find_map(|(name, part)| match part {
            Part::Text(text) if *name == place => Some(text.as_str()),
            Part::Number(_) | Part::Text(_) | Part::Date(_) | Part::Day(_) | Part::Word(_) | Part::Sentence(_) => None,
        })
    }
}

impl Part {
    /// What serde expected where something else stood; `expected` is how it says so in an error's text.
    pub fn expected(expected: &str) -> Part {
        let expected = expected.rsplit_once(" at line ").map_or(expected, |(expected, _)| expected);
        let id = match expected {
            "i8" | "u8" | "i16" | "u16" | "i32" | "u32" | "i64" | "u64" => "type-number",
            "a boolean" => "type-answer",
            "a string" | "path string" => "type-text",
            "a sequence" => "type-list",
            "a date string" => "type-date",
            "a timestamp string" => "type-instant",
            "a title" => "type-title",
            "map with a single key" | "enum" => "type-one-field",
            _ if expected.starts_with("struct ") || expected == "a map" => "type-table",
            _ => "type-other",
        };
        Part::Word(id.into())
    }
}

/// For logs and programmers: the id and the parts, `ledger-full (file: /a)`.
impl fmt::Display for Sentence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)?;
        for (place, (name, part)) in self.parts.iter().enumerate() {
            write!(formatter, "{}{name}: {part}", if place == 0 { " (" } else { ", " })?;
        }
        if !self.parts.is_empty() {
            formatter.write_str(")")?;
        }
        self.nearest.iter().try_for_each(|nearest| write!(formatter, " ~ {nearest}"))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Number(number) => number.fmt(formatter),
            Part::Text(text) => text.fmt(formatter),
            Part::Date(date) | Part::Day(date) => date.fmt(formatter),
            Part::Word(id) => id.fmt(formatter),
            Part::Sentence(sentence) => sentence.fmt(formatter),
        }
    }
}

impl Error for Sentence {}

macro_rules! part {
    ($($from:ty: $value:ident => $part:expr;)*) => {$(
        impl From<$from> for Part {
            fn from($value: $from) -> Part {
                $part
            }
        }
    )*};
}

part! {
    i64: number => Part::Number(number);
    i32: number => Part::Number(number.into());
    i16: number => Part::Number(number.into());
    i8: number => Part::Number(number.into());
    u32: number => Part::Number(number.into());
    usize: number => Part::Number(i64::try_from(number).unwrap_or(i64::MAX));
    u64: number => Part::Number(i64::try_from(number).unwrap_or(i64::MAX));
    &str: text => Part::Text(Text::new(text));
    String: text => Part::Text(Text::new(&text));
    Text: text => Part::Text(text);
    &Text: text => Part::Text(text.clone());
    Date: date => Part::Date(date);
    Word: word => Part::Word(word.0.into());
    Sentence: sentence => Part::Sentence(Box::new(sentence));
}
