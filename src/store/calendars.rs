//! The last good copy of each calendar, so that a start without a network shows it. One file each; what cannot be kept or read is
//! no loss: it comes again.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use crate::own_files;

/// The largest copy that is read back, in bytes.
const LARGEST: u64 = 16 << 20;

/// Where the copy of one calendar is kept.
#[derive(Clone, Debug)]
pub struct KeptCalendar {
    path: PathBuf,
}

impl KeptCalendar {
    /// In `folder`, of the calendar at `address`, as `user` sees it.
    pub fn new(folder: &Path, address: &str, user: &str) -> Self {
        let mut digest = Sha256::new();
        for part in [address, user] {
            // So that no two parts are taken for others.
            digest.update(Sha256::digest(part.as_bytes()));
        }
        let name: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        KeptCalendar { path: folder.join(format!("{name}.ics")) }
    }

    /// What is kept, if anything is.
    pub fn read(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(&self.path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Keeps `bytes` in place of what was kept.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        own_files::make_directory(self.path.parent().unwrap_or(Path::new(".")))?;
        let beside = self.path.with_extension(format!("{}.part", std::process::id()));
        let written = (|| {
            let _ = fs::remove_file(&beside);
            own_files::make_file(&beside)?;
            let mut file = OpenOptions::new().write(true).open(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &self.path)
        })();
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }
}
