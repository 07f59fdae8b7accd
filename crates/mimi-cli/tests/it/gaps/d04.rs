//! D4: both forms of a record are one; a relative MIMIX target gets the origin; names are written with decimal escapes.

use super::{assert_account, ending};
use crate::support::{Mimi, zone_file};

#[test]
fn a_relative_target_gets_the_origin_appended() {
    // `@ MIMIX mimi` in people.example.
    assert_account("alice@people.example", "alice");
}

#[test]
fn names_are_written_with_every_unusual_octet_escaped() {
    let (_, _, name) = ending("o'nobody+x=y z@people.example");
    assert_eq!(name, None);
    let (_, _, name) = ending("\"o'nobody+x=y z\"@people.example");
    let escaped = r"o\039nobody\043x\061y\032z.mimi.people.example.";
    assert_eq!(name.as_deref(), Some(escaped));
}

#[test]
fn rejects_generic_data_of_another_length() {
    let path = zone_file("d4.zone", "a.example. 60 TYPE65357 \\# 3 0161\n");
    assert_eq!(Mimi::resolve(path, ["a.example"]).run().exit, 3);
}
