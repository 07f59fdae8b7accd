//! D51: the shape of a MUI.

use mimi_id::{Kind, Mui};
use mimi_name::DomainName;

use crate::support::{code, mimi_name};

#[test]
fn other_octets_are_written_as_escapes() {
    assert_eq!(mimi_name("a\\032b.example.com"), "a\\032b.example.com.");
    assert_eq!(mimi_name("a\\+b.example.com"), "a\\043b.example.com.");
    assert_eq!(mimi_name("a\\.b.example.com"), "a\\046b.example.com.");
}

#[test]
fn a_needless_escape_changes_nothing() {
    assert_eq!(
        mimi_name("\\085ser.example.net"),
        mimi_name("user.example.net")
    );
}

#[test]
fn a_name_of_253_characters_fits() {
    let text = format!("{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(61));
    assert_eq!(text.len(), 253);
    assert_eq!(
        Mui::parse(&text).unwrap().name().as_wire().len(),
        DomainName::MAX_LENGTH
    );
    assert_eq!(code(&format!("{text}b")), (Kind::Mui, "name-too-long"));
}

#[test]
fn a_name_from_elsewhere_is_held_to_the_same_rules() {
    let name = |labels: &[&[u8]]| DomainName::from_labels(labels).unwrap();
    assert!(Mui::from_name(&name(&[b"a b", b"example"])).is_ok());
    for labels in [
        &[b"com".as_slice()][..],
        &[b"*", b"example"],
        &[b"1", b"2", b"3", b"4"],
        &[b"xn--a", b"example"],
        &[],
    ] {
        assert!(Mui::from_name(&name(labels)).is_err());
    }
}

#[test]
fn rejects_single_and_empty_labels() {
    assert_eq!(code("user"), (Kind::Mui, "single-label"));
    assert_eq!(code("com."), (Kind::Mui, "single-label"));
    for text in ["", ".", ".a.example", "a..example"] {
        assert_eq!(
            code(text).1,
            if text.is_empty() {
                "empty"
            } else {
                "empty-label"
            },
            "{text}"
        );
    }
}

#[test]
fn rejects_ip_addresses_in_any_spelling() {
    for text in [
        "192.0.2.1",
        "192.0.2.1.",
        "::1",
        "2001:db8::1",
        "fe80::1%eth0",
        "[::1]",
        "１９２.0.2.1",
        "\\049.0.2.1",
    ] {
        assert_eq!(code(text), (Kind::Mui, "ip-address"), "{text}");
    }
    assert_eq!(code("a.0x7f"), (Kind::Mui, "numeric-top-level"));
}

#[test]
fn rejects_bare_octets_and_bad_escapes() {
    for text in [
        "a b.example",
        "a+b.example",
        "*.example.com",
        " a.example",
        "a.example\n",
    ] {
        assert_eq!(code(text), (Kind::Mui, "unexpected-character"), "{text}");
    }
    for text in [
        "a\\256.example",
        "a\\1.example",
        "a.example\\",
        "a\\\u{7}.example",
    ] {
        assert_eq!(code(text), (Kind::Mui, "bad-escape"), "{text}");
    }
}

#[test]
fn rejects_the_wildcard_and_forged_a_labels_in_escapes() {
    assert_eq!(code("\\042.example.com"), (Kind::Mui, "wildcard-label"));
    assert_eq!(
        code("\\120n--a.example.com"),
        (Kind::Mui, "refused-by-uts46")
    );
}
