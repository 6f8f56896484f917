//! [`Letterhead`]: the office a document comes from, and where its own wording is.

use std::path::PathBuf;

use super::{Fault, Kind, template::Template};
use crate::{domain::id::AgencyId, words::LANGUAGES};

/// The office a document comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The body that issues it, by its whole name.
    pub office: String,
    /// The agency that is, where the config says so: it is not written to.
    pub seat: Option<AgencyId>,
    /// A letter asks for an answer before the day so many working days from today.
    pub answer_working_days: u16,
    /// Where its own wording is looked for.
    pub folder: Option<PathBuf>,
}

impl Letterhead {
    /// Is the wording of a document in order, in the language of `tag`?
    ///
    /// # Errors
    ///
    /// Where it is not, or cannot be read.
    pub fn check(&self, kind: Kind, tag: &str) -> Result<(), Fault> {
        Template::load(self.folder.as_deref(), kind, tag).map(drop)
    }

    /// The same of all there is.
    ///
    /// # Errors
    ///
    /// Where some of it is not in order, or cannot be read.
    pub fn check_all(&self) -> Result<(), Fault> {
        let all = LANGUAGES.iter().flat_map(|language| Kind::ALL.map(|kind| (kind, language.tag)));
        all.into_iter().try_for_each(|(kind, tag)| self.check(kind, tag))
    }
}
