//! Setting a damaged SQLite file aside, with what SQLite keeps beside it: never thrown away, and by one program at a time.

use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;

use crate::sqlite::problem::Problem;

/// How long another instance's setting aside is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// A lock between programs; the system gives it back when its holder ends, however it ends.
pub(super) async fn alone(path: &Path) -> Result<File, Problem> {
    let lock = File::options().write(true).create(true).truncate(false).open(with(path, "-lock"))?;
    let mut patience = PATIENCE;
    let pause = Duration::from_millis(10);
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if !patience.is_zero() => {
                tokio::time::sleep(pause).await;
                patience = patience.saturating_sub(pause);
            }
            Err(TryLockError::WouldBlock) => return Err(Problem::Closed),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

/// Moves the file at `path`, and what SQLite keeps beside it, to a name with `now` in it; says which.
pub(super) fn put(path: &Path, now: Timestamp) -> io::Result<PathBuf> {
    let aside = free_name(path, now);
    for companion in ["-wal", "-shm", ""] {
        match fs::rename(with(path, companion), with(&aside, companion)) {
            Err(error) if companion.is_empty() || error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(aside)
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// `outbox-damaged-20231120T080000Z.db`, with a number where that is taken.
fn free_name(path: &Path, now: Timestamp) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let day = now.strftime("%Y%m%dT%H%M%SZ");
    let named = |number: u32| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        path.with_file_name(format!("{stem}-damaged-{day}{number}.db"))
    };
    (1..1000).map(named).find(|name| !name.exists()).unwrap_or_else(|| named(1000))
}
