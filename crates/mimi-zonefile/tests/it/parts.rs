//! Reading in parts, on several threads: whatever the parts, the same as in one piece.

use std::num::NonZeroUsize;

use mimi_zonefile::{Entries, Entry, Form, ZoneReader};
use proptest::prelude::*;

use crate::support::name;

fn reader() -> ZoneReader {
    ZoneReader::new()
        .private_type("MIMI", 65357, Form::Strings)
        .private_type("MIMIX", 65368, Form::Name)
}

/// Everything about everything in a file.
fn show(entries: &mut Entries<'_>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(entry) = entries.next() {
        all.push(match entry {
            Ok(Entry::Record(record)) => format!(
                "{:?} {:?} {} {} {} {} {:?}",
                record.span(),
                record.place(record.span().start),
                record.owner,
                record.ttl,
                record.class,
                record.record_type,
                record.rdata_wire(),
            ),
            Ok(Entry::Comment(comment)) => format!("{:?} {:?}", comment.span, comment.place()),
            Ok(other) => format!("{other:?}"),
            Err(error) => format!("{error:?}"),
        });
    }
    all
}

fn in_parts(reader: &ZoneReader, input: &[u8], length: usize, threads: usize) -> Vec<String> {
    let threads = NonZeroUsize::new(threads).unwrap();
    let mut all = Vec::new();
    let reader = reader.clone().part_length(length);
    reader.in_parts(input, threads, show, |mut part| all.append(&mut part));
    all
}

/// Text in which parts depend on each other in every way there is.
fn dependent() -> impl Strategy<Value = String> {
    let line = proptest::sample::select(vec![
        "$ORIGIN a.\n",
        "$ORIGIN b\n",
        "$TTL 5\n",
        "$ORIGIN c..\n",
        "$GENERATE 1-3 g$ A 192.0.2.$\n",
        "$INCLUDE x\n",
        "n 60 TXT x\n",
        "m TXT y ; comment\n",
        " TXT blank\n",
        "abs. 7 MIMI \"v; (x\"\n",
        "p TXT ( a\n  b ; (\n)\n",
        "q TXT ( a\nr TXT b\n",
        "s TXT \"two\nlines\"\n",
        "t TXT \"open\n",
        "u TXTT x\n",
        "; alone\n",
        "\r\n",
        "@ SOA a b 1 2 3 4 5\n",
        "v 60 TXT x\rw 60 TXT y\n",
        "x",
    ]);
    proptest::collection::vec(line, 0..25).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn parts_of_any_length_give_what_the_whole_gives(
        input in dependent(),
        length in 1..90usize,
        threads in 2..4usize,
    ) {
        for reader in [reader(), reader().origin(name("o.")).default_ttl(1)] {
            let whole = show(&mut reader.entries(input.as_bytes()));
            prop_assert_eq!(&in_parts(&reader, input.as_bytes(), length, threads), &whole);
        }
    }
}

#[test]
fn a_large_file_of_default_parts_gives_what_the_whole_gives() {
    let mut input = String::from("$TTL 60\n");
    for number in 0..30_000 {
        input += &match number % 5 {
            0 => format!("$ORIGIN z{number}.example.\n"),
            1 => format!("n{number} TXT \"x; {number}\" ( ; comment\n  y )\n"),
            2 => "  MIMI \"v=MIMI1; a=x; e=y\"\n".to_owned(),
            3 => format!("m{number} 1h TYPE65280 \\# 2 beef\n"),
            _ => format!("e{number} TXTT x\n"),
        };
    }
    let whole = show(&mut reader().entries(input.as_bytes()));
    let mut parts = Vec::new();
    let two = NonZeroUsize::new(2).unwrap();
    reader().in_parts(input.as_bytes(), two, show, |mut part| {
        parts.append(&mut part);
    });
    assert_eq!(parts, whole);
}

#[test]
fn on_one_thread_the_file_is_one_part() {
    let mut parts = 0;
    reader().part_length(1).in_parts(
        &b"a. 1 TXT x\nb. 1 TXT y\n"[..],
        NonZeroUsize::MIN,
        show,
        |_| parts += 1,
    );
    assert_eq!(parts, 1);
}

#[test]
fn what_a_part_leaves_unread_is_passed_over() {
    let input = b"a. 1 TXT x\nb 1 TXT y\n".repeat(100);
    let first = |entries: &mut Entries<'_>| entries.next().is_some();
    let mut parts = 0;
    let two = NonZeroUsize::new(2).unwrap();
    reader()
        .origin(name("o."))
        .part_length(50)
        .in_parts(&input[..], two, first, |found| parts += usize::from(found));
    assert!(parts > 10, "{parts}");
}

#[test]
#[should_panic(expected = "a scoped thread panicked")]
fn a_panic_of_the_caller_ends_all_threads() {
    let input = b"a. 1 TXT x\n".repeat(10_000);
    let three = NonZeroUsize::new(3).unwrap();
    reader().part_length(100).in_parts(
        &input[..],
        three,
        |entries| {
            assert!(entries.next_record().is_none(), "of the caller");
        },
        drop,
    );
}
