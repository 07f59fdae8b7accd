//! §4.1, MUI Format.

use mimi_id::{Identifier, Kind, Mui};

use crate::support::{code, mimi_name};

#[test]
fn the_examples_are_muis_written_relative_to_the_root() {
    for (text, name) in [
        ("mymimi.example.com", "mymimi.example.com."),
        ("user.example.net", "user.example.net."),
    ] {
        assert_eq!(Kind::classify(text), Kind::Mui);
        assert_eq!(mimi_name(text), name);
        assert_eq!(Mui::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn an_internationalised_domain_name_is_a_mui() {
    assert_eq!(mimi_name("bücher.example"), "xn--bcher-kva.example.");
}

#[test]
fn a_prefix_with_scheme_and_colon_makes_a_uri() {
    let mui = Mui::parse("mymimi.example.com").unwrap();
    assert_eq!(mui.to_uri(), "mimi:mymimi.example.com");
    assert!(Mui::from_uri("mimi:mymimi.example.com").unwrap() == mui);
}

#[test]
fn a_mui_is_told_from_an_email_address_by_sight() {
    assert_eq!(Kind::classify("user.example.net"), Kind::Mui);
    assert_eq!(Kind::classify("user@example.net"), Kind::Email);
    assert!(matches!(
        Identifier::parse("user@example.net"),
        Ok(Identifier::Email(_))
    ));
}

#[test]
fn rejects_what_is_no_domain_name() {
    assert_eq!(
        code("my mimi.example.com"),
        (Kind::Mui, "unexpected-character")
    );
    assert_eq!(code("mymimi..example.com"), (Kind::Mui, "empty-label"));
}
