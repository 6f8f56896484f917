//! tiendo
pub mod domain;
