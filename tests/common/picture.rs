//! The screen as text: drawn on a buffer, without a terminal.

use std::sync::LazyLock;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Color, Modifier},
};
use tiendo::{
    app::{keys::Bindings, model::Model},
    ui::{
        Look,
        depth::Depth,
        draw,
        glyphs::Glyphs,
        palette::Palette,
        theme::{SHIPPED, Theme},
    },
    words::{LANGUAGES, Words},
};

/// The words of every language, read once.
static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| LANGUAGES.iter().map(Words::new).collect());

/// How the screen looks.
pub struct Appearance {
    /// Colours.
    pub palette: Palette,
    /// Words, by the model's language.
    pub words: &'static [Words],
    /// Signs.
    pub glyphs: &'static Glyphs,
}

impl Appearance {
    /// The theme of that name, in a depth.
    pub fn new(theme: &str, depth: Depth, ascii: bool) -> Self {
        let shipped = |name: &str| Theme::shipped(name).unwrap().unwrap();
        let palette = Palette::new(&shipped(theme), &shipped(SHIPPED[3].0), depth);
        Appearance { palette, words: &WORDS, glyphs: Glyphs::of(ascii) }
    }

    /// The dark theme in all colours.
    pub fn dark() -> Self {
        Appearance::new("dark", Depth::TrueColour, false)
    }

    /// Draws the model at a size.
    pub fn draw(&self, model: &Model, bindings: &Bindings, size: (u16, u16)) -> (Buffer, Option<Position>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let words = &self.words[model.language];
        let look = Look {
            palette: &self.palette,
            words,
            glyphs: self.glyphs,
            bindings,
            past_day: model.other_day.day().is_some(),
        };
        let cursor = draw(model, &look, &mut buffer).cursor;
        (buffer, cursor)
    }
}

/// The letters of a buffer, one line each, ended by a bar so that blanks at the end are seen.
pub fn text(buffer: &Buffer) -> String {
    lines(buffer).into_iter().map(|line| format!("{line}|\n")).collect()
}

/// The letters of each line.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width).max(1);
    let line = |cells: &[ratatui::buffer::Cell]| {
        let mut line = String::new();
        let mut hidden = 0;
        for cell in cells {
            if hidden == 0 {
                line.push_str(cell.symbol());
                hidden = unicode_width::UnicodeWidthStr::width(cell.symbol());
            }
            hidden = hidden.saturating_sub(1);
        }
        line
    };
    buffer.content.chunks(width).map(line).collect()
}

/// The letters of a buffer, each change of colour or emphasis in braces.
pub fn styled(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let mut out = String::new();
    for line in buffer.content.chunks(width) {
        let mut last = None;
        for cell in line {
            let style = (cell.fg, cell.bg, cell.modifier);
            if last != Some(style) {
                out.push_str(&format!("{{{}}}", told(style)));
                last = Some(style);
            }
            out.push_str(cell.symbol());
        }
        out.push('\n');
    }
    out
}

fn told((letters, ground, modifier): (Color, Color, Modifier)) -> String {
    let mut told = format!("{letters} on {ground}");
    for (flag, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if modifier.contains(flag) {
            told = format!("{told} {name}");
        }
    }
    told
}
