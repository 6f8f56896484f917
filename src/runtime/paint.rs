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

/// Up to so many unchanged blanks are typed: a move takes four bytes or five.
const GAP_MAX: usize = 4;

/// Appends to `out` what turns `prev` into `next`, which have the same area; without `prev`, what
/// writes `next` on a blank screen.
///
/// The terminal's attributes are taken to be reset, and are left so. `erases_in_colour`: what it
/// erases takes the background in force (GNU screen's does not).
pub(super) fn paint(out: &mut Vec<u8>, prev: Option<&Buffer>, next: &Buffer, erases_in_colour: bool) {
    let width = usize::from(next.area.width);
    if width == 0 {
        return;
    }
    let blank = if prev.is_none() { vec![Cell::EMPTY; width] } else { Vec::new() };
    let mut before = prev.map(|prev| prev.content.chunks(width));
    let mut brush = Brush::new(out, erases_in_colour);
    for (y, after) in (0_u16..).zip(next.content.chunks(width)) {
        let before = before.as_mut().map_or(Some(blank.as_slice()), Iterator::next).unwrap_or_default();
        if before != after {
            paint_row(&mut brush, y, before, after);
        }
    }
    brush.finish();
}

fn paint_row(brush: &mut Brush<'_>, y: u16, before: &[Cell], after: &[Cell]) {
    // What becomes of half a wide symbol differs between terminals: such a row is written whole.
    let whole = before.iter().chain(after).any(|cell| cell.symbol().len() > 1 && cell.cell_width() > 1);
    let mut hidden = 0;
    let mut put = false;
    for (x, (was, is)) in (0_u16..).zip(before.iter().zip(after)) {
        if hidden > 0 {
            hidden -= 1;
            continue;
        }
        put = whole || !looks_same(was, is) || (put && spans_gap(before, after, usize::from(x)));
        if put {
            hidden = brush.put(x, y, is);
        }
    }
    brush.lay_blanks(true);
}

