//! A state as it stands in its row: parts with a letter for the field and its value, only of what is set. All states are read
//! at every start; this is a half of their JSON and read several times as fast. Which rows there are is said where they are kept:
//! in each ledger's `states.rs` and in the local history.

use std::fmt::Write;

use jiff::civil::Date;
use uuid::Uuid;

use crate::domain::{
    id::{ActorId, EntryId},
    item::{ByDay, Event, Kept, Rare, Request, Rung, State},
    mailing::Mail,
    status::Base,
    text::Text,
};

/// Between the records of what travels as one. No id and no JSON has it, nor has it a part.
pub const RECORD: char = '\u{1e}';

/// Between the parts of a record.
pub const PART: char = '\u{1f}';

/// Persons kept in mind while states are read: most names come again and again.
const PERSONS: usize = 8;

/// The state as it is written.
pub fn written(state: &State) -> String {
    // Every field is named, so that none is forgotten.
    let State { base, progress, handed_in, document, reminders, last_reminded, rungs, acknowledged, notes, last, rare } =
        state;
    let mut body = Body(String::new());
    if *base != Base::default() {
        body.part('b', base.as_str());
    }
    body.number('p', *progress);
    body.maybe('h', handed_in.as_ref());
    body.maybe('d', document.as_ref());
    body.number('r', *reminders);
    body.maybe('R', last_reminded.as_ref());
    for Rung { step, on } in rungs {
        body.part('f', format_args!("{on},{step}"));
    }
    body.persons('a', acknowledged);
    body.number('n', *notes);
    body.maybe('l', last.map(|last| last.0.simple()).as_ref());
    write_rare(&mut body, rare);
    body.0
}

fn write_rare(body: &mut Body, rare: &Rare) {
    let Rare { before_pause, paused_on, link, extended_to, extensions, extension_reason, extension_document, .. } =
        rare;
    body.maybe('w', before_pause.map(Base::as_str).as_ref());
    body.maybe('W', paused_on.as_ref());
    body.maybe('u', link.as_ref());
    body.maybe('x', extended_to.as_ref());
    body.number('X', *extensions);
    body.maybe('y', extension_reason.as_ref());
    body.maybe('Y', extension_document.as_ref());
    let Rare {
        requested,
        escalation,
        escalations,
        snoozed,
        assigned,
        promise,
        reason,
        returns,
        event,
        kept,
        unsettled,
        ..
    } = rare;
    if let Some(Request { until, reason }) = requested {
        body.dated('q', *until, reason.as_ref());
    }
    body.number('e', *escalation);
    body.number('E', *escalations);
    body.persons('s', snoozed);
    body.maybe('g', assigned.as_ref());
    body.maybe('m', promise.as_ref());
    body.maybe('c', reason.as_ref());
    body.number('t', *returns);
    if let Some(Event { on, title }) = event {
        body.dated('v', *on, title.as_ref());
    }
    for Mail { batch, level, on, counted } in unsettled {
        body.part('M', format_args!("{on},{level},{},{}", u8::from(*counted), batch.simple()));
    }
    if let Some(Kept { original_due, due, extended_to }) = kept {
        body.part('k', original_due);
        body.part('K', due);
        body.maybe('z', extended_to.as_ref());
    }
}

struct Body(String);

impl Body {
    fn part(&mut self, letter: char, value: impl std::fmt::Display) {
        if !self.0.is_empty() {
            self.0.push(PART);
        }
        // Writing to a string does not fail.
        let _ = write!(self.0, "{letter}{value}");
    }

    fn maybe(&mut self, letter: char, value: Option<&impl std::fmt::Display>) {
        if let Some(value) = value {
            self.part(letter, value);
        }
    }

    fn number(&mut self, letter: char, number: impl Into<u32>) {
        let number = number.into();
        if number > 0 {
            self.part(letter, number);
        }
    }

    fn dated(&mut self, letter: char, on: Date, text: Option<&Text>) {
        match text {
            Some(text) => self.part(letter, format_args!("{on},{text}")),
            None => self.part(letter, on),
        }
    }

    fn persons(&mut self, letter: char, persons: &[ByDay]) {
        for ByDay { by, on } in persons {
            self.part(letter, format_args!("{on},{by}"));
        }
    }
}

/// Reads states, one after the other.
#[derive(Default)]
pub struct Reader {
    persons: Vec<ActorId>,
}

