//! Text files of Vietnamese offices: UTF-8 with or without a mark, UTF-16 as a spreadsheet's "Unicode text", windows-1258 of
//! older programs (whose tones are marks of their own; [`crate::domain::text::Text`] composes them).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::limits::Unusable;

/// The text of `bytes`.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Unusable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return strictly(encoding, rest);
    }
    if let Some(encoding) = without_mark(bytes) {
        return strictly(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(_) => old(bytes),
    }
}

/// What is not of that encoding is refused rather than guessed at.
fn strictly<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<Cow<'b, str>, Unusable> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let id = if encoding == UTF_16LE || encoding == UTF_16BE { "workbook-not-utf16" } else { "workbook-not-utf8" };
    text.ok_or_else(|| Unusable::because(id))
}

/// UTF-16 without a mark: the upper half of most letters is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024))?;
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let many = head.len() / 4;
    match (zeros(0), zeros(1)) {
        (0, low) if low > many.max(1) => Some(UTF_16LE),
        (high, 0) if high > many.max(1) => Some(UTF_16BE),
        (_, _) => None,
    }
}

/// The code page of Vietnamese Windows. Bytes it has no letter for mean that it is something else.
fn old(bytes: &[u8]) -> Result<Cow<'_, str>, Unusable> {
    let (text, wrong) = WINDOWS_1258.decode_without_bom_handling(bytes);
    let strange = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    if wrong || text.chars().any(strange) { Err(Unusable::because("workbook-not-utf8")) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use crate::domain::text::Text;

    use super::*;

    #[test]
    fn what_offices_write_is_read() {
        let said = "Sở Lao động; Kế hoạch";
        let utf16 = |order: fn(u16) -> [u8; 2]| said.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let with = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let files = [
            said.as_bytes().to_vec(),
            with(b"\xEF\xBB\xBF", said.as_bytes().to_vec()),
            with(b"\xFF\xFE", utf16(u16::to_le_bytes)),
            with(b"\xFE\xFF", utf16(u16::to_be_bytes)),
        ];
        for file in files {
            assert_eq!(decoded(&file).unwrap(), said);
        }
        assert_eq!(
            decoded(&"a;b\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()).unwrap(),
            "a;b\r\n"
        );
    }

    #[test]
    fn tones_of_windows_1258_are_composed() {
        // "Kế hoạch": ê and a combining acute, a and a combining dot below.
        let file = b"K\xEA\xEC ho\xF2ch Bi\xEC\xEAn";
        let text = decoded(&file[..12]).unwrap();
        assert_eq!(Text::new(&text).as_str().chars().count(), Text::new(&text).chars().count());
        assert_eq!(Text::new(&decoded(b"K\xEA\xEC ho\x61\xF2ch").unwrap()).as_str(), "Kế hoạch");
    }

    #[test]
    fn a_half_letter_is_refused() {
        for file in [&b"\xFF\xFEa"[..], b"\xFF\xFE\x00\xD8a\x00", b"\xEF\xBB\xBF\xFF"] {
            assert!(decoded(file).is_err(), "{file:?}");
        }
        assert!(decoded(b"a\x81\xFF\x00\x01b").is_err());
    }
}
