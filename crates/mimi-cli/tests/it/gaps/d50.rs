//! D50: MUIs outside ASCII.

use super::{assert_account, assert_invalid};

#[test]
fn a_mui_is_asked_for_as_a_labels() {
    for mui in [
        "bücher.people.example",
        "BÜCHER.people.example.",
        "bu\u{308}cher.people.example",
        "xn--bcher-kva.people.example",
        "mimi:b%C3%BCcher.people.example",
        "bücher。people。example",
    ] {
        assert_account(mui, "buecher-mui");
    }
}

#[test]
fn rejects_broken_a_labels_and_invisible_characters() {
    assert_invalid("xn--a.people.example", "refused-by-uts46");
    assert_invalid("b\u{202e}cher.people.example", "refused-by-uts46");
}
