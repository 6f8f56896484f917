//! [`acts`]: what a workbook says of an item now and did not say before, as entries. A cell that was changed goes over what was
//! done before it; one that was not touched says nothing.

use super::{
    pen::{Pen, entry_id},
    reading::{Standing, Told},
};
use crate::domain::{
    check::{Refusal, check},
    deed::Deed,
    entry::{Entry, Verb},
    fold::{fold, refold},
    item::{Item, Kind},
    status::Base,
    text::Text,
};

/// What an item is handed in by.
const HANDING_IN: &[Verb] = &[Verb::Receive, Verb::Submit, Verb::Confirm, Verb::Tick];

/// What an item is brought by into another standing.
const STANDING: &[Verb] = &[Verb::Exempt, Verb::Cancel, Verb::Pause, Verb::Submit, Verb::Return];

/// What became of what a workbook says of an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Acts {
    /// To be appended, in order.
    pub(super) entries: Vec<Entry>,
    /// An act of somebody else that one of them goes over.
    pub(super) over: Option<Entry>,
    /// Why something could not be taken.
    pub(super) refused: Option<Refusal>,
}

/// What `item` is to be told where `is` is said of it and `was` was said before; `live` are the entries on it that stand, in
/// order.
pub(super) fn acts(item: &Item, live: Vec<Entry>, was: &Told, is: &Told, pen: &Pen<'_>) -> Acts {
    let mut draft = Draft { item: item.clone(), live, entries: Vec::new(), pen };
    let mut acts = Acts::default();
    for part in PARTS {
        let mut tried = draft.clone();
        let over = tried.over(part.goes_over);
        match (part.says)(&mut tried, was, is) {
            Ok(()) => {
                if tried.entries.len() > draft.entries.len() {
                    acts.over = acts.over.or(over);
                }
                draft = tried;
            }
            Err(refusal) => acts.refused = Some(refusal),
        }
    }
    Acts { entries: draft.entries, ..acts }
}

