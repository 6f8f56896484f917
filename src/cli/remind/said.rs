//! What is said of mails that were sent or not, and how the command ends by it.

use crate::{
    cli::{exit::Exit, output},
    domain::entry::Outcome,
    letters::Letter,
    runtime::reminders::Ended,
    words::Words,
};

/// A mail that has ended, in one line.
pub(super) fn line(words: &Words, place: usize, count: usize, letter: &Letter, ended: &Ended) -> String {
    let (word, said) = outcome(words, ended);
    let outcome = match (word, said) {
        ("refused", said) => words.with("cli-remind-not-now", &[("why", said.unwrap_or_default().into())]),
        (word, None) => words.get(&format!("outcome-{word}")).into_owned(),
        (word, Some(said)) => format!("{} ({said})", words.get(&format!("outcome-{word}"))),
    };
    let outcome = match ended {
        Ended::Posted { unrecorded: Some(why), .. } => {
            words.with("cli-remind-unrecorded", &[("outcome", outcome.into()), ("why", words.say(why).into())])
        }
        Ended::Posted { .. } | Ended::Refused(_) | Ended::Unclaimed(_) | Ended::Unwritten(_) => outcome,
    };
    words.with(
        "cli-remind-progress",
        &[
            ("place", (place + 1).into()),
            ("count", count.into()),
            ("agency", letter.name.as_str().into()),
            ("email", letter.to.as_str().into()),
            ("outcome", outcome.into()),
        ],
    )
}

/// What became of a mail in a word, and what there is to say about it.
pub(super) fn outcome(words: &Words, ended: &Ended) -> (&'static str, Option<String>) {
    match ended {
        Ended::Refused(refusal) => ("refused", Some(words.say(&refusal.sentence()))),
        Ended::Unclaimed(failure) => ("refused", Some(words.say(failure.why()))),
        Ended::Unwritten(problem) => ("refused", Some(words.say(&problem.sentence()))),
        Ended::Posted { delivery, .. } => {
            let phase = words.get(&format!("mail-phase-{}", delivery.phase.as_str())).into_owned();
            let said = words.with("mail-said", &[("phase", phase.into()), ("said", delivery.said.as_str().into())]);
            match delivery.outcome {
                Outcome::Sent => ("sent", None),
                Outcome::Uncertain | Outcome::Claimed => ("uncertain", Some(said)),
                Outcome::Failed => ("failed", Some(said)),
            }
        }
    }
}

/// Says what was sent and what not, and how the command ends.
pub(super) fn sum_up(words: &Words, ended: &[Ended], count: usize, stopped: bool) -> Exit {
    let with = |wanted: Option<Outcome>| ended.iter().filter(|ended| ended.outcome() == wanted).count();
    let [sent, uncertain, failed, refused] =
        [Some(Outcome::Sent), Some(Outcome::Uncertain), Some(Outcome::Failed), None].map(with);
    let left = count - ended.len();
    let counts = [
        ("sent", sent.into()),
        ("uncertain", uncertain.into()),
        ("failed", failed.into()),
        ("refused", (refused + if stopped { 0 } else { left }).into()),
    ];
    output::complain(&words.with("cli-remind-summary", &counts));
    if stopped && left > 0 {
        output::complain(&words.with("cli-remind-stopped", &[("left", left.into())]));
        return Exit::Ended(130);
    }
    let unrecorded = ended.iter().any(|ended| matches!(ended, Ended::Posted { unrecorded: Some(_), .. }));
    match (uncertain + failed + left, refused) {
        _ if unrecorded => Exit::Failed,
        (0, 0) => Exit::Done,
        (0, _) => Exit::Refused,
        _ => Exit::Failed,
    }
}
