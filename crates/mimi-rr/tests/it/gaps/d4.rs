//! D4: presentation form with decimal escapes, the origin, RFC 3597, and portable names.

use mimi_name::DomainName;
use mimi_rr::{Mimi, Mimix, TypeCodes, record_text, rfc3597};

#[test]
fn escapes_are_decimal() {
    let mimi = Mimi::from_text(br#""\065\b\"\\\000""#).unwrap();
    assert_eq!(mimi.definition_string(), &b"Ab\"\\\0"[..]);
    assert_eq!(mimi.to_text(), r#""Ab\"\\\000""#);
}

#[test]
fn several_strings_stay_several() {
    let mimi = Mimi::from_text(b"\"v=MIMI1; a=x\" \"; e=y\"").unwrap();
    assert_eq!(mimi.strings().count(), 2);
    assert_eq!(mimi.to_text(), "\"v=MIMI1; a=x\" \"; e=y\"");
}

#[test]
fn bare_strings_are_read_and_written_quoted() {
    let mimi = Mimi::from_text(br" v=MIMI1\;a=x	\;\ e=y ").unwrap();
    assert_eq!(mimi.to_text(), "\"v=MIMI1;a=x\" \"; e=y\"");
}

#[test]
fn rfc_3597_is_the_same_record() {
    let mimi = Mimi::from_text(br"\# 8 07763d4d 494D4931").unwrap();
    assert_eq!(mimi, Mimi::new(b"v=MIMI1").unwrap());
    let mimix = Mimix::from_text(br"\# 6 046d696d6900", None).unwrap();
    assert_eq!(mimix, Mimix::from_text(b"mimi.", None).unwrap());
    assert_eq!(rfc3597::to_text(mimix.as_rdata()), r"\# 6 046d696d6900");
}

#[test]
fn a_quoted_backslash_and_hash_is_a_string() {
    let mimi = Mimi::from_text(br##""\# 0""##).unwrap();
    assert_eq!(mimi.definition_string(), &b"# 0"[..]);
}

#[test]
fn a_relative_target_gets_the_origin() {
    let origin: DomainName = "example.com".parse().unwrap();
    let target = |text: &[u8]| {
        let mimix = Mimix::from_text(text, Some(&origin)).unwrap();
        mimix.target().to_string()
    };
    assert_eq!(target(b"mimi"), "mimi.example.com.");
    assert_eq!(target(b"mimi."), "mimi.");
    assert_eq!(target(b"@"), "example.com.");
    assert_eq!(target(b" a\\ b "), "a\\032b.example.com.");
}

#[test]
fn written_names_escape_what_some_servers_refuse_bare() {
    let owner = DomainName::from_labels(["first+tag", "o'brien", "*", "a_b-c"]).unwrap();
    let mimix = Mimix::new(owner.clone());
    assert_eq!(
        record_text::mnemonic_line(&owner, None, &mimix),
        r"first\043tag.o\039brien.*.a_b-c. IN MIMIX first\043tag.o\039brien.*.a_b-c."
    );
}

#[test]
fn the_generic_line_uses_the_codes_it_is_given() {
    let codes = TypeCodes::new(65300, 65301).unwrap();
    let owner = DomainName::root();
    let mimi = Mimi::new(b"").unwrap();
    let mimix = Mimix::new(DomainName::root());
    assert_eq!(
        record_text::generic_line(&owner, Some(0), &mimi, codes),
        r". 0 IN TYPE65300 \# 1 00"
    );
    assert_eq!(
        record_text::generic_line(&owner, None, &mimix, codes),
        r". IN TYPE65301 \# 1 00"
    );
}

#[test]
fn rejects_a_relative_target_without_an_origin() {
    let error = Mimix::from_text(b"mimi.example.net", None).unwrap_err();
    assert_eq!(error.code(), "relative-without-origin");
}

#[test]
fn rejects_two_names() {
    let error = Mimix::from_text(b"mimi. example.", None).unwrap_err();
    assert_eq!((error.code(), error.position()), ("text-after-name", 6));
}

#[test]
fn never_writes_an_octet_that_a_terminal_obeys() {
    let every_octet: Vec<u8> = (0..=255).collect();
    let text = Mimi::new(&every_octet).unwrap().to_text();
    assert!(text.bytes().all(|octet| matches!(octet, b' '..=b'~')));
}
