//! How an entry of the journal is said: its verb, what came with it. The journal's columns and the history in the detail
//! take their words from here.

use jiff::civil::{Date, DateTime};

use super::{cell::Saying, changes, pen::Piece, theme::Role};
use crate::{
    domain::{
        entry::{Channel, Entry, Outcome, Verb},
        told::{Line, TookBack},
    },
    panels::cell::Joint,
};

/// Everything an entry says: the verb, what came with it, who.
pub(super) fn whole<'a>(line: Line<'_>, saying: Saying<'_>) -> Vec<Piece<'a>> {
    let role = role(line);
    let mut said = vec![Piece::new(role, verb(line, saying))];
    for detail in details(line, saying) {
        said.push(Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot)));
        said.push(Piece::new(role, detail));
    }
    if let Some(by) = &line.entry.by {
        said.push(Piece::new(Role::Dim, format!(" — {by}")));
    }
    said
}

/// The verb in a column: before it the sign of what was taken back, else the bracket of what was done in one step.
pub(super) fn verb_cell<'a>(line: Line<'_>, joint: Option<Joint>, saying: Saying<'_>, said: &mut Vec<Piece<'a>>) {
    let border = &saying.glyphs.border;
    let sign = match (line.reversed, joint) {
        (true, _) => saying.glyphs.left_out,
        (false, Some(Joint::First)) => border.top_left,
        (false, Some(Joint::Middle)) => border.vertical,
        (false, Some(Joint::Last)) => border.bottom_left,
        (false, None) => " ",
    };
    said.push(Piece::new(Role::Dim, format!("{sign} ")));
    said.push(Piece::new(role(line), verb(line, saying)));
}

/// What came with an entry, in one line.
pub(super) fn details_cell<'a>(line: Line<'_>, since: Option<Date>, saying: Saying<'_>, said: &mut Vec<Piece<'a>>) {
    let role = role(line);
    let since = since.map(|date| {
        let backdated = if line.reversed { Role::Dim } else { Role::DueSoon };
        (backdated, day("entry-on", date, saying))
    });
    let mut details: Vec<(Role, String)> = details(line, saying).into_iter().map(|detail| (role, detail)).collect();
    // That it is taken back is not to be cut off.
    if line.reversed {
        details.rotate_right(1);
    }
    for (place, (role, detail)) in since.into_iter().chain(details).enumerate() {
        if place > 0 {
            said.push(Piece::new(Role::Dim, format!(" {} ", saying.glyphs.dot)));
        }
        said.push(Piece::new(role, detail));
    }
}

/// A day and a time; of another year the day alone.
pub(super) fn moment<'a>(at: DateTime, this_year: i16, saying: Saying<'_>, said: &mut Vec<Piece<'a>>) {
    said.push(Piece::new(Role::Text, saying.words.short_date(at.date(), this_year)));
    if at.year() == this_year {
        said.push(Piece::new(Role::Dim, format!(" {:02}:{:02}", at.hour(), at.minute())));
    }
}

fn role(line: Line<'_>) -> Role {
    if line.reversed { Role::Dim } else { Role::Text }
}

/// The verb with its rung or percentage; of a reversal what it took back.
fn verb(line: Line<'_>, saying: Saying<'_>) -> String {
    let named = |entry: &Entry| {
        let [level, percent] = beside(entry, saying);
        [Some(name(&entry.verb, saying)), level, percent].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    match line.took_back {
        Some(TookBack { entry, again }) => {
            let word = if again { "entry-again" } else { "entry-took-back" };
            saying.words.with(word, &[("what", named(entry).into())])
        }
        None => named(line.entry),
    }
}

fn name(verb: &Verb, saying: Saying<'_>) -> String {
    let id = format!("verb-{}", verb.as_str());
    if saying.words.has(&id) { saying.words.get(&id).into_owned() } else { verb.as_str().to_owned() }
}

fn beside(entry: &Entry, saying: Saying<'_>) -> [Option<String>; 2] {
    let rung = if entry.verb == Verb::Remind { "entry-level" } else { "entry-rung" };
    let level = entry.level.map(|level| saying.words.with(rung, &[("level", u32::from(level).into())]));
    [level, entry.percent.map(|percent| format!("{percent}%"))]
}

fn day(word: &str, date: Date, saying: Saying<'_>) -> String {
    saying.words.with(word, &[("date", saying.short_date(date).into())])
}

/// What came with it; last, that it is taken back.
fn details(line: Line<'_>, saying: Saying<'_>) -> Vec<String> {
    let (entry, words) = (line.entry, saying.words);
    let channel = entry.channel.map(channel_word).map(|word| words.get(word).into_owned());
    let outcome = entry.outcome.and_then(outcome_word).map(|word| words.get(word).into_owned());
    let details = [
        (!entry.changes.is_empty()).then(|| changes::told(&entry.changes, saying)),
        channel,
        outcome,
        entry.until.map(|date| day("entry-until", date, saying)),
        entry.to.as_ref().map(|to| words.with("entry-to", &[("to", to.as_str().into())])),
        entry.document.as_ref().map(|document| document.as_str().to_owned()),
        entry.title.as_ref().map(|title| title.as_str().to_owned()),
        entry.reason.as_ref().map(|reason| reason.as_str().to_owned()),
        entry.note.as_ref().map(|note| note.as_str().to_owned()),
        entry.promise.map(|date| day("entry-promise", date, saying)),
        line.reversed.then(|| words.get("entry-reversed").into_owned()),
    ];
    details.into_iter().flatten().collect()
}

fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "channel-email",
        Channel::Letter => "channel-letter",
        Channel::Telephone => "channel-telephone",
    }
}

fn outcome_word(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Claimed => Some("outcome-claimed"),
        Outcome::Sent => None,
        Outcome::Uncertain => Some("outcome-uncertain"),
        Outcome::Failed => Some("outcome-failed"),
    }
}
