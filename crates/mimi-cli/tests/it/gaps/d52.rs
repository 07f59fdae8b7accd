//! D52: telephone numbers, and a private ENUM suffix.

use super::{accounts_of, resolve, resolve_with};

#[test]
fn a_private_suffix_is_asked_in_place_of_e164_arpa() {
    let object = resolve_with("+1 (555) 123-4567", &["--enum-suffix", "enum.example"]);
    assert_eq!(accounts_of(&object), [["private"]]);
    let names = serde_json::json!(["7.6.5.4.3.2.1.5.5.5.1.enum.example."]);
    assert_eq!(object["names"], names);
}

#[test]
fn never_asks_both_suffixes() {
    let object = resolve("+15551234567");
    assert_eq!(object["code"], "server-failure");
    assert_eq!(
        object["names"],
        serde_json::json!(["7.6.5.4.3.2.1.5.5.5.1.e164.arpa."])
    );
}

#[test]
fn rejects_extensions_letters_and_trunk_zeros() {
    let code = |number| resolve(number)["code"].as_str().unwrap().to_owned();
    assert_eq!(code("+1555 ext. 12"), "extension");
    assert_eq!(code("+1-800-FLOWERS"), "letter");
    assert_eq!(code("+44 (0)20 7946 0148"), "trunk-zero");
    assert_eq!(code("+1234567890123456"), "too-many-digits");
}
