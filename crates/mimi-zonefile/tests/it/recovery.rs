//! What is lost with an unreadable entry, and that nothing else is.

use std::time::{Duration, Instant};

use mimi_zonefile::MAX_ENTRY_LENGTH;

use crate::support::{Item, errors, line, read, reader};

fn good(input: &str) -> Vec<String> {
    crate::support::good(&reader(), input)
        .iter()
        .map(line)
        .collect()
}

fn codes(input: &str) -> Vec<&'static str> {
    crate::support::codes(&reader(), input)
}

#[test]
fn never_gives_a_blank_owner_to_somebody_else() {
    for damaged in [
        "b\\256 TXT x",
        "b.. TXT x",
        "b TXT \"x",
        "b TXT ( x",
        "b TXT x )",
        "b",
        "$GENERATE 2-1 b$ A 192.0.2.$",
        "$INCLUDE other.zone",
        "$B TXT x",
        "\"b TXT x",
    ] {
        let input = format!("a TXT x\n{damaged}\n  TXT blank\n; c\n  TXT blank\nc TXT z\n");
        assert_eq!(
            good(&input),
            ["a.example. 300 1 16 0178", "c.example. 300 1 16 017a"],
            "{damaged}"
        );
    }
}

#[test]
fn a_blank_owner_stays_with_an_owner_that_could_be_read() {
    for damaged in ["b TXTT x", "b 6O TXT x", "b MIMI \\# 1", "b ANY"] {
        let input = format!("a TXT x\n{damaged}\n  TXT y\n");
        assert_eq!(good(&input)[1], "b.example. 300 1 16 0179", "{damaged}");
    }
}

#[test]
fn an_unclosed_quote_costs_its_entry_alone() {
    let input = "a TXT \"x\nb TXT \"y\"\nc TXT \"z\"\n";
    assert_eq!(codes(input), ["unterminated-quote"]);
    assert_eq!(good(input).len(), 2);
}

#[test]
fn an_unclosed_parenthesis_costs_its_entry_alone() {
    let input = "a TXT ( x\n  y\nb TXT y\nc TXT z\n";
    assert_eq!(codes(input), ["unterminated-parenthesis"]);
    assert_eq!(good(input).len(), 2);
    let input = "a TXT ( x\n  y\nb TXT ( y )\nc TXT z\n";
    assert_eq!(codes(input), ["nested-parenthesis"]);
    assert_eq!(good(input).len(), 2);
}

#[test]
fn an_error_tells_which_part_was_given_up() {
    let input = "a TXT ( x\n  y\n\n z\nb TXT ( y )\n";
    let error = &errors(&reader(), input)[0];
    assert_eq!(error.entry, 0..input.find('b').unwrap());
    let error = &errors(&reader(), "a TXTT x ; c\nb TXT x")[0];
    assert_eq!(error.entry, 0..8);
}

#[test]
fn relative_names_are_lost_with_the_origin_until_it_is_set_again() {
    let input =
        "$ORIGIN b..c.\na TXT x\nx. TXT x\n$ORIGIN relative\na TXT x\n$ORIGIN d.\na TXT x\n";
    assert_eq!(
        codes(input),
        ["bad-name", "origin-lost", "origin-lost", "origin-lost"]
    );
    assert_eq!(good(input), ["x. 300 1 16 0178", "a.d. 300 1 16 0178"]);
}

#[test]
fn directives_below_an_unclosed_parenthesis_take_effect() {
    let input = "a TXT x\n(\n$ORIGIN relative\n$TTL 60\na TXT x\n";
    assert_eq!(codes(input), ["unterminated-parenthesis"]);
    assert_eq!(good(input)[1], "a.relative.example. 60 1 16 0178");
}

#[test]
fn comments_in_a_damaged_entry_are_told_once() {
    let input = "a TXT ( x ; one\n; two\nb TXT y ; three\n";
    let comments = read(&reader(), input)
        .iter()
        .filter(|item| matches!(item, Item::Comment { .. }))
        .count();
    assert_eq!(comments, 3);
}

#[test]
fn rejects_entries_over_the_bound_and_reads_on() {
    let mut input = b"a TXT ".to_vec();
    input.resize(2 * MAX_ENTRY_LENGTH, b'x');
    input.extend(b"\nb TXT y\n");
    let all = read(&reader(), &input);
    let [Item::Error(error), Item::Record(_)] = &all[..] else {
        panic!("{all:?}");
    };
    assert_eq!(error.code(), "entry-too-long");
}

#[test]
fn a_long_comment_does_not_count_as_entry() {
    let mut input = b"a TXT x ; ".to_vec();
    input.resize(2 * MAX_ENTRY_LENGTH, b'x');
    input.extend(b"\nb TXT y\n");
    assert_eq!(errors(&reader(), &input).len(), 0);
}

#[test]
fn made_up_files_take_linear_time() {
    for line in [
        // Each first line opens what hides all that follows, and can be noticed only at the end.
        "a (\"\na ;\"\na ) ( \"\n",
        "a (\"\na ;\"\na \"\n",
        "a TXT \"\n",
        "a TXT (\n",
        "a TXT ( \"\n",
        "(\n",
        ")\n",
        "\"\n",
        "$\n",
        "\\\n",
        "a \" ;\"(\n",
        "\"\" ",
        "\" ",
        "\\\" ",
        ";\n\"\n",
    ] {
        let input = line.repeat(50_000 / line.len());
        let start = Instant::now();
        assert!(!read(&reader(), &input).is_empty());
        assert!(start.elapsed() < Duration::from_secs(20), "{line:?}");
    }
}

#[test]
fn an_unclosed_quote_is_noticed_at_the_quotes_of_later_records() {
    for later in ["\"y\"", "\"y\" \"z\"", "\"\"", "\" y\"", "\";y\"", "y\"z\""] {
        let input = format!("a TXT \"x\nb TXT {later}\nc TXT \"w\"\nd TXT \"v\"\n");
        assert_eq!(codes(&input), ["unterminated-quote"], "{later}");
        assert_eq!(good(&input).len(), 3, "{later}");
        let input = format!("a TXT \"x\nb TXT {later}\nc TXT \"w\"\n");
        assert_eq!(codes(&input), ["unterminated-quote"], "{later}");
        assert_eq!(good(&input).len(), 2, "{later}");
    }
}

#[test]
fn a_string_over_several_lines_stands_apart_and_is_short() {
    let string = |length: usize| format!("a MIMI \"\n{}\"\n", "x".repeat(length - 1));
    assert_eq!(codes(&string(1019)), [""; 0]);
    assert_eq!(codes(&string(1020)), [""; 0]);
    assert_eq!(codes(&string(1021)), ["unterminated-quote"; 2]);
    assert_eq!(codes("a MIMI x\"\n\"\n")[0], "unterminated-quote");
    assert_eq!(codes("a MIMI \"\n\"x\n")[0], "unterminated-quote");
    let one_line = format!("a MIMI \"{}\"\nb MIMI \"x\"\n", "x".repeat(5000));
    assert_eq!(codes(&one_line), [""; 0]);
}
