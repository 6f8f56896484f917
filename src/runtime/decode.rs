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
    let found = bytes.windows(PASTE_END.len()).position(|window| window == PASTE_END);
    // What may be the beginning of the end waits for the rest.
    let sure = found.unwrap_or_else(|| {
        let longest = PASTE_END.len().min(bytes.len() + 1);
        let begun = (1..longest).rev().find(|&count| bytes.ends_with(PASTE_END.get(..count).unwrap_or_default()));
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
    Input::Paste(String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// `last`: nothing more will come.
fn parse(bytes: &[u8], last: bool) -> Parsed {
    match bytes {
        [] => Parsed::Incomplete,
        [0x1b] if last => Parsed::Done(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [0x1b] => Parsed::Incomplete,
        // Twice Esc, or Esc before a sequence: the first stands for itself.
        [0x1b, 0x1b, ..] => Parsed::Done(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [0x1b, opener @ (b'[' | b'O' | b']' | b'P' | b'_' | b'^' | b'X'), rest @ ..] => {
            parse_sequence(*opener, rest, last)
        }
        [0x1b, rest @ ..] => {
            let parsed = parse_char(rest, last);
            if let Parsed::Done(used, input) = parsed { Parsed::Done(used + 1, input.map(with_alt)) } else { parsed }
        }
        _ => parse_char(bytes, last),
    }
}

/// `rest` is what follows Esc and the opener.
fn parse_sequence(opener: u8, rest: &[u8], last: bool) -> Parsed {
    if rest.is_empty() {
        // Alone, it was Alt with that key.
        let alone = with_alt(char_key(char::from(opener)));
        return if last { Parsed::Done(2, Some(alone)) } else { Parsed::Incomplete };
    }
    let end = match opener {
        b'[' => sequence::csi_len(rest),
        b'O' => sequence::ss3_len(rest),
        _ => sequence::string_len(rest),
    };
    let Some(body) = end.and_then(|end| rest.get(..end)) else {
        return if last { Parsed::Done(rest.len() + 2, None) } else { Parsed::Incomplete };
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
    let modifiers = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
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

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
    use proptest::prelude::*;

    use super::*;

    fn decoded(chunks: &[&[u8]]) -> Vec<Input> {
        let mut decoder = Decoder::default();
        let mut inputs = Vec::new();
        for chunk in chunks {
            decoder.feed(chunk, &mut |input| inputs.push(input));
        }
        if decoder.patience().is_some() {
            decoder.give_up_waiting(&mut |input| inputs.push(input));
        }
        assert_eq!(decoder.patience(), None);
        inputs
    }

    fn pressed(code: KeyCode) -> Input {
        key(code, KeyModifiers::NONE)
    }

    #[test]
    fn keys_have_the_names_crossterm_gives_them() {
        let (none, ctrl) = (KeyModifiers::NONE, KeyModifiers::CONTROL);
        let (alt, shift) = (KeyModifiers::ALT, KeyModifiers::SHIFT);
        for (bytes, code, modifiers) in [
            ("j", KeyCode::Char('j'), none),
            ("G", KeyCode::Char('G'), shift),
            ("?", KeyCode::Char('?'), none),
            ("ệ", KeyCode::Char('ệ'), none),
            ("Đ", KeyCode::Char('Đ'), shift),
            ("\r", KeyCode::Enter, none),
            ("\t", KeyCode::Tab, none),
            ("\x1b[Z", KeyCode::BackTab, shift),
            ("\x7f", KeyCode::Backspace, none),
            ("\0", KeyCode::Char(' '), ctrl),
            ("\x03", KeyCode::Char('c'), ctrl),
            ("\x1a", KeyCode::Char('z'), ctrl),
            ("\x1c", KeyCode::Char('4'), ctrl),
            ("\x1b", KeyCode::Esc, none),
            ("\x1bx", KeyCode::Char('x'), alt),
            ("\x1b[", KeyCode::Char('['), alt),
            ("\x1b]", KeyCode::Char(']'), alt),
            ("\x1b[A", KeyCode::Up, none),
            ("\x1bOB", KeyCode::Down, none),
            ("\x1b[1;5C", KeyCode::Right, ctrl),
            ("\x1b[1;6D", KeyCode::Left, ctrl | shift),
            ("\x1b[H", KeyCode::Home, none),
            ("\x1b[4~", KeyCode::End, none),
            ("\x1b[5~", KeyCode::PageUp, none),
            ("\x1b[6;5~", KeyCode::PageDown, ctrl),
            ("\x1bOP", KeyCode::F(1), none),
            ("\x1b[[A", KeyCode::F(1), none),
            ("\x1b[15~", KeyCode::F(5), none),
            ("\x1b[24~", KeyCode::F(12), none),
            ("\x1b[1;2R", KeyCode::F(3), shift),
            ("\x1b[27u", KeyCode::Esc, none),
            ("\x1b[112;5u", KeyCode::Char('p'), ctrl),
            ("\x1b[27;5;13~", KeyCode::Enter, ctrl),
            ("\x1b[103;2u", KeyCode::Char('G'), shift),
        ] {
            assert_eq!(decoded(&[bytes.as_bytes()]), [key(code, modifiers)], "{bytes:?}");
        }
    }

    #[test]
    fn holding_and_letting_go_are_told_where_the_terminal_tells_them() {
        for (bytes, kind) in [("\x1b[1;1:2A", KeyEventKind::Repeat), ("\x1b[1;1:3A", KeyEventKind::Release)] {
            let expected = KeyEvent::new_with_kind(KeyCode::Up, KeyModifiers::NONE, kind);
            assert_eq!(decoded(&[bytes.as_bytes()]), [Input::Key(expected)]);
        }
    }

    #[test]
    fn a_sequence_cut_in_two_is_still_one() {
        assert_eq!(decoded(&[b"\x1b", b"[", b"1;5", b"C"]), decoded(&[b"\x1b[1;5C"]));
        assert_eq!(
            decoded(&["ệ".as_bytes().split_at(1).0, "ệ".as_bytes().split_at(1).1]),
            [pressed(KeyCode::Char('ệ'))]
        );
    }

    #[test]
    fn what_no_key_sent_does_nothing() {
        for answer in [
            "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
            "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
            "\x1bP1$r0m\x1b\\",
            "\x1b_Gi=31;OK\x1b\\",
            "\x1b[?62;4c",
            "\x1b[12;40R",
            "\x1b[?1u",
            "\x1b[I",
            "\x1b[O",
            "\x1b[201~",
            "\x1b[M !!",
            "\x1b[99999999999999999999~",
            "\u{9b}",
        ] {
            assert_eq!(decoded(&[answer.as_bytes()]), [], "{answer:?}");
        }
        // Cut off: dropped, and what follows is read again.
        assert_eq!(decoded(&[b"\x1b[1;5\x1b[A"]), [pressed(KeyCode::Up)]);
        assert_eq!(decoded(&[b"\xff\xfej"]), [pressed(KeyCode::Char('j'))]);
    }

    #[test]
    fn esc_twice_is_esc_twice() {
        assert_eq!(decoded(&[b"\x1b\x1b"]), [pressed(KeyCode::Esc), pressed(KeyCode::Esc)]);
        assert_eq!(decoded(&[b"\x1b\x1b[A"]), [pressed(KeyCode::Esc), pressed(KeyCode::Up)]);
    }

    #[test]
    fn pasted_text_is_one_event_and_no_key() {
        let text = "q\r\x1b[Ad\u{1b}";
        let bytes = format!("\x1b[200~{text}\x1b[201~j");
        let expected = [Input::Paste(text.to_owned()), pressed(KeyCode::Char('j'))];
        assert_eq!(decoded(&[bytes.as_bytes()]), expected);
        let bytewise: Vec<&[u8]> = bytes.as_bytes().chunks(1).collect();
        assert_eq!(decoded(&bytewise), expected);
    }

    #[test]
    fn a_huge_paste_is_cut_and_its_end_found() {
        let bytes = [b"\x1b[200~".as_slice(), &vec![b'd'; PASTE_MAX + 10_000], PASTE_END, b"j"].concat();
        let chunks: Vec<&[u8]> = bytes.chunks(4096).collect();
        let inputs = decoded(&chunks);
        assert!(matches!(&inputs[..], [Input::Paste(text), Input::Key(_)] if text.len() == PASTE_MAX));
    }

    #[test]
    fn the_mouse_is_told_in_cells_from_0() {
        let at = |kind, modifiers| Input::Mouse(MouseEvent { kind, column: 10, row: 5, modifiers });
        for (bytes, expected) in [
            ("\x1b[<0;11;6M", at(MouseEventKind::Down(MouseButton::Left), KeyModifiers::NONE)),
            ("\x1b[<0;11;6m", at(MouseEventKind::Up(MouseButton::Left), KeyModifiers::NONE)),
            ("\x1b[<18;11;6M", at(MouseEventKind::Down(MouseButton::Right), KeyModifiers::CONTROL)),
            ("\x1b[<64;11;6M", at(MouseEventKind::ScrollUp, KeyModifiers::NONE)),
            ("\x1b[<65;11;6M", at(MouseEventKind::ScrollDown, KeyModifiers::NONE)),
            ("\x1b[<32;11;6M", at(MouseEventKind::Drag(MouseButton::Left), KeyModifiers::NONE)),
        ] {
            assert_eq!(decoded(&[bytes.as_bytes()]), [expected], "{bytes:?}");
        }
    }

    fn any_input() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            "[a-zA-Zếđ\r\t]{1,3}".prop_map(String::into_bytes),
            prop::sample::select(vec![
                "\x1b[A",
                "\x1bOP",
                "\x1b[1;5C",
                "\x1b[5~",
                "\x1b[<0;3;4M",
                "\x1b[200~đ\r\x1b[201~",
                "\x1b]0;t\x07"
            ])
            .prop_map(|text| text.as_bytes().to_vec()),
        ];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn where_the_bytes_are_cut_makes_no_difference(bytes in any_input(), size in 1_usize..8) {
            let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
            prop_assert_eq!(decoded(&chunks), decoded(&[&bytes]));
        }

        #[test]
        fn no_bytes_do_harm(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(0x1b), Just(b'['), Just(b';')], 0..200)) {
            decoded(&[&bytes]);
        }
    }
}
