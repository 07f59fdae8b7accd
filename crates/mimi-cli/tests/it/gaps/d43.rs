//! D43: quoted local parts.

use super::{assert_account, assert_invalid, assert_unmappable};

#[test]
fn quotes_backslashes_and_comments_are_removed() {
    assert_account("\"alice\"@people.example", "alice");
    assert_account("\"\\al\\ice\"@people.example", "alice");
    assert_account("(home)alice@people.example(work)", "alice");
    assert_account("\"john smith\"@people.example", "john smith");
}

#[test]
fn refuses_to_make_a_name_of_an_empty_atom() {
    for local in ["\"\"", "\".alice\"", "\"alice.\"", "\"al..ice\""] {
        assert_unmappable(&format!("{local}@people.example"), "empty-atom");
    }
}

#[test]
fn rejects_the_same_without_quotes() {
    assert_invalid("al..ice@people.example", "misplaced-dot");
    assert_invalid("john smith@people.example", "unexpected-character");
}
