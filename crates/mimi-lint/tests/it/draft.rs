//! The draft's own examples.

use mimi_lint::{Checker, Level, Settings};

use crate::findings::findings;

#[test]
fn the_examples_of_the_draft_have_nothing_above_information() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../testdata/lint/draft-examples.zone"
    );
    let found = findings(
        &Checker::new(Settings::default()),
        &std::fs::read(path).unwrap(),
    );
    let above: Vec<_> = found
        .iter()
        .filter(|finding| finding.level > Level::Info)
        .collect();
    assert!(above.is_empty(), "{above:?}");
}
