//! Is a file on a network share? SQLite's locks cannot be trusted there: two machines could write at once and damage it.

use std::path::Path;

/// The kind of share `path` is on (`nfs`); `None` on a disk of this machine, and where it cannot be told.
#[cfg(target_os = "linux")]
pub(super) fn share(path: &Path) -> Option<&'static str> {
    let magic = rustix::fs::statfs(path).ok()?.f_type;
    kind_of(u32::try_from(magic & 0xffff_ffff).ok()?).or_else(|| {
        let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
        fuse_share(&mounts, &path.canonicalize().ok()?)
    })
}

/// The same on a system that is not asked.
#[cfg(not(target_os = "linux"))]
pub(super) fn share(_path: &Path) -> Option<&'static str> {
    None
}

/// Of the magic numbers of `statfs(2)`, those of shares.
#[cfg(target_os = "linux")]
fn kind_of(magic: u32) -> Option<&'static str> {
    match magic {
        0x6969 => Some("nfs"),
        0x517b => Some("smb"),
        0xff53_4d42 => Some("cifs"),
        0xfe53_4d42 => Some("smb2"),
        0x5346_414f => Some("afs"),
        0x00c3_6400 => Some("ceph"),
        _ => None,
    }
}

/// The programs behind FUSE are told apart by the mount table only: `device directory type …`.
#[cfg(target_os = "linux")]
fn fuse_share(mounts: &str, path: &Path) -> Option<&'static str> {
    let mount = |line: &'_ str| -> Option<(usize, String)> {
        let mut words = line.split(' ').skip(1);
        let directory = words.next()?.replace("\\040", " ");
        let kind = words.next()?.to_owned();
        path.starts_with(&directory).then_some((directory.len(), kind))
    };
    let (_, kind) = mounts.lines().filter_map(mount).max_by_key(|(length, _)| *length)?;
    ["fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.s3fs"].into_iter().find(|share| *share == kind)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_from_disks() {
        assert_eq!(kind_of(0x6969), Some("nfs"));
        assert_eq!(kind_of(0xff53_4d42), Some("cifs"));
        assert_eq!(kind_of(0xef53), None, "ext4");
        let mounts = "/dev/sda1 / ext4 rw 0 0\nme@host:/ /home/me/far\\040away fuse.sshfs rw 0 0\n";
        assert_eq!(fuse_share(mounts, Path::new("/home/me/far away/ledger.db")), Some("fuse.sshfs"));
        assert_eq!(fuse_share(mounts, Path::new("/home/me/ledger.db")), None);
    }

    #[test]
    fn a_temporary_directory_is_on_no_share() {
        assert_eq!(share(&std::env::temp_dir()), None);
    }
}
