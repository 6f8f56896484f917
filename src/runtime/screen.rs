//! What the terminal shows, and the bytes that make it show the next frame.
//!
//! Pure: nothing is written here. Whoever writes the bytes says if that failed, and the next
//! frame is then written whole.

use std::io::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::paint::paint;
use super::sweep::{REPLACEMENT, REPLACEMENT_ASCII, sweep, sweep_line};
use super::terminal::{Frame, Options};

/// Frames up to this size are written at one go and cannot be seen half done; others are framed
/// by synchronised output, which costs 16 bytes.
const SYNC_FROM: usize = 1024;
const SYNC_BEGIN: &[u8] = b"\x1b[?2026h";
const SYNC_END: &[u8] = b"\x1b[?2026l";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

/// What the terminal shows, as far as it is known.
pub(super) struct Screen {
    /// The last frame; none was taken yet.
    shown: Option<Buffer>,
    /// The terminal does show it.
    known: bool,
    cursor: Option<Position>,
    title: Option<String>,
    bytes: Vec<u8>,
    replacement: char,
    erases_in_colour: bool,
}

impl Screen {
    pub(super) fn new(options: Options) -> Self {
        // In GNU screen what is erased has no colour. tmux, also called "screen", does better.
        let gnu_screen = std::env::var_os("STY").is_some() && std::env::var_os("TMUX").is_none();
        Self {
            shown: None,
            known: false,
            cursor: None,
            title: None,
            bytes: Vec::new(),
            replacement: if options.ascii { REPLACEMENT_ASCII } else { REPLACEMENT },
            erases_in_colour: !gnu_screen,
        }
    }

    /// The terminal may show anything.
    pub(super) fn forget(&mut self) {
        self.known = false;
    }

    /// What [`take`](Self::take) found to write.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Makes the bytes for `next`, or for the whole of the last frame when there is none.
    /// Returns the buffer that is no longer needed.
    pub(super) fn take(&mut self, next: Option<Frame>) -> Option<Buffer> {
        self.bytes.clear();
        let mut old = None;
        let mut cursor_was = self.cursor;
        if let Some(mut frame) = next {
            sweep(&mut frame.buffer, self.replacement);
            self.name(frame.title);
            cursor_was = std::mem::replace(&mut self.cursor, frame.cursor);
            old = self.shown.replace(frame.buffer);
        }
        let Some(shown) = &self.shown else {
            return None;
        };
        let begun = self.bytes.len();
        self.bytes.extend_from_slice(SYNC_BEGIN);
        match old.as_ref().filter(|old| self.known && old.area == shown.area) {
            Some(old) => {
                change(&mut self.bytes, (old, cursor_was), (shown, self.cursor), self.erases_in_colour);
            }
            None => write_whole(&mut self.bytes, shown, self.cursor, self.erases_in_colour),
        }
        if self.bytes.len() - begun < SYNC_FROM {
            self.bytes.drain(begun..begun + SYNC_BEGIN.len());
        } else {
            self.bytes.extend_from_slice(SYNC_END);
        }
        self.known = true;
        old
    }

    fn name(&mut self, title: Option<String>) {
        let title = title.map(|title| sweep_line(&title, self.replacement));
        if let Some(title) = title.filter(|title| self.title.as_ref() != Some(title)) {
            let _ = write!(self.bytes, "\x1b]2;{title}\x1b\\");
            self.title = Some(title);
        }
    }
}

type Shown<'a> = (&'a Buffer, Option<Position>);

fn change(out: &mut Vec<u8>, (old, cursor_was): Shown<'_>, (new, cursor): Shown<'_>, erases_in_colour: bool) {
    let begun = out.len();
    if cursor_was.is_some() {
        out.extend_from_slice(HIDE_CURSOR);
    }
    let hidden = out.len();
    paint(out, Some(old), new, erases_in_colour);
    if out.len() == hidden && cursor_was == cursor {
        out.truncate(begun);
    } else {
        place_cursor(out, cursor);
    }
}

