//! Plan files are read record by record: what is wrong is said with its place, the rest is used, nothing is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use tiendo::planfile::sample;

#[test]
fn the_sample_is_read_without_a_remark() {
    let loaded = sample().unwrap();
    assert_eq!(loaded.remarks, []);
    assert_eq!((loaded.set_aside, loaded.warnings), (0, 0));
}
