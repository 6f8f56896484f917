//! What was done, in words, with the day that was recorded: `Đã gia hạn đến thứ Sáu 24/11/2023`.

use jiff::civil::Date;

use super::{act::Act, model::Model};
use crate::{
    domain::{
        deed::Deed,
        entry::{Entry, Verb},
        sentence::{Part, Sentence},
    },
    panels::journal::verb_word,
};

/// That an act was done. The day is named where it is the same for all it was done to.
pub(super) fn said(model: &Model, what: Act, of: Option<&Verb>, entries: &[Entry]) -> Part {
    let word = what.did();
    let Act::Deed(deed) = what else { return walked(what, of) };
    let common = |day: &dyn Fn(&Entry) -> Option<Date>| {
        let first = entries.first().and_then(day)?;
        entries.iter().all(|entry| day(entry) == Some(first)).then_some(first)
    };
    let with = |id, day: Option<Date>| day.map(|day| Sentence::new(id).with("what", word).with("day", Part::Day(day)));
    let said = match deed {
        Deed::Extend => with("did-until", common(&|entry| in_force(model, entry))),
        Deed::RequestExtension | Deed::Snooze => with("did-until", common(&|entry| entry.until)),
        Deed::Done | Deed::Submit => with("did-on", common(&|entry| Some(entry.on))),
        Deed::Note => with("did-promised", common(&|entry| entry.promise)),
        Deed::Acknowledge
        | Deed::Remind
        | Deed::SendBack
        | Deed::Escalate
        | Deed::Progress
        | Deed::Assign
        | Deed::Decline
        | Deed::Exempt
        | Deed::Pause
        | Deed::Resume
        | Deed::Cancel => None,
    };
    said.map_or_else(|| word.into(), Part::from)
}

/// That a step was taken back or brought back, and what it was.
pub(super) fn walked(what: Act, of: Option<&Verb>) -> Part {
    let named = |verb| Sentence::new("did-what").with("what", what.did()).with("verb", verb_word(verb));
    of.map_or_else(|| what.did().into(), |verb| named(verb).into())
}

/// The day an extension comes to: on a rest day it is the next that is worked.
fn in_force(model: &Model, entry: &Entry) -> Option<Date> {
    let snapshot = model.snapshot.as_ref()?;
    let item = snapshot.item(&entry.item)?;
    entry.until.map(|until| item.in_force(until, &snapshot.outline.calendar))
}
