//! Two buffers in, the fewest bytes out that turn the one on the screen into the other.
//!
//! ratatui's own backend resets all colours at both ends of a frame, repeats the background with
//! every change of the foreground and trusts that each symbol is as wide as it believes. Here only
//! what changes is said, runs of blanks are erased instead of typed, and after any symbol whose
//! width terminals disagree on the cursor is placed anew. The buffers are taken to be swept.

use std::io::Write as _;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::pen::{PLAIN, Pen};

/// Attributes one sees even where there is no ink.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Shorter runs of blanks are cheaper typed than erased and stepped over.
const ERASE_FROM: u16 = 10;

/// Appends to `out` what turns `prev` into `next`, which have the same area; without `prev`, what
/// writes `next` on a blank screen.
///
/// The terminal's attributes are taken to be reset, and are left so. `erases_in_colour`: what it
/// erases takes the background in force (GNU screen's does not).
pub(super) fn paint(
    out: &mut Vec<u8>,
    prev: Option<&Buffer>,
    next: &Buffer,
    erases_in_colour: bool,
) {
    let width = usize::from(next.area.width);
    if width == 0 {
        return;
    }
    let blank = if prev.is_none() {
        vec![Cell::EMPTY; width]
    } else {
        Vec::new()
    };
    let mut before = prev.map(|prev| prev.content.chunks(width));
    let mut brush = Brush::new(out, erases_in_colour);
    for (y, after) in (0_u16..).zip(next.content.chunks(width)) {
        let before = before
            .as_mut()
            .map_or(Some(blank.as_slice()), Iterator::next)
            .unwrap_or_default();
        if before != after {
            paint_row(&mut brush, y, before, after);
        }
    }
    brush.finish();
}

fn paint_row(brush: &mut Brush<'_>, y: u16, before: &[Cell], after: &[Cell]) {
    // What becomes of half a wide symbol differs between terminals: such a row is written whole.
    let whole = before
        .iter()
        .chain(after)
        .any(|cell| cell.symbol().len() > 1 && cell.cell_width() > 1);
    let mut hidden = 0;
    for (x, (was, is)) in (0_u16..).zip(before.iter().zip(after)) {
        if hidden > 0 {
            hidden -= 1;
            continue;
        }
        if whole || !looks_same(was, is) {
            hidden = brush.put(x, y, is);
        }
    }
    brush.lay_blanks(true);
}

fn looks_same(was: &Cell, is: &Cell) -> bool {
    was == is || (is_blank(was) && is_blank(is) && was.bg == is.bg)
}

/// Nothing but its background is seen.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANK)
}

/// Blanks put but not yet written.
#[derive(Clone, Copy)]
struct Blanks {
    x: u16,
    y: u16,
    count: u16,
    bg: Color,
}

struct Brush<'a> {
    out: &'a mut Vec<u8>,
    erases_in_colour: bool,
    pen: Pen,
    /// Where the terminal's cursor is, as far as it is sure.
    at: Option<(u16, u16)>,
    /// Its row: sure even where the column is not.
    row: Option<u16>,
    blanks: Option<Blanks>,
}

impl<'a> Brush<'a> {
    const fn new(out: &'a mut Vec<u8>, erases_in_colour: bool) -> Self {
        Self {
            out,
            erases_in_colour,
            pen: PLAIN,
            at: None,
            row: None,
            blanks: None,
        }
    }

    /// Puts one cell; returns how many columns behind it are covered by it.
    fn put(&mut self, x: u16, y: u16, cell: &Cell) -> u16 {
        if is_blank(cell) {
            self.put_blank(x, y, cell.bg);
            return 0;
        }
        // Blanks up to this symbol are typed if short; it then needs no move.
        let adjoins = self
            .blanks
            .is_some_and(|blanks| blanks.y == y && blanks.x + blanks.count == x);
        self.lay_blanks(!adjoins);
        self.go(x, y);
        let underline = if cell.modifier.contains(Modifier::UNDERLINED) {
            cell.underline_color
        } else {
            Color::Reset
        };
        self.pen.take(
            self.out,
            Pen {
                fg: cell.fg,
                bg: cell.bg,
                underline,
                modifier: cell.modifier,
            },
        );
        let symbol = cell.symbol();
        self.out.extend_from_slice(symbol.as_bytes());
        let width = if symbol.len() == 1 {
            1
        } else {
            symbol.cell_width().max(1)
        };
        let mut chars = symbol.chars();
        let sure = width == 1 && chars.next().is_some() && chars.next().is_none();
        self.at = sure.then_some((x.saturating_add(1), y));
        width - 1
    }

    fn put_blank(&mut self, x: u16, y: u16, bg: Color) {
        if let Some(blanks) = &mut self.blanks {
            if blanks.y == y && blanks.bg == bg && blanks.x + blanks.count == x {
                blanks.count += 1;
                return;
            }
            let adjoins = blanks.y == y && blanks.x + blanks.count == x;
            self.lay_blanks(!adjoins);
        }
        self.blanks = Some(Blanks { x, y, count: 1, bg });
    }

    /// Writes the blanks put so far. `last`: no symbol follows directly, so no move is saved by typing them.
    fn lay_blanks(&mut self, last: bool) {
        let Some(blanks) = self.blanks.take() else {
            return;
        };
        self.go(blanks.x, blanks.y);
        // Underlines and the like would show; the foreground would not.
        let ink = if self.pen.modifier.intersects(SEEN_ON_BLANK) {
            PLAIN
        } else {
            self.pen
        };
        self.pen.take(
            self.out,
            Pen {
                bg: blanks.bg,
                ..ink
            },
        );
        let paper = self.erases_in_colour || blanks.bg == Color::Reset;
        if paper && (blanks.count >= ERASE_FROM || (last && blanks.count > 4)) {
            let _ = write!(self.out, "\x1b[{}X", blanks.count);
        } else {
            self.out
                .extend(std::iter::repeat_n(b' ', usize::from(blanks.count)));
            self.at = Some((blanks.x.saturating_add(blanks.count), blanks.y));
        }
    }

    fn go(&mut self, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        // Columns are named, never stepped: a disagreement about a width ends at the next move.
        let _ = if self.row == Some(y) {
            write!(self.out, "\x1b[{}G", u32::from(x) + 1)
        } else {
            write!(self.out, "\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1)
        };
        self.at = Some((x, y));
        self.row = Some(y);
    }

    fn finish(&mut self) {
        self.lay_blanks(true);
        self.pen.take(self.out, PLAIN);
    }
}
