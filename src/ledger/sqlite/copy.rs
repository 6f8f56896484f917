//! Copies of a ledger: one is made while others read and write, looked through before it is trusted, and let go of before its
//! place is taken by another. Where copies are put is not said here.

use std::path::Path;

use sqlx::{Connection, SqliteConnection, query, query_as, query_scalar};

use super::{FORM, SqliteLedger};
use crate::{
    domain::{failure::Failure, id::PlanId, sentence::Sentence},
    own_files,
    sqlite::{Kept, open, problem::Problem, signed, unsigned},
};

/// What a ledger holds, to be compared with another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Its plans, in the order they were first laid down.
    pub plans: Vec<Holding>,
    /// Tokens given so far.
    pub tokens: u64,
    /// Those of them that were revoked.
    pub revoked: u64,
}

/// One plan of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Which.
    pub plan: PlanId,
    /// The place of its last entry.
    pub seq: u64,
    /// That entry's id.
    last: Vec<u8>,
}

impl Holdings {
    /// Entries in all.
    pub fn entries(&self) -> u64 {
        self.plans.iter().map(|holding| holding.seq).sum()
    }
}

impl SqliteLedger {
    /// Writes a copy as it is at one moment into the empty file at `copy`, while others go on reading and writing.
    pub async fn copy_into(&self, copy: &Path) -> Result<(), Failure> {
        let written = async {
            let mut reader = self.reader().await?;
            query("VACUUM INTO ?").bind(copy.display().to_string()).execute(reader.connection()?).await?;
            own_files::close_to_others(copy)?;
            Ok(())
        };
        self.told(written.await)
    }
}

/// Looks through the whole file at `path`, brings it to the present form, and leaves it alone in its place: what it holds.
///
/// Unreadable where it is damaged, refused where it is something else.
pub async fn look_through(path: &Path) -> Result<Holdings, Failure> {
    let looked = async {
        let (mut connection, _) = open::open(path, &FORM).await?;
        let said: Vec<String> = query_scalar("PRAGMA integrity_check").fetch_all(&mut connection).await?;
        if said != ["ok"] {
            return Err(Problem::Inconsistent("integrity_check"));
        }
        let holdings = holdings(&mut connection).await?;
        leave(connection).await?;
        Ok(holdings)
    };
    looked.await.map_err(|problem: Problem| problem.failure(Kept::Ledger, path))
}

/// What the ledger at `path` holds; and it is let go of: refused where another program has it open.
pub async fn let_go(path: &Path) -> Result<Holdings, Failure> {
    let let_go = async {
        let (mut connection, _) = open::open(path, &FORM).await?;
        let holdings = holdings(&mut connection).await?;
        leave(connection).await?;
        Ok(holdings)
    };
    let_go.await.map_err(|problem: Problem| match problem {
        problem if problem.is_busy() => Problem::Refused(Sentence::new("file-in-use")).failure(Kept::Ledger, path),
        problem => problem.failure(Kept::Ledger, path),
    })
}

/// A plan's id and counter; of its entries the last place, how many there are, the id of that at the counter.
type Stored = (String, i64, i64, i64, Option<Vec<u8>>);

async fn holdings(connection: &mut SqliteConnection) -> Result<Holdings, Problem> {
    let sql = "SELECT plan.id, plan.seq, coalesce(max(entry.seq), 0), count(entry.seq),
                      (SELECT id FROM entry WHERE entry.plan = plan.number AND entry.seq = plan.seq)
               FROM plan LEFT JOIN entry ON entry.plan = plan.number GROUP BY plan.number ORDER BY plan.number";
    let rows: Vec<Stored> = query_as(sql).fetch_all(&mut *connection).await?;
    let mut plans = Vec::new();
    for (plan, seq, last, count, id) in rows {
        // A journal counts without gaps.
        if last != seq || count != seq {
            return Err(Problem::Inconsistent("entries of a journal are missing"));
        }
        let last = id.ok_or(Problem::Inconsistent("entry.id"))?;
        plans.push(Holding { plan: PlanId::from(plan.as_str()), seq: unsigned(seq)?, last });
    }
    let (tokens, revoked): (i64, i64) =
        query_as("SELECT count(*), count(revoked) FROM token").fetch_one(connection).await?;
    Ok(Holdings { plans, tokens: unsigned(tokens)?, revoked: unsigned(revoked)? })
}

/// Puts everything into the file itself, without a log beside it. It fails where another program has it open.
async fn leave(mut connection: SqliteConnection) -> Result<(), Problem> {
    query("PRAGMA busy_timeout = 0").execute(&mut connection).await?;
    let mode: String = query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut connection).await?;
    if mode != "delete" {
        return Err(Problem::Refused(Sentence::new("file-in-use")));
    }
    Ok(connection.close().await?)
}

/// Would something be lost where the ledger at `copy` took the place of one that holds `standing`? Both were looked through.
pub async fn lacks(copy: &Path, standing: &Holdings) -> Result<bool, Failure> {
    let compared = async {
        let (mut connection, _) = open::open(copy, &FORM).await?;
        let held = holdings(&mut connection).await?;
        let mut lacks = held.tokens < standing.tokens || held.revoked < standing.revoked;
        for Holding { plan, seq, last } in &standing.plans {
            let sql =
                "SELECT entry.id FROM entry JOIN plan ON plan.number = entry.plan WHERE plan.id = ? AND entry.seq = ?";
            let there: Option<Vec<u8>> =
                query_scalar(sql).bind(plan.as_str()).bind(signed(*seq)?).fetch_optional(&mut connection).await?;
            lacks |= there.as_ref() != Some(last);
        }
        leave(connection).await?;
        Ok(lacks)
    };
    compared.await.map_err(|problem: Problem| problem.failure(Kept::Ledger, copy))
}
