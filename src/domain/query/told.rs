//! What a filter asks of an entry of the journal: who, which verb, which document; and what of it a source can look for.

use std::collections::BTreeSet;

use super::{
    Query,
    field::Named,
    matcher::{Matcher, at, is_called},
    term::Test,
};
use crate::domain::{
    answer::Filter,
    entry::Verb,
    id::{ActorId, ItemId},
    item::Item,
    snapshot::Snapshot,
    text::fold_marks,
    told::Told,
};

/// What only entries have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfEntry {
    /// Who did it.
    By,
    /// What was done.
    Verb,
    /// The number of the document it rests on.
    Document,
}

/// What is asked of an entry. Of several values one is enough.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// The person, whole where there is one of that name, else by a part of it; folded.
    By(Vec<String>),
    Verb(Vec<Verb>),
    /// Words in the document's number; folded.
    Document(Vec<String>),
}

impl Asked {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Asked::By(values) | Asked::Document(values) => values.is_empty(),
            Asked::Verb(verbs) => verbs.is_empty(),
        }
    }

    fn holds(&self, told: &Told, persons: &BTreeSet<ActorId>) -> bool {
        let entry = &told.entry;
        match self {
            Asked::Verb(verbs) => verbs.contains(&entry.verb),
            Asked::Document(parts) => {
                let document = entry.document.as_ref().map(|document| fold_marks(document));
                document.is_some_and(|document| parts.iter().any(|part| document.contains(part.as_str())))
            }
            Asked::By(names) => entry.by.as_ref().is_some_and(|by| {
                let folded = fold_marks(by.as_str());
                names.iter().any(|name| match person(name, persons) {
                    Some(person) => person == by,
                    None => folded.contains(name.as_str()),
                })
            }),
        }
    }
}

impl Matcher<'_> {
    /// Does the entry hold: by itself, and by the item it is about where that is asked? `persons` are those one knows of.
    pub fn told(&self, told: &Told, item: Option<&Item>, persons: &BTreeSet<ActorId>) -> bool {
        let agency = told.entry.agency.as_ref().and_then(|id| self.outline.agency(id.as_str()));
        let of_agency = agency.map_or(0, |agency| at(&self.masks.agencies, agency));
        let mask = item.map_or(of_agency, |item| self.masks.of(item));
        let words =
            self.words.iter().filter(|(_, words)| told.text.contains(words)).fold(0, |bits, (bit, _)| bits | bit);
        self.passes(mask | words, u64::MAX)
            && self.terms.iter().all(|term| {
                let holds = match &term.test {
                    Test::Entry(asked) => asked.holds(told, persons),
                    Test::Id(ids) => ids.iter().any(|id| is_called(told.entry.item.as_str(), id)),
                    Test::Words(_)
                    | Test::Part(..)
                    | Test::Kind(_)
                    | Test::Status(_)
                    | Test::Role(_)
                    | Test::Number(..)
                    | Test::Flag(_) => item.is_some_and(|item| self.holds(&term.test, item)),
                };
                holds != term.negated
            })
    }
}

impl Query {
    /// What of it a source can look for by itself; nothing it lets through is left out by that.
    pub fn narrowed(&self, snapshot: &Snapshot, persons: &BTreeSet<ActorId>) -> Filter {
        let mut filter = Filter::default();
        for term in self.terms.iter().filter(|term| !term.negated) {
            match &term.test {
                Test::Entry(Asked::By(names)) => {
                    let [name] = names.as_slice() else { continue };
                    filter.by = filter.by.or_else(|| person(name, persons).cloned());
                }
                Test::Entry(Asked::Verb(verbs)) if filter.verbs.is_empty() => filter.verbs.clone_from(verbs),
                Test::Id(ids) => {
                    let [id] = ids.as_slice() else { continue };
                    filter.item = filter.item.or_else(|| only(id, snapshot).cloned());
                }
                Test::Entry(Asked::Verb(_) | Asked::Document(_))
                | Test::Words(_)
                | Test::Part(..)
                | Test::Kind(_)
                | Test::Status(_)
                | Test::Role(_)
                | Test::Number(..)
                | Test::Flag(_) => {}
            }
        }
        filter
    }

