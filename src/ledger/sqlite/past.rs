//! The weeks gone by: the part of a journal that moves something, read block by block.

use jiff::civil::Date;
use sqlx::Connection;
use tokio::task::spawn_blocking;

use super::{SqliteLedger, journal, plans, read};
use crate::{
    domain::{id::PlanId, past::Past},
    ledger::weeks,
    sqlite::problem::Problem,
};

impl SqliteLedger {
    pub(super) async fn read_past(&self, plan: &PlanId, day: Date) -> Result<Past, Problem> {
        let (revisions, journal) = {
            let mut reader = self.reader().await?;
            let mut moment = reader.connection()?.begin().await?;
            let head = plans::known_head(&mut moment, plan).await?;
            let revisions = plans::revisions(&mut moment, head).await?;
            let (mut blocks, mut seq) = (Vec::new(), 0);
            while let Some((block, last)) = journal::moving(&mut moment, head, seq).await? {
                blocks.push(spawn_blocking(move || journal::read(&block)));
                seq = last;
            }
            (revisions, read::all(blocks).await?)
        };
        read::joined(weeks::counted(revisions, journal, day).await)?.ok_or(Problem::Inconsistent("revision"))
    }
}
