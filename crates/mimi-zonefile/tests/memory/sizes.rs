//! Files made to take much time or memory: both are bounded, every error is told, and reading goes on behind.

use std::time::Duration;

use mimi_zonefile::MAX_ENTRY_LENGTH;

use crate::made::{Made, Reading, SMALLER, read};

/// For what is long: 64 MiB, and some entries' lengths in any case.
const OCTETS: usize = (64 << 20) / SMALLER;

/// For what is many.
const MANY: usize = 1_000_000 / SMALLER;

/// The window, the one of half its size from which it grew, and a little for the rest.
const WINDOW: u64 = (3 << 20) + (32 << 10);

/// What the places of half a million words of one entry come to, or of as many comments, each with the list they grew from.
const WORDS: u64 = WINDOW + (4 << 20);
const COMMENTS: u64 = WINDOW + (10 << 20);

/// Far more than is needed: if time grew with the square of the length, these files would take hours.
const ENOUGH: Duration = Duration::from_secs(20);

/// Reads a file, and checks that it was read to its end, in bounded time and memory.
fn bounded(made: Made, memory: u64) -> Reading {
    let reading = read(&made);
    let Made {
        head,
        piece,
        times,
        tail,
    } = made;
    let what = format!("{head:?} {piece:?} {times} times");
    let length = head.len() + piece.len() * times + tail.len();
    println!("{what}: {reading:?}");
    assert_eq!(reading.end, length, "{what}");
    assert!(
        reading.memory.bytes_max <= memory,
        "{what}: {:?}",
        reading.memory
    );
    assert!(reading.time < ENOUGH, "{what}: {:?}", reading.time);
    reading
}

/// A piece over and over behind `head`, and a good record in a line of its own.
fn file(head: &'static str, piece: &'static str, times: usize) -> Made {
    Made {
        head,
        piece,
        times,
        tail: "\nlast. 60 TXT x",
    }
}

/// Checks that a file has these errors, each so many times, and the last record alone.
fn rejects(made: Made, memory: u64, errors: &[(&str, usize)]) {
    let reading = bounded(made, memory);
    assert_eq!(reading.records, 1, "{made:?}");
    let found: Vec<_> = reading.errors.into_iter().collect();
    assert_eq!(found, errors, "{made:?}");
}

#[test]
fn rejects_lines_that_never_end() {
    let long = |head, piece, memory, code| {
        rejects(
            file(head, piece, OCTETS / piece.len()),
            memory,
            &[(code, 1)],
        );
    };
    long("", "a", WINDOW, "entry-too-long");
    long("a TXT ", "\0", WINDOW, "entry-too-long");
    long("a TXT ", "\\a", WINDOW, "entry-too-long");
    long("a TXT ", "\\\"", WINDOW, "entry-too-long");
    long("a TXT ", "x ", WORDS, "entry-too-long");
    long("a TXT ", "()", WINDOW, "entry-too-long");
    long("", " ", WINDOW, "entry-too-long");
    long("\t", "\t", WINDOW, "entry-too-long");
    long("a TXT \"", "x", WINDOW, "unterminated-quote");
    long("a TXT \"", "\n", WINDOW, "unterminated-quote");
    long("a TXT (", " ", WINDOW, "unterminated-parenthesis");
    long("a TXT (", "\n", WINDOW, "unterminated-parenthesis");
    long("a TXT (", "x ", WORDS, "unterminated-parenthesis");
    long("", "\r", WINDOW, "lone-carriage-return");
    long("", "(", WINDOW, "nested-parenthesis");
    long("", ")", WINDOW, "unexpected-parenthesis");
}

#[test]
fn empty_lines_without_end_pass() {
    rejects(file("", "\n", OCTETS), WINDOW, &[]);
    rejects(file("", "\r\n", OCTETS / 2), WINDOW, &[]);
    rejects(file("", " \t\n", OCTETS / 3), WINDOW, &[]);
    rejects(file("", "()\n", OCTETS / 3), WINDOW, &[]);
}

#[test]
fn comments_without_end_pass() {
    let reading = bounded(file(";", "c", OCTETS), WINDOW);
    assert_eq!(reading.comments, OCTETS / MAX_ENTRY_LENGTH + 1);
    assert_eq!((reading.records, reading.errors.len()), (1, 0));
    let reading = bounded(file("", "; c\n", MANY), WINDOW);
    assert_eq!((reading.comments, reading.errors.len()), (MANY, 0));
}

#[test]
fn comments_in_parentheses_without_end_are_told() {
    let made = file("(\n", ";\n", OCTETS / 2);
    let reading = bounded(made, COMMENTS);
    assert_eq!(reading.comments, OCTETS / 2);
    assert_eq!(reading.errors["unterminated-parenthesis"], 1);
}

#[test]
fn blank_owners_without_end_keep_theirs() {
    let piece = "  60 IN TXT x\n";
    let times = 100_000_000 / SMALLER / piece.len();
    let reading = bounded(file("a 60 TXT x\n", piece, times), WINDOW);
    assert_eq!(reading.records, times + 2);
    assert_eq!(reading.errors.len(), 0);
}

#[test]
fn rejects_every_one_of_many_damaged_lines() {
    let many = |piece, code| rejects(file("", piece, MANY), WINDOW, &[(code, MANY)]);
    many("((((\n", "nested-parenthesis");
    many("a TXT \"x\n", "unterminated-quote");
    many("a TXT \"\\\"\n", "unterminated-quote");
    many("a TXT x )\n", "unexpected-parenthesis");
    many("a TXT x\ry\n", "lone-carriage-return");
    many("\\\n", "bad-name");
    many("a\n", "missing-type");
    many("$\n", "unknown-directive");
    many("$TTL\n", "missing-argument");
    let last_is_open = [
        ("nested-parenthesis", MANY - 1),
        ("unterminated-parenthesis", 1),
    ];
    rejects(file("", "(\n", MANY), WINDOW, &last_is_open);
    rejects(file("", "a TXT (\n", MANY), WINDOW, &last_is_open);
}

#[test]
fn lines_that_cannot_begin_an_entry_are_given_up_with_the_one_before() {
    rejects(
        file("", ")\n", MANY),
        WINDOW,
        &[("unexpected-parenthesis", 1)],
    );
    rejects(
        file("a TXT x )\n", "  TXT y\n", MANY),
        WINDOW,
        &[("unexpected-parenthesis", 1)],
    );
}

#[test]
fn quotes_on_lines_of_their_own_pair_up() {
    rejects(
        file("", "\"\n", MANY),
        WINDOW,
        &[("missing-type", MANY / 2)],
    );
}

#[test]
fn long_entries_are_read_one_after_the_other() {
    let strings =
        "\"0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\"\n ";
    let text = format!("a TXT (\n {} )\n", strings.repeat(800));
    let made = Made {
        head: "",
        piece: text.leak(),
        times: 40,
        tail: "last. 60 TXT x",
    };
    let reading = bounded(made, WINDOW);
    assert_eq!((reading.records, reading.errors.len()), (41, 0));
}

/// Each first line opens what hides all that follows, and can be noticed only an entry's length later.
#[test]
fn lines_are_read_again_a_bounded_number_of_times() {
    let piece = "a (\"\na ;\"\na ) ( \"\n";
    let reading = bounded(file("", piece, OCTETS / piece.len()), WORDS);
    assert!(reading.errors["unterminated-quote"] + reading.errors["unterminated-parenthesis"] > 8);
}