/// The unchanged blanks from `x` on, behind a cell that is written, are fewer bytes than a move to
/// the next cell that is.
fn spans_gap(before: &[Cell], after: &[Cell], x: usize) -> bool {
    let Some(left) = x.checked_sub(1).and_then(|left| after.get(left)) else {
        return false;
    };
    for (was, is) in before.iter().zip(after).skip(x).take(GAP_MAX + 1) {
        if !looks_same(was, is) {
            return true;
        }
        if !is_blank(is) || is.bg != left.bg {
            return false;
        }
    }
    false
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
        Self { out, erases_in_colour, pen: PLAIN, at: None, row: None, blanks: None }
    }

    /// Puts one cell; returns how many columns behind it are covered by it.
    fn put(&mut self, x: u16, y: u16, cell: &Cell) -> u16 {
        if is_blank(cell) {
            self.put_blank(x, y, cell.bg);
            return 0;
        }
        // Blanks up to this symbol are typed if short; it then needs no move.
        let adjoins = self.blanks.is_some_and(|blanks| blanks.y == y && blanks.x + blanks.count == x);
        self.lay_blanks(!adjoins);
        self.go(x, y);
        let underline = if cell.modifier.contains(Modifier::UNDERLINED) { cell.underline_color } else { Color::Reset };
        self.pen.take(self.out, Pen { fg: cell.fg, bg: cell.bg, underline, modifier: cell.modifier });
        let symbol = cell.symbol();
        self.out.extend_from_slice(symbol.as_bytes());
        let width = if symbol.len() == 1 { 1 } else { symbol.cell_width().max(1) };
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
        let ink = if self.pen.modifier.intersects(SEEN_ON_BLANK) { PLAIN } else { self.pen };
        self.pen.take(self.out, Pen { bg: blanks.bg, ..ink });
        let paper = self.erases_in_colour || blanks.bg == Color::Reset;
        if paper && (blanks.count >= ERASE_FROM || (last && blanks.count > 4)) {
            let _ = write!(self.out, "\x1b[{}X", blanks.count);
        } else {
            self.out.extend(std::iter::repeat_n(b' ', usize::from(blanks.count)));
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

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use proptest::prelude::*;
    use ratatui::backend::{Backend as _, CrosstermBackend};
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn painted(prev: Option<&Buffer>, next: &Buffer) -> Vec<u8> {
        let mut out = Vec::new();
        paint(&mut out, prev, next, true);
        out
    }

    fn terminal(area: Rect) -> vt100::Parser {
        let side = |cells| NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN);
        vt100::Parser::new(side(area.height), side(area.width), 0)
    }

    /// A table as it will be: Vietnamese text, six colours, one row marked. 120 by 36; `narrow` as in
    /// the overview, where two tables stand side by side.
    fn table(marked: u16, style: Style, narrow: bool) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
        let (width, late, agency, report, due, act) =
            if narrow { (58, 2, 10, 22, 41, 48) } else { (118, 2, 10, 40, 76, 90) };
        for y in 2..34 {
            let base = if y == marked { style } else { Style::new() };
            buffer.set_style(Rect::new(1, y, width, 1), base);
            let texts = [
                (1, if y == marked { "▌" } else { " " }, Color::Rgb(90, 160, 250)),
                (late, "154 ng", Color::Rgb(230, 80, 80)),
                (agency, "Bù Gia Mập", Color::Rgb(220, 220, 220)),
                (report, "BC 6 tháng đầu năm", Color::Rgb(220, 220, 220)),
                (due, "19/06", Color::Rgb(140, 140, 140)),
                (act, "chưa xử lý", Color::Rgb(200, 160, 60)),
            ];
            for (x, text, fg) in texts {
                buffer.set_string(x, y, text, base.fg(fg));
            }
        }
        buffer
    }

    #[test]
    fn moving_the_highlight_costs_few_bytes() {
        // How it is marked; at most so many bytes in half the screen's width, and in all of it.
        let marked = [
            (Style::new(), 40, 40),
            (Style::new().bg(Color::Indexed(237)), 350, 400),
            (Style::new().bg(Color::Rgb(40, 44, 60)), 350, 400),
            (Style::new().add_modifier(Modifier::BOLD), 350, 400),
            // Reversed blanks cannot be erased.
            (Style::new().add_modifier(Modifier::REVERSED), 400, 500),
        ];
        for (style, half, all) in marked {
            for (narrow, most) in [(true, half), (false, all)] {
                let (prev, next) = (table(10, style, narrow), table(11, style, narrow));
                let mut theirs = CrosstermBackend::new(Vec::new());
                theirs.draw(prev.diff_iter(&next)).unwrap_or_default();
                let (ours, theirs) = (painted(Some(&prev), &next).len(), written(&theirs).len());
                assert!(ours <= most && ours < theirs, "{ours} bytes for {style:?}, narrow: {narrow}");
            }
        }
    }

    #[test]
    fn the_same_picture_costs_nothing() {
        let buffer = table(5, Style::new(), false);
        assert_eq!(painted(Some(&buffer), &buffer), b"");
    }

    #[test]
    fn blanks_are_erased_and_their_ink_does_not_count() {
        let mut prev = Buffer::with_lines(["abcdefghijklmnopqrst"]);
        let next = Buffer::empty(prev.area);
        assert_eq!(painted(Some(&prev), &next), b"\x1b[1;1H\x1b[20X");
        prev.set_style(prev.area, Style::new());
        let mut inked = next.clone();
        inked.set_style(next.area, Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        assert_eq!(painted(Some(&next), &inked), b"");
    }

    #[test]
    fn without_colour_in_erasing_coloured_blanks_are_typed() {
        let prev = Buffer::empty(Rect::new(0, 0, 20, 1));
        let mut next = prev.clone();
        next.set_style(next.area, Style::new().bg(Color::Blue));
        let mut out = Vec::new();
        paint(&mut out, Some(&prev), &next, false);
        assert_eq!(out, format!("\x1b[1;1H\x1b[44m{}\x1b[m", " ".repeat(20)).as_bytes());
    }

    #[test]
    fn underlines_have_their_colour() {
        let prev = Buffer::empty(Rect::new(0, 0, 1, 1));
        let mut next = prev.clone();
        next.set_string(0, 0, "x", Style::new().underlined_in(Color::Rgb(1, 2, 3)));
        assert_eq!(painted(Some(&prev), &next), b"\x1b[1;1H\x1b[4;58:2::1:2:3mx\x1b[m");
    }

    #[test]
    fn after_a_symbol_of_doubtful_width_the_place_is_named() {
        let prev = Buffer::empty(Rect::new(0, 0, 6, 1));
        let next = Buffer::with_lines(["e\u{301}b漢c "]);
        let out = String::from_utf8(painted(Some(&prev), &next)).unwrap_or_default();
        assert!(out.contains("e\u{301}\x1b[2Gb漢\x1b[5Gc"), "{out:?}");
    }

    trait Underlined {
        fn underlined_in(self, colour: Color) -> Self;
    }

    impl Underlined for Style {
        fn underlined_in(self, colour: Color) -> Self {
            self.add_modifier(Modifier::UNDERLINED).underline_color(colour)
        }
    }

    fn any_style() -> impl Strategy<Value = Style> {
        let colour = prop_oneof![
            Just(Color::Reset),
            Just(Color::Red),
            Just(Color::LightCyan),
            Just(Color::Indexed(99)),
            Just(Color::Rgb(1, 2, 3))
        ];
        let modifier = prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::REVERSED,
            Modifier::UNDERLINED | Modifier::ITALIC,
            Modifier::BOLD | Modifier::REVERSED,
        ]);
        (colour.clone(), colour, modifier).prop_map(|(fg, bg, m)| Style::reset().fg(fg).bg(bg).add_modifier(m))
    }

    fn any_buffer() -> impl Strategy<Value = Buffer> {
        let text = prop::sample::select(vec!["a", "ế", "xyz", "  ", "                ", "漢字", "e\u{301}", "│", "漢"]);
        prop::collection::vec((0_u16..24, 0_u16..4, text, any_style()), 0..12).prop_map(|strings| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 4));
            for (x, y, text, style) in strings {
                buffer.set_string(x, y, text, style);
            }
            // Strings written over half a wide symbol leave what the sweep would mend.
            super::super::sweep::sweep(&mut buffer, '?');
            buffer
        })
    }

    /// What one sees: blanks have no ink.
    fn seen(parser: &vt100::Parser) -> Vec<String> {
        let screen = parser.screen();
        let cell = |y, x| {
            let Some(cell) = screen.cell(y, x) else {
                return String::new();
            };
            let ink = (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
            let text = Some(cell.contents()).filter(|text| !text.is_empty()).unwrap_or(" ");
            let bare = text == " " && !cell.inverse();
            let ink = if bare { Default::default() } else { ink };
            format!("{text:?} {ink:?} {:?} {} {}", cell.bgcolor(), cell.inverse(), cell.underline())
        };
        (0..4).flat_map(|y| (0..24).map(move |x| cell(y, x))).collect()
    }

    proptest! {
        #[test]
        fn painting_what_changed_shows_the_same_as_painting_all(buffers in prop::collection::vec(any_buffer(), 1..5)) {
            let mut changed = terminal(Rect::new(0, 0, 24, 4));
            let mut last: Option<&Buffer> = None;
            for next in &buffers {
                changed.process(&painted(last, next));
                let mut whole = terminal(next.area);
                let mut backend = CrosstermBackend::new(Vec::new());
                backend.draw(Buffer::empty(next.area).diff_iter(next)).unwrap_or_default();
                whole.process(&written(&backend));
                prop_assert_eq!(seen(&changed), seen(&whole));
                last = Some(next);
            }
        }
    }

    /// The bytes a backend wrote: it does not give them out.
    fn written(backend: &CrosstermBackend<Vec<u8>>) -> Vec<u8> {
        let shown = format!("{backend:?}");
        let list = shown.split(['[', ']']).nth(1).unwrap_or_default();
        list.split(", ").filter_map(|byte| byte.parse().ok()).collect()
    }
}
