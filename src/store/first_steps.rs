//! That the first steps were shown on this machine: an empty file in the data directory.

use std::{io, path::Path};

use crate::own_files;

/// Were they shown?
pub fn are_known(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Keeps that they were.
///
/// # Errors
///
/// Where the file cannot be made; then they are shown again.
pub fn keep(path: &Path) -> io::Result<()> {
    path.parent().map(own_files::make_directory).transpose()?;
    own_files::make_file(path)
}
