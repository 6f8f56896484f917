//! When something is to happen by itself.

use jiff::{SignedDuration, Timestamp};

use super::{model::Model, notifications};

/// The next instant at which the screen changes by itself or something is due: the clock's next minute, the next try.
pub fn wakes_at(model: &Model) -> Timestamp {
    let minute = SignedDuration::from_mins(1);
    let into_minute = SignedDuration::from_secs(model.now.as_second().rem_euclid(60))
        + SignedDuration::from_nanos(model.now.subsec_nanosecond().into());
    let next_minute = model.now.saturating_add(minute - into_minute).unwrap_or(model.now);
    let turns = model.wall.as_ref().map(|wall| wall.turns());
    let sooner = [model.feed.next_try, turns, notifications::wakes_at(model)].into_iter().flatten();
    sooner.map(|at| at.clamp(model.now, next_minute)).min().unwrap_or(next_minute)
}
