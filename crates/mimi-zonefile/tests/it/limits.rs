//! Entries and comments at the longest that is read, and beyond.

use mimi_zonefile::MAX_ENTRY_LENGTH;

use crate::seen::{InPieces, all};
use crate::support::{Item, reader};

/// Reads a large file whole and as a stream.
fn read(input: &[u8]) -> Vec<Item> {
    let items = all(reader().entries(input));
    for length in [1, 30_000, 1 << 20, usize::MAX] {
        let pieces = InPieces::new(input, length);
        assert_eq!(
            all(reader().stream(pieces)),
            items,
            "{length} octets at a time"
        );
    }
    items
}

/// `start`, then `fill` over and over, so that `start`, these and `end` have `length` octets.
fn long(start: &str, fill: u8, end: &str, length: usize) -> Vec<u8> {
    let mut text = start.as_bytes().to_vec();
    text.resize(length - end.len(), fill);
    text.extend(end.as_bytes());
    text
}

/// The entry, with a line behind it.
fn with_next(mut entry: Vec<u8>, end: &str) -> Vec<u8> {
    entry.extend(end.as_bytes());
    entry.extend(b"b TXT y\n");
    entry
}

/// What came before the last record: `record` or the code of an error.
fn outcome(input: &[u8]) -> &'static str {
    match &read(input)[..] {
        [Item::Record(_), .., Item::Record(_)] => "record",
        [Item::Error(error), Item::Record(_)] => error.code(),
        other => panic!("{} items", other.len()),
    }
}

#[test]
fn the_longest_entry_is_read() {
    for (start, fill, end) in [
        ("a TXT ", b'x', ""),
        ("a TXT x", b' ', ""),
        ("a TXT x", b' ', "y"),
        ("a TXT \"", b'x', "\""),
        ("a TXT (", b' ', "x)"),
        ("a TXT (", b'\n', "x)"),
        ("a TXT ( ; ", b'c', "\nx)"),
        ("  TXT ", b'x', ""),
    ] {
        let owner = b"a TXT x\n";
        let entry = |length| [owner, &long(start, fill, end, length)[..]].concat();
        let text = entry(MAX_ENTRY_LENGTH);
        assert_eq!(outcome(&with_next(text.clone(), "\n")), "record", "{start}");
        assert_eq!(
            outcome(&with_next(text.clone(), ";\n")),
            "record",
            "{start}"
        );
        assert!(matches!(&read(&text)[1], Item::Record(_)), "{start}");
        let shorter = entry(MAX_ENTRY_LENGTH - 1);
        assert_eq!(outcome(&with_next(shorter, "\n")), "record", "{start}");
    }
}

#[test]
fn rejects_an_entry_of_one_octet_more() {
    for (start, fill, end, code) in [
        ("a TXT ", b'x', "", "entry-too-long"),
        ("a TXT x", b' ', "", "entry-too-long"),
        ("a TXT x", b' ', "y", "entry-too-long"),
        ("a TXT \"", b'x', "\"", "unterminated-quote"),
        ("a TXT (", b' ', "x)", "unterminated-parenthesis"),
        ("  TXT ", b'x', "", "entry-too-long"),
        ("", b' ', "a TXT x", "entry-too-long"),
    ] {
        let text = long(start, fill, end, MAX_ENTRY_LENGTH + 1);
        assert_eq!(outcome(&with_next(text, "\n")), code, "{start}");
    }
}

#[test]
fn a_carriage_return_at_the_bound_belongs_to_the_line_end() {
    let text = long("a TXT ", b'x', "", MAX_ENTRY_LENGTH - 1);
    assert_eq!(outcome(&with_next(text, "\r\n")), "record");
}

#[test]
fn a_comment_over_the_bound_comes_in_parts() {
    for (length, parts) in [
        (MAX_ENTRY_LENGTH - 1, &[MAX_ENTRY_LENGTH - 1][..]),
        (MAX_ENTRY_LENGTH, &[MAX_ENTRY_LENGTH]),
        (MAX_ENTRY_LENGTH + 1, &[MAX_ENTRY_LENGTH, 1]),
        (2 * MAX_ENTRY_LENGTH, &[MAX_ENTRY_LENGTH; 2]),
        (
            2 * MAX_ENTRY_LENGTH + 7,
            &[MAX_ENTRY_LENGTH, MAX_ENTRY_LENGTH, 7],
        ),
    ] {
        for (before, end) in [("", "\n"), ("a TXT x ", "\n"), ("  ", "\r\n"), ("", "")] {
            let comment = long(";", b'c', "", length);
            let mut input = [before.as_bytes(), &comment, end.as_bytes()].concat();
            if !end.is_empty() {
                input.extend(b"b TXT y\n");
            }
            let items = read(&input);
            let comments: Vec<_> = items
                .iter()
                .filter_map(|item| match item {
                    Item::Comment { text, span, .. } => Some((text, span)),
                    _ => None,
                })
                .collect();
            let lengths: Vec<usize> = comments.iter().map(|(text, _)| text.len()).collect();
            assert_eq!(lengths, parts);
            let mut offset = before.len();
            for (text, span) in comments {
                assert_eq!(*span, offset..offset + text.len());
                assert_eq!(input[span.clone()], text[..]);
                offset = span.end;
            }
            assert!(!items.iter().any(|item| matches!(item, Item::Error(_))));
            assert_eq!(
                matches!(items.last(), Some(Item::Record(_))),
                !end.is_empty()
            );
        }
    }
}

#[test]
fn rejects_a_string_that_does_not_end_before_the_bound() {
    let text = long("a TXT \"", b'x', "", 2 * MAX_ENTRY_LENGTH);
    assert_eq!(outcome(&with_next(text, "\"\n")), "unterminated-quote");
    let text = long("a TXT \"\n", b'x', "", 2 * MAX_ENTRY_LENGTH);
    let input = with_next(text, "\n");
    let items = read(&input);
    let codes: Vec<_> = items
        .iter()
        .map(|item| match item {
            Item::Error(error) => error.code(),
            _ => "",
        })
        .collect();
    assert_eq!(codes, ["unterminated-quote", "entry-too-long", ""]);
}

#[test]
fn ignores_blank_lines_of_any_length_below_the_bound() {
    let input = with_next(long("", b' ', "", MAX_ENTRY_LENGTH - 1), "\n");
    assert!(matches!(&read(&input)[..], [Item::Record(_)]));
}
