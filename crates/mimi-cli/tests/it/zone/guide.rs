//! What `docs/publish.md` shows is what the command writes.

use crate::support::check_document;

#[test]
fn every_output_in_the_guide_for_publishers_is_real() {
    let runs = check_document("publish.md");
    assert!(runs.len() >= 7, "{}", runs.len());
}
