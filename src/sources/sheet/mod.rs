//! A workbook as a source: what it says is read, what is done is kept beside it.

pub mod reading;
