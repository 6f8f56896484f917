//! [`Template`]: the wording of a document in a language: what ships in `config/reports`, or a person's own. Fields at the
//! top, an empty line, then the text. What is wrong in one is told with file and line.

use std::path::Path;

use thiserror::Error;

use super::{Manner, fields::Field, places::Place};
use crate::{
    domain::{nearest::nearest, sentence::Sentence, text::clean_lines},
    words::template::{self, Misplaced, own_or_shipped},
};

type Line = template::Line<Place>;

/// The documents there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The consolidated report.
    Report,
    /// The letter that urges what is late.
    Letter,
    /// The same to one agency alone.
    LetterToOne,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Report, Kind::Letter, Kind::LetterToOne];

    fn as_str(self) -> &'static str {
        match self {
            Kind::Report => "report",
            Kind::Letter => "letter",
            Kind::LetterToOne => "letter-one",
        }
    }

    fn shipped(self, tag: &str) -> &'static str {
        match (self, tag) {
            (Kind::Report, "en") => include_str!("../../../config/reports/report.en.txt"),
            (Kind::Report, _) => include_str!("../../../config/reports/report.vi.txt"),
            (Kind::Letter, "en") => include_str!("../../../config/reports/letter.en.txt"),
            (Kind::Letter, _) => include_str!("../../../config/reports/letter.vi.txt"),
            (Kind::LetterToOne, "en") => include_str!("../../../config/reports/letter-one.en.txt"),
            (Kind::LetterToOne, _) => include_str!("../../../config/reports/letter-one.vi.txt"),
        }
    }

    /// What its text must have a line for: a letter without the items says nothing.
    fn needs(self) -> Option<Place> {
        match self {
            Kind::Report => None,
            Kind::Letter | Kind::LetterToOne => Some(Place::LateItemsByAgency),
        }
    }
}

/// A template that is not in order, or cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// Something in it is wrong.
    #[error("{file}:{line}: {wrong}")]
    Wrong {
        /// The file.
        file: String,
        /// The line from 1.
        line: usize,
        /// What is wrong there.
        wrong: Wrong,
    },
    /// It cannot be read.
    #[error("{file} cannot be read: {reason}")]
    Unread {
        /// The file.
        file: String,
        /// What the system says.
        reason: String,
    },
}

