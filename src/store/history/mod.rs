//! [`History`]: how a plan stood on each day, for sources that cannot tell other days: the last that was seen on each, kept in a
//! file of its own. A day is kept as what is different from the day before it (`packed.rs`), whole very seldom; a day on which
//! nothing was different takes no more than its date. Several instances may have the file open.
//!
//! What is kept of a plan is in `picture.rs`, the statements in `rows.rs`; opening, and what becomes of a damaged file, in
//! `open.rs`.

mod open;
mod packed;
mod picture;
mod rows;

use std::path::PathBuf;

use jiff::{ToSpan, civil::Date};
use sqlx::{Connection, SqliteConnection};
use tokio::{sync::Mutex, task::spawn_blocking};

use self::{
    packed::{pack, unpack},
    rows::Packed,
};
use crate::{
    domain::{
        failure::Failure,
        id::PlanId,
        past::{Observed, Past},
        sentence::Sentence,
        snapshot::Snapshot,
        text::Text,
        weeks::ends_before,
    },
    sqlite::{Kept, problem::Problem, unsigned},
};

pub use open::{Damage, Opened};
pub use picture::Picture;

/// Of so many pictures one is packed against the one so many before it rather than against the one before: to have the last, few
/// are read.
const STRIDE: i64 = 16;

/// After so many the next is whole. In a large plan a whole one takes as much as hundreds of days.
const DEEPEST: i64 = STRIDE * STRIDE;

/// The days of one plan of one source.
#[derive(Debug)]
pub struct History {
    path: PathBuf,
    address: Address,
    /// How many days back are kept.
    days: u16,
    connection: Mutex<SqliteConnection>,
}

/// Which plan of which source: what is kept of another is never shown for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// What tells the source from all others, without secrets.
    pub source: Text,
    /// The plan.
    pub plan: PlanId,
}

impl History {
    /// Keeps `picture` as how it stood on `day`, in the place of what was kept of that day, and forgets what is too long ago.
    pub async fn keep(&self, day: Date, picture: Picture) -> Result<(), Failure> {
        self.told(self.write(day, Some(picture)).await)
    }

    /// Keeps that on `day` it stood as it did when it was last kept.
    pub async fn keep_unchanged(&self, day: Date) -> Result<(), Failure> {
        self.told(self.write(day, None).await)
    }

    /// How it stood on `day`, or on the last day before it that is kept: [`Snapshot::kept_on`] says which. Refused where none is.
    pub async fn at(&self, day: Date) -> Result<Snapshot, Failure> {
        let found = self.told(self.read(day).await)?;
        match found {
            Some(snapshot) => Ok(snapshot),
            None => Err(self.nothing_yet().await?),
        }
    }

    /// How every item stood at the end of each week before `day`, from the week the first day kept is in.
    pub async fn past(&self, day: Date) -> Result<Past, Failure> {
        self.told(self.read_past(day).await)
    }

    /// Why there is nothing to tell of a day: the history begins later, or has not begun.
    async fn nothing_yet(&self) -> Result<Failure, Failure> {
        let mut connection = self.connection.lock().await;
        let first = self.told(rows::first(&mut connection, &self.address).await)?;
        Ok(Failure::Refused(match first {
            Some(first) => Sentence::new("said-history-begins").with("date", first),
            None => Sentence::new("said-history-empty"),
        }))
    }

