//! The pictures of `screenshots/`: every one can be made, and shows the program as it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../examples/screenshots/shots.rs"]
#[allow(dead_code)]
mod shots;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

#[test]
fn pictures_are_current() {
    let mut old = Vec::new();
    let mut names = BTreeSet::new();
    for shot in shots::all() {
        let file = folder().join(format!("{}.svg", shot.name));
        if fs::read_to_string(&file).ok().as_ref() != Some(&shot.svg()) || !file.with_extension("png").exists() {
            old.push(shot.name.clone());
        }
        assert!(names.insert(shot.name), "two pictures have one name");
    }
    let left: Vec<String> = pictures().filter(|name| !names.contains(name)).collect();
    assert!(
        old.is_empty() && left.is_empty(),
        "not as the program looks now: {old:?}, in the list no more: {left:?}; make them anew and look at them: \
         cargo run --release --features pictures --example screenshots"
    );
}

/// The names of the pictures in the folder.
fn pictures() -> impl Iterator<Item = String> {
    let paths = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let pictures = paths.filter(|path| path.extension().is_some_and(|ending| ending == "svg" || ending == "png"));
    pictures.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
}