/// What is wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Wrong {
    /// A line at the top is no field.
    #[error("before the first empty line stand fields, `Office: …`")]
    NoField,
    /// There is no such field.
    #[error("there is no field `{name}`{}", nearest.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
    UnknownField {
        /// As written.
        name: String,
        /// The nearest one there is.
        nearest: Option<String>,
    },
    /// A place is not in order.
    #[error("{0}")]
    Place(Misplaced),
    /// A part stands within a line.
    #[error("`{{{0}}}` needs a line of its own")]
    Within(&'static str),
    /// The addressees stand in the text.
    #[error("`{{addressees}}` stands in the field `To` alone")]
    Addressees,
    /// What must be there is not.
    #[error("there is no line `{{{0}}}`")]
    Missing(&'static str),
}

impl Fault {
    /// What is wrong and where, for a person.
    pub fn sentence(&self) -> Sentence {
        match self {
            Fault::Wrong { file, line, wrong } => Sentence::new("letter-wrong")
                .with("file", file.as_str())
                .with("line", line.to_string())
                .with("wrong", wrong.sentence()),
            Fault::Unread { file, reason } => {
                Sentence::new("mail-unread").with("file", file.as_str()).with("reason", reason.as_str())
            }
        }
    }
}

impl Wrong {
    fn sentence(&self) -> Sentence {
        match self {
            Wrong::NoField => Sentence::new("export-wording-no-field"),
            Wrong::UnknownField { name, nearest } => {
                Sentence::new("export-wording-field").with("name", name.as_str()).near(nearest.as_deref())
            }
            Wrong::Place(misplaced) => misplaced.sentence(),
            Wrong::Within(name) => Sentence::new("export-wording-within").with("name", *name),
            Wrong::Addressees => Sentence::new("export-wording-addressees"),
            Wrong::Missing(name) => Sentence::new("export-wording-missing").with("name", *name),
        }
    }
}

/// The wording of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Template {
    pub(super) fields: Vec<(Field, Line)>,
    pub(super) parts: Vec<Vec<Element>>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Element {
    Heading(u8, Line),
    Text(Manner, Line),
    Part(Place),
}

impl Template {
    /// A person's own wording, else what ships.
    pub(super) fn load(folder: Option<&Path>, kind: Kind, tag: &str) -> Result<Self, Fault> {
        let name = format!("{}.{tag}.txt", kind.as_str());
        let read = own_or_shipped(folder, &name, "config/reports", kind.shipped(tag));
        let (file, text) = read
            .map_err(|(path, error)| Fault::Unread { file: path.display().to_string(), reason: error.to_string() })?;
        Template::parse(&text, kind).map_err(|(line, wrong)| Fault::Wrong { file, line, wrong })
    }

    pub(super) fn parse(text: &str, kind: Kind) -> Result<Self, (usize, Wrong)> {
        let text = clean_lines(text);
        let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.starts_with('#'));
        let mut template = Template { parts: vec![Vec::new()], ..Template::default() };
        let (mut at_top, mut last) = (true, 1);
        for (number, line) in lines.skip_while(|(_, line)| line.is_empty()) {
            last = number;
            let wrong = |wrong| (number, wrong);
            if line.is_empty() {
                at_top = false;
            } else if at_top {
                template.fields.push(field(line).map_err(wrong)?);
            } else if line.starts_with("---") && line.bytes().all(|byte| byte == b'-') {
                template.parts.push(Vec::new());
            } else {
                let element = element(line).map_err(wrong)?;
                template.parts.last_mut().unwrap_or(&mut Vec::new()).push(element);
            }
        }
        let has = |place| template.parts.iter().flatten().any(|element| *element == Element::Part(place));
        match kind.needs().filter(|place| !has(*place)) {
            Some(place) => Err((last, Wrong::Missing(place.name()))),
            None => Ok(template),
        }
    }
}

fn field(line: &str) -> Result<(Field, Line), Wrong> {
    let (field, rest) = Field::of(line).map_err(|name| match name {
        Some(name) => {
            let near = nearest(name, Field::ALL.into_iter().map(|(known, _)| known)).map(str::to_owned);
            Wrong::UnknownField { name: name.to_owned(), nearest: near }
        }
        None => Wrong::NoField,
    })?;
    let line = parsed(rest)?;
    let is_list = field == Field::To && line.alone() == Some(Place::Addressees);
    if !is_list {
        within(&line)?;
    }
    Ok((field, line))
}

/// A line of the text; what it begins with says how it is set.
fn element(line: &str) -> Result<Element, Wrong> {
    for (mark, level) in [("== ", 2), ("= ", 1)] {
        if let Some(rest) = line.strip_prefix(mark) {
            let line = parsed(rest.trim())?;
            within(&line)?;
            return Ok(Element::Heading(level, line));
        }
    }
    let marks = [("> ", Manner::Basis), ("- ", Manner::Point), ("~ ", Manner::Note)];
    let marked = marks.into_iter().find_map(|(mark, manner)| Some((manner, line.strip_prefix(mark)?.trim())));
    let is_blank = line.chars().all(|letter| matches!(letter, '.' | '…'));
    let (manner, rest) = marked.unwrap_or((if is_blank { Manner::Blank } else { Manner::Body }, line));
    let line = parsed(rest)?;
    match line.alone().filter(|place| place.is_part()) {
        Some(Place::Addressees) => Err(Wrong::Addressees),
        Some(place) if manner == Manner::Body => Ok(Element::Part(place)),
        Some(_) | None => {
            within(&line)?;
            Ok(Element::Text(manner, line))
        }
    }
}

fn parsed(line: &str) -> Result<Line, Wrong> {
    Line::parse(line, &Place::ALL).map_err(Wrong::Place)
}

/// Parts do not stand within a line.
fn within(line: &Line) -> Result<(), Wrong> {
    match line.places().find(|place| place.is_part()) {
        Some(place) => Err(Wrong::Within(place.name())),
        None => Ok(()),
    }
}
