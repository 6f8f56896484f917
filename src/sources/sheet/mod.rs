//! A workbook as a source: what it says is read, what is done is kept beside it.

mod beside;
mod differing;
mod file;
mod follow;
pub mod limits;
pub mod mapping;
mod memory;
pub mod read;
pub mod reading;
mod renamed;
mod source;
mod take;

pub use source::{Sheet, SheetSettings, Understand, understand};
