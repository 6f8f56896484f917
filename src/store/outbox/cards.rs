//! Cards: acts that did not go through. Nothing is overwritten and nothing dropped before somebody has decided.

use sqlx::Connection;

use super::{
    Address, Decided, Decision, Outbox, Trouble,
    rows::{self, Row, State},
};
use crate::{
    domain::{check::Refusal, entry::Entry, failure::Failure, id::EntryId},
    sqlite::problem::Problem,
};

impl Outbox {
    /// Decides on the card `id` of `address`.
    pub async fn decide(&self, address: &Address, id: EntryId, decision: Decision) -> Result<Decided, Failure> {
        self.told(self.write_decision(address, id, decision).await)
    }

    async fn write_decision(&self, address: &Address, id: EntryId, decision: Decision) -> Result<Decided, Problem> {
        let mut desk = self.desk().await;
        let mut transaction = desk.connection.begin_with("BEGIN IMMEDIATE").await?;
        let found = rows::find(&mut transaction, id).await?;
        let Some((_, row)) = found.filter(|(known, row)| known == address && row.state == State::Card) else {
            return Ok(Decided::Gone);
        };
        match decision {
            Decision::KeepTheirs => rows::remove(&mut transaction, id).await?,
            Decision::SendMineAnyway => rows::update(&mut transaction, address, &rebased(row)).await?,
        }
        transaction.commit().await?;
        Ok(Decided::Done)
    }
}

/// The act, made knowing what stands. Its id stays: were the old one to arrive after all, one of the two is refused. One that
/// may have arrived already is still thought to: sending it again does not make it unseen.
fn rebased(row: Row) -> Row {
    let may_have_arrived = row.may_have_arrived();
    let stands = match &row.trouble {
        Some(Trouble::Conflict { stands }) => Some(stands.id),
        Some(Trouble::Refused { refusal: Refusal::Conflict { stands } }) => Some(*stands),
        Some(Trouble::Refused { .. } | Trouble::NotTaken { .. }) | None => None,
    };
    let entry = Entry { expects: stands.or(row.entry.expects), ..row.entry };
    let (state, tries) = if may_have_arrived { (State::Sent, row.tries) } else { (State::Waiting, 0) };
    Row { entry, state, tries, trouble: None }
}
