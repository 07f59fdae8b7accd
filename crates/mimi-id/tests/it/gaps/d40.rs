//! D40: dots in a local part.

use crate::support::{key, local};

#[test]
fn each_atom_is_a_label() {
    assert_eq!(local("first.last").unwrap(), "first.last");
    assert_eq!(local("a.b.c").unwrap(), "a.b.c");
}

#[test]
fn a_dot_inside_quotes_separates_as_any_other() {
    assert_eq!(local("\"first.last\""), local("first.last"));
    assert_eq!(local("\"first\\.last\""), local("first.last"));
    assert_eq!(
        key("\"first.last\"@example.com"),
        key("first.last@example.com")
    );
}

#[test]
fn never_merges_dots_away() {
    assert_ne!(local("first.last"), local("firstlast"));
}
