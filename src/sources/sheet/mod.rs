//! A workbook as a source: what it says is read, what is done is kept beside it.

mod agencies;
mod bodies;
mod campaigns;
mod days;
mod draft;
mod duties;
mod encoding;
mod grid;
mod head;
pub mod limits;
pub mod mapping;
mod names;
mod objects;
mod package;
pub mod read;
pub mod reading;
mod reports;
mod rows;
mod separated;
pub mod stamp;
mod table;
mod tasks;
mod xlsx;
