//! Makes the pictures of `screenshots/` from the sample plan, those that are not current, or all whose names begin with one of the
//! arguments: `cargo run --release --features pictures --example screenshots [NAME…]`.
//!
//! What they show is in `shots.rs`, how a picture becomes a PNG in `png.rs`. `tests/screenshots.rs` tells when they are old.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod png;
mod shots;

use std::{env, fs, path::Path};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let wanted: Vec<String> = env::args().skip(1).collect();
    let shots = shots::all();
    if wanted.is_empty() {
        remove_old(&folder, &shots);
    }
    let fonts = png::Fonts::load(&folder.join("font"));
    let chosen = |shot: &&shots::Shot| wanted.is_empty() || wanted.iter().any(|name| shot.name.starts_with(name));
    for shot in shots.iter().filter(chosen) {
        let svg = shot.svg();
        let [svg_file, png_file] = ["svg", "png"].map(|ending| folder.join(format!("{}.{ending}", shot.name)));
        let current = fs::read_to_string(&svg_file).is_ok_and(|before| before == svg) && png_file.exists();
        if current && wanted.is_empty() {
            continue;
        }
        let png = fonts.png(&svg);
        println!("{:<36} {:>4} KB svg {:>4} KB png", shot.name, svg.len().div_ceil(1024), png.len().div_ceil(1024));
        fs::write(svg_file, svg).unwrap();
        fs::write(png_file, png).unwrap();
    }
}

/// Removes pictures that are in the list no more.
fn remove_old(folder: &Path, shots: &[shots::Shot]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_picture = path.extension().is_some_and(|ending| ending == "svg" || ending == "png");
        let named = |shot: &shots::Shot| path.file_stem().is_some_and(|stem| stem == shot.name.as_str());
        if is_picture && !shots.iter().any(named) {
            fs::remove_file(path).unwrap();
        }
    }
}
