//! D52: telephone numbers.

use mimi_id::{Kind, Unmappable};
use mimi_name::DomainName;

use crate::support::{code, invalid, name, telephone};

#[test]
fn separators_and_spaces_are_removed() {
    for text in [
        "+1 (555) 123-4567",
        "+1.555.123.4567",
        "tel:+1-555-123-4567",
        "TEL:+15551234567",
    ] {
        assert_eq!(telephone(text).digits(), "15551234567", "{text}");
    }
}

#[test]
fn the_suffix_is_configurable() {
    assert_eq!(
        telephone("+123")
            .enum_name(&name("enum.example.net"))
            .unwrap()
            .to_string(),
        "3.2.1.enum.example.net."
    );
}

#[test]
fn one_to_fifteen_digits_are_a_number() {
    assert_eq!(telephone("+1").digits(), "1");
    assert_eq!(telephone("+123456789012345").digits().len(), 15);
    assert_eq!(
        code("+1234567890123456"),
        (Kind::Telephone, "too-many-digits")
    );
}

#[test]
fn rejects_each_other_form_by_a_code_of_its_own() {
    for (text, expected) in [
        ("+", "no-digits"),
        ("+0123", "leading-zero"),
        ("tel:5551234", "missing-plus"),
        ("tel:0039066981", "missing-plus"),
        ("+1-800-FLOWERS", "letter"),
        ("+1555x123", "extension"),
        ("+1555 ext. 123", "extension"),
        ("+1555 extension 123", "extension"),
        ("tel:+1555;ext=123", "extension"),
        ("tel:7042;phone-context=example.com", "phone-context"),
        ("tel:+1555;isub=1", "parameter"),
        ("+44 (0)20 7946 0148", "trunk-zero"),
        ("+44 ( 0 )20 7946 0148", "trunk-zero"),
        ("+١٥٥٥", "other-digit"),
        ("+1\u{a0}555", "unexpected-character"),
        ("++1555", "unexpected-character"),
    ] {
        assert_eq!(code(text), (Kind::Telephone, expected), "{text}");
    }
}

#[test]
fn never_names_a_number_under_the_root_or_past_255_octets() {
    assert_eq!(
        telephone("+1").enum_name(&DomainName::root()),
        Err(Unmappable::RootTarget)
    );
    let long = name(&format!("{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(59)));
    assert!(telephone("+1").enum_name(&long).is_ok());
    assert_eq!(
        telephone("+12").enum_name(&long),
        Err(Unmappable::NameTooLong)
    );
}

#[test]
fn faults_are_placed_in_the_text_given() {
    assert_eq!(invalid("tel:+1 (0)2").position(), Some(7));
    assert_eq!(invalid("+1555x1").position(), Some(5));
}

#[test]
fn a_word_that_means_no_extension_is_letters() {
    for text in ["+1555abc123", "+1555 x", "+1555 extra 1"] {
        let code = code(text).1;
        assert_ne!(code, "extension", "{text}");
    }
}
