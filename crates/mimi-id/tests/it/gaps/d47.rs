//! D47: `*` and control octets.

use mimi_id::Kind;

use crate::support::{code, local};

#[test]
fn an_asterisk_among_others_maps() {
    assert_eq!(local("a*b").unwrap(), "a\\042b");
    assert_eq!(local("**").unwrap(), "\\042\\042");
}

#[test]
fn never_maps_a_lone_asterisk() {
    for text in ["*", "a.*", "*.a", "\"*\""] {
        assert_eq!(local(text), Err("wildcard-atom"), "{text}");
    }
}

#[test]
fn never_maps_the_controls_that_an_address_may_hold() {
    for text in ["\"a\tb\"", "\"a\\\tb\"", "a\u{85}b"] {
        assert_eq!(local(text), Err("control-character"), "{text:?}");
    }
}

#[test]
fn rejects_the_controls_that_only_obsolete_syntax_holds() {
    for text in [
        "a\0b@example.com",
        "\"a\u{1}b\"@example.com",
        "a\u{7f}@example.com",
        "\"\\\0\"@example.com",
    ] {
        assert_eq!(code(text), (Kind::Email, "control-character"), "{text:?}");
    }
}
