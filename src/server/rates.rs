//! [`Rates`]: how often each token may ask. A bucket that fills at an even pace and holds a few seconds' worth: a burst passes,
//! a stampede does not.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::domain::text::Text;

/// A bucket holds what comes in so many seconds.
const BURST_S: f64 = 10.0;

/// Beyond so many buckets the full ones are forgotten.
const MOST: usize = 4_096;

/// The buckets, by token.
#[derive(Debug)]
pub(super) struct Rates {
    per_second: f64,
    buckets: Mutex<HashMap<Text, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Rates {
    pub(super) fn new(per_minute: u32) -> Self {
        Rates { per_second: f64::from(per_minute) / 60.0, buckets: Mutex::default() }
    }

    /// Takes one; says how long to wait where there is none.
    pub(super) fn take(&self, token: &Text, now: Instant) -> Result<(), Duration> {
        let most = (self.per_second * BURST_S).max(1.0);
        let filled = |bucket: &Bucket| {
            (bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() * self.per_second).min(most)
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MOST {
            buckets.retain(|_, bucket| filled(bucket) < most);
        }
        let bucket = buckets.entry(token.clone()).or_insert(Bucket { left: most, at: now });
        let left = filled(bucket);
        if left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - left) / self.per_second.max(f64::MIN_POSITIVE))
                .min(Duration::from_secs(60)));
        }
        *bucket = Bucket { left: left - 1.0, at: now };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_what_comes_after_it_at_an_even_pace() {
        let (rates, begun, me) = (Rates::new(60), Instant::now(), Text::new("me"));
        assert!((0..10).all(|_| rates.take(&me, begun).is_ok()));
        let wait = rates.take(&me, begun).unwrap_err();
        assert!(wait <= Duration::from_secs(1) && !wait.is_zero());
        assert!(rates.take(&Text::new("you"), begun).is_ok(), "each for itself");
        assert!(rates.take(&me, begun + Duration::from_secs(1)).is_ok());
        assert!(rates.take(&me, begun + Duration::from_secs(1)).is_err());
    }
}
