//! Files for their owner alone: made, kept and told apart. What a system without modes lacks stands beside it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Makes a directory, and those above it, that nobody else may look into.
#[cfg(unix)]
pub fn make_directory(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

/// Makes an empty file, where there is none, that nobody else may read at any moment.
pub fn make_file(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Puts a file that was written beside its place there, all at once and for good. What stands there is only replaced where that is
/// said; else it is [`io::ErrorKind::AlreadyExists`].
pub fn put_in_place(written: &Path, place: &Path, over: bool) -> io::Result<()> {
    fs::File::open(written)?.sync_all()?;
    if !over {
        // A link is never made over another file, however late that came.
        match fs::hard_link(written, place) {
            Ok(()) => {
                fs::remove_file(written)?;
                return settle(place);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // There are disks without links.
            Err(_) if place.symlink_metadata().is_ok() => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => {}
        }
    }
    fs::rename(written, place)?;
    settle(place)
}

/// The directory says on the disk, too, that the file is there. Where a directory cannot be asked for that, it is not.
fn settle(place: &Path) -> io::Result<()> {
    let directory = place.parent().filter(|directory| *directory != Path::new("")).unwrap_or(Path::new("."));
    if let Ok(directory) = fs::File::open(directory) {
        let _ = directory.sync_all();
    }
    Ok(())
}

/// A file that is written beside its place; removed again where it never got there.
#[derive(Debug)]
pub struct Beside(pub PathBuf);

impl Beside {
    /// An empty one that nobody else may read.
    ///
    /// # Errors
    ///
    /// Where it cannot be made there.
    pub fn of(place: &Path) -> io::Result<Self> {
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let beside = Beside(place.with_file_name(name));
        // What an earlier program of this number left is nobody's.
        beside.remove();
        make_file(&beside.0).map(|()| beside)
    }

    /// Puts it in its place; see [`put_in_place`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn put(&self, place: &Path, over: bool) -> io::Result<()> {
        put_in_place(&self.0, place, over)
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut name = self.0.clone().into_os_string();
            name.push(end);
            let _ = fs::remove_file(name);
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.remove();
    }
}

/// May anybody but its owner do anything with the file?
#[cfg(unix)]
pub fn is_open_to_others(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

/// Takes away what others may do with a file that was there already.
#[cfg(unix)]
pub fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if !is_open_to_others(path)? {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

/// What tells one file from another in its place: device and inode.
#[cfg(unix)]
pub type Identity = (u64, u64);

/// Which file is at `path`.
#[cfg(unix)]
pub fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

/// Makes a directory and those above it.
#[cfg(not(unix))]
pub fn make_directory(directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory)
}

/// Who may read a file is not told by its mode here.
#[cfg(not(unix))]
pub fn is_open_to_others(path: &Path) -> io::Result<bool> {
    fs::metadata(path).map(|_| false)
}

/// Nothing to take away by modes.
#[cfg(not(unix))]
pub fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Nothing tells files apart here.
#[cfg(not(unix))]
pub type Identity = ();

/// That there is a file at `path`.
#[cfg(not(unix))]
pub fn identity(path: &Path) -> io::Result<Identity> {
    fs::metadata(path).map(|_| ())
}
