//! What the terminal itself says of what it can do: asked in its own language, waited for a moment, the terminal given back
//! as it was. Nothing of it stays on the screen.
//!
//! How wide a text is drawn is measured: it is written, and the terminal is asked where the cursor then stands. Every
//! terminal answers the last question (DA1), so that its answer says that no more will come.

use std::{
    io,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use super::platform::{self, Modes, Tty};

/// The texts whose width is measured: a Vietnamese word composed, the same with its marks apart, and signs of the screen.
pub const TEXTS: [&str; 3] = ["Tiến độ", "Tie\u{302}\u{301}n đo\u{323}\u{302}", "●◆▲▌✓"];

/// How wide each of them is to be drawn.
pub const WIDTHS: [u16; 3] = [7, 7, 5];

/// Where is the cursor? Then the line is made empty again.
const WHERE: &str = "\x1b[6n";
const EMPTY: &str = "\r\x1b[K";
/// Is the mouse told in the way it is asked for (DECRQM of 1006)?
const MOUSE: &str = "\x1b[?1006$p";
/// Has it a way to the clipboard (XTGETTCAP of `Ms`)?
const CLIPBOARD: &str = "\x1bP+q4d73\x1b\\";
/// What are you (DA1)? 52 among the answers is the clipboard.
const LAST: &str = "\x1b[c";

/// The most that is read: no terminal says so much.
const MOST: usize = 4_096;

/// What a terminal answered; what it did not is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// How wide each of [`TEXTS`] was drawn.
    pub widths: [Option<u16>; 3],
    /// Does it tell the mouse?
    pub mouse: Option<bool>,
    /// Does it take what is copied?
    pub clipboard: Option<bool>,
    /// Did it answer the last question?
    pub complete: bool,
}

/// Why a terminal was not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAsked {
    /// The standard input or output is none.
    NoTerminal,
    /// The program runs in the background: whoever is in front has the terminal.
    Background,
}

/// Asks the terminal and waits for its answers, at most `within`.
///
/// # Errors
///
/// When it cannot be opened or does not read; when the program is asked to end meanwhile. It is then as it was.
pub fn ask(within: Duration) -> io::Result<Result<Answers, NotAsked>> {
    if let Some(why) = why_not() {
        return Ok(Err(why));
    }
    // From here on a signal waits until the terminal is given back.
    let stop = platform::asked_to_stop()?;
    let held = Held::take()?;
    let answers = held.ask(Instant::now() + within)?;
    drop(held);
    if stop.load(Ordering::SeqCst) {
        return Err(io::ErrorKind::Interrupted.into());
    }
    Ok(Ok(answers))
}

/// Why no terminal can be asked; none where one can.
pub fn why_not() -> Option<NotAsked> {
    match (platform::is_terminal(), platform::is_in_front()) {
        (false, _) => Some(NotAsked::NoTerminal),
        (true, false) => Some(NotAsked::Background),
        (true, true) => None,
    }
}

/// The columns and rows of the terminal.
pub fn size() -> Option<(u16, u16)> {
    Tty::output().ok()?.size()
}

/// The terminal without echo, until it is dropped.
struct Held {
    tty: Tty,
    before: Modes,
}

impl Held {
    fn take() -> io::Result<Self> {
        let tty = Tty::input()?;
        let before = tty.make_raw()?;
        Ok(Held { tty, before })
    }

    fn ask(&self, until: Instant) -> io::Result<Answers> {
        let mut asked = String::new();
        for text in TEXTS {
            asked.extend(["\r", text, WHERE]);
        }
        asked.extend([MOUSE, CLIPBOARD, EMPTY, LAST]);
        self.write(asked.as_bytes(), until)?;
        let mut said = Vec::new();
        while said.len() < MOST && !answers(&said).complete {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !self.tty.wait_readable(left)? {
                break;
            }
            let mut bytes = [0; 256];
            let count = self.tty.read_now(&mut bytes)?;
            said.extend(bytes.iter().take(count));
        }
        Ok(answers(&said))
    }