/// A part of what is said of an item, which is taken or not by itself.
struct Part {
    /// The verbs of others it may go over.
    goes_over: &'static [Verb],
    says: fn(&mut Draft<'_>, &Told, &Told) -> Result<(), Refusal>,
}

const PARTS: [Part; 7] = [
    Part { goes_over: HANDING_IN, says: no_longer_handed_in },
    Part { goes_over: STANDING, says: no_longer_so },
    Part { goes_over: &[Verb::Extend], says: extended },
    Part { goes_over: &[Verb::Progress], says: progressed },
    Part { goes_over: HANDING_IN, says: handed_in },
    Part { goes_over: HANDING_IN, says: stands_so },
    Part { goes_over: &[], says: noted },
];

pub(super) fn is_handed_in(told: &Told) -> bool {
    told.standing.is_none() && (told.done || told.handed_in.is_some())
}

fn no_longer_handed_in(draft: &mut Draft<'_>, was: &Told, is: &Told) -> Result<(), Refusal> {
    if !is_handed_in(was) || is_handed_in(is) {
        return Ok(());
    }
    draft.take_back(HANDING_IN);
    draft.must_be(&[Base::NotStarted, Base::InProgress, Base::Returned, Base::Paused], &Verb::Return)
}

/// It stood otherwise than open or done, and does so no more.
fn no_longer_so(draft: &mut Draft<'_>, was: &Told, is: &Told) -> Result<(), Refusal> {
    let Some(standing) = was.standing.filter(|_| is.standing != was.standing) else { return Ok(()) };
    if draft.item.state.base != base(standing) || (standing == Standing::Awaiting && is_handed_in(is)) {
        return Ok(());
    }
    match standing {
        Standing::Paused => draft.act(Deed::Resume, |entry| entry),
        Standing::Exempt | Standing::Cancelled | Standing::Awaiting | Standing::Returned => {
            draft.take_back(STANDING);
            draft.must_be(&[Base::NotStarted, Base::InProgress, Base::Paused, Base::Done], &Verb::Reverse)
        }
    }
}

fn stands_so(draft: &mut Draft<'_>, was: &Told, is: &Told) -> Result<(), Refusal> {
    let Some(standing) = is.standing.filter(|_| is.standing != was.standing) else { return Ok(()) };
    if draft.item.state.base == base(standing) {
        return Ok(());
    }
    let reason = || Some(draft.pen.book.clone());
    let (deed, reason) = match standing {
        Standing::Exempt => (Deed::Exempt, reason()),
        Standing::Cancelled => (Deed::Cancel, reason()),
        Standing::Paused => (Deed::Pause, reason()),
        Standing::Awaiting => (Deed::Submit, None),
        Standing::Returned => (Deed::SendBack, reason()),
    };
    let on = is.handed_in.unwrap_or(draft.pen.today());
    let submitted = |entry| Entry { on, document: is.document.clone(), link: is.link.clone(), ..entry };
    if standing == Standing::Awaiting {
        return draft.act(deed, submitted);
    }
    // Given back can only be what was handed in.
    if standing == Standing::Returned && !matches!(draft.item.state.base, Base::AwaitingConfirmation | Base::Done) {
        draft.act(Deed::Submit, submitted)?;
    }
    draft.act(deed, |entry| Entry { reason, ..entry })
}

fn base(standing: Standing) -> Base {
    match standing {
        Standing::Exempt => Base::Exempt,
        Standing::Cancelled => Base::Cancelled,
        Standing::Paused => Base::Paused,
        Standing::Awaiting => Base::AwaitingConfirmation,
        Standing::Returned => Base::Returned,
    }
}

fn extended(draft: &mut Draft<'_>, was: &Told, is: &Told) -> Result<(), Refusal> {
    if is.extended_to == was.extended_to || is.extended_to == draft.item.state.extended_to {
        return Ok(());
    }
    // Another date takes the place of the one in force; a later one stands on it.
    if is.extended_to.is_none_or(|until| Some(until) <= draft.item.due) {
        draft.take_back(&[Verb::Extend]);
    }
    if is.extended_to.is_none() {
        return match draft.item.state.extended_to {
            Some(_) => Err(Refusal::NotLater),
            None => Ok(()),
        };
    }
    if is.extended_to == draft.item.state.extended_to {
        return Ok(());
    }
    let reason = Some(draft.pen.book.clone());
    draft.act(Deed::Extend, |entry| Entry { until: is.extended_to, reason, ..entry })
}

fn progressed(draft: &mut Draft<'_>, was: &Told, is: &Told) -> Result<(), Refusal> {
    let Some(percent) = is.progress.filter(|_| is.progress != was.progress) else { return Ok(()) };
    let state = &draft.item.state;
    let nothing_new = state.progress == percent && (percent == 0 || state.base == Base::InProgress);
    if nothing_new || is_handed_in(is) || draft.item.kind() != Kind::Task {
        return Ok(());
    }
    draft.act(Deed::Progress, |entry| Entry { percent: Some(percent), ..entry })
}

fn handed_in(draft: &mut Draft<'_>, was: &Told, is: &Told) -> Result<(), Refusal> {
    let said = |told: &Told| (is_handed_in(told), told.handed_in, told.document.clone(), told.link.clone());
    if !is_handed_in(is) || said(is) == said(was) {
        return Ok(());
    }
    let state = &draft.item.state;
    let agrees = state.base == Base::Done
        && is.handed_in.is_none_or(|day| state.handed_in == Some(day))
        && is.document.as_ref().is_none_or(|document| state.document.as_ref() == Some(document))
        && is.link.as_ref().is_none_or(|link| state.link.as_ref() == Some(link));
    if agrees {
        return Ok(());
    }
    // Where no day is said any more the one that stands is as good as today.
    let on = is.handed_in.or(state.handed_in);
    let stands = state.base == Base::Done || (state.base == Base::AwaitingConfirmation && on != state.handed_in);
    if stands {
        draft.take_back(HANDING_IN);
    } else if state.base == Base::Paused {
        draft.act(Deed::Resume, |entry| entry)?;
    }
    // Of what was done before anybody looked it is not known when: nobody is called late for that.
    let today = draft.pen.today();
    let unsaid = draft.item.due.filter(|due| draft.pen.first && *due < today).unwrap_or(today);
    let on = on.unwrap_or(unsaid);
    draft.act(Deed::Done, |entry| Entry { on, document: is.document.clone(), link: is.link.clone(), ..entry })
}

fn noted(draft: &mut Draft<'_>, was: &Told, is: &Told) -> Result<(), Refusal> {
    let Some(note) = is.note.clone().filter(|note| Some(note) != was.note.as_ref()) else { return Ok(()) };
    if note.trim().is_empty() {
        return Ok(());
    }
    draft.act(Deed::Note, |entry| Entry { note: Some(note), ..entry })
}

/// An item as it would be, and what makes it so.
#[derive(Clone)]
pub(super) struct Draft<'a> {
    pub(super) item: Item,
    /// What stands of what was done about it, in order.
    pub(super) live: Vec<Entry>,
    pub(super) entries: Vec<Entry>,
    pub(super) pen: &'a Pen<'a>,
}