impl Reader {
    /// The state that was written as `body`; none where nobody wrote that.
    pub fn read(&mut self, body: &str) -> Option<State> {
        let mut state = State::default();
        for part in body.split(PART).filter(|part| !part.is_empty()) {
            let (letter, value) = part.split_at_checked(1)?;
            match letter {
                "b" => state.base = base(value)?,
                "p" => state.progress = value.parse().ok()?,
                "h" => state.handed_in = Some(date(value)?),
                "d" => state.document = Some(Text::new(value)),
                "r" => state.reminders = value.parse().ok()?,
                "R" => state.last_reminded = Some(date(value)?),
                "f" => state.rungs.push(rung(value)?),
                "a" => self.add_person(&mut state.acknowledged, value)?,
                "n" => state.notes = value.parse().ok()?,
                "l" => state.last = Some(EntryId(Uuid::try_parse(value).ok()?)),
                _ => self.read_rare(&mut state.rare, letter, value)?,
            }
        }
        Some(state)
    }

    fn read_rare(&mut self, rare: &mut Rare, letter: &str, value: &str) -> Option<()> {
        match letter {
            "w" => rare.before_pause = Some(base(value)?),
            "W" => rare.paused_on = Some(date(value)?),
            "u" => rare.link = Some(Text::new(value)),
            "x" => rare.extended_to = Some(date(value)?),
            "X" => rare.extensions = value.parse().ok()?,
            "y" => rare.extension_reason = Some(Text::new(value)),
            "Y" => rare.extension_document = Some(Text::new(value)),
            "q" => {
                let (until, reason) = dated(value)?;
                rare.requested = Some(Request { until, reason });
            }
            "e" => rare.escalation = value.parse().ok()?,
            "E" => rare.escalations = value.parse().ok()?,
            "s" => self.add_person(&mut rare.snoozed, value)?,
            "g" => rare.assigned = Some(Text::new(value)),
            "m" => rare.promise = Some(date(value)?),
            "c" => rare.reason = Some(Text::new(value)),
            "t" => rare.returns = value.parse().ok()?,
            "v" => {
                let (on, title) = dated(value)?;
                rare.event = Some(Event { on, title });
            }
            "M" => rare.unsettled.push(mail(value)?),
            "k" => rare.kept = Some(Kept { original_due: date(value)?, due: date(value)?, extended_to: None }),
            "K" => rare.kept.as_mut()?.due = date(value)?,
            "z" => rare.kept.as_mut()?.extended_to = Some(date(value)?),
            _ => return None,
        }
        Some(())
    }

    fn add_person(&mut self, to: &mut Vec<ByDay>, value: &str) -> Option<()> {
        let (on, by) = value.split_once(',')?;
        let on = date(on)?;
        let by = match self.persons.iter().find(|known| known.as_str() == by) {
            Some(known) => known.clone(),
            None => {
                let by = ActorId::from(by);
                self.persons.truncate(PERSONS - 1);
                self.persons.insert(0, by.clone());
                by
            }
        };
        // Most have one.
        to.reserve_exact(1);
        to.push(ByDay { by, on });
        Some(())
    }
}

fn rung(value: &str) -> Option<Rung> {
    let (on, step) = value.split_once(',')?;
    Some(Rung { step: step.parse().ok()?, on: date(on)? })
}

fn mail(value: &str) -> Option<Mail> {
    let mut parts = value.splitn(4, ',');
    let (on, level, counted) = (date(parts.next()?)?, parts.next()?.parse().ok()?, parts.next()?);
    let counted = match counted {
        "0" => false,
        "1" => true,
        _ => return None,
    };
    Some(Mail { batch: Uuid::try_parse(parts.next()?).ok()?, level, on, counted })
}

fn base(word: &str) -> Option<Base> {
    Base::ALL.into_iter().find(|base| base.as_str() == word)
}

fn dated(value: &str) -> Option<(Date, Option<Text>)> {
    match value.split_once(',') {
        Some((on, text)) => Some((date(on)?, Some(Text::new(text)))),
        None => Some((date(value)?, None)),
    }
}

