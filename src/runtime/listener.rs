//! [`Listener`]: of what a source tells beside what it is asked, what is news; its clock is held against this machine's.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::{app::msg::News, domain::heard::Heard};

/// How far two clocks may be apart.
const APART: SignedDuration = SignedDuration::from_secs(120);

/// Remembers what was told of the source's clock.
#[derive(Debug, Default)]
pub(super) struct Listener {
    /// So far ahead, by what was told last.
    ahead: Mutex<SignedDuration>,
}

impl Listener {
    /// What is news of what was heard, it being `now` by this machine; nothing where nothing is.
    pub(super) fn news(&self, heard: Heard, now: Timestamp) -> Option<News> {
        let rests = heard.rests.and_then(|time| SignedDuration::try_from(time).ok());
        let skew = heard.clock.and_then(|clock| self.skew(clock.duration_since(now)));
        let Heard { went_back, signed, notices, behind, asks, .. } = heard;
        let news = News { skew, rests, went_back, signed, notices, behind, asks };
        (news != News::default()).then_some(news)
    }

    /// How far it is ahead, where that is another distance than was told; none at all where it is near enough.
    fn skew(&self, ahead: SignedDuration) -> Option<SignedDuration> {
        let ahead = if ahead.abs() > APART { ahead } else { SignedDuration::ZERO };
        let mut told = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        // Answers are told to the second, and take a while: that is no other distance.
        if (ahead - *told).abs() <= APART / 2 {
            return None;
        }
        *told = ahead;
        Some(ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_told_of_when_it_is_too_far_away_and_when_it_is_right_again() {
        let listener = Listener::default();
        let now: Timestamp = "2023-11-20T01:00:00Z".parse().unwrap();
        let skew = |seconds| {
            let clock = Some(now + SignedDuration::from_secs(seconds));
            listener.news(Heard { clock, ..Heard::default() }, now).and_then(|news| news.skew)
        };
        assert_eq!([skew(0), skew(120), skew(-120)], [None; 3]);
        assert_eq!(skew(-121), Some(SignedDuration::from_secs(-121)));
        assert_eq!(skew(-123), None, "told already");
        assert_eq!(skew(7_000), Some(SignedDuration::from_secs(7_000)));
        assert_eq!(skew(1), Some(SignedDuration::ZERO));
        assert_eq!(skew(1), None);
    }
}
