//! Acts come in, are looked at, and are taken back while nobody else can have seen them.

use std::collections::HashSet;

use sqlx::{Connection, query_as};

use super::{
    Act, Address, Outbox, Standing, Withdrawal,
    order::{Place, places},
    rows::{self, Row, State},
};
use crate::{
    domain::{entry::Entry, failure::Failure, id::EntryId},
    own_files::identity,
    sqlite::problem::Problem,
};

/// What became of an act that was to be queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It is on disk, now or since before.
    Queued,
    /// Its id is another act's.
    IdReused,
}

impl Outbox {
    /// Queues a batch, all of it or none; when it answers, what it says "queued" of is on disk. The same act queued again
    /// is there once. Each entry stands alone in what becomes of it.
    pub async fn queue(&self, address: &Address, batch: &[Entry]) -> Result<Vec<Queued>, Failure> {
        self.told(self.write_batch(address, batch).await)
    }

    /// The acts of `address` that are not confirmed, in order.
    pub async fn acts(&self, address: &Address) -> Result<Vec<Act>, Failure> {
        self.told(self.read_acts(address).await)
    }

    /// For whom how many acts wait: also those that another source or person is configured for now.
    pub async fn addresses(&self) -> Result<Vec<(Address, u64)>, Failure> {
        self.told(self.read_addresses().await)
    }

    /// Takes back what was not sent yet. An act whose fate is unknown is not taken back, nor one that another queued act,
    /// not among `ids`, was made on top of.
    pub async fn withdraw(&self, address: &Address, ids: &[EntryId]) -> Result<Vec<(EntryId, Withdrawal)>, Failure> {
        self.told(self.remove_unsent(address, ids).await)
    }

    async fn write_batch(&self, address: &Address, batch: &[Entry]) -> Result<Vec<Queued>, Problem> {
        let mut desk = self.desk().await;
        let mut transaction = desk.connection.begin_with("BEGIN IMMEDIATE").await?;
        let mut answers = Vec::with_capacity(batch.len());
        for entry in batch {
            let entry = Entry { by: Some(address.by.clone()), seq: 0, recorded: None, ..entry.clone() };
            let answer = match rows::find(&mut transaction, entry.id).await? {
                Some((known, row)) if known == *address && row.entry == entry => Queued::Queued,
                Some(_) => Queued::IdReused,
                None => {
                    let row = Row { entry, state: State::Waiting, tries: 0, trouble: None };
                    rows::insert(&mut transaction, address, &row).await?;
                    Queued::Queued
                }
            };
            answers.push(answer);
        }
        transaction.commit().await?;
        // From the log into the file itself: SQLite passes over a damaged log in silence, over a damaged file it does not.
        // Another instance in its way is no matter, the log is as durable.
        let _: Option<(i64, i64, i64)> =
            query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_optional(&mut desk.connection).await.unwrap_or_default();
        // Looked at afterwards: another instance may have set the file aside while this wrote to it.
        if identity(&self.path).ok() != Some(self.identity) {
            return Err(Problem::Replaced);
        }
        Ok(answers)
    }

    async fn read_acts(&self, address: &Address) -> Result<Vec<Act>, Problem> {
        let rows = rows::of(&mut self.desk().await.connection, address).await?;
        let places = places(&rows);
        Ok(rows.into_iter().zip(places).map(|(row, place)| act(row, place)).collect())
    }

    async fn read_addresses(&self) -> Result<Vec<(Address, u64)>, Problem> {
        let mut desk = self.desk().await;
        let sql = "SELECT source, plan, actor, count(*) FROM waiting GROUP BY source, plan, actor ORDER BY min(place)";
        let rows: Vec<(String, String, String, i64)> = query_as(sql).fetch_all(&mut desk.connection).await?;
        let address = |(source, plan, actor, count): (String, String, String, i64)| {
            let address = Address { source: source.into(), plan: plan.as_str().into(), by: actor.as_str().into() };
            (address, count.unsigned_abs())
        };
        Ok(rows.into_iter().map(address).collect())
    }

    async fn remove_unsent(&self, address: &Address, ids: &[EntryId]) -> Result<Vec<(EntryId, Withdrawal)>, Problem> {
        let mut desk = self.desk().await;
        let mut transaction = desk.connection.begin_with("BEGIN IMMEDIATE").await?;
        let rows = rows::of(&mut transaction, address).await?;
        let answers = withdrawals(&rows, ids);
        for (id, _) in answers.iter().filter(|(_, answer)| *answer == Withdrawal::Withdrawn) {
            rows::remove(&mut transaction, *id).await?;
        }
        transaction.commit().await?;
        Ok(answers)
    }
}

fn act(row: Row, place: Place) -> Act {
    let standing = match (row.trouble, place) {
        (Some(trouble), _) => Standing::Card(trouble),
        (None, Place::Behind(card)) => Standing::Behind(card),
        (None, Place::First | Place::After | Place::Card) => match row.state {
            State::Waiting | State::Card => Standing::Waiting,
            State::Sent => Standing::Uncertain,
        },
    };
    Act { entry: row.entry, standing }
}

/// What can go: the last ones first, so that an act made on top of another goes before it.
fn withdrawals(rows: &[Row], ids: &[EntryId]) -> Vec<(EntryId, Withdrawal)> {
    let asked: HashSet<EntryId> = ids.iter().copied().collect();
    let mut stay: Vec<&Entry> = Vec::new();
    let mut answers = Vec::new();
    for row in rows.iter().rev() {
        let id = row.entry.id;
        let rests = |entry: &&&Entry| entry.expects == Some(id) || entry.reverses == Some(id);
        let answer = match stay.iter().find(rests) {
            _ if !asked.contains(&id) => None,
            _ if row.may_have_arrived() => Some(Withdrawal::Sent),
            Some(by) => Some(Withdrawal::Depended(by.id)),
            None => Some(Withdrawal::Withdrawn),
        };
        if answer != Some(Withdrawal::Withdrawn) {
            stay.push(&row.entry);
        }
        answers.extend(answer.map(|answer| (id, answer)));
    }
    let here: HashSet<EntryId> = rows.iter().map(|row| row.entry.id).collect();
    answers.reverse();
    answers.extend(ids.iter().filter(|id| !here.contains(id)).map(|id| (*id, Withdrawal::Sent)));
    answers
}
