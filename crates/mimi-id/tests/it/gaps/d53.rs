//! D53: which kind a text is.

use mimi_id::{Identifier, Kind};

use crate::support::{code, invalid};

#[test]
fn the_form_decides() {
    for (text, kind) in [
        ("mimi:a@b", Kind::Mui),
        ("mailto:example.com", Kind::Email),
        ("tel:example.com", Kind::Telephone),
        ("+alice@example.com", Kind::Telephone),
        ("alice@example.com", Kind::Email),
        ("\"a@b\"@example.com", Kind::Email),
        ("(\")a@example.com", Kind::Email),
        ("\"a\\\"@b\"", Kind::Mui),
        ("\"a@b\"", Kind::Mui),
        ("example.com", Kind::Mui),
        ("15551234567", Kind::Mui),
        ("", Kind::Mui),
    ] {
        assert_eq!(Kind::classify(text), kind, "{text}");
    }
}

#[test]
fn an_identifier_knows_its_kind() {
    for (text, kind) in [
        ("example.com", "mui"),
        ("a@example.com", "email"),
        ("+1555", "telephone"),
    ] {
        let identifier: Identifier = text.parse().unwrap();
        assert_eq!(identifier.kind().as_str(), kind);
        assert!(identifier.canonical_key().starts_with(kind));
    }
}

#[test]
fn an_email_address_with_leading_plus_takes_its_scheme() {
    let identifier = Identifier::parse("mailto:+news@example.com").unwrap();
    assert_eq!(identifier.to_uri(), "mailto:+news@example.com");
    assert!(
        invalid("+news@example.com")
            .help()
            .unwrap()
            .contains("mailto:+")
    );
}

#[test]
fn refuses_a_number_without_plus_with_a_hint() {
    for text in ["0039066981", "(555) 123-4567", "39.06.698"] {
        let error = invalid(text);
        assert_eq!(error.code(), "looks-like-telephone", "{text}");
        assert!(error.help().unwrap().contains("leading +"));
    }
}

#[test]
fn never_trims() {
    assert_eq!(code(" +1555"), (Kind::Mui, "unexpected-character"));
    assert_eq!(code("example.com "), (Kind::Mui, "unexpected-character"));
}

#[test]
fn never_shows_an_identifier_in_debug_output() {
    for text in ["mymimi.example.com", "alice@example.com", "+15551234567"] {
        let debug = format!("{:?}", Identifier::parse(text).unwrap());
        assert!(
            !debug.contains("example") && !debug.contains("555") && !debug.contains("alice"),
            "{debug}"
        );
    }
}
