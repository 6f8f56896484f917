//! tiendo
pub mod domain;
pub mod panels;
pub mod words;
