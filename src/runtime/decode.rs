//! Bytes a terminal sends, made into keys, pasted text and mouse events.
//!
//! Names and modifiers are those crossterm gives them, so that bindings mean the same everywhere.
//! Answers to questions we did not ask (a colour, a cursor position) are swallowed whole: read as
//! keys, their letters would act. The parameters of control sequences are read in `sequence`.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::input::Input;
use super::sequence;

/// How long after an Esc the rest of a sequence may come; then it was the key.
const ESC_PATIENCE: Duration = Duration::from_millis(20);
/// The same for a sequence that has begun, which nobody types by hand.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(200);
/// A paste whose end got lost is taken as it is after this silence; else no key would ever act again.
const PASTE_PATIENCE: Duration = Duration::from_secs(5);
/// Longer than any sequence with a meaning to us.
const SEQUENCE_MAX: usize = 4096;
/// More pasted text than any field takes; the rest is dropped, its end is still found.
const PASTE_MAX: usize = 1 << 20;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Holds what is not yet complete.
#[derive(Default)]
pub(super) struct Decoder {
    held: Vec<u8>,
    /// Text pasted so far, while a paste is under way.
    paste: Option<Vec<u8>>,
}

/// What the first bytes held are.
enum Parsed {
    /// So many bytes, and what they mean, if anything.
    Done(usize, Option<Input>),
    PasteBegins(usize),
    Incomplete,
}

impl Decoder {
    /// Takes bytes in, gives the events they complete.
    pub(super) fn feed(&mut self, bytes: &[u8], out: &mut impl FnMut(Input)) {
        self.held.extend_from_slice(bytes);
        self.take(false, out);
    }

    /// How long to wait for the rest of what is held; none when nothing is.
    pub(super) fn patience(&self) -> Option<Duration> {
        if self.paste.is_some() {
            return Some(PASTE_PATIENCE);
        }
        match self.held.as_slice() {
            [] => None,
            [0x1b] => Some(ESC_PATIENCE),
            _ => Some(SEQUENCE_PATIENCE),
        }
    }

    /// The rest did not come: what is held is taken for what it then is.
    pub(super) fn give_up_waiting(&mut self, out: &mut impl FnMut(Input)) {
        if let Some(mut text) = self.paste.take() {
            text.append(&mut self.held);
            out(pasted(text));
        }
        self.take(true, out);
        self.held.clear();
    }

    fn take(&mut self, last: bool, out: &mut impl FnMut(Input)) {
        let mut held = std::mem::take(&mut self.held);
        let mut at = 0;
        while let Some(rest) = held.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(text) = &mut self.paste {
                let (used, ended) = take_pasted(rest, text);
                at += used;
                if !ended {
                    break;
                }
                out(pasted(self.paste.take().unwrap_or_default()));
                continue;
            }
            match parse(rest, last) {
                Parsed::Done(used, input) => {
                    at += used;
                    input.into_iter().for_each(&mut *out);
                }
                Parsed::PasteBegins(used) => {
                    at += used;
                    self.paste = Some(Vec::new());
                }
                Parsed::Incomplete if rest.len() > SEQUENCE_MAX => at = held.len(),
                Parsed::Incomplete => break,
            }
        }
        held.drain(..at);
        self.held = held;
    }
}

/// Moves pasted bytes into `text`: how many were used, and whether that was all of the paste.
fn take_pasted(bytes: &[u8], text: &mut Vec<u8>) -> (usize, bool) {
    let found = bytes
        .windows(PASTE_END.len())
        .position(|window| window == PASTE_END);
    // What may be the beginning of the end waits for the rest.
    let sure = found.unwrap_or_else(|| {
        let longest = PASTE_END.len().min(bytes.len() + 1);
        let begun = (1..longest)
            .rev()
            .find(|&count| bytes.ends_with(PASTE_END.get(..count).unwrap_or_default()));
        bytes.len() - begun.unwrap_or(0)
    });
    let room = PASTE_MAX.saturating_sub(text.len());
    text.extend(bytes.iter().take(sure.min(room)));
    match found {
        Some(at) => (at + PASTE_END.len(), true),
        None => (sure, false),
    }
}

