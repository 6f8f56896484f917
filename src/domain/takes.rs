//! [`Takes`]: the verbs a source has a place for. A ledger takes all; another system has its own idea of what can be done.

use super::{
    borrowed::is_borrowed,
    check::{Because, Refusal},
    deed::Deed,
    entry::Verb,
    item::Item,
};

/// The verbs a source takes: all but those it lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// What the system is called that lacks them.
    pub source: &'static str,
    /// What it has no place for.
    pub lacking: &'static [Verb],
}

impl Takes {
    /// Has it a place for `verb`?
    ///
    /// # Errors
    ///
    /// That it has none, by the name of the system.
    pub fn check(self, verb: &Verb) -> Result<(), Refusal> {
        if !self.lacking.contains(verb) {
            return Ok(());
        }
        Err(Refusal::NotTaken { source: self.source.into(), because: Because::NoPlace, said: verb.as_str().into() })
    }

    /// Could `deed` be done to `item` as it stands, there?
    ///
    /// # Errors
    ///
    /// What [`Deed::check`] says, that the source has no place for it, or that the item is not its own.
    pub fn deed(self, deed: Deed, item: &Item) -> Result<(), Refusal> {
        if is_borrowed(&item.id) {
            return Err(Refusal::Borrowed);
        }
        deed.check(item)?;
        deed.verbs(item.kind(), item.state.base).iter().try_for_each(|verb| self.check(verb))
    }
}