    fn write(&self, mut bytes: &[u8], until: Instant) -> io::Result<()> {
        while !bytes.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !self.tty.wait_writable(Some(left))? {
                return Err(io::ErrorKind::TimedOut.into());
            }
            match self.tty.write_now(bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // What came late is not to be taken for what somebody typed.
        self.tty.discard_input();
        let _ = self.tty.set_modes(&self.before);
    }
}

/// What the bytes a terminal sent say. Anything else, keys somebody pressed meanwhile, is passed over.
fn answers(said: &[u8]) -> Answers {
    let mut answers = Answers::default();
    let mut measured = 0;
    let text = String::from_utf8_lossy(said);
    for piece in text.split('\x1b').skip(1) {
        if let Some(tail) = piece.strip_prefix('[') {
            let end = tail.find(|letter: char| ('\x40'..='\x7e').contains(&letter));
            let Some((parameters, last)) = end.and_then(|end| Some((tail.get(..end)?, tail[end..].chars().next()?)))
            else {
                continue;
            };
            control(&mut answers, &mut measured, parameters, last);
        } else if let Some(tail) = piece.strip_prefix('P') {
            // `1+r4d73=…` has it, `0+r4d73` has not.
            match tail.split_once("+r") {
                Some(("1", rest)) if rest.to_ascii_lowercase().starts_with("4d73") => answers.clipboard = Some(true),
                Some(_) | None => {}
            }
        }
    }
    answers
}

fn control(answers: &mut Answers, measured: &mut usize, parameters: &str, last: char) {
    match last {
        'R' => {
            let column = parameters.split_once(';').and_then(|(_, column)| column.parse::<u16>().ok());
            if let (Some(column), Some(width)) = (column, answers.widths.get_mut(*measured)) {
                *width = Some(column.saturating_sub(1));
                *measured += 1;
            }
        }
        'y' => {
            if let Some(state) = parameters.strip_prefix("?1006;").and_then(|rest| rest.strip_suffix('$')) {
                // 0 is not known to it, 4 is off for ever.
                answers.mouse = Some(!matches!(state, "0" | "4"));
            }
        }
        'c' => {
            if let Some(what) = parameters.strip_prefix('?') {
                answers.complete = true;
                if what.split(';').any(|one| one == "52") {
                    answers.clipboard = Some(true);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_are_as_wide_as_they_are_said_to_be() {
        let widths = TEXTS.map(|text| u16::try_from(unicode_width::UnicodeWidthStr::width(text)).unwrap());
        assert_eq!(widths, WIDTHS);
        assert_ne!(TEXTS[0], TEXTS[1], "one with its marks apart");
    }

    #[test]
    fn what_a_terminal_answers_is_understood_and_what_is_typed_meanwhile_is_not_taken_for_it() {
        let said = b"\x1b[3;8Rj\x1b[3;10R\x1b[A\x1b[3;6R\x1b[?1006;2$y\x1bP1+r4D73=5C\x1b\\\x1b[?62;22;52c";
        let answers = answers(said);
        assert_eq!(answers.widths, [Some(7), Some(9), Some(5)]);
        assert_eq!((answers.mouse, answers.clipboard, answers.complete), (Some(true), Some(true), true));
    }

    #[test]
    fn what_is_not_answered_or_cut_short_stays_unknown() {
        assert_eq!(answers(b""), Answers::default());
        let cut = answers(b"\x1b[3;8R\x1b[3;");
        assert_eq!((cut.widths, cut.complete), ([Some(7), None, None], false));
        let none = answers(b"\x1b[?1006;0$y\x1bP0+r4d73\x1b\\\x1b[?6c");
        assert_eq!((none.mouse, none.clipboard, none.complete), (Some(false), None, true));
        for end in 0..12 {
            let _ = answers(&b"\x1b[?62;52c\xff\x1b"[..end]);
        }
    }
}
