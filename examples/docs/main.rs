//! Makes the pages of `docs/` that are made from files: `cargo run --example docs`. What they are made from: `keys.rs` and
//! `options.rs`. `tests/docs.rs` tells when they are old.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod keys;
mod options;

use std::{fs, path::Path};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (name, page) in [keys::page(), options::page()] {
        println!("docs/{name}: {} lines", page.lines().count());
        fs::write(folder.join(name), page).unwrap();
    }
}
