//! D32: 64 records of a name are used.

use std::fmt::Write;

use serde_json::Value;

use crate::support::{Mimi, zone_file};

fn resolve(records: usize) -> Value {
    let mut zone = String::new();
    for index in 0..records {
        writeln!(
            zone,
            "a.example. 60 MIMI \"v=MIMI1; a=a{index:03}; e=c.example\""
        )
        .unwrap();
    }
    let path = zone_file(&format!("d32-{records}.zone"), zone);
    Mimi::resolve(path, ["a.example", "--format=jsonl"])
        .run()
        .object()
}

#[test]
fn sixty_four_records_are_all_used_and_arrive_over_tcp() {
    let object = resolve(64);
    assert_eq!(object["groups"][0].as_array().unwrap().len(), 64);
    assert_eq!(object["dropped"].as_array().unwrap().len(), 0);
}

#[test]
fn drops_what_is_more_in_octet_order_and_says_so() {
    let object = resolve(66);
    assert_eq!(object["groups"][0].as_array().unwrap().len(), 64);
    let dropped = &object["dropped"];
    assert_eq!(dropped.as_array().unwrap().len(), 2);
    assert_eq!(dropped[0]["record"], "v=MIMI1; a=a064; e=c.example");
    assert_eq!(dropped[0]["code"], "too-many-mimi-records");
}