fn write_whole(out: &mut Vec<u8>, new: &Buffer, cursor: Option<Position>, erases_in_colour: bool) {
    out.extend_from_slice(b"\x1b[m");
    out.extend_from_slice(HIDE_CURSOR);
    out.extend_from_slice(b"\x1b[2J");
    paint(out, None, new, erases_in_colour);
    place_cursor(out, cursor);
}

fn place_cursor(out: &mut Vec<u8>, cursor: Option<Position>) {
    if let Some(Position { x, y }) = cursor {
        let _ = write!(out, "\x1b[{};{}H\x1b[?25h", u32::from(y) + 1, u32::from(x) + 1);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn screen() -> Screen {
        Screen::new(Options { mouse: true, title: true, ascii: false })
    }

    fn frame(text: &str) -> Frame {
        Frame { buffer: Buffer::with_lines([text]), ..Frame::default() }
    }

    fn text(screen: &Screen) -> String {
        String::from_utf8_lossy(screen.bytes()).into_owned()
    }

    #[test]
    fn the_first_frame_is_written_whole_and_then_what_changed() {
        let mut screen = screen();
        assert!(screen.take(Some(frame("one"))).is_none());
        assert_eq!(text(&screen), "\x1b[m\x1b[?25l\x1b[2J\x1b[1;1Hone");
        let spare = screen.take(Some(frame("ona")));
        assert_eq!(text(&screen), "\x1b[1;3Ha");
        assert_eq!(spare, Some(Buffer::with_lines(["one"])));
        screen.take(Some(frame("ona")));
        assert_eq!(text(&screen), "");
    }

    #[test]
    fn what_was_not_written_is_written_whole_next_time() {
        let mut screen = screen();
        screen.take(Some(frame("one")));
        screen.forget();
        screen.take(Some(frame("one")));
        assert!(text(&screen).ends_with("\x1b[2J\x1b[1;1Hone"));
        screen.forget();
        assert!(screen.take(None).is_none());
        assert!(text(&screen).ends_with("\x1b[2J\x1b[1;1Hone"));
    }

    #[test]
    fn another_size_is_written_whole() {
        let mut screen = screen();
        screen.take(Some(frame("one")));
        screen.take(Some(frame("onto")));
        assert!(text(&screen).ends_with("\x1b[2J\x1b[1;1Honto"));
        screen.take(Some(Frame { buffer: Buffer::empty(Rect::ZERO), ..Frame::default() }));
        assert!(text(&screen).ends_with("\x1b[2J"));
    }

    #[test]
    fn the_cursor_is_hidden_while_cells_are_written_and_moved_when_they_are_not() {
        let at = |x| Frame { cursor: Some(Position::new(x, 0)), ..frame("one") };
        let mut screen = screen();
        screen.take(Some(at(0)));
        assert!(text(&screen).ends_with("one\x1b[1;1H\x1b[?25h"));
        screen.take(Some(at(2)));
        assert_eq!(text(&screen), "\x1b[?25l\x1b[1;3H\x1b[?25h");
        screen.take(Some(at(2)));
        assert_eq!(text(&screen), "");
        screen.take(Some(frame("one")));
        assert_eq!(text(&screen), "\x1b[?25l");
    }

    #[test]
    fn the_title_is_said_when_it_changes() {
        let named = |title: &str| Frame { title: Some(title.to_owned()), ..frame("one") };
        let mut screen = screen();
        screen.take(Some(named("Kế hoạch")));
        assert!(text(&screen).starts_with("\x1b]2;Kế hoạch\x1b\\"));
        screen.take(Some(named("Kế hoạch")));
        screen.take(Some(frame("one")));
        assert_eq!(text(&screen), "");
        screen.take(Some(named("a\x1b\\b")));
        assert_eq!(text(&screen), "\x1b]2;a\u{fffd}\\b\x1b\\");
    }

    #[test]
    fn large_frames_are_synchronised_small_ones_are_not() {
        let large = |c: &str| Frame { buffer: Buffer::with_lines([c.repeat(2000)]), ..Frame::default() };
        let mut screen = screen();
        screen.take(Some(large("a")));
        screen.take(Some(large("b")));
        assert!(text(&screen).starts_with("\x1b[?2026h\x1b[1;1Hbb") && text(&screen).ends_with("b\x1b[?2026l"));
    }
}
