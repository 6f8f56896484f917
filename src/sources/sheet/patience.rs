//! [`within`]: a workbook is understood within a time, or given up.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use tokio::{task::spawn_blocking, time::timeout};

use super::limits::{Limits, Unusable};

/// Nobody's workbook takes longer to be understood.
pub const LONG: Duration = Duration::from_secs(120);

/// What `understand` makes of a workbook, where it does so within `long`; else it is told to stop, and refused.
///
/// # Errors
///
/// Why there is no plan in it, where there is none.
pub async fn within<T: Send + 'static>(
    long: Duration,
    understand: impl FnOnce(&Limits) -> Result<T, Unusable> + Send + 'static,
) -> Result<T, Unusable> {
    let limits = Limits::default();
    let stop = Arc::clone(&limits.stop);
    let understood = timeout(long, spawn_blocking(move || understand(&limits))).await;
    let Ok(understood) = understood else {
        stop.store(true, Ordering::Relaxed);
        return Err(Unusable::because("workbook-too-long"));
    };
    understood.unwrap_or_else(|_| Err(Unusable::because("workbook-too-long")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_takes_too_long_is_stopped_and_refused() {
        let (told, hears) = std::sync::mpsc::channel();
        let endless = move |limits: &Limits| loop {
            if let Err(why) = limits.go_on() {
                told.send(()).unwrap();
                return Err::<(), _>(why);
            }
            std::thread::yield_now();
        };
        let Unusable(why) = within(Duration::ZERO, endless).await.unwrap_err();
        assert_eq!(why.id, "workbook-too-long");
        hears.recv().unwrap();
        assert_eq!(within(LONG, |_| Ok(1)).await, Ok(1));
    }
}
