//! D51: the shape of a MUI.

use super::{assert_account, assert_ending, assert_invalid};

#[test]
fn other_octets_are_given_as_escapes() {
    assert_account(r"a\032b.people.example", "escaped-mui");
    assert_account(r"a\ b.people.example", "escaped-mui");
}

#[test]
fn never_appends_a_search_list() {
    assert_ending("mymimi", "invalid", Some("single-label"), None);
    let name = Some("alias.people.");
    assert_ending(
        "alias.people",
        "temporary_failure",
        Some("server-failure"),
        name,
    );
}

#[test]
fn rejects_wildcards_addresses_and_urls() {
    assert_invalid("*.wild.example", "unexpected-character");
    assert_invalid("192.0.2.1", "ip-address");
    assert_invalid("https://people.example", "unexpected-character");
}
