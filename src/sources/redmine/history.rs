//! What an issue's journals tell: its history as entries, and of what its list does not say ([`Details`]). An act of ours is
//! known by its id, on the last line of its note.

use std::collections::HashSet;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use uuid::Uuid;

use super::{
    mapping::Mapping,
    wire::{Detail, Journal, Whole},
};
use crate::domain::{
    entry::{Entry, Verb},
    id::{ActorId, EntryId, ItemId},
    item::Kind,
    status::Base,
    text::Text,
};

/// What begins the line with an act's id.
const MARK: &str = "tiendo ";

/// What only the journals tell of an issue.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Details {
    /// The issue as it was then.
    pub(super) as_of: Timestamp,
    pub(super) notes: u16,
    /// The day it was due before that was first changed.
    pub(super) first_due: Option<Date>,
    pub(super) extensions: u16,
    pub(super) extension_reason: Option<Text>,
    pub(super) acknowledged: Option<(Text, Timestamp)>,
    pub(super) handed_in: Option<Timestamp>,
    pub(super) returns: u16,
    pub(super) reason: Option<Text>,
}

/// The line that marks an act.
pub(super) fn mark(entry: &Entry) -> String {
    format!("{MARK}{} {}", entry.id, entry.verb.as_str())
}

impl Journal {
    /// What was written, and the acts it came of, where they are ours: each is marked by a line of its own, at the end.
    fn parts(&self) -> (&str, Vec<(EntryId, Verb)>) {
        let notes = self.notes.as_deref().unwrap_or_default();
        let (mut written, mut begin, mut acts) = (notes, notes.len(), Vec::new());
        for line in notes.split_inclusive('\n').rev() {
            begin -= line.len();
            match act(line) {
                Some(act) => acts.push(act),
                // What somebody added below is no mark, and hides none.
                None if acts.is_empty() => continue,
                None => break,
            }
            written = notes.get(..begin).unwrap_or_default();
        }
        acts.reverse();
        (written, acts)
    }

    /// The acts it came of, in their order.
    pub(super) fn acts(&self) -> Vec<(EntryId, Verb)> {
        self.parts().1
    }

    /// The last of them, which tells how it stands since.
    pub(super) fn act(&self) -> Option<(EntryId, Verb)> {
        self.acts().pop()
    }

    /// The entry it is told as.
    pub(super) fn entry_id(&self) -> EntryId {
        self.act().map_or_else(|| foreign(self.id), |(id, _)| id)
    }

    /// Is it what `id` was sent as, or is told as?
    pub(super) fn is(&self, id: EntryId) -> bool {
        self.entry_id() == id || self.acts().iter().any(|(of, _)| *of == id)
    }

    /// What somebody wrote, without our marks.
    pub(super) fn note(&self) -> Option<Text> {
        let said = Text::new(self.parts().0.trim());
        (!said.is_empty()).then_some(said)
    }

    /// Does it change what an act in view of the state before it did not see?
    pub(super) fn moves(&self, mapping: &Mapping) -> bool {
        self.details.iter().any(|detail| {
            is_attribute(detail, &["status_id", "due_date", "done_ratio"]) || is_field(detail, mapping.received)
        })
    }

    fn by(&self) -> Text {
        self.user.as_ref().map(|user| user.name.clone()).unwrap_or_default()
    }
}

/// The act that a line marks.
fn act(line: &str) -> Option<(EntryId, Verb)> {
    let (id, verb) = line.trim().strip_prefix(MARK)?.split_once(' ')?;
    Some((EntryId(Uuid::parse_str(id).ok()?), Verb::from(Text::new(verb.trim()))))
}

fn is_attribute(detail: &Detail, names: &[&str]) -> bool {
    detail.property.as_str() == "attr" && names.contains(&detail.name.as_str())
}

fn is_field(detail: &Detail, field: Option<u64>) -> bool {
    detail.property.as_str() == "cf" && field.is_some_and(|field| detail.name.as_str() == field.to_string())
}

/// What a status became, where the journal says so.
fn became(journal: &Journal, mapping: &Mapping) -> Option<Base> {
    let detail = journal.details.iter().find(|detail| is_attribute(detail, &["status_id"]))?;
    let id: u64 = detail.new_value.as_ref()?.parse().ok()?;
    mapping.statuses.iter().find(|(status, _)| status.id == id).map(|(_, base)| *base)
}

/// The days a due date moved from and to.
fn moved(journal: &Journal) -> Option<(Option<Date>, Option<Date>)> {
    let detail = journal.details.iter().find(|detail| is_attribute(detail, &["due_date"]))?;
    let day = |said: &Option<Text>| said.as_ref().and_then(|said| said.parse().ok());
    Some((day(&detail.old_value), day(&detail.new_value)))
}

fn acknowledges(journal: &Journal, mapping: &Mapping) -> bool {
    let is_set = |detail: &Detail| is_field(detail, mapping.acknowledged) && detail.new_value.as_deref() == Some("1");
    journal.details.iter().any(is_set) || matches!(journal.act(), Some((_, Verb::Acknowledge)))
}

