//! D49: email domains outside ASCII.

use super::{assert_account, assert_invalid};

#[test]
fn the_domain_is_asked_for_as_a_labels() {
    assert_account("alice@münchen.example", "alice");
    assert_account("alice@xn--mnchen-3ya.example", "alice");
    assert_account("alice@MÜNCHEN.example", "alice");
}

#[test]
fn rejects_what_uts46_refuses() {
    assert_invalid("alice@m\u{202e}nchen.example", "domain-refused-by-uts46");
}
