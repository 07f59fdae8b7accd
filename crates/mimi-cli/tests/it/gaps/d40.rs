//! D40: each atom of a local part is a label of its own.

use super::{assert_account, assert_ending};

#[test]
fn dots_make_labels() {
    assert_account("first.last@people.example", "first-dot-last");
    assert_account("\"first.last\"@people.example", "first-dot-last");
}

#[test]
fn never_finds_the_person_without_dots_or_the_other_way_round() {
    assert_account("firstlast@people.example", "firstlast");
    let name = Some("f.irstlast.mimi.people.example.");
    assert_ending("f.irstlast@people.example", "no_such_name", None, name);
}
