//! Acts go out: taken under the lease, and settled under it. What is taken is marked on disk before it is sent, so that an
//! act is never thought unsent that somebody may have received.

use jiff::Timestamp;
use sqlx::Connection;

use super::{
    Address, Answer, Holder, Outbox, Trouble,
    lease::renew,
    order::{Place, places},
    rows::{self, Row, State},
};
use crate::{
    domain::{answer::Admission, deed::is_one_step, entry::Entry, failure::Failure, id::EntryId},
    sqlite::problem::Problem,
};

/// An act to be sent now.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// It.
    pub entry: Entry,
    /// It was sent before, and its fate is not known.
    pub again: bool,
}

impl Outbox {
    /// What is to be sent next, at most `most`, one for each item, or one step (a task handed in and confirmed); `None` where the lease is another's. What was sent
    /// before without an answer goes alone, after what was not: one act that a source cannot digest never takes others
    /// along, nor keeps them from going.
    pub async fn take(
        &self,
        address: &Address,
        holder: Holder,
        now: Timestamp,
        most: usize,
    ) -> Result<Option<Vec<Taken>>, Failure> {
        self.told(self.mark_sent(address, holder, now, most).await)
    }

    /// Writes down what became of acts that were taken; `false`, and nothing is written, where the lease is another's: it
    /// sends them again and settles them itself.
    pub async fn settle(
        &self,
        address: &Address,
        holder: Holder,
        now: Timestamp,
        answers: &[(EntryId, Answer)],
    ) -> Result<bool, Failure> {
        self.told(self.write_answers(address, holder, now, answers).await)
    }

    async fn mark_sent(
        &self,
        address: &Address,
        holder: Holder,
        now: Timestamp,
        most: usize,
    ) -> Result<Option<Vec<Taken>>, Problem> {
        let mut desk = self.desk().await;
        let mut transaction = desk.connection.begin_with("BEGIN IMMEDIATE").await?;
        if !renew(&mut transaction, address, holder, now).await? {
            return Ok(None);
        }
        let rows = next(rows::of(&mut transaction, address).await?, most);
        for row in &rows {
            let row = Row { state: State::Sent, tries: row.tries + 1, ..row.clone() };
            rows::update(&mut transaction, address, &row).await?;
        }
        transaction.commit().await?;
        let taken = rows.into_iter().map(|row| Taken { again: row.state == State::Sent, entry: row.entry });
        Ok(Some(taken.collect()))
    }

    async fn write_answers(
        &self,
        address: &Address,
        holder: Holder,
        now: Timestamp,
        answers: &[(EntryId, Answer)],
    ) -> Result<bool, Problem> {
        let mut desk = self.desk().await;
        let mut transaction = desk.connection.begin_with("BEGIN IMMEDIATE").await?;
        if !renew(&mut transaction, address, holder, now).await? {
            return Ok(false);
        }
        for (id, answer) in answers {
            let Some((known, row)) = rows::find(&mut transaction, *id).await? else { continue };
            if known != *address || row.state != State::Sent {
                continue;
            }
            match settled(row, answer) {
                Some(row) => rows::update(&mut transaction, address, &row).await?,
                None => rows::remove(&mut transaction, *id).await?,
            }
        }
        transaction.commit().await?;
        Ok(true)
    }
}

/// What an act becomes by an answer; nothing where it is done.
fn settled(row: Row, answer: &Answer) -> Option<Row> {
    let trouble = match answer {
        Answer::Answered(Admission::Applied { .. } | Admission::Replayed { .. }) => return None,
        Answer::Answered(Admission::Conflict { stands }) => Trouble::Conflict { stands: stands.clone() },
        Answer::Answered(Admission::Refused(refusal)) => Trouble::Refused { refusal: refusal.clone() },
        Answer::NotTaken(why) => Trouble::NotTaken { why: why.clone() },
        Answer::NotSent => return Some(Row { state: State::Waiting, ..row }),
    };
    Some(Row { state: State::Card, trouble: Some(trouble), ..row })
}

/// Those never handed over, of each item the first step; else the one handed over least often, alone.
fn next(rows: Vec<Row>, most: usize) -> Vec<Row> {
    let places = places(&rows);
    let (mut fresh, mut tried) = (Vec::new(), Vec::new());
    let mut rows = rows.into_iter().zip(places).peekable();
    while let Some((row, place)) = rows.next() {
        match (place, row.tries) {
            (Place::First, 0) => {
                let goes_along = |next: &(Row, Place)| {
                    next.0.tries == 0 && next.1 == Place::After && is_one_step(&row.entry, &next.0.entry)
                };
                let along = rows.next_if(goes_along).map(|(row, _)| row);
                fresh.push((row, along));
            }
            (Place::First, _) => tried.push(row),
            (Place::After | Place::Card | Place::Behind(_), _) => {}
        }
    }
    if fresh.is_empty() {
        return tried.into_iter().min_by_key(|row| row.tries).into_iter().take(most).collect();
    }
    let mut taken = Vec::new();
    for (row, along) in fresh.into_iter().take(most) {
        if !taken.is_empty() && taken.len() + 1 + usize::from(along.is_some()) > most {
            break;
        }
        taken.push(row);
        taken.extend(along);
    }
    taken
}
