//! [`Beside`]: the files kept beside a workbook, in the data directory: the ledger with the plan and what was done, the memory of
//! what the workbook told, and the lock of whoever takes something in.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::memory::Memory;
use crate::{
    domain::{failure::Failure, sentence::Sentence},
    own_files,
};

/// Where they are.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    folder: PathBuf,
    stem: String,
}

impl Beside {
    /// Those of the source of that name.
    pub(super) fn new(data: &Path, name: &str) -> Self {
        let plain = |letter: char| if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '_' };
        let mut stem: String = name.chars().map(plain).collect();
        if stem != name {
            // Two names must not share their files.
            let hash = Sha256::digest(name.as_bytes());
            stem.extend(hash.iter().take(4).map(|byte| format!("{byte:02x}")));
        }
        Beside { folder: data.join("sheets"), stem }
    }

    pub(super) fn ledger(&self) -> PathBuf {
        self.file("db")
    }

    fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", self.stem))
    }

    /// The right to take something in, until it is dropped; none while somebody else has it.
    pub(super) fn lock(&self) -> Result<Option<File>, Failure> {
        let path = self.file("lock");
        let opened = || {
            own_files::make_directory(&self.folder)?;
            own_files::make_file(&path)?;
            File::options().write(true).open(&path)
        };
        let file = opened().map_err(|error| unkept(&path, &error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Ok(None),
            // There are disks without locks; ids that are the same again keep things from doubling there, too.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(file)),
        }
    }

    /// What is remembered; nothing where there is none, or it is damaged.
    pub(super) fn remembered(&self) -> Result<Option<Memory>, Failure> {
        let path = self.file("json");
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unkept(&path, &error)),
        }
    }

    /// Remembers it: what stands there is replaced all at once.
    pub(super) fn remember(&self, memory: &Memory) -> Result<(), Failure> {
        let (path, written) = (self.file("json"), self.file("json.new"));
        let write = || {
            own_files::make_directory(&self.folder)?;
            own_files::make_file(&written)?;
            fs::write(&written, serde_json::to_vec(memory)?)?;
            own_files::put_in_place(&written, &path, true)
        };
        write().map_err(|error| unkept(&path, &error))
    }
}

/// The ledger of the workbook that is the source of that name.
pub fn ledger_beside(data: &Path, name: &str) -> PathBuf {
    Beside::new(data, name).ledger()
}

fn unkept(path: &Path, error: &io::Error) -> Failure {
    let said = Sentence::new("book-unkept").with("file", path.display().to_string());
    Failure::Offline(said.with("reason", error.to_string()))
}
