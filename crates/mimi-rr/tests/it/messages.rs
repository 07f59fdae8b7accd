//! What users read when something is wrong.

use insta::assert_snapshot;
use mimi_rr::{Mimi, Mimix, TypeCodes};

fn mimi_rdata(rdata: &[u8]) -> String {
    Mimi::from_rdata(rdata).unwrap_err().to_string()
}

fn mimi_text(text: &str) -> String {
    Mimi::from_text(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn errors_say_what_was_expected_and_what_was_found() {
    let mimix_rdata = |rdata: &[u8]| Mimix::from_rdata(rdata).unwrap_err().to_string();
    let mimix_text = |text: &[u8]| Mimix::from_text(text, None).unwrap_err().to_string();
    let all = [
        mimi_rdata(b""),
        mimi_rdata(b"\x02ab\x09cd"),
        Mimi::from_strings([[0; 256]]).unwrap_err().to_string(),
        Mimi::new(&[0; 65536]).unwrap_err().to_string(),
        mimi_text(""),
        mimi_text("\"abc"),
        mimi_text("\"\\7\""),
        mimi_text("\"\\300\""),
        mimi_text(&"a".repeat(256)),
        mimi_text("a;b"),
        mimi_text("a\r"),
        mimi_text("\\# x"),
        mimi_text("\\# 1 \u{1b}"),
        mimi_text("\\# 1 abc"),
        mimi_text("\\# 5 abcd"),
        mimix_rdata(b""),
        mimix_rdata(b"\xc0\x0c"),
        mimix_text(b"a. b."),
        mimix_text(b"a"),
        TypeCodes::new(65300, 65300).unwrap_err().to_string(),
        TypeCodes::new(1, 65300).unwrap_err().to_string(),
    ];
    assert_snapshot!(all.join("\n"), @r#"
    expected at least one character-string, found no record data
    expected 9 octets after the length at octet 3, found 2
    expected a character-string of at most 255 octets, found 256 (string 1)
    expected at most 65535 octets of record data, found 65794
    expected a character-string, found nothing
    expected a closing quote for the string that opens at octet 0, found the end of the line
    expected three decimal digits or one other character after the backslash at octet 1
    expected an escape of \000 to \255, found \300 at octet 1
    expected a character-string of at most 255 octets, found 256 at octet 0
    expected a blank or the end of the record data, found ";" at octet 1
    expected a blank or the end of the record data, found \013 at octet 1
    expected a decimal length of 0 to 65535 at octet 3, found something else
    expected a hexadecimal digit, found \027 at octet 5
    expected an even number of hexadecimal digits, found one too many at octet 7
    expected 5 octets of record data as the length says, found 2
    expected a domain name, found no record data
    expected an uncompressed name, found a compression pointer (0xC0) at octet 0
    expected nothing after the name, found more text at octet 3
    expected an absolute name (with a final dot), found a relative one, and no origin is known
    expected different type codes for MIMI and MIMIX, found 65300 for both
    expected a type code of 256 to 65534, found 1
    "#);
}