/// A day as it is written; nearly all are `2023-11-20`, which is read at once.
fn date(value: &str) -> Option<Date> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = value.as_bytes() else { return value.parse().ok() };
    let number = |digits: &[&u8]| {
        digits
            .iter()
            .try_fold(0_i16, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(**digit - b'0')))
    };
    let (year, month, day) = (number(&[a, b, c, d])?, number(&[e, f])?, number(&[g, h])?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;
    use proptest::prelude::*;

    use super::*;

    fn any_date() -> impl Strategy<Value = Date> {
        (-9999_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, date)| day(year, month, date))
    }

    fn any_text() -> impl Strategy<Value = Text> {
        prop_oneof!["[a-z0-9/,{}\" -]{0,12}", "(?s).{0,8}", "\\PC{0,8}"].prop_map(Text::from)
    }

    fn any_persons() -> impl Strategy<Value = Vec<ByDay>> {
        let person = (any_text(), any_date()).prop_map(|(by, on)| ByDay { by: ActorId::from(&*by), on });
        prop::collection::vec(person, 0..12)
    }

    prop_compose! {
        fn any_rare()(
            (before_pause, returns, extensions) in (prop::option::of(any_base()), any::<u16>(), any::<u16>()),
            [paused_on, extended_to, promise, further] in prop::array::uniform4(prop::option::of(any_date())),
            [link, extension_reason, extension_document, assigned, reason, text] in maybe_texts(),
            (escalation, escalations, snoozed) in (any::<u8>(), any::<u16>(), any_persons()),
            (requested, event, kept) in prop::array::uniform3(prop::option::of(any_date())).prop_map(|[a, b, c]| (a, b, c)),
        ) -> Rare {
            Rare {
                before_pause, paused_on, link, extended_to, extensions, extension_reason, extension_document,
                unsettled: further.map(|on| Mail { batch: Uuid::from_u128(7), level: 2, on, counted: extensions > 9 }).into_iter().collect(),
                requested: requested.map(|until| Request { until, reason: text.clone() }),
                escalation, escalations, snoozed, assigned, promise, reason, returns,
                event: event.map(|on| Event { on, title: text }),
                kept: kept.map(|due| Kept { original_due: due, due: further.unwrap_or(due), extended_to: further }),
            }
        }
    }

    fn maybe_texts() -> impl Strategy<Value = [Option<Text>; 6]> {
        prop::array::uniform6(prop::option::of(any_text()))
    }

    fn any_base() -> impl Strategy<Value = Base> {
        prop::sample::select(Base::ALL.to_vec())
    }

    prop_compose! {
        fn any_state()(
            (base, progress, reminders, notes) in (any_base(), any::<u8>(), any::<u16>(), any::<u16>()),
            [handed_in, last_reminded] in prop::array::uniform2(prop::option::of(any_date())),
            (document, acknowledged, rungs) in (prop::option::of(any_text()), any_persons(), prop::collection::vec((any::<u8>(), any_date()), 0..3)),
            (last, rare) in (prop::option::of(any::<u128>()), prop_oneof![Just(Rare::default()), any_rare()]),
        ) -> State {
            let last = last.map(|last| EntryId(Uuid::from_u128(last)));
            let rungs = rungs.into_iter().map(|(step, on)| Rung { step, on }).collect();
            State { base, progress, handed_in, document, reminders, last_reminded, rungs, acknowledged, notes, last, rare: rare.into() }
        }
    }

    proptest! {
        #[test]
        fn a_state_is_read_as_it_was_written(states in prop::collection::vec(any_state(), 1..4)) {
            let mut reader = Reader::default();
            for state in states {
                prop_assert_eq!(reader.read(&written(&state)).unwrap(), state);
            }
        }

        #[test]
        fn what_was_written_otherwise_is_told(body in "[a-zA-Z{][a-z0-9,-]{0,12}") {
            // Whatever it is, it is a state or an error, and what was read says so again.
            if let Some(state) = Reader::default().read(&body) {
                prop_assert_eq!(Reader::default().read(&written(&state)).unwrap(), state);
            }
        }
    }

    #[test]
    fn nothing_done_is_nothing_written() {
        assert_eq!(written(&State::default()), "");
        assert_eq!(Reader::default().read("").unwrap(), State::default());
        for damaged in ["{\"notes\":1}", "n-1", "h2023-02-30", "bdonee", "é", "K2023-11-20"] {
            assert!(Reader::default().read(damaged).is_none(), "{damaged}");
        }
    }
}
