//! [`loss`]: much of a plan gone at once, which is more likely a fault of where it comes from than the truth.

use super::snapshot::Snapshot;

/// From so many percent of the rows on.
const MUCH: usize = 30;
/// A plan of fewer rows may well change as much.
const FEW: usize = 10;

/// How many percent of the rows of `before` are gone in `after`, where that is much.
pub fn loss(before: &Snapshot, after: &Snapshot) -> Option<u8> {
    let all = before.items.len();
    let gone = before.items.iter().filter(|item| after.place(&item.id).is_none()).count();
    let is_much = all >= FEW && gone.saturating_mul(100) >= all.saturating_mul(MUCH);
    is_much.then(|| u8::try_from(gone.saturating_mul(100) / all).unwrap_or(100))
}
