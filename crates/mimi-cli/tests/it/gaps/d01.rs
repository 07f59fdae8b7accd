//! D1: the character-strings of a record are one definition string.

use super::assert_account;
use crate::support::{Mimi, zone_file};

#[test]
fn several_strings_are_joined_with_nothing_between() {
    assert_account("strings.people.example", "one-account");
}

#[test]
fn rejects_record_data_that_is_no_sequence_of_strings() {
    let path = zone_file("d1.zone", "a.example. 60 TYPE65357 \\# 3 056162\n");
    let run = Mimi::resolve(path, ["a.example"]).run();
    assert_eq!(run.exit, 3);
    assert!(run.errors().contains("error[string-overruns-rdata]"));
}
