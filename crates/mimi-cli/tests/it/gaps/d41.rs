//! D41: a local part is sent as given, and DNS compares without case.

use super::{assert_account, assert_ending};

#[test]
fn case_makes_no_difference_to_the_answer() {
    assert_account("Alice@PEOPLE.example", "alice");
    assert_account("ALICE+News@people.example", "alice-news");
}

#[test]
fn never_changes_the_case_of_what_is_asked() {
    let name = Some("NoBody.mimi.people.example.");
    assert_ending("NoBody@people.example", "no_such_name", None, name);
}
