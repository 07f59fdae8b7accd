//! D42: tags and provider-specific dots.

use crate::support::{key, local};

#[test]
fn a_tag_is_sent_verbatim() {
    assert_eq!(local("alice+news").unwrap(), "alice\\043news");
    assert_eq!(local("alice-news").unwrap(), "alice-news");
}

#[test]
fn never_strips_a_tag_or_a_dot() {
    assert_ne!(key("alice+news@gmail.com"), key("alice@gmail.com"));
    assert_ne!(key("a.lice@gmail.com"), key("alice@gmail.com"));
}
