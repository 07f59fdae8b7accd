//! `$GENERATE` in a file: what its records are like, what they inherit and leave behind, and where it ends.

use mimi_zonefile::{MAX_GENERATED, ZoneReader};

use crate::support::{codes, errors, good, lines, name, reader, records};

#[test]
fn makes_one_record_for_each_number_at_the_place_of_the_directive() {
    let input = "a TXT x\n$GENERATE 1-3 h$ 60 CNAME t${10,3}\nb TXT y\n";
    let records = records(&reader(), input);
    let owners: Vec<_> = records
        .iter()
        .map(|record| record.owner.to_string())
        .collect();
    assert_eq!(
        owners,
        [
            "a.example.",
            "h1.example.",
            "h2.example.",
            "h3.example.",
            "b.example."
        ]
    );
    let directive = 8..42;
    assert_eq!(
        &input[directive.clone()],
        "$GENERATE 1-3 h$ 60 CNAME t${10,3}"
    );
    for record in &records[1..4] {
        assert_eq!(record.span, directive);
        assert_eq!(record.owner_span, directive);
    }
    assert_eq!(records[1].ttl, 60);
    assert_eq!(
        lines(&reader(), input)[1],
        "h1.example. 60 1 5 0474303131076578616d706c6500"
    );
}

#[test]
fn quoted_rdata_is_read_as_if_it_stood_in_the_file() {
    let input = "$GENERATE 1-1 a$ MX \"10 m$\"\n$GENERATE 2-2 b$ TXT \"\\\"x; y$\\\" z\"\n";
    assert_eq!(
        lines(&reader(), input),
        [
            "a1.example. 300 1 15 000a026d31076578616d706c6500",
            "b2.example. 300 1 16 05783b207932017a",
        ]
    );
}

#[test]
fn rejects_a_comment_that_would_cut_the_rdata() {
    let input = "$GENERATE 1-2 a$ TXT \"v=MIMI1; a=$\"\nb TXT y\n";
    assert_eq!(codes(&reader(), input), ["generate-comment"]);
    assert_eq!(good(&reader(), input).len(), 1);
}

#[test]
fn a_ttl_that_it_states_is_the_last_one_stated() {
    let reader = ZoneReader::new().origin(name("example."));
    let input = "$GENERATE 1-2 a$ 60 A 192.0.2.$\nb TXT x\n";
    assert_eq!(lines(&reader, input)[2], "b.example. 60 1 16 0178");
}

#[test]
fn rejects_a_blank_owner_behind_it_which_servers_give_to_different_owners() {
    let input = "a TXT x\n$GENERATE 1-2 h$ A 192.0.2.$\n TXT y\nb TXT z\n TXT z\n";
    assert_eq!(codes(&reader(), input), ["owner-lost"]);
    assert_eq!(good(&reader(), input).len(), 5);
}

#[test]
fn an_error_in_a_record_ends_it_and_is_told_once() {
    let input = "$GENERATE 1-9 h$ TXTT x$\n$GENERATE 1-9 ${0,70}.x TXT y\nb TXT z\n";
    let errors = errors(&reader(), input);
    let told: Vec<_> = errors
        .iter()
        .map(|error| (error.code(), error.place.line))
        .collect();
    assert_eq!(told, [("unknown-type", 1), ("bad-name", 2)]);
    assert_eq!(good(&reader(), input).len(), 1);
}

#[test]
fn refuses_more_records_than_the_bound_before_making_any() {
    let input = format!("$GENERATE 0-{MAX_GENERATED} h$ A 192.0.2.1\nb TXT z\n");
    assert_eq!(codes(&reader(), &input), ["generate-too-many-records"]);
    assert_eq!(good(&reader(), &input).len(), 1);
}

#[test]
fn rejects_rdata_of_several_words_as_bind_does() {
    let input = "$GENERATE 1-2 a$ MX 10 m$\nb TXT z\n";
    assert_eq!(codes(&reader(), input), ["generate-several-words"]);
    assert_eq!(good(&reader(), input).len(), 1);
}

#[test]
fn rejects_too_few_words() {
    for input in [
        "$GENERATE",
        "$GENERATE 1-2",
        "$GENERATE 1-2 a",
        "$GENERATE 1-2 a A",
    ] {
        assert_eq!(codes(&reader(), input), ["generate-incomplete"], "{input}");
    }
}
