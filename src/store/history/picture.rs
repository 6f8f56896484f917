//! [`Picture`]: a plan and what its items have become, as one text: the plan in JSON, then each item to which anything happened,
//! in short. What a source says of its own place (the cursor) is not in it: it means nothing on another day.

use std::sync::Arc;

use crate::{
    domain::{id::ItemId, item::State, plan::Plan, snapshot::Snapshot},
    sqlite::{
        problem::Problem,
        short::{PART, RECORD, Reader, written},
    },
};

/// How a plan stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture(Arc<str>);

impl Picture {
    /// How `snapshot` stands.
    pub fn of(snapshot: &Snapshot) -> Self {
        // A plan is made of what JSON has: writing it does not fail.
        let mut text = serde_json::to_string(&*snapshot.outline.plan).unwrap_or_default();
        let untouched = State::default();
        let mut add = |id: &ItemId, state: &State| {
            text.push(RECORD);
            text.push_str(id.as_str());
            text.push(PART);
            text.push_str(&written(state));
        };
        for item in snapshot.items.iter().filter(|item| item.state != untouched) {
            add(&item.id, &item.state);
        }
        for (id, state) in &snapshot.withdrawn {
            add(id, state);
        }
        Picture(text.into())
    }

    /// The snapshot it is of.
    pub(super) fn snapshot(&self) -> Result<Snapshot, Problem> {
        let mut records = self.0.split(RECORD);
        let plan: Plan = serde_json::from_str(records.next().unwrap_or_default())?;
        let (mut snapshot, mut reader) = (Snapshot::new(Arc::new(plan)), Reader::default());
        for record in records {
            let (id, body) = record.split_once(PART).ok_or(Problem::Inconsistent("picture.body"))?;
            let state = reader.read(body).ok_or(Problem::Inconsistent("picture.body"))?;
            snapshot.restore(id, state);
        }
        Ok(snapshot)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(super) fn from_bytes(bytes: Vec<u8>) -> Result<Self, Problem> {
        String::from_utf8(bytes).map(|text| Picture(text.into())).map_err(|_| Problem::Inconsistent("picture.body"))
    }
}
