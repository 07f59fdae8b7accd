//! D47: a lone `*` and control octets.

use super::{assert_ending, assert_invalid, assert_unmappable};

#[test]
fn refuses_to_ask_for_the_wildcard_itself() {
    assert_unmappable("*@wild.example", "wildcard-atom");
    assert_unmappable("*.alice@people.example", "wildcard-atom");
    assert_unmappable("\"*\"@wild.example", "wildcard-atom");
}

#[test]
fn refuses_control_octets() {
    assert_unmappable("\"al\tice\"@people.example", "control-character");
    assert_unmappable("al\u{85}ice@people.example", "control-character");
    assert_invalid("al\u{7}ice@people.example", "control-character");
}

#[test]
fn an_asterisk_among_others_is_an_octet_as_any_other() {
    let name = Some(r"a\042b.mimi.people.example.");
    assert_ending("a*b@people.example", "no_such_name", None, name);
}
