//! A file with many errors: each is told at its place, and every good record is read.

use crate::support::{report, zone};

#[test]
fn many_errors_are_told_at_their_places_and_every_good_record_is_read() {
    let input = include_bytes!("../zones/many-errors.zone");
    insta::assert_snapshot!(report(&zone(input), input));
}

#[test]
fn every_good_record_of_the_file_is_read() {
    let input = include_bytes!("../zones/many-errors.zone");
    let good = zone(input).records().filter_map(Result::ok).count();
    let marked = input
        .split(|&octet| octet == b'\n')
        .filter(|line| line.ends_with(b"; good"))
        .count();
    assert_eq!(good, marked);
}

#[test]
fn debug_output_shows_no_names_and_no_rdata() {
    let input = "alice MIMI \"a=secret\" ; alice\n";
    let entries: Vec<_> = zone(input).entries().collect();
    let debug = format!("{entries:?} {:?}", zone(input));
    assert!(!debug.contains("alice") && !debug.contains("secret"));
}
