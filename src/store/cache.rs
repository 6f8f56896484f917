//! [`Cache`]: what a remote source said last, so that it is on the screen before the network answers. A file holds the snapshot
//! as it came, replaced as a whole, and behind it what happened after; every piece bears its checksum. A damaged one is no
//! matter: what is whole of it is used, or it is put aside, and everything is fetched anew.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{
    domain::{heard::Signed, id::PlanId},
    own_files,
    secret::Secret,
    wire::{self, Entries, Received, Sent},
};

/// How the file begins.
const MAGIC: &[u8] = b"tiendo-cache/1\n";
/// The most a piece may unpack to, in bytes.
const MOST: usize = 512 << 20;
/// With so many pieces behind the snapshot it is written anew.
const LONG: usize = 200;

/// Where what one source said is kept.
#[derive(Clone, Debug)]
pub struct Cache {
    path: PathBuf,
}

/// What is said of a snapshot beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The plan.
    pub plan: PlanId,
    /// When it was said.
    pub at: Timestamp,
    /// To whom.
    pub signed: Option<Signed>,
}

/// What was kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Beside the snapshot; `at` is when the source was heard last.
    pub head: Head,
    /// The snapshot, with what happened after it.
    pub received: Received,
    /// It took long to put together: it is to be [`Cache::pack`]ed.
    pub long: bool,
}

#[derive(Serialize, Deserialize)]
struct After {
    at: Timestamp,
    entries: Entries,
}

/// The pieces of the file.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Piece {
    Head = b'h',
    Plain = b's',
    Packed = b'z',
    After = b'e',
}

impl Cache {
    /// In `folder`, of the source at `address`: of that plan, or the only one it has. With another `token` one may see other
    /// things; it cannot be told from the file.
    pub fn new(folder: &Path, address: &str, plan: Option<&PlanId>, token: Option<&Secret>) -> Self {
        let mut digest = Sha256::new();
        for part in [address, plan.map_or("", PlanId::as_str), token.map_or("", Secret::reveal)] {
            // So that no two parts are taken for others.
            digest.update(Sha256::digest(part.as_bytes()));
        }
        let name: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Cache { path: folder.join(format!("{name}.cache")) }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is kept; nothing where there is nothing, or nothing whole: that is put aside.
    pub fn read(&self) -> Option<Kept> {
        match self.try_read() {
            Ok(kept) => Some(kept),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let aside = self.path.with_extension("damaged");
                tracing::warn!(file = %self.path.display(), %error, "what was kept of a source is damaged; it is put aside");
                let _ = fs::rename(&self.path, aside);
                None
            }
        }
    }

    /// The plan that is kept.
    pub fn plan(&self) -> Option<PlanId> {
        let mut file = self.opened().ok()?;
        let (Piece::Head, head) = next(&mut file).ok()?? else { return None };
        Some(serde_json::from_slice::<Head>(&head).ok()?.plan)
    }

    fn opened(&self) -> io::Result<io::BufReader<File>> {
        let mut file = io::BufReader::new(File::open(&self.path)?);
        let mut magic = [0; MAGIC.len()];
        file.read_exact(&mut magic).map_err(|_| damaged("head"))?;
        if magic == MAGIC { Ok(file) } else { Err(damaged("head")) }
    }

    fn try_read(&self) -> io::Result<Kept> {
        let mut file = self.opened()?;
        let Some((Piece::Head, head)) = next(&mut file)? else { return Err(damaged("head")) };
        let mut head: Head = parsed(&head, false)?;
        let mut received: Received = match next(&mut file)? {
            Some((Piece::Plain, bytes)) => snapshot(&bytes, false)?,
            Some((Piece::Packed, bytes)) => snapshot(&bytes, true)?,
            Some((Piece::Head | Piece::After, _)) | None => return Err(damaged("snapshot")),
        };
        let mut count = 0;
        // What was being written when the machine stopped is cut; what stands before it is good.
        while let Ok(Some((Piece::After, bytes))) = next(&mut file) {
            let After { at, entries } = parsed(&bytes, false)?;
            count += 1;
            let (last, cursor) = (entries.last, entries.cursor);
            let follows = entries.entries.first().map(|entry| entry.seq);
            let standing = received.snapshot.cursor;
            // Two that run side by side both write down what they hear.
            if cursor < standing {
                continue;
            }
            if follows.is_some_and(|seq| seq > standing + 1) {
                break;
            }
            head.at = head.at.max(at);
            if cursor > standing
                && let Some(mut delta) = entries.delta()
            {
                delta.entries.retain(|entry| entry.seq > standing);
                received.snapshot.apply_delta(delta);
                received.last = last;
            }
        }
        Ok(Kept { head, received, long: count > LONG })
    }

