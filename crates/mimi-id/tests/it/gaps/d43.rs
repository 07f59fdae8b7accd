//! D43: quoted local parts and comments.

use mimi_id::{EmailAddress, Kind};

use crate::support::{code, local};

#[test]
fn comments_quotes_and_backslashes_are_removed() {
    let address =
        EmailAddress::parse("(a(b)c)\"al\\ice \\\"x\\\"\"(d) @ (e)example.com(f)").unwrap();
    assert_eq!(address.local_part(), "alice \"x\"");
    assert_eq!(address.domain().to_string(), "example.com.");
}

#[test]
fn a_fold_is_removed_and_its_white_space_stays() {
    assert_eq!(local("\"a \r\n b\"").unwrap(), "a\\032\\032b");
}

#[test]
fn never_maps_an_empty_atom() {
    for text in ["\"\"", "\".a\"", "\"a.\"", "\"a..b\""] {
        assert_eq!(local(text), Err("empty-atom"), "{text}");
    }
}

#[test]
fn rejects_the_same_unquoted() {
    for text in [".a@example.com", "a.@example.com", "a..b@example.com"] {
        assert_eq!(code(text), (Kind::Email, "misplaced-dot"), "{text}");
    }
}

#[test]
fn rejects_obsolete_syntax() {
    for text in [
        "\"a\".b@example.com",
        "a.\"b\"@example.com",
        "a .b@example.com",
        "a@b .example",
    ] {
        assert_eq!(code(text), (Kind::Email, "obsolete-syntax"), "{text}");
    }
}
