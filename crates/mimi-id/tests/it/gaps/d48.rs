//! D48: what looks like an address and is something else.

use mimi_id::{EmailAddress, EmailError, Kind};

use crate::support::{code, invalid};

#[test]
fn a_bare_address_in_a_mailto_uri_is_one() {
    let address = EmailAddress::parse("MailTo:%22a%40b%22@example.com").unwrap();
    assert_eq!(address.local_part(), "a@b");
    assert_eq!(address.to_uri(), "mailto:%22a%40b%22@example.com");
}

#[test]
fn rejects_each_by_a_code_of_its_own() {
    for (text, expected) in [
        ("a@[192.0.2.1]", "domain-literal"),
        ("a@(comment)[IPv6:::1]", "domain-literal"),
        ("us: a@example.com, b@example.com;", "group"),
        ("us: A <a@example.com>;", "group"),
        ("A B <a@example.com>", "display-name"),
        ("\"<\" <a@example.com>", "display-name"),
        ("(A) <a@example.com>", "display-name"),
        ("<a@example.com>", "angle-brackets"),
        ("@a.example,@b.example:c@example.com", "source-route"),
        ("<@a.example:c@example.com>", "source-route"),
        ("a@example.com,b@example.com", "several-addresses"),
    ] {
        assert_eq!(code(text), (Kind::Email, expected), "{text}");
    }
}

#[test]
fn rejects_header_fields_in_a_mailto_uri() {
    assert_eq!(
        code("mailto:a@example.com?to=b@example.com"),
        (Kind::Email, "uri-delimiter")
    );
    assert_eq!(
        EmailAddress::from_uri("a@example.com"),
        Err(EmailError::NotAMailtoUri)
    );
}

#[test]
fn faults_are_placed_in_the_text_given() {
    assert_eq!(invalid("alice@[192.0.2.1]").position(), Some(6));
    assert_eq!(invalid("mailto:%61lice@[192.0.2.1]").position(), Some(15));
    assert_eq!(invalid("alice@exa+mple.com").position(), Some(9));
    assert_eq!(
        invalid("mailto:%61lice@exa%2Bmple.com").position(),
        Some(18)
    );
    assert_eq!(invalid("ü@x@y").position(), Some(4));
}
