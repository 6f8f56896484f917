//! The pictures of `screenshots/`: every one can be made, is SVG whose letters the font has, and shows the program as it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../examples/screenshots/png.rs"]
#[allow(dead_code)]
mod png;
#[path = "../examples/screenshots/shots.rs"]
#[allow(dead_code)]
mod shots;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use ratatui::{buffer::Buffer, layout::Rect};
use resvg::usvg::{Group, Node, Options, Tree};
use tiendo::ui::{
    glyphs::UNICODE,
    svg::{SvgOptions, svg},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

/// All of them, by name, as they are now.
static SHOTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let shots = shots::all();
    shots.into_iter().map(|shot| (shot.name.clone(), shot.svg())).collect()
});

#[test]
fn pictures_are_current() {
    let mut old = Vec::new();
    let mut names = BTreeSet::new();
    for (name, svg) in &*SHOTS {
        let file = folder().join(format!("{name}.svg"));
        if fs::read_to_string(&file).ok().as_ref() != Some(svg) || !file.with_extension("png").exists() {
            old.push(name);
        }
        assert!(names.insert(name.clone()), "two pictures have one name");
    }
    let left: Vec<String> = pictures().filter(|name| !names.contains(name)).collect();
    assert!(
        old.is_empty() && left.is_empty(),
        "not as the program looks now: {old:?}, in the list no more: {left:?}; make them anew and look at them: \
         cargo run --release --example screenshots"
    );
}

/// The names of the pictures in the folder.
fn pictures() -> impl Iterator<Item = String> {
    let paths = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let pictures = paths.filter(|path| path.extension().is_some_and(|ending| ending == "svg" || ending == "png"));
    pictures.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
}

#[test]
fn every_picture_is_svg_and_the_font_has_its_letters() {
    let mut letters = BTreeSet::new();
    for (name, svg) in &*SHOTS {
        let tree = Tree::from_str(svg, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(tree.root().has_children(), "{name} is empty");
        letters.extend(written(svg));
    }
    // Signs that no picture shows today, too: what one monospaced font lacks, a terminal may not have either.
    let signs = format!("{UNICODE:?}").chars().filter(|sign| !sign.is_ascii()).map(String::from).collect();
    letters.extend(written(&each_once(&signs)));
    assert!(letters.contains("ế") && letters.contains("▲"), "the letters were not found: {letters:?}");
    // To set all the pictures in type takes long.
    let fonts = png::Fonts::load(&folder().join("font"));
    let tree = fonts.tree(&each_once(&letters));
    let mut missing = BTreeSet::new();
    assert_eq!(letters_missing(tree.root(), &mut missing), letters.len() - 1, "all but the blank");
    assert!(missing.is_empty(), "the font does not have {missing:?}");
}

/// A picture of each letter.
fn each_once(letters: &BTreeSet<String>) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, u16::try_from(letters.len()).unwrap(), 1));
    for (x, letter) in (0..).zip(letters) {
        buffer[(x, 0)].set_symbol(letter);
    }
    svg(&buffer, &SvgOptions::default())
}

/// The letters of a picture.
fn written(svg: &str) -> impl Iterator<Item = String> {
    let texts = svg.split("<tspan").skip(1).filter_map(|part| part.split_once('>')?.1.split('<').next());
    texts.flat_map(|text| text.chars().filter(|letter| !"&;".contains(*letter)).map(String::from))
}

/// Counts the letters, and gathers those the font does not have.
fn letters_missing(group: &Group, missing: &mut BTreeSet<String>) -> usize {
    let count = |node: &Node| match node {
        Node::Group(group) => letters_missing(group, missing),
        Node::Text(text) => {
            let glyphs = || text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            missing.extend(glyphs().filter(|glyph| glyph.id.0 == 0).map(|glyph| glyph.text.clone()));
            glyphs().count()
        }
        Node::Path(_) | Node::Image(_) => 0,
    };
    group.children().iter().map(count).sum()
}
