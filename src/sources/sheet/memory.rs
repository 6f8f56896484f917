//! [`Memory`]: what a workbook told when it was read last. It is written after the ledger: what is found in the ledger already
//! bears the ids it would be given again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::reading::Told;
use crate::domain::{
    ask::Ask,
    id::{ItemId, PlanId},
    text::Text,
};

/// What is remembered of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// The plan it lays down.
    pub(super) plan: Option<PlanId>,
    /// How often something new was taken in: part of the ids of what that became.
    pub(super) generation: u64,
    /// When it was read last.
    pub(super) read: Option<Timestamp>,
    /// What it said of each item.
    pub(super) told: BTreeMap<ItemId, Told>,
    /// Rows that go on under the id of a former one, by what they would be called.
    pub(super) former: BTreeMap<Text, Text>,
    /// What is asked and was not answered.
    pub(super) asks: Vec<Ask>,
}