impl Draft<'_> {
    fn entry(&self, verb: Verb) -> Entry {
        let place = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        let id = entry_id(self.pen.plan, self.pen.generation, self.item.id.as_str(), place);
        let by = Some(self.pen.actor());
        Entry { by, ..Entry::new(id, self.item.id.clone(), verb, self.pen.today(), self.pen.now) }
    }

    fn act(&mut self, deed: Deed, said: impl FnOnce(Entry) -> Entry) -> Result<(), Refusal> {
        let said = said(self.entry(Verb::Note));
        for verb in deed.verbs(self.item.kind(), self.item.state.base) {
            let expects = self.item.state.last.filter(|_| !verb.commutes());
            let bare = self.entry(verb.clone());
            let entry = Entry { id: bare.id, verb: bare.verb, expects, ..said.clone() };
            check(&self.item, &entry)?;
            fold(&mut self.item, &entry, self.pen.calendar);
            self.live.push(entry.clone());
            self.entries.push(entry);
        }
        Ok(())
    }

    /// Takes back what stands last of these verbs, as far as nothing rests on it.
    fn take_back(&mut self, verbs: &[Verb]) {
        self.take_back_those(|entry| verbs.contains(&entry.verb));
    }

    /// The same of what `goes`.
    pub(super) fn take_back_those(&mut self, goes: impl Fn(&Entry) -> bool) {
        while let Some(place) = self.live.iter().rposition(|entry| !entry.verb.commutes())
            && let Some(last) = self.live.get(place).filter(|entry| goes(entry))
        {
            let entry = Entry { reverses: Some(last.id), ..self.entry(Verb::Reverse) };
            self.entries.push(entry);
            self.live.remove(place);
            refold(&mut self.item, &self.live, self.pen.calendar);
        }
    }

    fn must_be(&self, bases: &[Base], verb: &Verb) -> Result<(), Refusal> {
        let base = self.item.state.base;
        if bases.contains(&base) {
            return Ok(());
        }
        Err(Refusal::NotInState { verb: Text::new(verb.as_str()), base, kind: Some(self.item.kind()) })
    }

    /// What stands of these verbs by somebody else, the last of it.
    fn over(&self, verbs: &[Verb]) -> Option<Entry> {
        let book = self.pen.actor();
        let last = self.live.iter().rev().find(|entry| verbs.contains(&entry.verb))?;
        (last.by.as_ref() != Some(&book)).then(|| last.clone())
    }
}
