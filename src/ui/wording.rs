//! How titles of reports, their periods and what was done about an item are worded.

use std::borrow::Cow;

use super::{cell::Saying, pen::Piece, theme::Role};
use crate::domain::{
    expect::ReportPeriod,
    item::{ByDay, State},
    ladder::NextStep,
    period::{Period, Span},
    plan::StepVerb,
    status::{Base, Cell},
    text::fold_marks,
    title::Title,
    waiting::Mark,
};
use crate::words::Words;

/// A report's name: its duty's, and the period where the name does not say it already.
pub fn report<'a>(title: &'a Title, period: &'a ReportPeriod, saying: Saying<'a>, said: &mut Vec<Piece<'a>>) {
    let name = title.get(saying.language());
    said.push(Piece::new(Role::Text, name));
    if period.period.is_some_and(|period| says(name, period, saying)) {
        return;
    }
    said.push(Piece::new(Role::Text, format!(" {} ", saying.glyphs.dot)));
    said.push(Piece::new(Role::Text, self::period(period, saying)));
}

/// A period by itself: by its words, a case by its day and title, another by its id.
pub(super) fn period<'a>(period: &'a ReportPeriod, saying: Saying<'a>) -> Cow<'a, str> {
    if let Some(calendar) = period.period {
        return calendar_period(calendar, i64::from(calendar.year).to_string(), saying.words).into();
    }
    match period.event.as_ref().map(|event| (event, event.title.as_ref())) {
        Some((event, Some(title))) => format!("{}: {title}", saying.short_date(event.on)).into(),
        Some((_, None)) | None => Cow::Borrowed(&period.id),
    }
}

/// Does a duty's name say the period already? Of the plan's own year it need not say the year.
fn says(name: &str, period: Period, saying: Saying<'_>) -> bool {
    if period.year != saying.year {
        return false;
    }
    let without_year = match period.span {
        Span::Year => calendar_period(period, period.year.to_string(), saying.words),
        Span::Month(_) | Span::Quarter(_) | Span::Half(_) | Span::NineMonths => {
            calendar_period(period, String::new(), saying.words)
        }
    };
    let wanted = fold_marks(without_year.trim_matches([' ', '/']));
    fold_marks(name).contains(&wanted)
}

/// A calendar period in words; `year` as it is to be written.
pub fn calendar_period(period: Period, year: String, words: &Words) -> String {
    words.period(period, &year)
}

/// What was done about an item: `»2 ↑3 · ghi nhận`; that nothing was, where it is still open.
pub(super) fn acts<'a>(state: &State, mark: Option<Mark>, saying: Saying<'a>, said: &mut Vec<Piece<'a>>) {
    let Saying { words, glyphs, .. } = saying;
    let marked = said.len();
    if let Some(mark) = mark {
        said.push(unconfirmed(mark, saying));
    }
    let first = said.len();
    if let Some((sign, word)) = match state.base {
        Base::AwaitingConfirmation => Some((glyphs.status(Cell::AwaitingConfirmation), "status-awaiting")),
        Base::Returned => Some((glyphs.returned, "status-returned")),
        Base::NotStarted | Base::InProgress | Base::Paused | Base::Done | Base::Cancelled | Base::Exempt => None,
    } {
        said.push(Piece::new(Role::Awaiting, format!("{sign} {}", words.get(word))));
    }
    let counted = [
        (glyphs.reminded, u32::from(state.reminders)),
        (glyphs.escalated, u32::from(state.escalation)),
        (glyphs.extended, u32::from(state.extensions)),
    ];
    for (sign, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
        part(said, first, " ", Role::Text, format!("{sign}{count}"));
    }
    let dot = format!(" {} ", glyphs.dot);
    if !state.acknowledged.is_empty() {
        part(said, first, &dot, Role::Text, words.get("acts-acknowledged"));
    }
    if let Some(request) = &state.requested {
        let until = saying.short_date(request.until);
        part(said, first, &dot, Role::Awaiting, words.with("acts-requested", &[("date", until.into())]));
    }
    if let Some(promise) = state.promise {
        let broken = saying.today.is_some_and(|today| promise < today) && state.handed_in.is_none();
        let date = saying.short_date(promise);
        part(
            said,
            first,
            &dot,
            if broken { Role::DueSoon } else { Role::Text },
            words.with("acts-promised", &[("date", date.into())]),
        );
    }
    let lasts = |snooze: &&ByDay| saying.today.is_none_or(|today| today < snooze.on);
    if let Some(snooze) = state.snoozed.iter().rfind(lasts) {
        let date = saying.short_date(snooze.on);
        part(said, first, &dot, Role::Dim, words.with("acts-snoozed", &[("date", date.into())]));
    }
    if said.len() > first && first > marked {
        said.insert(first, Piece::new(Role::Dim, dot));
    } else if said.len() == marked && state.base.is_open() {
        // What nobody has seen to stands out.
        said.push(Piece::new(Role::DueSoon, format!("{} {}", glyphs.nothing, words.get("acts-none"))));
    }
}

/// The next rung of the ladder, and from which day: `Đôn đốc lần 2 từ 24/11`.
pub(super) fn next_step<'a>(
    title: Option<&'a Title>,
    next: NextStep,
    is_due: bool,
    saying: Saying<'a>,
    said: &mut Vec<Piece<'a>>,
) {
    let words = saying.words;
    let titled = title.map(|title| title.get(saying.language())).filter(|title| !title.is_empty());
    let word = if next.verb == StepVerb::Remind { "next-remind" } else { "next-escalate" };
    let name = titled.map_or_else(|| words.with(word, &[("step", u32::from(next.step).into())]).into(), Cow::Borrowed);
    let role = if is_due { Role::Text } else { Role::Dim };
    said.push(Piece { text: name, role });
    let from = words.with("next-from", &[("date", saying.short_date(next.from).into())]);
    said.push(Piece::new(Role::Dim, format!(" {from}")));
}

/// That something is not confirmed: a sign and a word.
pub(super) fn unconfirmed<'a>(mark: Mark, saying: Saying<'a>) -> Piece<'a> {
    let (sign, role, word) = match mark {
        Mark::Waiting => (saying.glyphs.waiting, Role::Accent, "waiting-to-be-sent"),
        Mark::Uncertain => (saying.glyphs.waiting, Role::DueSoon, "waiting-uncertain"),
        Mark::Card => (saying.glyphs.conflict, Role::Late, "waiting-card"),
    };
    Piece::new(role, format!("{sign} {}", saying.words.get(word)))
}

fn part<'a>(said: &mut Vec<Piece<'a>>, first: usize, between: &str, role: Role, text: impl Into<Cow<'a, str>>) {
    if said.len() > first {
        said.push(Piece::new(Role::Dim, between.to_owned()));
    }
    said.push(Piece::new(role, text));
}
