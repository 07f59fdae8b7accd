//! A file with many errors: each is told at its place, and every good record is read.

use crate::support::{good, reader, report};

#[test]
fn many_errors_are_told_at_their_places_and_every_good_record_is_read() {
    let input = include_bytes!("../zones/many-errors.zone");
    insta::assert_snapshot!(report(&reader(), input));
}

#[test]
fn every_good_record_of_the_file_is_read() {
    let input = include_bytes!("../zones/many-errors.zone");
    let marked = input
        .split(|&octet| octet == b'\n')
        .filter(|line| line.ends_with(b"; good"))
        .count();
    assert_eq!(good(&reader(), input).len(), marked);
}

#[test]
fn debug_output_shows_no_names_and_no_rdata() {
    let input = b"alice MIMI \"a=secret\" ; alice\nalice MIMI \\# 1 00\nalice\n";
    let reader = reader();
    let mut entries = reader.entries(input);
    let mut debug = format!("{reader:?} {entries:?}");
    while let Some(entry) = entries.next() {
        debug += &format!("{entry:?}");
        if let Ok(mimi_zonefile::Entry::Record(record)) = entry {
            let text = record.rdata_text();
            debug += &format!("{:?} {text:?} {:?}", record.rdata, text.tokens());
            for token in text.tokens() {
                debug += &format!("{token:?}");
            }
        }
    }
    for secret in ["alice", "secret", "97, 108, 105"] {
        assert!(!debug.contains(secret), "{debug}");
    }
}
