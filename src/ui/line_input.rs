//! A line being typed, scrolled so that the cursor is seen.

use ratatui::{buffer::Buffer, layout::Position};
use tui_input::Input;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    Look,
    pen::{put, width},
    theme::Role,
};

/// Draws `input` into `room` cells from `x`, `y`. Gives the cursor's place.
pub(super) fn draw(buffer: &mut Buffer, (x, y): (u16, u16), room: u16, input: &Input, look: &Look<'_>) -> Position {
    let text = input.value();
    let cursor = text.char_indices().nth(input.cursor()).map_or(text.len(), |(place, _)| place);
    let before = &text[..cursor];
    // The cursor itself takes the last cell.
    let mut hidden = width(before).saturating_sub(room.saturating_sub(1));
    let mut start = 0;
    for (place, grapheme) in text.grapheme_indices(true) {
        if hidden == 0 {
            start = place;
            break;
        }
        hidden = hidden.saturating_sub(width(grapheme));
        start = place + grapheme.len();
    }
    put(buffer, x, y, room, &text[start..], look.palette.style(Role::Input));
    let shown = before.get(start..).map_or(0, width);
    Position { x: x.saturating_add(shown.min(room.saturating_sub(1))), y }
}
