//! The rules of the domain, through its public functions: who may say what when, what it does, how an item then stands,
//! what becomes of it when the plan is amended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod acts;
mod amendment;
mod changes;
mod effects;
mod figures;
mod following;
mod reversal;
mod status;
mod table;
