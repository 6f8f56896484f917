//! A page.
use super::HandOver;
pub(super) fn page(_over: &HandOver<'_>) -> String {
    String::new()
}
