//! How a campaign's countdown and how far it is prepared are worded.

use std::borrow::Cow;

use super::{cell::Saying, pen::Piece, status, theme::Role};
use crate::domain::{
    campaign::{Countdown, Phase},
    readiness::Verdict,
    status::{Base, Cell},
    summary::Figures,
};

/// The working days left to its end, or to its beginning.
pub(super) fn working_countdown<'a>(countdown: Countdown, saying: Saying<'a>) -> Cow<'a, str> {
    let left = |word| saying.words.with(word, &[("days", countdown.working_days_left.into())]);
    let said = match countdown.phase {
        Phase::Running => left("countdown-working-running"),
        Phase::Coming => left("countdown-working-coming"),
        Phase::Past => saying.words.get("countdown-past").into_owned(),
    };
    format!("{} {said}", saying.glyphs.phase(countdown.phase)).into()
}

/// What presses among what belongs to it: how much is overdue, else due soon; that all is in time; that all is done.
pub(super) fn verdict(figures: &Figures, saying: Saying<'_>) -> Option<Piece<'static>> {
    let (cell, said) = match Verdict::of(figures) {
        Verdict::Nothing => return None,
        Verdict::Overdue(count) => (Cell::Overdue, counted("readiness-overdue", count, saying)),
        Verdict::DueSoon(count) => (Cell::DueSoon, counted("readiness-due-soon", count, saying)),
        Verdict::Awaiting(count) => (Cell::AwaitingConfirmation, counted("readiness-awaiting", count, saying)),
        Verdict::InTime => (Cell::InTime, saying.words.get("readiness-in-time").into_owned()),
        Verdict::Done => (Cell::OnTime, saying.words.get("readiness-done").into_owned()),
    };
    let (sign, role) = sign(cell, saying);
    Some(Piece::new(role, format!("{sign} {said}")))
}

/// The sign and the role of an agency's part in a campaign.
pub(super) fn office(figures: &Figures, saying: Saying<'_>) -> (&'static str, Role) {
    match Verdict::of(figures) {
        Verdict::Nothing => (" ", Role::Dim),
        Verdict::Overdue(_) => sign(Cell::Overdue, saying),
        Verdict::DueSoon(_) => sign(Cell::DueSoon, saying),
        Verdict::Awaiting(_) => sign(Cell::AwaitingConfirmation, saying),
        // Nothing has come of it, and there is time.
        Verdict::InTime if figures.done() == 0 => (saying.glyphs.nothing, Role::Dim),
        Verdict::InTime => sign(Cell::InTime, saying),
        Verdict::Done => sign(Cell::OnTime, saying),
    }
}

fn sign(cell: Cell, saying: Saying<'_>) -> (&'static str, Role) {
    (saying.glyphs.status(cell), status::role(Base::InProgress, Some(cell)))
}

fn counted(word: &str, count: u32, saying: Saying<'_>) -> String {
    saying.words.with(word, &[("count", count.into())])
}
