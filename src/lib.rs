//! tiendo
pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod ledger;
pub mod panels;
pub mod planfile;
pub mod runtime;
pub mod sources;
pub mod words;
