//! `examples/acts_probe.rs` as a child process, built where it is older than what it is made of.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::SystemTime,
};

/// The example beside the tests. `cargo test` builds it with them, `cargo test --test NAME` does not.
pub fn probe() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let tests = std::env::current_exe().unwrap();
        let directory = tests.ancestors().nth(2).unwrap();
        let probe = directory.join("examples/acts_probe");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let newest = newest(&root.join("src")).max(changed(&root.join("examples/acts_probe.rs")));
        if changed(&probe) < newest {
            let release = directory.ends_with("release").then_some("--release");
            let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
            let built = cargo.args(["build", "--quiet", "--example", "acts_probe"]).args(release).status();
            assert!(built.unwrap().success());
        }
        probe
    })
}

fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { newest(&path) } else { changed(&path) }).max().flatten()
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

/// In memory where there is such a place: what a killed process wrote is there either way, and a round is quicker.
pub fn quick_directory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}