fn pasted(text: Vec<u8>) -> Input {
    Input::Paste(
        String::from_utf8(text)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    )
}

/// `last`: nothing more will come.
fn parse(bytes: &[u8], last: bool) -> Parsed {
    match bytes {
        [] => Parsed::Incomplete,
        [0x1b] if last => Parsed::Done(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [0x1b] => Parsed::Incomplete,
        // Twice Esc, or Esc before a sequence: the first stands for itself.
        [0x1b, 0x1b, ..] => Parsed::Done(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [
            0x1b,
            opener @ (b'[' | b'O' | b']' | b'P' | b'_' | b'^' | b'X'),
            rest @ ..,
        ] => parse_sequence(*opener, rest, last),
        [0x1b, rest @ ..] => {
            let parsed = parse_char(rest, last);
            if let Parsed::Done(used, input) = parsed {
                Parsed::Done(used + 1, input.map(with_alt))
            } else {
                parsed
            }
        }
        _ => parse_char(bytes, last),
    }
}

/// `rest` is what follows Esc and the opener.
fn parse_sequence(opener: u8, rest: &[u8], last: bool) -> Parsed {
    if rest.is_empty() {
        // Alone, it was Alt with that key.
        let alone = with_alt(char_key(char::from(opener)));
        return if last {
            Parsed::Done(2, Some(alone))
        } else {
            Parsed::Incomplete
        };
    }
    let end = match opener {
        b'[' => sequence::csi_len(rest),
        b'O' => sequence::ss3_len(rest),
        _ => sequence::string_len(rest),
    };
    let Some(body) = end.and_then(|end| rest.get(..end)) else {
        return if last {
            Parsed::Done(rest.len() + 2, None)
        } else {
            Parsed::Incomplete
        };
    };
    let used = body.len() + 2;
    match (opener, body) {
        (b'[', b"200~") => Parsed::PasteBegins(used),
        (b'[', _) => Parsed::Done(used, sequence::csi(body)),
        (b'O', _) => Parsed::Done(used, sequence::ss3(body)),
        _ => Parsed::Done(used, None),
    }
}

/// One character as typed, control keys among them.
fn parse_char(bytes: &[u8], last: bool) -> Parsed {
    let Some(&first) = bytes.first() else {
        return Parsed::Incomplete;
    };
    let control = |c: u8| key(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    let input = match first {
        0 => control(b' '),
        b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
        b'\r' => key(KeyCode::Enter, KeyModifiers::NONE),
        0x7f => key(KeyCode::Backspace, KeyModifiers::NONE),
        0x01..=0x1a => control(first - 1 + b'a'),
        0x1b => key(KeyCode::Esc, KeyModifiers::NONE),
        0x1c..=0x1f => control(first - 0x1c + b'4'),
        0x20..=0x7e => char_key(char::from(first)),
        0x80.. => return parse_utf8(bytes, last),
    };
    Parsed::Done(1, Some(input))
}

fn parse_utf8(bytes: &[u8], last: bool) -> Parsed {
    let start = bytes.get(..bytes.len().min(4)).unwrap_or(bytes);
    let valid = match str::from_utf8(start) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            str::from_utf8(start.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(error) => {
            return match error.error_len() {
                None if !last => Parsed::Incomplete,
                wrong => Parsed::Done(wrong.unwrap_or(start.len()), None),
            };
        }
    };
    match valid.chars().next() {
        // C1 controls have no key.
        Some(c) => Parsed::Done(c.len_utf8(), (!c.is_control()).then(|| char_key(c))),
        None => Parsed::Incomplete,
    }
}

fn char_key(c: char) -> Input {
    let modifiers = if c.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    key(KeyCode::Char(c), modifiers)
}

fn with_alt(input: Input) -> Input {
    let Input::Key(mut event) = input else {
        return input;
    };
    event.modifiers |= KeyModifiers::ALT;
    Input::Key(event)
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(KeyEvent::new(code, modifiers))
}
