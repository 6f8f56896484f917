//! [`Calendar`]: where one is, a file or an address, and what is new there. Only a whole calendar is ever given: a page that wants
//! a name typed in, or half an answer, is a failure.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use futures::{FutureExt, future::BoxFuture};
use tokio::task::spawn_blocking;

use super::lines::{LARGEST, is_calendar};
use crate::{
    domain::{failure::Failure, sentence::Sentence, text::Text},
    secret::Secret,
    sources::web::{self, Client, Manner, Question, Reply, TokenFrom, WebSettings, refused},
    wire::{self, Unread},
};

/// How calendars are asked for: at their address as it is written, whatever kind of text they say they are.
static MANNER: Manner = Manner {
    under: &[],
    shown: ("authorization", "Basic "),
    says: "",
    answers: &[304],
    kind: "",
    exact: true,
    judge: |status, headers, _, token| match status {
        401 | 403 => Failure::Denied(Sentence::new("calendar-denied").with("token", token.said())),
        404 | 410 => Failure::Refused(Sentence::new("calendar-none-there")),
        _ => refused(status, headers, None, token),
    },
};

/// Where a calendar is, and who signs in there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarSettings {
    /// A path, or an `https://`, `webcal://` or (on this machine) `http://` address.
    pub address: String,
    /// Who signs in; nobody at a public one.
    pub token: TokenFrom,
    /// A file with the certificates (PEM) of authorities the system does not know.
    pub ca_file: Option<PathBuf>,
    /// The tag of the language its sentences are asked for in.
    pub language: &'static str,
}

/// What a calendar says, as it came.
pub type Copy = Vec<u8>;

/// A calendar.
pub struct Calendar {
    /// What it is called: its file, or its address without what may be secret in it.
    pub name: Text,
    at: At,
}

enum At {
    /// With what it looked like when it was read last.
    File(PathBuf, Mutex<Option<(std::time::SystemTime, u64)>>),
    /// With the tags of what came last: the entity's, and when it was changed.
    Web(Box<Client>, Mutex<Seen>),
}

#[derive(Clone, Default)]
struct Seen {
    etag: Option<String>,
    modified: Option<String>,
}

/// The address of a calendar on a server; none where it is a file.
fn on_web(address: &str) -> Option<String> {
    let address = address.trim();
    match address.split_once("://") {
        Some(("webcal" | "webcals", rest)) => Some(format!("https://{rest}")),
        Some(("file", _)) | None => None,
        Some(_) => Some(address.to_owned()),
    }
}

/// Can a calendar be at `address`? Gives the server it is on; none of a file.
///
/// # Errors
///
/// What is wrong with it. A secret in it is never repeated.
pub fn check_address(address: &str) -> Result<Option<String>, Sentence> {
    let Some(url) = on_web(address) else {
        return if address.trim().is_empty() { Err(Sentence::new("config-overlay-empty")) } else { Ok(None) };
    };
    web::origin(&url).map(Some)
}

impl Calendar {
    /// The one the settings name; `password` signs in there.
    ///
    /// # Errors
    ///
    /// [`Failure::Refused`] where the settings cannot be used.
    pub fn new(settings: CalendarSettings, password: Option<Secret>) -> Result<Self, Failure> {
        let Some(url) = on_web(&settings.address) else {
            let address = settings.address.trim();
            let path = PathBuf::from(address.strip_prefix("file://").unwrap_or(address));
            let name = path.file_name().map_or_else(|| address.into(), std::ffi::OsStr::to_string_lossy);
            return Ok(Calendar { name: Text::new(&name), at: At::File(path, Mutex::default()) });
        };
        // What stands behind a question mark may be all it takes to read it.
        let bare = url.split(['?', '#']).next().unwrap_or_default();
        let name = Text::new(bare.split_once("://").map_or(bare, |(_, rest)| rest));
        let CalendarSettings { token, ca_file, language, .. } = settings;
        let web = WebSettings { name: name.clone(), url, token, ca_file, language };
        let client = Client::new(web, password, &MANNER)?;
        Ok(Calendar { name, at: At::Web(Box::new(client), Mutex::default()) })
    }

    /// Is it a file of this machine, which can be looked at often?
    pub fn is_file(&self) -> bool {
        matches!(self.at, At::File(..))
    }

    /// What it says; nothing where that is what it said before.
    pub fn look(&self) -> BoxFuture<'_, Result<Option<Copy>, Failure>> {
        async move {
            match &self.at {
                At::File(path, seen) => {
                    let path = path.clone();
                    let known = *locked(seen);
                    let read = spawn_blocking(move || file(&path, known)).await;
                    let read = read.map_err(|error| broken(&error.to_string()))??;
                    let Some((bytes, looks)) = read else { return Ok(None) };
                    checked(&bytes)?;
                    *locked(seen) = Some(looks);
                    Ok(Some(bytes))
                }
                At::Web(client, seen) => {
                    let Seen { etag, modified } = locked(seen).clone();
                    let question = Question::get(Vec::new()).unless(etag).since(modified);
                    let Reply { status, packed, etag, modified, bytes, .. } = client.ask(question).await?;
                    if status == 304 {
                        return Ok(None);
                    }
                    let bytes =
                        wire::unpack(bytes.as_slice(), packed, bytes.len(), LARGEST, |_| {}).map_err(unpacked)?;
                    checked(&bytes)?;
                    *locked(seen) = Seen { etag, modified };
                    Ok(Some(bytes))
                }
            }
        }
        .boxed()
    }
}

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

type Looks = (std::time::SystemTime, u64);

/// A file's content, where it does not look as it did.
fn file(path: &Path, known: Option<Looks>) -> Result<Option<(Copy, Looks)>, Failure> {
    let unread =
        |error: std::io::Error| Failure::Offline(Sentence::new("calendar-unread").with("reason", error.to_string()));
    let about = path.metadata().map_err(unread)?;
    if !about.is_file() {
        return Err(Failure::Refused(Sentence::new("calendar-no-file")));
    }
    let looks = (about.modified().map_err(unread)?, about.len());
    if known == Some(looks) {
        return Ok(None);
    }
    if about.len() > LARGEST as u64 {
        return Err(too_large());
    }
    Ok(Some((std::fs::read(path).map_err(unread)?, looks)))
}

fn checked(bytes: &[u8]) -> Result<(), Failure> {
    if bytes.len() > LARGEST {
        return Err(too_large());
    }
    if is_calendar(bytes) { Ok(()) } else { Err(Failure::Unreadable(Sentence::new("calendar-none"))) }
}

fn too_large() -> Failure {
    Failure::Unreadable(Sentence::new("calendar-too-large").with("mb", LARGEST >> 20))
}

fn unpacked(why: Unread) -> Failure {
    match why {
        Unread::TooLarge(_) => too_large(),
        Unread::Packed(_) | Unread::Json(_) => Failure::Unreadable(Sentence::new("calendar-none")),
    }
}

fn broken(said: &str) -> Failure {
    Failure::Offline(Sentence::new("calendar-unread").with("reason", said))
}
