//! When something in the program is broken: the terminal first, then the report, then the end.
//!
//! A failure somebody expects is a `Result`; work done on foreign data by foreign code may be put
//! behind [`contained`], which makes such a failure of its panics.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::time::Duration;

use super::hold;

/// What a process that panicked exits with, as Rust has it.
const EXIT_CODE: i32 = 101;
/// The report may go to a terminal that has stopped reading.
const REPORT_PATIENCE: Duration = Duration::from_millis(300);

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Installs the one panic hook: a panic in any thread or task gives the terminal back, is reported
/// by the hook there was before, and ends the process with exit code 101.
///
/// A task's panic would otherwise be kept in its handle, and the screen left without it.
pub fn install() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !CONTAINED.get() {
            end(panic, &*report);
        }
    }));
}

fn end(panic: &PanicHookInfo<'_>, report: &dyn Fn(&PanicHookInfo<'_>)) {
    hold::release();
    let _ = std::thread::Builder::new().name("end".to_owned()).spawn(|| {
        std::thread::sleep(REPORT_PATIENCE);
        std::process::exit(EXIT_CODE);
    });
    report(panic);
    std::process::exit(EXIT_CODE);
}

/// Runs `work`; a panic in it is neither reported nor the end, but returned as its message.
///
/// # Errors
///
/// What the panic said, when there was one.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = CONTAINED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(before);
    result.map_err(|payload| message(&*payload))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
