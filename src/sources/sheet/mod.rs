//! A workbook as a source: what it says is read, what is done is kept beside it.

mod address;
mod beside;
mod differing;
mod file;
mod follow;
pub mod limits;
pub mod mapping;
mod memory;
mod pen;
pub mod read;
pub mod reading;
mod renamed;
mod source;
mod state;
mod take;
mod web;

pub use address::export;
pub use source::{Sheet, SheetSettings, Understand, understand};
