//! D42: a tag is part of the name.

use super::{assert_account, assert_ending};

#[test]
fn a_tagged_address_has_a_name_of_its_own() {
    assert_account("alice+news@people.example", "alice-news");
    assert_account("alice@people.example", "alice");
}

#[test]
fn never_falls_back_to_the_address_without_tag() {
    let name = Some(r"alice\043other.mimi.people.example.");
    assert_ending("alice+other@people.example", "no_such_name", None, name);
}
