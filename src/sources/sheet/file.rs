//! [`look`]: a workbook's file, which is in somebody else's hands: it may be locked, half written, or gone for a moment. It is
//! opened for reading only.

use std::{
    fs,
    io::{self, Read},
    path::Path,
    time::SystemTime,
};

use crate::domain::{failure::Failure, sentence::Sentence};

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    changed: Option<SystemTime>,
    made: Option<SystemTime>,
}

/// How the file is now.
pub(super) fn stamp(path: &Path) -> Result<Stamp, Failure> {
    let found = fs::metadata(path).map_err(|error| unread(path, &error))?;
    if !found.is_file() {
        return Err(Failure::Offline(said("book-no-file", path)));
    }
    Ok(Stamp { bytes: found.len(), changed: found.modified().ok(), made: found.created().ok() })
}

/// What stands in it, and how it was; a file that was written to meanwhile is not taken.
pub(super) fn read(path: &Path, most: usize) -> Result<(Vec<u8>, Stamp), Failure> {
    let before = stamp(path)?;
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| unread(path, &error))?;
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unread(path, &error))?;
    if bytes.len() > most {
        return Err(Failure::Unreadable(Sentence::new("source-too-large").with("mb", most >> 20)));
    }
    if stamp(path)? != before {
        return Err(Failure::Offline(said("book-being-written", path)));
    }
    Ok((bytes, before))
}

/// Does somebody have it open? Excel and LibreOffice lay a small file beside it then.
pub(super) fn is_open(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    // Excel leaves out the first two letters of a long name.
    let short = name.char_indices().nth(2).map_or(name, |(at, _)| &name[at..]);
    let beside = [format!("~${name}"), format!("~${short}"), format!(".~lock.{name}#")];
    beside.iter().any(|beside| path.with_file_name(beside).symlink_metadata().is_ok())
}

/// Its name, which signs what it says.
pub(super) fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    // A share is told of as anything; Windows has two codes for a file somebody else holds.
    let held = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    let id = if error.kind() == io::ErrorKind::NotFound {
        "book-no-file"
    } else if held || error.kind() == io::ErrorKind::PermissionDenied {
        "book-locked"
    } else {
        "book-not-read"
    };
    Failure::Offline(said(id, path).with("reason", error.to_string()))
}

fn said(id: &'static str, path: &Path) -> Sentence {
    Sentence::new(id).with("file", path.display().to_string())
}