/// What the journals of `whole` tell of it.
pub(super) fn details(whole: &Whole, mapping: &Mapping) -> Details {
    let mut told = Details {
        as_of: whole.issue.updated_on,
        notes: 0,
        first_due: None,
        extensions: 0,
        extension_reason: None,
        acknowledged: None,
        handed_in: None,
        returns: 0,
        reason: None,
    };
    let mut known_first = false;
    for journal in &whole.journals {
        let verb = verb(journal, mapping, Kind::Task);
        told.notes = told.notes.saturating_add(u16::from(verb == Verb::Note));
        if let Some((from, to)) = moved(journal) {
            if !known_first {
                (told.first_due, known_first) = (from, true);
            }
            if from < to && from.is_some() {
                told.extensions = told.extensions.saturating_add(1);
                told.extension_reason = journal.note();
            }
        }
        if acknowledges(journal, mapping) {
            told.acknowledged = Some((journal.by(), journal.created_on));
        }
        match became(journal, mapping) {
            Some(Base::AwaitingConfirmation) => told.handed_in = Some(journal.created_on),
            Some(Base::Done) => told.handed_in = told.handed_in.or(Some(journal.created_on)),
            Some(Base::Returned) => {
                (told.handed_in, told.reason) = (None, journal.note());
                told.returns = told.returns.saturating_add(1);
            }
            Some(Base::NotStarted | Base::InProgress | Base::Paused) => told.handed_in = None,
            Some(Base::Cancelled | Base::Exempt) | None => {}
        }
    }
    told
}

/// The verb that says best what was done; where no verb does, it is kept as what it is.
fn verb(journal: &Journal, mapping: &Mapping, kind: Kind) -> Verb {
    if let Some((_, verb)) = journal.act() {
        return verb;
    }
    let done = match kind {
        Kind::Report => Verb::Receive,
        Kind::Task => Verb::Confirm,
        Kind::Milestone => Verb::Tick,
    };
    match became(journal, mapping) {
        Some(Base::Done) => return done,
        Some(Base::AwaitingConfirmation) => return Verb::Submit,
        Some(Base::Returned) => return Verb::Return,
        Some(Base::Paused) => return Verb::Pause,
        Some(Base::Cancelled) if kind != Kind::Report => return Verb::Cancel,
        Some(Base::Cancelled | Base::Exempt) => return Verb::Exempt,
        Some(Base::NotStarted | Base::InProgress) | None => {}
    }
    if moved(journal).is_some() {
        Verb::Extend
    } else if journal.details.iter().any(|detail| is_attribute(detail, &["done_ratio", "status_id"])) {
        Verb::Progress
    } else if acknowledges(journal, mapping) {
        Verb::Acknowledge
    } else if journal.note().is_some() {
        Verb::Note
    } else {
        Verb::Unknown("redmine".into())
    }
}

/// An issue's history, the oldest first.
pub(super) fn entries(whole: &Whole, item: &ItemId, kind: Kind, mapping: &Mapping, zone: &TimeZone) -> Vec<Entry> {
    whole.journals.iter().map(|journal| entry(journal, item, kind, mapping, zone)).collect()
}

/// What one journal says, as an entry.
pub(super) fn entry(journal: &Journal, item: &ItemId, kind: Kind, mapping: &Mapping, zone: &TimeZone) -> Entry {
    let verb = verb(journal, mapping, kind);
    let at = journal.created_on;
    let new = |name: &str| journal.details.iter().find(|detail| is_attribute(detail, &[name]))?.new_value.clone();
    let received = journal.details.iter().find(|detail| is_field(detail, mapping.received));
    let received = received.and_then(|detail| detail.new_value.as_ref()?.parse().ok());
    let on = received.unwrap_or_else(|| zone.to_datetime(at).date());
    let mut entry = Entry::new(journal.entry_id(), item.clone(), verb, on, at);
    entry.until = moved(journal).and_then(|(_, to)| to).filter(|_| entry.verb == Verb::Extend);
    entry.percent = new("done_ratio").and_then(|said| said.parse().ok()).filter(|_| entry.verb == Verb::Progress);
    let note = journal.note().or_else(|| matches!(entry.verb, Verb::Unknown(_)).then(|| fields(&journal.details)));
    if matches!(entry.verb, Verb::Extend | Verb::Return) {
        entry.reason = note
    } else {
        entry.note = note
    }
    entry.by = Some(ActorId::from(journal.by().as_str()));
    (entry.seq, entry.recorded) = (journal.id, Some(at));
    entry
}

/// Which fields changed, in the server's own words for them.
fn fields(details: &[Detail]) -> Text {
    let names: HashSet<&str> = details.iter().map(|detail| detail.name.as_str()).collect();
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    Text::from(names.join(", "))
}

/// The id of an entry nobody here made: that of the journal, where no act's own can be.
fn foreign(journal: u64) -> EntryId {
    EntryId(Uuid::from_u64_pair(FOREIGN, journal))
}

/// Before the number of a journal. No version of a real id begins like this.
const FOREIGN: u64 = 0x7265_646d_696e_0000;
