//! A workbook as a source: what it says is read (`read.rs`), followed while it changes (`follow.rs`), and what is done is kept beside
//! it (`take.rs`).

mod address;
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
mod pen;
pub mod read;
pub mod reading;
mod renamed;
mod reports;
mod rows;
mod separated;
mod source;
pub mod stamp;
mod state;
mod table;
mod take;
mod tasks;
pub mod told;
mod web;
mod xlsx;

pub use address::export;
pub use beside::ledger_beside;
pub use source::{Sheet, SheetSettings, Understand, understand};
pub use web::look_at;
