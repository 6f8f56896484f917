//! tiendo
pub mod app;
pub mod domain;
pub mod panels;
pub mod words;