    async fn write(&self, day: Date, picture: Option<Picture>) -> Result<(), Problem> {
        let mut connection = self.connection.lock().await;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let place = rows::place(&mut transaction, &self.address).await?;
        let last = rows::last(&mut transaction, place, day).await?;
        let before = match last {
            Some((kept_on, _)) if kept_on == day => rows::before(&mut transaction, place, day).await?,
            Some(_) | None => last,
        };
        let number = match picture {
            Some(picture) => put(&mut transaction, picture, last, before).await?,
            None => match last {
                Some((_, number)) => number,
                None => return Ok(()),
            },
        };
        rows::put_day(&mut transaction, place, day, number).await?;
        if let Ok(oldest) = day.checked_sub(i32::from(self.days).days()) {
            rows::forget_before(&mut transaction, oldest).await?;
        }
        rows::sweep(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn read(&self, day: Date) -> Result<Option<Snapshot>, Problem> {
        let mut connection = self.connection.lock().await;
        let mut moment = connection.begin().await?;
        let place = rows::known_place(&mut moment, &self.address).await?;
        let Some(place) = place else { return Ok(None) };
        let Some((kept_on, number)) = rows::last(&mut moment, place, day).await? else { return Ok(None) };
        let picture = unpacked(rows::chain(&mut moment, number).await?).await?;
        let mut snapshot = off(move || picture.snapshot()).await?;
        snapshot.kept_on = Some(kept_on);
        Ok(Some(snapshot))
    }

    async fn read_past(&self, day: Date) -> Result<Past, Problem> {
        let mut connection = self.connection.lock().await;
        let mut moment = connection.begin().await?;
        let mut observed = Observed::default();
        let first = rows::first(&mut moment, &self.address).await?;
        let (Some(first), Some(place)) = (first, rows::known_place(&mut moment, &self.address).await?) else {
            return Ok(observed.past());
        };
        let mut seen: Option<(i64, Snapshot)> = None;
        for end in ends_before(first, day) {
            let Some((_, number)) = rows::last(&mut moment, place, end).await? else { continue };
            let known = seen.take().filter(|(known, _)| *known == number);
            let snapshot = match known {
                Some((_, snapshot)) => snapshot,
                None => {
                    let picture = unpacked(rows::chain(&mut moment, number).await?).await?;
                    off(move || picture.snapshot()).await?
                }
            };
            let (snapshot, looked) = off(move || {
                observed.look(end, &snapshot);
                Ok((snapshot, observed))
            })
            .await?;
            (seen, observed) = (Some((number, snapshot)), looked);
        }
        Ok(observed.past())
    }

    fn told<T>(&self, result: Result<T, Problem>) -> Result<T, Failure> {
        result.map_err(|problem| problem.failure(Kept::History, &self.path))
    }
}

/// The number of a picture: of `last` or of the one `before` this day where nothing is different, else it is written; against one
/// before this day, or whole where that cannot be read, is too deep, or has too little in common with it.
async fn put(
    connection: &mut SqliteConnection,
    picture: Picture,
    last: Option<(Date, i64)>,
    before: Option<(Date, i64)>,
) -> Result<i64, Problem> {
    if let Some((_, number)) = last.filter(|_| last != before)
        && read(&rows::chain(connection, number).await?).await?.is_some_and(|known| known == picture)
    {
        return Ok(number);
    }
    let mut ground = None;
    if let Some((_, number)) = before {
        let mut chain = rows::chain(connection, number).await?;
        let (depth, whole) =
            (chain.last().map_or(0, |row| row.depth + 1), chain.first().map_or(0, |row| row.body.len()));
        let known = read(&chain).await?;
        if known.as_ref() == Some(&picture) {
            return Ok(number);
        }
        let back = if depth % STRIDE == 0 { STRIDE } else { 1 };
        chain.retain(|row| row.depth <= depth - back);
        let base = chain.last().map(|row| row.number).filter(|_| depth < DEEPEST);
        let known = if back == 1 { known } else { read(&chain).await? };
        ground = known.zip(base).map(|(known, base)| (known, base, depth, whole));
    }
    let (base, depth, size, body) = off(move || {
        let text = picture.bytes();
        if let Some((known, number, depth, whole)) = ground {
            let body = pack(text, known.bytes())?;
            if body.len() <= whole / 2 {
                return Ok((Some(number), depth, text.len(), body));
            }
        }
        Ok((None, 0, text.len(), pack(text, &[])?))
    })
    .await?;
    rows::insert(connection, base, depth, size, body).await
}

/// A picture that may be damaged: then it is as if it were not there.
async fn read(chain: &[Packed]) -> Result<Option<Picture>, Problem> {
    match unpacked(chain.to_vec()).await {
        Ok(picture) => Ok(Some(picture)),
        Err(problem) if problem.is_damage() => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The last of a chain of pictures, the whole one first.
async fn unpacked(chain: Vec<Packed>) -> Result<Picture, Problem> {
    off(move || {
        let damaged = |_| Problem::Inconsistent("picture.body");
        let mut text = Vec::new();
        for row in chain {
            text = unpack(&row.body, &text, unsigned(row.size)?).map_err(damaged)?;
        }
        Picture::from_bytes(text)
    })
    .await
}

/// Off the threads that wait for others: a large plan takes a while.
async fn off<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    spawn_blocking(work).await.map_err(|_| Problem::Closed)?
}
