//! A workbook as a source: what it says is read, what is done is kept beside it.

pub mod limits;
pub mod mapping;
pub mod read;
pub mod reading;
