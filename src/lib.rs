//! tiendo
pub mod domain;
pub mod planfile;
