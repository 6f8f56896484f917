//! What a terminal is written so that it says something to whoever is not looking at it.

use super::sweep::{REPLACEMENT, sweep_line};
use crate::app::notifications::How;

/// The bytes that have the terminal say `text`, or only ring; nothing where it is not to be told.
pub(super) fn sequence(how: How, text: &str) -> String {
    let text = sweep_line(text, REPLACEMENT);
    match how {
        How::Off => String::new(),
        How::Bell => "\x07".to_owned(),
        How::Osc9 => format!("\x1b]9;{text}\x1b\\"),
        // Its parts are parted by semicolons.
        How::Osc777 => format!("\x1b]777;notify;tiendo;{}\x1b\\", text.replace(';', ",")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_text_ends_the_sequence_or_begins_another() {
        let text = "a\x1b\\b\x07c\u{9c}d;e";
        for how in [How::Osc9, How::Osc777] {
            let written = sequence(how, text);
            let inner = written.strip_prefix("\x1b]").unwrap().strip_suffix("\x1b\\").unwrap();
            assert!(!inner.contains(['\x1b', '\x07', '\u{9c}']), "{written:?}");
        }
        assert!(sequence(How::Osc777, text).matches(';').count() == 3);
    }

    #[test]
    fn a_bell_says_nothing_and_off_is_silent() {
        assert_eq!(sequence(How::Bell, "x"), "\x07");
        assert_eq!(sequence(How::Off, "x"), "");
    }
}
