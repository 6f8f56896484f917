//! A picture as a PNG: at twice the size it asks for, with the fonts of the folder and no others, in a palette of 256 colours.

use std::{collections::HashMap, path::Path, sync::Arc};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

/// Colours in a PNG's palette.
const COLOURS: usize = 256;

type Rgba = [u8; 4];

/// Fonts to write with.
pub(crate) struct Fonts {
    options: Options<'static>,
}

impl Fonts {
    /// Those of a folder.
    pub(crate) fn load(folder: &Path) -> Self {
        let mut fonts = Database::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "ttf") {
                fonts.load_font_data(std::fs::read(path).unwrap());
            }
        }
        assert!(!fonts.is_empty(), "there is no font in {}", folder.display());
        Fonts { options: Options { fontdb: Arc::new(fonts), ..Options::default() } }
    }

    /// The picture as it would be drawn.
    pub(crate) fn tree(&self, svg: &str) -> Tree {
        Tree::from_str(svg, &self.options).expect("the picture is SVG")
    }

    /// The picture as a PNG.
    pub(crate) fn png(&self, svg: &str) -> Vec<u8> {
        let tree = self.tree(svg);
        let size = tree.size().to_int_size().scale_by(2.0).unwrap();
        let mut pixels = Pixmap::new(size.width(), size.height()).unwrap();
        resvg::render(&tree, Transform::from_scale(2.0, 2.0), &mut pixels.as_mut());
        let colours: Vec<Rgba> = pixels
            .pixels()
            .iter()
            .map(|pixel| pixel.demultiply())
            .map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
            .collect();
        encode(&colours, (size.width(), size.height()))
    }
}

fn encode(pixels: &[Rgba], (width, height): (u32, u32)) -> Vec<u8> {
    let (palette, places) = indexed(pixels);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.iter().flat_map(|colour| colour[..3].to_vec()).collect::<Vec<u8>>());
    encoder.set_trns(palette.iter().map(|colour| colour[3]).collect::<Vec<u8>>());
    encoder.set_deflate_compression(png::DeflateCompression::Level(9));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&places).unwrap();
    writer.finish().unwrap();
    out
}

/// The colours most used, and for each pixel the place of the nearest of them. Most pixels are of a few plain colours; what
/// is left out are steps of smoothed edges, whose neighbours nobody can tell from them.
fn indexed(pixels: &[Rgba]) -> (Vec<Rgba>, Vec<u8>) {
    let mut counts: HashMap<Rgba, usize> = HashMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut palette: Vec<(Rgba, usize)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
    palette.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let palette: Vec<Rgba> = palette.into_iter().take(COLOURS).map(|(colour, _)| colour).collect();
    let away =
        |one: Rgba, other: Rgba| -> u32 { (0..4).map(|part| u32::from(one[part].abs_diff(other[part])).pow(2)).sum() };
    let nearest = |colour: Rgba| (0..=u8::MAX).zip(&palette).min_by_key(|(_, known)| away(colour, **known)).unwrap().0;
    let places: HashMap<Rgba, u8> = counts.keys().map(|colour| (*colour, nearest(*colour))).collect();
    let pixels = pixels.iter().map(|pixel| places[pixel]).collect();
    (palette, pixels)
}
