//! D2: the type codes are provisional, and every tool can use others.

use crate::support::{Mimi, zone_file};

const ZONE: &str = "a.example. 60 TYPE65281 \\# 18 11 763d4d494d49313b613d623b653d632e64\nexample. 60 TYPE65282 \\# 1 00\n";

#[test]
fn other_codes_are_asked_for_and_served() {
    let path = zone_file("d2.zone", ZONE);
    let codes = ["--type-mimi=65281", "--type-mimix=65282", "--format=jsonl"];
    let identifiers = ["a.example", "b@example.x"];
    let run = Mimi::resolve(&path, codes.into_iter().chain(identifiers)).run();
    let objects = run.objects();
    assert_eq!(objects[0]["groups"][0][0]["mssa"], "b");
}

#[test]
fn never_finds_records_of_other_codes_than_those_given() {
    let path = zone_file("d2-default.zone", ZONE);
    let run = Mimi::resolve(&path, ["--format=jsonl", "a.example"]).run();
    assert_eq!(run.object()["outcome"], "no_mapping");
}
