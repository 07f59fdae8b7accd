//! D49: non-ASCII email domains.

use mimi_id::{EmailAddress, Kind};

use crate::support::{code, key};

fn domain(text: &str) -> String {
    EmailAddress::parse(text).unwrap().domain().to_string()
}

#[test]
fn a_domain_goes_through_the_whole_mapping() {
    assert_eq!(domain("a@bücher.example"), "xn--bcher-kva.example.");
    assert_eq!(domain("a@ＢÜＣＨＥＲ。example"), "xn--bcher-kva.example.");
    assert_eq!(key("a@BÜCHER.example"), key("a@xn--bcher-kva.example"));
}

#[test]
fn the_a_label_is_shown_beside_the_unicode_form() {
    let shown = |text: &str| EmailAddress::parse(text).unwrap().to_string();
    assert_eq!(
        shown("a@xn--bcher-kva.example"),
        "a@bücher.example (a@xn--bcher-kva.example)"
    );
    assert_eq!(
        shown("ü@example.com"),
        "ü@example.com (mailto:%C3%BC@example.com)"
    );
    assert_eq!(shown("a@example.com"), "a@example.com");
    assert_eq!(
        shown("a\u{202e}b@example.com"),
        "mailto:a%E2%80%AEb@example.com"
    );
}

#[test]
fn never_lets_a_quoted_parenthesis_unbalance_the_form_beside() {
    let address = EmailAddress::parse("\"(\"@bücher.example").unwrap();
    let shown = address.to_string();
    assert_eq!(
        shown,
        "\"(\"@bücher.example (mailto:%22%28%22@xn--bcher-kva.example)"
    );
    assert!(EmailAddress::parse(&shown).unwrap() == address);
}

#[test]
fn rejects_what_is_no_email_domain() {
    for (text, expected) in [
        ("a@localhost", "domain-single-label"),
        ("a@192.0.2.1", "domain-ip-address"),
        ("a@example.com.", "misplaced-dot"),
        ("a@例え。", "domain-empty-label"),
        ("a@xn--a.example", "domain-refused-by-uts46"),
        ("a@exa\u{202e}mple.com", "domain-refused-by-uts46"),
        ("a@*.example", "domain-unexpected-character"),
    ] {
        assert_eq!(code(text), (Kind::Email, expected), "{text}");
    }
}
