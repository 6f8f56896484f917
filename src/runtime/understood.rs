//! What is known of acts after a request with them, by what was answered.

use super::delivery::Round;
use crate::{
    domain::{answer::Admission, deed::is_one_step, entry::Entry, failure::Failure, id::EntryId, text::Text},
    store::outbox::{Answer, Taken},
};

/// What is known of acts after a request with them.
pub(super) fn understood(taken: &[Taken], result: Result<Vec<Admission>, Failure>) -> (Vec<(EntryId, Answer)>, Round) {
    let not_sent = || {
        // What was uncertain before still is.
        let fresh = taken.iter().filter(|taken| !taken.again);
        fresh.map(|taken| (taken.entry.id, Answer::NotSent)).collect()
    };
    match (result, taken) {
        (Ok(answers), _) => {
            let mut told: Vec<(EntryId, Answer)> = Vec::with_capacity(answers.len());
            let mut before: Option<(&Entry, bool)> = None;
            for (taken, answer) in taken.iter().zip(answers) {
                let stands = matches!(answer, Admission::Applied { .. } | Admission::Replayed { .. });
                // What rests on an act that did not go through waits behind it until somebody decides.
                let waits = before.is_some_and(|(act, stood)| !stood && is_one_step(act, &taken.entry));
                told.push((taken.entry.id, if waits { Answer::NotSent } else { Answer::Answered(answer) }));
                before = Some((&taken.entry, stands));
            }
            (told, Round::Sent)
        }
        (Err(Failure::Refused(why)), [alone]) => {
            (vec![(alone.entry.id, Answer::NotTaken(Text::from(why.to_string())))], Round::Sent)
        }
        // Which of them it will not take is found out by sending each alone.
        (Err(Failure::Refused(_)), _) => (not_sent(), Round::Sent),
        (Err(failure @ Failure::Denied(_)), _) => (not_sent(), Round::SignIn(failure)),
        (Err(failure @ (Failure::Offline(_) | Failure::Unreadable(_))), _) => (Vec::new(), Round::Down(failure)),
    }
}
