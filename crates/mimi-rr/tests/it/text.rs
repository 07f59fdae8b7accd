//! Text that is wrong: each error with its code and position.

use mimi_rr::{Mimi, Mimix, rfc3597};

#[test]
fn rejects_malformed_strings_where_they_go_wrong() {
    for (text, code, position) in [
        (&b""[..], "missing-string", 0),
        (b" \t ", "missing-string", 0),
        (b"\"abc", "unterminated-string", 0),
        (b"\"ok\" \"abc", "unterminated-string", 5),
        (b"\"abc\ndef\"", "unterminated-string", 0),
        (b"\"abc\\\"", "unterminated-string", 0),
        (b"\"abc\\", "unfinished-escape", 4),
        (b"abc\\", "unfinished-escape", 3),
        (b"\"\\12\"", "unfinished-escape", 1),
        (b"\"\\1", "unfinished-escape", 1),
        (b"\"a\\256\"", "escape-over-255", 2),
        (b"\\999", "escape-over-255", 0),
        (b"\"a\"\"b\"", "unexpected-octet", 3),
        (b"\"a\"b", "unexpected-octet", 3),
        (b"a\"b\"", "unexpected-octet", 1),
        (b"a;b", "unexpected-octet", 1),
        (b"; comment", "unexpected-octet", 0),
        (b"( a )", "unexpected-octet", 0),
        (b"a )", "unexpected-octet", 2),
        (b"a\n", "unexpected-octet", 1),
    ] {
        let error = Mimi::from_text(text).unwrap_err();
        assert_eq!(
            (error.code(), error.position()),
            (code, position),
            "{}",
            text.escape_ascii()
        );
    }
}

#[test]
fn rejects_a_string_over_255_octets_after_decoding() {
    let longest = format!("\"{}\"", "\\097".repeat(255));
    assert!(Mimi::from_text(longest.as_bytes()).is_ok());
    let too_long = format!("x \"{}\"", "\\097".repeat(256));
    let error = Mimi::from_text(too_long.as_bytes()).unwrap_err();
    assert_eq!((error.code(), error.position()), ("string-too-long", 2));
}

#[test]
fn generic_data_may_come_in_words_of_either_case() {
    for text in [
        &br"\# 3 aBcDeF"[..],
        br"\# 3 ab cd ef",
        br"\# 3 a bcd ef",
        b"\t\\#  003\tabcd ef ",
    ] {
        assert_eq!(rfc3597::from_text(text).unwrap(), [0xAB, 0xCD, 0xEF]);
    }
    assert!(rfc3597::from_text(br"\# 0").unwrap().is_empty());
}

#[test]
fn rejects_malformed_generic_data_where_it_goes_wrong() {
    for (text, code, position) in [
        (&b""[..], "missing-generic-marker", 0),
        (b" # 0", "missing-generic-marker", 1),
        (br"\#0", "missing-generic-marker", 0),
        (br"\#", "bad-generic-length", 2),
        (br"\# ", "bad-generic-length", 3),
        (br"\# +1 ab", "bad-generic-length", 3),
        (br"\# ab", "bad-generic-length", 3),
        (br"\# 65536", "bad-generic-length", 3),
        (br"\# 99999999999999999999 ab", "bad-generic-length", 3),
        (br"\# 1 xy", "not-hexadecimal", 5),
        (br"\# 2 ab;c", "not-hexadecimal", 7),
        (br"\# 1 0xab", "not-hexadecimal", 6),
        (br"\# 2 ab c", "odd-hexadecimal-digits", 8),
        (br"\# 1 a", "odd-hexadecimal-digits", 5),
        (br"\# 1", "generic-length-mismatch", 3),
        (br"\# 1 abcd", "generic-length-mismatch", 3),
    ] {
        let error = rfc3597::from_text(text).unwrap_err();
        assert_eq!(
            (error.code(), error.position()),
            (code, position),
            "{}",
            text.escape_ascii()
        );
    }
}

#[test]
fn rejects_generic_data_that_is_not_of_the_type() {
    assert_eq!(Mimi::from_text(br"\# 0").unwrap_err().code(), "empty-rdata");
    assert_eq!(
        Mimi::from_text(br"\# 2 0561").unwrap_err().code(),
        "string-overruns-rdata"
    );
    assert_eq!(
        Mimix::from_text(br"\# 2 c00c", None).unwrap_err().code(),
        "name-compressed"
    );
}

#[test]
fn rejects_malformed_targets_where_they_go_wrong() {
    for (text, code, position) in [
        (&b""[..], "empty-name", 0),
        (b"  ", "empty-name", 2),
        (b" a..b.", "empty-label", 3),
        (b"a\\300.", "escape-over-255", 1),
        (b"a.\\", "unfinished-escape", 2),
    ] {
        let error = Mimix::from_text(text, None).unwrap_err();
        assert_eq!(
            (error.code(), error.position()),
            (code, position),
            "{}",
            text.escape_ascii()
        );
    }
}
