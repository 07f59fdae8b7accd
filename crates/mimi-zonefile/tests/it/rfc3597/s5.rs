//! §5, text representation.

use mimi_zonefile::Form;

use crate::support::{codes, error, hex, reader, record, records, tokens};

fn octets(input: &str) -> String {
    hex(record(input).octets())
}

#[test]
fn types_and_classes_may_be_numbers() {
    let record = record("a type65357 \\# 0");
    assert_eq!((record.record_type, record.class), (65357, 1));
    let record = crate::support::record("a CLASS32 Type731 \\# 6 abcd ( ef 01 23 45 )");
    assert_eq!((record.record_type, record.class), (731, 32));
    assert_eq!(hex(record.octets()), "abcdef012345");
}

#[test]
fn a_number_and_a_mnemonic_are_the_same_type() {
    for input in ["a TYPE65357 \\# 1 00", "a MIMI \\# 1 00", "a mimi \\# 1 00"] {
        assert_eq!(record(input).record_type, 65357);
    }
    assert_eq!(record("a TYPE1 192.0.2.1").record_type, 1);
    assert_eq!(octets("a TYPE1 192.0.2.1"), "c0000201");
}

#[test]
fn hexadecimal_words_may_be_split_anywhere() {
    assert_eq!(octets("a TYPE731 \\# 3 a ( bC\n d\n ; e\n Ef )"), "abcdef");
    assert_eq!(octets("a TYPE731 \\# 0"), "");
    assert_eq!(octets("a TYPE731 \\# 0 ( )"), "");
}

#[test]
fn the_generic_form_may_stand_on_known_types() {
    assert_eq!(octets("a A \\# 4 0A000001"), "0a000001");
    assert_eq!(
        octets("a MIMI \\# 0"),
        "",
        "nothing is known of a private type"
    );
}

#[test]
fn rejects_octets_that_are_not_rdata_of_a_known_type() {
    for input in [
        "a TXT \\# 0",
        "a A \\# 3 0a0000",
        "a MX \\# 2 000a",
        "a NS \\# 2 c00c",
        "a CAA \\# 2 0000",
        "a NS \\# 4 01610000",
    ] {
        assert_eq!(
            record(input).rdata_error().code(),
            "rdata-not-of-type",
            "{input}"
        );
    }
}

#[test]
fn the_generic_form_keeps_its_text() {
    let record = record("a MIMI \\# 2 0a 0b ; c");
    assert_eq!(record.generic.as_deref(), Some(&b"\x0A\x0B"[..]));
    assert_eq!(record.text, b"\\# 2 0a 0b");
}

#[test]
fn an_unknown_type_in_text_is_kept_as_tokens() {
    assert_eq!(tokens("a TYPE731 x \"y z\""), [&b"x"[..], b"y z"]);
    assert_eq!(
        record("a TYPE731 x").rdata_error().code(),
        "rdata-no-text-form"
    );
}

#[test]
fn rejects_generic_rdata_whose_length_is_wrong() {
    for (input, code) in [
        ("a MIMI \\#", "generic-length"),
        ("a MIMI \\# x 00", "generic-length"),
        ("a MIMI \\# 65536 00", "generic-length"),
        ("a MIMI \\# +1 00", "generic-length"),
        ("a MIMI \\# \"1\" 00", "generic-length"),
        ("a MIMI \\# 1", "generic-mismatch"),
        ("a MIMI \\# 0 00", "generic-mismatch"),
        ("a MIMI \\# 1 0", "generic-mismatch"),
        ("a MIMI \\# 1 000", "generic-mismatch"),
        ("a MIMI \\# 1 0g", "generic-digit"),
        ("a MIMI \\# 1 \"00\"", "generic-digit"),
        ("a MIMI \\# 1 0x00", "generic-digit"),
    ] {
        assert_eq!(error(input).code(), code, "{input}");
    }
}

#[test]
fn ignores_a_marker_that_is_quoted_or_longer() {
    assert_eq!(tokens("a MIMI \"\\#\" 1 00"), [&b"#"[..], b"1", b"00"]);
    assert_eq!(tokens("a MIMI \\#1 00"), [&b"#1"[..], b"00"]);
}

#[test]
fn mnemonics_are_those_of_the_caller() {
    let input = "a FOO x";
    assert_eq!(codes(&reader(), input), ["unknown-type"]);
    let reader =
        reader()
            .private_type("foo", 7, Form::Name)
            .private_type("Foo", 65500, Form::Strings);
    assert_eq!(records(&reader, input)[0].record_type, 65500);
}
