//! A workbook as a source: what it says is read, what is done is kept beside it.

mod agencies;
mod beside;
mod bodies;
mod campaigns;
mod days;
mod differing;
mod draft;
mod duties;
mod encoding;
mod file;
mod follow;
mod grid;
mod head;
mod heading;
pub mod limits;
pub mod mapping;
mod memory;
mod names;
mod objects;
mod package;
pub mod read;
pub mod reading;
mod renamed;
mod reports;
mod rows;
mod separated;
mod source;
pub mod stamp;
mod table;
mod take;
mod tasks;
pub mod told;
mod xlsx;

pub use source::{Sheet, SheetSettings, Understand, understand};
