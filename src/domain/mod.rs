//! What is true: plain data and the rules of the plan. Imports nothing of ours; knows no clock, file, screen or network.
//!
//! A [`plan::Plan`] is what was laid down, an [`entry::Entry`] what happened, a [`snapshot::Snapshot`] what is true: the plan
//! with its journal applied. [`check`] says whether an entry may be admitted, [`fold`] what it does, [`status`] how an item
//! stands on a day, [`summary`] counts.

pub mod access;
pub mod agency;
pub mod amendment;
pub mod answer;
pub mod borrowed;
pub mod calendar;
pub mod campaign;
pub mod changes;
pub mod check;
pub mod deadline;
pub mod deed;
pub mod difference;
pub mod digest;
pub mod duty;
pub mod entry;
pub mod expect;
pub mod failure;
pub mod filled;
pub mod fold;
pub mod follow;
pub mod glance;
pub mod heard;
pub mod id;
pub mod item;
pub mod ladder;
pub mod laid;
pub mod lateness;
pub mod look;
pub mod lookup;
pub mod loss;
pub mod mailing;
pub mod matrix;
pub mod nearest;
pub mod outline;
pub mod overlay;
pub mod past;
pub mod period;
mod place;
pub mod plan;
pub mod query;
pub mod queue;
mod rare;
pub mod readiness;
pub mod replay;
pub mod reversal;
pub(crate) mod schema;
pub mod sentence;
pub mod snapshot;
pub mod stamp;
pub mod status;
pub mod steps;
pub mod summary;
pub mod takes;
pub mod task;
pub mod text;
pub mod title;
pub mod told;
pub mod trend;
pub mod typed_date;
pub mod verbs;
pub mod waiting;
pub mod weeks;