    /// Keeps a snapshot in place of what was kept.
    pub fn write(&self, head: &Head, snapshot: &[u8], packed: bool) -> io::Result<()> {
        let kind = if packed { Piece::Packed } else { Piece::Plain };
        let folder = self.path.parent().unwrap_or(Path::new("."));
        own_files::make_directory(folder)?;
        let beside = self.path.with_extension(format!("{}.part", std::process::id()));
        let written = (|| {
            let _ = fs::remove_file(&beside);
            own_files::make_file(&beside)?;
            let mut file = OpenOptions::new().write(true).open(&beside)?;
            file.write_all(MAGIC)?;
            file.write_all(&piece(Piece::Head, &serde_json::to_vec(head)?))?;
            file.write_all(&piece_head(kind, snapshot))?;
            file.write_all(snapshot)?;
            file.sync_all()?;
            fs::rename(&beside, &self.path)
        })();
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }

    /// Keeps what happened after that, heard at `at`; entries that are none say that nothing did. How long the file is now.
    pub fn append(&self, at: Timestamp, entries: &Entries) -> io::Result<u64> {
        let after = After { at, entries: entries.clone() };
        let mut file = OpenOptions::new().append(true).open(&self.path)?;
        // In one piece: several may write.
        file.write_all(&piece(Piece::After, &serde_json::to_vec(&after)?))?;
        Ok(file.metadata()?.len())
    }

    /// How long the file is; nothing where there is none.
    pub fn length(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    /// Writes what is kept anew, as one.
    pub fn pack(&self, kept: &Kept) -> io::Result<()> {
        let Received { snapshot, last, plan_tag } = &kept.received;
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        Sent { snapshot, last: *last, plan_tag: plan_tag.as_deref() }.write(&mut packer)?;
        self.write(&kept.head, &packer.finish()?, true)
    }
}

fn parsed<T: DeserializeOwned>(bytes: &[u8], packed: bool) -> io::Result<T> {
    wire::read(bytes, packed, MOST).map_err(|error| damaged(&error.to_string()))
}

fn snapshot(bytes: &[u8], packed: bool) -> io::Result<Received> {
    wire::read_snapshot(bytes, packed, MOST).map_err(|error| damaged(&error.to_string()))
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// Its kind, length and checksum.
fn piece_head(kind: Piece, bytes: &[u8]) -> Vec<u8> {
    let mut head = vec![kind as u8];
    head.extend_from_slice(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
    head.extend_from_slice(&Sha256::digest(bytes));
    head
}

fn piece(kind: Piece, bytes: &[u8]) -> Vec<u8> {
    let mut piece = piece_head(kind, bytes);
    piece.extend_from_slice(bytes);
    piece
}

/// The next piece; none at the end.
fn next(file: &mut impl Read) -> io::Result<Option<(Piece, Vec<u8>)>> {
    let mut kind = [0];
    if file.read(&mut kind)? == 0 {
        return Ok(None);
    }
    let known = [Piece::Head, Piece::Plain, Piece::Packed, Piece::After];
    let kind = known.into_iter().find(|known| *known as u8 == kind[0]).ok_or_else(|| damaged("kind"))?;
    let (mut length, mut sum) = ([0; 8], [0; 32]);
    file.read_exact(&mut length)?;
    file.read_exact(&mut sum)?;
    let length = u64::from_le_bytes(length);
    if length > MOST as u64 {
        return Err(damaged("length"));
    }
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length || Sha256::digest(&bytes).as_slice() != sum {
        return Err(damaged("checksum"));
    }
    Ok(Some((kind, bytes)))
}
