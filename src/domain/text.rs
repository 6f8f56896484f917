//! [`Text`]: words that came from outside, cleaned once where they enter, so that every sink may trust them.
//! Folding for search is in `fold_marks`; how text is ordered is in `lookup.rs`.

use std::{borrow::Borrow, fmt, ops::Deref, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Combining marks kept on one base letter. Vietnamese needs two before NFC, none after it; other scripts up to four.
const MARKS: usize = 4;

/// Shown in place of a character that could act on a terminal or hide itself.
const REPLACEMENT: char = '\u{FFFD}';

/// Remote or typed text without control characters, in NFC, on one line.
///
/// Tabs and line ends become spaces; other control characters (C0, C1), bidi controls, zero-width and tag characters
/// become U+FFFD; more than four combining marks in a row are dropped. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(Arc<str>);

impl Text {
    /// Cleans `raw`. Text that is clean already is copied as it is.
    pub fn new(raw: &str) -> Self {
        if is_plain(raw) {
            return Text(raw.into());
        }
        Text(clean(raw).into())
    }

    /// The cleaned text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Cleans text of several lines: line ends stay (CRLF and CR become LF), each line is cleaned as [`Text`] is.
pub fn clean_lines(raw: &str) -> String {
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n");
    unified.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// Is it certainly clean already? Said of ASCII, of Latin letters with their marks composed, Vietnamese among them, and of
/// common punctuation: none of them combines, and each is its own normal form. Most text is, and is read much faster.
fn is_plain(raw: &str) -> bool {
    raw.bytes().all(|byte| (0x20..0x7f).contains(&byte)) || raw.chars().all(is_plain_letter)
}

fn is_plain_letter(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}')
}

fn clean(raw: &str) -> String {
    let mut cleaned = String::with_capacity(raw.len());
    let mut marks = 0;
    for letter in raw.nfc() {
        let letter = visible(letter);
        marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
        if marks <= MARKS {
            cleaned.push(letter);
        }
    }
    cleaned
}

fn visible(letter: char) -> char {
    match letter {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        _ if letter.is_control() || is_hidden(letter) => REPLACEMENT,
        _ => letter,
    }
}

/// Characters without a shape of their own that reorder, hide or carry other text: bidi controls, zero-width
/// characters, fillers, variation selectors, tags and private "interlinear" marks. U+200D joins emoji and is one of them:
/// a joined emoji falls apart into its visible parts, whose width a terminal agrees on.
pub fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The form text is searched in: lower case, without marks, `đ` as `d`. The same for NFC and NFD.
pub fn fold_marks(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect()
}

impl Default for Text {
    fn default() -> Self {
        Text("".into())
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Text::new(raw)
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        Text::new(&raw)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Text;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }
            fn visit_str<E>(self, raw: &str) -> Result<Text, E> {
                Ok(Text::new(raw))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_bidi_zero_width_and_tag_characters_become_visible() {
        let hostile = "a\u{1b}[31m\u{7}b\u{9b}c\u{202e}d\u{200b}e\u{feff}f\u{e0041}g\u{2066}h";
        assert_eq!(
            Text::new(hostile).as_str(),
            "a\u{fffd}[31m\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}f\u{fffd}g\u{fffd}h"
        );
    }

    #[test]
    fn line_ends_and_tabs_become_spaces() {
        assert_eq!(Text::new("a\tb\r\nc\u{2028}d").as_str(), "a b  c d");
        assert_eq!(clean_lines("a\r\nb\u{1b}\rc"), "a\nb\u{fffd}\nc");
    }

    #[test]
    fn vietnamese_in_nfd_is_the_same_text_as_in_nfc() {
        let composed = "Báo cáo … Bù Đốp, thường trực, Kế hoạch";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(Text::new(&decomposed), Text::new(composed));
        assert_eq!(fold_marks(&decomposed), "bao cao … bu dop, thuong truc, ke hoach");
    }

    #[test]
    fn what_is_taken_for_plain_would_not_be_changed_by_cleaning() {
        let plain: Vec<char> = ('\0'..=char::MAX).filter(|letter| is_plain_letter(*letter)).collect();
        assert!(plain.len() > 1_000);
        for letter in &plain {
            assert_eq!(clean(&letter.to_string()), letter.to_string(), "U+{:04X}", u32::from(*letter));
            let quick = unicode_normalization::is_nfc_quick(std::iter::once(*letter));
            assert_eq!(quick, unicode_normalization::IsNormalized::Yes, "U+{:04X}", u32::from(*letter));
        }
        let all: String = plain.iter().chain(plain.iter().rev()).collect();
        assert_eq!(clean(&all), all);
        assert!(is_plain("Kế hoạch 95/KH-UBND: “hẹn nộp” – Bù Đốp…"));
    }

    #[test]
    fn a_pile_of_marks_is_capped() {
        let zalgo = format!("e{}", "\u{0316}".repeat(500));
        assert_eq!(Text::new(&zalgo).chars().count(), 1 + MARKS);
    }

    proptest! {
        #[test]
        fn cleaning_leaves_nothing_that_acts_and_changes_nothing_twice(raw in "\\PC*|(?s).{0,40}|[\u{0}-\u{ff}\u{2000}-\u{2070}\u{e0000}-\u{e0080}]{0,40}") {
            let once = Text::new(&raw);
            prop_assert!(!once.chars().any(|letter| letter.is_control() || is_hidden(letter)));
            let twice = Text::new(&once);
            prop_assert_eq!(&twice, &once);
        }

        #[test]
        fn folding_is_idempotent_and_blind_to_normal_form(raw in "[a-zA-ZăâđêôơưÀ-ỹ0-9 ]{0,40}") {
            let folded = fold_marks(&raw);
            prop_assert_eq!(fold_marks(&folded), folded.clone());
            let decomposed: String = raw.nfd().collect();
            prop_assert_eq!(fold_marks(&decomposed), folded);
        }
    }
}
