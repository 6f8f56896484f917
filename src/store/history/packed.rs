//! Packing: a picture against the one before it takes as much as is different, wherever in it that is.

use std::io::{self, Read, Write};

use zstd::stream::{read::Decoder, write::Encoder};

/// Packs well enough at a few milliseconds for a large plan; higher ones take much longer for little.
const LEVEL: i32 = 6;

/// The smallest and the largest window, as powers of two: the one before has to be in it. 128 MiB.
const WINDOW: (u32, u32) = (17, 27);

/// `text` packed against `before`; whole where that is empty.
pub(super) fn pack(text: &[u8], before: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = Encoder::with_ref_prefix(Vec::new(), LEVEL, before)?;
    let both = u64::try_from(text.len() + before.len()).unwrap_or(u64::MAX);
    encoder.window_log((64 - both.leading_zeros()).clamp(WINDOW.0, WINDOW.1))?;
    encoder.long_distance_matching(true)?;
    encoder.include_checksum(true)?;
    encoder.set_pledged_src_size(u64::try_from(text.len()).ok())?;
    encoder.write_all(text)?;
    encoder.finish()
}

/// What was packed against `before`, of which `size` is known: more is not taken, less is an error.
pub(super) fn unpack(packed: &[u8], before: &[u8], size: u64) -> io::Result<Vec<u8>> {
    let mut decoder = Decoder::with_ref_prefix(packed, before)?;
    decoder.window_log_max(WINDOW.1)?;
    let mut text = Vec::new();
    decoder.take(size.saturating_add(1)).read_to_end(&mut text)?;
    let is_whole = u64::try_from(text.len()) == Ok(size);
    if is_whole { Ok(text) } else { Err(io::ErrorKind::InvalidData.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(changed: usize) -> Vec<u8> {
        let line = |number: usize| {
            let hash = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let state = if number % 1_000 < changed { "done" } else { "" };
            format!("report:R{number}/{hash:x}:{state}\n")
        };
        (0..200_000).map(line).collect::<String>().into_bytes()
    }

    #[test]
    fn a_day_takes_what_is_different_from_the_day_before() {
        let (before, after) = (lines(0), lines(10));
        let (whole, difference) = (pack(&before, &[]).unwrap(), pack(&after, &before).unwrap());
        assert!(whole.len() > 1_000_000, "{}", whole.len());
        assert!(difference.len() < whole.len() / 20, "{} of {}", difference.len(), whole.len());
        let same = pack(&before, &before).unwrap();
        assert!(same.len() < 1_000, "{}", same.len());
        assert_eq!(unpack(&difference, &before, after.len() as u64).unwrap(), after);
        assert_eq!(unpack(&whole, &[], before.len() as u64).unwrap(), before);
    }

    #[test]
    fn what_was_not_written_so_is_told() {
        let (before, after) = (b"one two three".repeat(9), b"one two four".repeat(9));
        let size = after.len() as u64;
        let packed = pack(&after, &before).unwrap();
        assert!(unpack(&packed, b"another", size).is_err(), "another one before it");
        assert!(unpack(&packed, &before, size - 1).is_err() && unpack(&packed, &before, size + 1).is_err());
        let (last, mut damaged) = (packed.len() - 1, packed.clone());
        damaged[last] ^= 1;
        assert!(unpack(&damaged, &before, size).is_err());
        assert!(unpack(&packed[..last], &before, size).is_err());
    }
}
