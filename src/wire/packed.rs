//! Reading JSON that may be packed with gzip, within a limit: a few bytes may say very many.

use std::{
    borrow::Cow,
    io::{self, Read},
};

use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::Received;

/// So many bytes are unpacked at a time.
const STEP: usize = 256 << 10;

/// Why something was not read.
#[derive(Debug, Error)]
pub enum Unread {
    /// It unpacks to more than the limit.
    #[error("it is more than {0} bytes")]
    TooLarge(usize),
    /// It is not packed as it says.
    #[error("gzip: {0}")]
    Packed(#[from] io::Error),
    /// It says something else.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

/// What `bytes` say, which unpack to at most `most` bytes.
pub fn read<T: DeserializeOwned>(bytes: &[u8], packed: bool, most: usize) -> Result<T, Unread> {
    let plain = plain(bytes, packed, most)?;
    let mut reader = serde_json::Deserializer::from_slice(&plain);
    let read = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(read)
}

/// The snapshot that `bytes` tell, which unpack to at most `most` bytes.
pub fn read_snapshot(bytes: &[u8], packed: bool, most: usize) -> Result<Received, Unread> {
    Ok(Received::read(&plain(bytes, packed, most)?)?)
}

fn plain(bytes: &[u8], packed: bool, most: usize) -> Result<Cow<'_, [u8]>, Unread> {
    if packed {
        // The last four bytes say how much it is, unless they lie.
        let told = bytes.last_chunk().map_or(0, |told| usize::try_from(u32::from_le_bytes(*told)).unwrap_or(0));
        return unpack(bytes, packed, told.min(bytes.len().saturating_mul(16)), most, |_| {}).map(Cow::Owned);
    }
    if bytes.len() > most { Err(Unread::TooLarge(most)) } else { Ok(Cow::Borrowed(bytes)) }
}

/// All that comes `from` there, which is about `told` bytes and at most `most`; each piece is shown to `seen`.
pub fn unpack(
    from: impl Read,
    packed: bool,
    told: usize,
    most: usize,
    mut seen: impl FnMut(&[u8]),
) -> Result<Vec<u8>, Unread> {
    let mut from: Box<dyn Read + '_> = if packed { Box::new(MultiGzDecoder::new(from)) } else { Box::new(from) };
    let mut plain = Vec::with_capacity(told.min(most) + 1);
    loop {
        let before = plain.len();
        let left = most.saturating_sub(before).saturating_add(1).min(STEP);
        from.by_ref().take(u64::try_from(left).unwrap_or(u64::MAX)).read_to_end(&mut plain)?;
        if plain.len() > most {
            return Err(Unread::TooLarge(most));
        }
        if plain.len() == before {
            return Ok(plain);
        }
        seen(plain.get(before..).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use serde_json::Value;

    use super::*;

    fn packed(plain: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(plain).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn a_few_bytes_that_unpack_to_very_many_are_given_up_at_the_limit() {
        let is_too_large = |bytes: &[u8], packed| matches!(read::<Value>(bytes, packed, 99), Err(Unread::TooLarge(99)));
        let bomb = packed(&vec![b' '; 8 << 20]);
        assert!(bomb.len() < 16 << 10);
        assert!(is_too_large(&bomb, true));
        let mut lies = bomb.clone();
        let end = lies.len() - 4;
        lies[end..].copy_from_slice(&7_u32.to_le_bytes());
        assert!(is_too_large(&lies, true));
        assert!(is_too_large(&[b' '; 100], false));
    }

    #[test]
    fn what_is_cut_anywhere_is_not_read() {
        let whole = packed(br#"{"a": [1, 2, 3]}"#);
        assert!(read::<Value>(&whole, true, 99).is_ok());
        for end in 0..whole.len() {
            assert!(read::<Value>(&whole[..end], true, 99).is_err(), "{end}");
        }
        assert!(matches!(read::<Value>(b"{} {}", false, 99), Err(Unread::Json(_))));
    }
}
