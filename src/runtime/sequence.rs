//! Control sequences a terminal sends: where one ends, and which key or mouse event it is.
//!
//! xterm's, the Linux console's, rxvt's and kitty's keys; the mouse by SGR only, which is the one
//! asked for. What is not a key or the mouse means nothing here.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::input::Input;

/// Length of the body of a control sequence, from behind `Esc [`; none while it is incomplete.
pub(super) fn csi_len(rest: &[u8]) -> Option<usize> {
    match rest {
        // The Linux console's function keys; the old mouse report with its three bytes.
        [b'[', _, ..] => return Some(2),
        [b'['] => return None,
        [b'M', ..] => return (rest.len() >= 4).then_some(4),
        _ => {}
    }
    let end = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte))?;
    // A byte that cannot stand in a sequence ends it without being part of it.
    let is_final = rest.get(end).is_some_and(|byte| (0x40..=0x7e).contains(byte));
    Some(if is_final { end + 1 } else { end })
}

/// The same from behind `Esc O`.
pub(super) fn ss3_len(rest: &[u8]) -> Option<usize> {
    let end = rest.iter().position(|byte| !(0x30..=0x3f).contains(byte))?;
    Some(end + usize::from(rest.get(end).is_some_and(|byte| (0x40..=0x7e).contains(byte))))
}

/// The same for strings (`Esc ]`, `Esc P` …): up to BEL or `Esc \`, which are part of it.
pub(super) fn string_len(rest: &[u8]) -> Option<usize> {
    let bel = rest.iter().position(|&byte| byte == 7).map(|at| at + 1);
    let st = rest.windows(2).position(|pair| pair == b"\x1b\\").map(|at| at + 2);
    [bel, st].into_iter().flatten().min()
}

/// The key after `Esc O`.
pub(super) fn ss3(body: &[u8]) -> Option<Input> {
    let (&last, parameters) = body.split_last()?;
    let modifiers = modifiers(number(parameters));
    Some(Input::Key(KeyEvent::new(letter_key(last)?, modifiers)))
}

/// The event after `Esc [`.
pub(super) fn csi(body: &[u8]) -> Option<Input> {
    if let [b'[', letter @ b'A'..=b'E'] = body {
        return Some(Input::Key(KeyEvent::new(KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE)));
    }
    if let [b'M', ..] = body {
        return None;
    }
    let (&last, parameters) = body.split_last()?;
    if let Some(mouse) = parameters.strip_prefix(b"<") {
        return sgr_mouse(mouse, last);
    }
    let mut fields = parameters.split(|&byte| byte == b';');
    let first = fields.next().unwrap_or_default();
    let second = fields.next().unwrap_or_default();
    let mut held = second.split(|&byte| byte == b':');
    let mask = modifiers(number(held.next().unwrap_or_default()));
    let kind = match number(held.next().unwrap_or_default()) {
        2 => KeyEventKind::Repeat,
        3 => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    };
    let code = number(first.split(|&byte| byte == b':').next().unwrap_or_default());
    let key = match last {
        // xterm's modifyOtherKeys.
        b'~' if code == 27 => code_key(number(fields.next().unwrap_or_default()))?,
        b'~' => tilde_key(code)?,
        b'u' => code_key(code)?,
        b'Z' => {
            return Some(Input::Key(KeyEvent::new_with_kind(KeyCode::BackTab, mask | KeyModifiers::SHIFT, kind)));
        }
        // `Esc [ row ; column R` would be an answer; F3 has 1 before its modifiers.
        b'R' if code != 1 => return None,
        b'A'..=b'Z' => letter_key(last)?,
        _ => return None,
    };
    Some(Input::Key(shifted(KeyEvent::new_with_kind(key, mask, kind))))
}

/// Letters come as the plain letter with Shift; bindings name the letter it gives.
fn shifted(mut event: KeyEvent) -> KeyEvent {
    if let (KeyCode::Char(c), true) = (event.code, event.modifiers.contains(KeyModifiers::SHIFT)) {
        let mut upper = c.to_uppercase();
        if let (Some(one), None) = (upper.next(), upper.next()) {
            event.code = KeyCode::Char(one);
        }
    }
    event
}

fn letter_key(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        // The keypad where it sends keys of its own.
        b'j' => KeyCode::Char('*'),
        b'k' => KeyCode::Char('+'),
        b'm' => KeyCode::Char('-'),
        b'o' => KeyCode::Char('/'),
        b'p'..=b'y' => KeyCode::Char(char::from(letter - b'p' + b'0')),
        _ => return None,
    })
}

fn tilde_key(code: u32) -> Option<KeyCode> {
    let function = |from: u32, first: u32| u8::try_from(code - from + first).ok().map(KeyCode::F);
    match code {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=26 => function(23, 11),
        28..=29 => function(28, 15),
        31..=34 => function(31, 17),
        _ => None,
    }
}

/// A key named by its character, as kitty and xterm do it on request.
fn code_key(code: u32) -> Option<KeyCode> {
    match code {
        9 => Some(KeyCode::Tab),
        13 | 57414 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        8 | 127 => Some(KeyCode::Backspace),
        57399..=57408 => char::from_digit(code - 57399, 10).map(KeyCode::Char),
        57417 => Some(KeyCode::Left),
        57418 => Some(KeyCode::Right),
        57419 => Some(KeyCode::Up),
        57420 => Some(KeyCode::Down),
        57421 => Some(KeyCode::PageUp),
        57422 => Some(KeyCode::PageDown),
        57423 => Some(KeyCode::Home),
        57424 => Some(KeyCode::End),
        57425 => Some(KeyCode::Insert),
        57426 => Some(KeyCode::Delete),
        // Modifier, lock and media keys by themselves.
        57344..=63743 => None,
        _ => char::from_u32(code).filter(|c| !c.is_control()).map(KeyCode::Char),
    }
}

fn sgr_mouse(parameters: &[u8], last: u8) -> Option<Input> {
    let mut fields = parameters.split(|&byte| byte == b';').map(number);
    let (bits, column, row) = (fields.next()?, fields.next()?, fields.next()?);
    let button = match bits & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (bits & 0b1100_0011, bits & 32 != 0, last) {
        (64, _, _) => MouseEventKind::ScrollUp,
        (65, _, _) => MouseEventKind::ScrollDown,
        (66, _, _) => MouseEventKind::ScrollLeft,
        (67, _, _) => MouseEventKind::ScrollRight,
        (3, true, _) => MouseEventKind::Moved,
        (0..=2, true, _) => MouseEventKind::Drag(button),
        (0..=2, false, b'M') => MouseEventKind::Down(button),
        (0..=2, false, b'm') => MouseEventKind::Up(button),
        _ => return None,
    };
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)] {
        held.set(modifier, bits & bit != 0);
    }
    let place = |one_based: u32| u16::try_from(one_based.saturating_sub(1)).ok();
    Some(Input::Mouse(MouseEvent { kind, column: place(column)?, row: place(row)?, modifiers: held }))
}

/// 0 where there are no digits, or too many.
fn number(digits: &[u8]) -> u32 {
    str::from_utf8(digits).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// The mask is sent one too high, that none may be left out.
fn modifiers(sent: u32) -> KeyModifiers {
    let mask = sent.saturating_sub(1);
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ] {
        held.set(modifier, mask & bit != 0);
    }
    held
}