    /// Is all of it looked for by a source that is given what [`narrowed`](Self::narrowed) says?
    pub fn is_only(&self, filter: &Filter) -> bool {
        let asked = [filter.by.is_some(), !filter.verbs.is_empty(), filter.item.is_some()];
        self.terms.len() == asked.into_iter().filter(|asked| *asked).count()
    }
}

/// The person of that name, folded.
fn person<'a>(name: &str, persons: &'a BTreeSet<ActorId>) -> Option<&'a ActorId> {
    persons.iter().find(|person| fold_marks(person.as_str()) == name)
}

/// The item meant by a whole id; none where others may be meant too.
fn only<'a>(id: &str, snapshot: &'a Snapshot) -> Option<&'a ItemId> {
    if !id.contains(':') {
        return None;
    }
    let mut called = snapshot.items.iter().filter(|item| is_called(item.id.as_str(), id));
    let only = called.next().filter(|item| item.id.as_str().eq_ignore_ascii_case(id))?;
    called.next().is_none().then_some(&only.id)
}

/// The names of a verb, folded, as they are typed without blanks.
pub fn verb_names(verb: &Verb) -> impl Iterator<Item = &'static str> + use<'_> {
    VERBS.iter().filter(move |(_, named)| named == verb).map(|(name, _)| *name)
}

pub(super) static VERBS: [Named<Verb>; 54] = [
    ("receive", Verb::Receive),
    ("submit", Verb::Submit),
    ("confirm", Verb::Confirm),
    ("return", Verb::Return),
    ("tick", Verb::Tick),
    ("progress", Verb::Progress),
    ("extend", Verb::Extend),
    ("request-extension", Verb::RequestExtension),
    ("decline", Verb::Decline),
    ("acknowledge", Verb::Acknowledge),
    ("note", Verb::Note),
    ("assign", Verb::Assign),
    ("snooze", Verb::Snooze),
    ("remind", Verb::Remind),
    ("escalate", Verb::Escalate),
    ("exempt", Verb::Exempt),
    ("pause", Verb::Pause),
    ("resume", Verb::Resume),
    ("cancel", Verb::Cancel),
    ("open", Verb::Open),
    ("reverse", Verb::Reverse),
    ("plan", Verb::Plan),
    ("undo", Verb::Reverse),
    ("send-back", Verb::Return),
    ("nhan", Verb::Receive),
    ("danhan", Verb::Receive),
    ("nop", Verb::Submit),
    ("xacnhan", Verb::Confirm),
    ("tralai", Verb::Return),
    ("datmoc", Verb::Tick),
    ("tiendo", Verb::Progress),
    ("giahan", Verb::Extend),
    ("xingiahan", Verb::RequestExtension),
    ("khonggiahan", Verb::Decline),
    ("ghinhan", Verb::Acknowledge),
    ("ghichu", Verb::Note),
    ("giao", Verb::Assign),
    ("giaotheodoi", Verb::Assign),
    ("henlai", Verb::Snooze),
    ("dondoc", Verb::Remind),
    ("nhac", Verb::Remind),
    ("chuyencap", Verb::Escalate),
    ("chuyencaptren", Verb::Escalate),
    ("mien", Verb::Exempt),
    ("mienbaocao", Verb::Exempt),
    ("tamhoan", Verb::Pause),
    ("tieptuc", Verb::Resume),
    ("huy", Verb::Cancel),
    ("mo", Verb::Open),
    ("movuviec", Verb::Open),
    ("hoantac", Verb::Reverse),
    ("kehoach", Verb::Plan),
    ("banhanh", Verb::Plan),
    ("suakehoach", Verb::Plan),
];
