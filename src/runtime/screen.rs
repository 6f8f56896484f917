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
            replacement: if options.ascii {
                REPLACEMENT_ASCII
            } else {
                REPLACEMENT
            },
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
        match old
            .as_ref()
            .filter(|old| self.known && old.area == shown.area)
        {
            Some(old) => {
                change(
                    &mut self.bytes,
                    (old, cursor_was),
                    (shown, self.cursor),
                    self.erases_in_colour,
                );
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

fn change(
    out: &mut Vec<u8>,
    (old, cursor_was): Shown<'_>,
    (new, cursor): Shown<'_>,
    erases_in_colour: bool,
) {
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
        let _ = write!(
            out,
            "\x1b[{};{}H\x1b[?25h",
            u32::from(y) + 1,
            u32::from(x) + 1
        );
    }
}
