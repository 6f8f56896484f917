//! What is said where the screen has no room for a panel.

use ratatui::buffer::Buffer;

use super::{
    Look,
    paragraph::wrapped,
    pen::{put, width},
    theme::Role,
};
use crate::panels::view::{Area, LEAST};

/// Asks for a larger screen, in the middle of it.
pub fn draw(buffer: &mut Buffer, screen: Area, look: &Look<'_>) {
    if screen.width == 0 || screen.height == 0 {
        return;
    }
    let text =
        look.words.with("too-small", &[("width", u32::from(LEAST.0).into()), ("height", u32::from(LEAST.1).into())]);
    let lines = wrapped(&text, screen.width);
    let seen = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(screen.height);
    let top = screen.y + (screen.height - seen) / 2;
    for (y, line) in (top..top + seen).zip(lines) {
        let x = screen.x + screen.width.saturating_sub(width(line)) / 2;
        put(buffer, x, y, screen.width, line, look.palette.style(Role::Text));
    }
}
