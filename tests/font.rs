//! The pictures of `screenshots/` are SVG, and the font beside them has every letter they show: `cargo test --features pictures`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../examples/screenshots/png.rs"]
#[allow(dead_code)]
mod png;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
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

#[test]
fn every_picture_is_svg_and_the_font_has_its_letters() {
    let mut letters = BTreeSet::new();
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "svg")) {
        let (name, svg) = (file.display(), fs::read_to_string(&file).unwrap());
        let tree = Tree::from_str(&svg, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(tree.root().has_children(), "{name} is empty");
        letters.extend(written(&svg));
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
