//! D44: any octet may stand in a label.

use super::{assert_account, assert_ending};

#[test]
fn apostrophes_and_other_punctuation_are_found() {
    assert_account("o'brien@people.example", "obrien");
    assert_account("b={}!@people.example", "punctuation");
}

#[test]
fn never_replaces_an_octet_by_another() {
    let name = Some("o-brien.mimi.people.example.");
    assert_ending("o-brien@people.example", "no_such_name", None, name);
}
