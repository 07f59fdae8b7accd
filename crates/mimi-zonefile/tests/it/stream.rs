//! Reading as a stream: what a reader may do. That all tests read streams, too, is in [`crate::seen`].

use std::io::{self, Read};
use std::path::Path;

use mimi_zonefile::Entries;

use crate::seen::{InPieces, Item, all, in_parts};
use crate::support::{codes, read, reader};

const FILE: &str = "$TTL 60\na TXT x\n  TXT ( y ; one\n z ) ; two\n\nb MIMI \\# 1 00\r\nc TXT \"v\nw\"\nd TXTT x\ne TXT ( z )\n";

/// Gives some octets, and then an error.
struct Failing<'i>(InPieces<'i>);

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            other => other,
        }
    }
}

#[test]
fn a_reader_that_fails_is_told_and_what_it_cut_is_not_read() {
    let whole = read(&reader(), FILE);
    for length in 0..=FILE.len() {
        for piece in [1, 7, usize::MAX] {
            let pieces = InPieces::new(&FILE.as_bytes()[..length], piece);
            let mut items = all(reader().stream(Failing(pieces)));
            let Some(Item::Error(error)) = items.pop() else {
                panic!("no error behind {length} octets");
            };
            assert_eq!(error.code(), "read-failed");
            assert_eq!(error.span, length..length);
            assert_eq!(error.place.line, FILE[..length].matches('\n').count() + 1);
            assert_eq!(items, whole[..items.len()]);
            // All that ends in a line that was read is there.
            let lines = FILE[..length].rfind('\n').map_or(0, |end| end + 1);
            let next = whole.get(items.len());
            assert!(next.is_none_or(|item| item.span().end >= lines), "{length}");
            items.push(Item::Error(error));
            let pieces = InPieces::new(&FILE.as_bytes()[..length], piece);
            assert_eq!(in_parts(&reader(), Failing(pieces), 20), items, "{length}");
        }
    }
}

#[test]
fn nothing_is_read_behind_the_end() {
    struct Once(bool);
    impl Read for Once {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            assert!(!self.0, "read behind the end");
            self.0 = true;
            Ok(0)
        }
    }
    assert_eq!(all(reader().stream(Once(false))), []);
}

#[test]
fn a_byte_order_mark_may_be_cut() {
    for (input, expected) in [
        (&b"\xEF\xBB\xBF"[..], &["byte-order-mark"][..]),
        (b"\xEF\xBB\xBF\n\n", &["byte-order-mark"]),
        (b"\xEF\xBB\xBF; c\na TXT x\n", &["byte-order-mark"]),
        (b"\xEF\xBB\xBF a TXT x\n", &["byte-order-mark", "no-owner"]),
        (b"\xEF\xBB\xBF$TTL 60\n", &["byte-order-mark"]),
        (b"\xEF", &["missing-type"]),
        (b"\xEF\xBB", &["missing-type"]),
        (b"\xEF\xBB x\n", &["unknown-type"]),
        (b"\n\xEF\xBB\xBF", &["missing-type"]),
        (b" \xEF\xBB\xBF", &["no-owner"]),
    ] {
        // Reads one octet at a time, among others.
        assert_eq!(
            codes(&reader(), input),
            expected,
            "{}",
            input.escape_ascii()
        );
    }
}

#[test]
fn records_and_other_entries_may_be_asked_for_in_turn() {
    let reader = reader();
    let mut entries = reader.entries(b"; one\na TXT x ; two\n; three\nb TXT y\n$TTL 5\nc TXT z\n");
    assert!(entries.next_record().unwrap().is_ok());
    let next = Item::new(entries.next().unwrap());
    assert!(matches!(next, Item::Comment { text, .. } if text == b"; two"));
    assert_eq!(entries.next_record().unwrap().unwrap().ttl, 300);
    assert!(matches!(
        Item::new(entries.next().unwrap()),
        Item::Directive(_)
    ));
    assert_eq!(entries.next_record().unwrap().unwrap().ttl, 5);
    assert!(entries.next().is_none());
}

#[test]
fn a_cursor_may_go_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let entries: Entries<'static> = reader().stream(FILE.as_bytes());
    is_send(&entries);
}

#[test]
fn a_file_is_read_by_its_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zones/many-errors.zone");
    let input = include_bytes!("../zones/many-errors.zone");
    assert_eq!(all(reader().open(&path).unwrap()), read(&reader(), input));
    assert!(reader().open(&path.join("none")).is_err());
}
