//! [`Clock`]: what time it is for the plan.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// The plan's clock: this machine's, or moved so that the sample plays on its own days.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// A clock that says `at` now, and runs.
    pub fn starting_at(at: Timestamp) -> Self {
        Clock { ahead: at.duration_since(Timestamp::now()) }
    }

    /// What it says.
    pub fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.saturating_add(self.ahead).unwrap_or(now)
    }

    /// Goes by a source's clock, which is so far ahead of this machine's, where that is too far to be passed over: who is
    /// overdue does not depend on how well a machine's clock is set.
    pub(super) fn follow(&mut self, skew: Option<SignedDuration>) {
        if let Some(skew) = skew {
            self.ahead = skew;
        }
    }

    /// When it will say `at`.
    pub(super) fn instant_of(&self, at: Timestamp) -> Instant {
        let wait = at.duration_since(self.now());
        // A hair later, so that the minute has changed when it is looked at.
        Instant::now() + Duration::try_from(wait).unwrap_or_default() + Duration::from_millis(1)
    }
}
