//! Wording that a person may edit: text with places, `{agency}`. Which places there are, and what else a template is made of,
//! is for whoever reads it: reminders by e-mail in `letters`, documents in `export`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::domain::{nearest::nearest, sentence::Sentence};

/// A line of a template, its places of the kind `P`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<P>(Vec<Piece<P>>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<P> {
    Text(String),
    Place(P),
}

/// What is wrong in a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Misplaced {
    /// A brace without its other half.
    #[error("a brace without its other half; write {{{{ or }}}} for a brace itself")]
    Brace,
    /// There is no such place.
    #[error("there is no place `{{{name}}}`{}", nearest.as_ref().map(|name| format!("; did you mean `{{{name}}}`?")).unwrap_or_default())]
    Unknown {
        /// As written.
        name: String,
        /// The nearest one there is.
        nearest: Option<String>,
    },
}

impl Misplaced {
    /// The same for a person.
    pub fn sentence(&self) -> Sentence {
        match self {
            Misplaced::Brace => Sentence::new("letter-brace"),
            Misplaced::Unknown { name, nearest } => {
                Sentence::new("letter-unknown").with("name", name.as_str()).near(nearest.as_deref())
            }
        }
    }
}

impl<P: Copy + PartialEq> Line<P> {
    /// Takes a line apart; `places` are those there are. `{{` and `}}` are braces.
    pub fn parse(line: &str, places: &[(&'static str, P)]) -> Result<Self, Misplaced> {
        let (mut pieces, mut text, mut rest) = (Vec::new(), String::new(), line);
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            text.push_str(before);
            if let Some(after) = brace.strip_prefix("{{").or(brace.strip_prefix("}}")) {
                text.extend(brace.chars().next());
                rest = after;
                continue;
            }
            let open = brace.strip_prefix('{').and_then(|open| open.split_once('}'));
            let (name, after) = open.ok_or(Misplaced::Brace)?;
            let Some((_, place)) = places.iter().find(|(known, _)| *known == name) else {
                let near = nearest(name, places.iter().map(|(known, _)| *known)).map(str::to_owned);
                return Err(Misplaced::Unknown { name: name.into(), nearest: near });
            };
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(Piece::Place(*place));
            rest = after;
        }
        text.push_str(rest);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(Line(pieces))
    }

    /// The line with its places filled by `value`; what is filled in is not read again.
    pub fn fill(&self, value: &dyn Fn(P) -> String) -> String {
        let piece = |piece: &Piece<P>| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Place(place) => value(*place),
        };
        self.0.iter().map(piece).collect()
    }

    /// The place that is all of it.
    pub fn alone(&self) -> Option<P> {
        match self.0.as_slice() {
            [Piece::Place(place)] => Some(*place),
            _ => None,
        }
    }

    /// The places in it.
    pub fn places(&self) -> impl Iterator<Item = P> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Place(place) => Some(*place),
            Piece::Text(_) => None,
        })
    }
}

/// Where a template stands, and its text: the file of that `name` in `folder`, else `shipped`, which is in the program's own
/// `shelf`.
///
/// # Errors
///
/// Where there is such a file and it cannot be read.
pub fn own_or_shipped(
    folder: Option<&Path>,
    name: &str,
    shelf: &str,
    shipped: &str,
) -> Result<(String, String), (PathBuf, io::Error)> {
    let Some(own) = folder.map(|folder| folder.join(name)) else {
        return Ok((format!("{shelf}/{name}"), shipped.to_owned()));
    };
    match fs::read_to_string(&own) {
        Ok(text) => Ok((own.display().to_string(), text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((format!("{shelf}/{name}"), shipped.to_owned())),
        Err(error) => Err((own, error)),
    }
}
