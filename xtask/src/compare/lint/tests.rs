//! The zones are what the measurements take them for.

use std::collections::HashSet;
use std::path::Path;

use super::zone::{Order, Spelling, Zone};

fn text(order: Order, spelling: Spelling, records: u64) -> String {
    let mut octets = Vec::new();
    Zone::new(order, spelling, records, Path::new(""))
        .write_to(&mut octets)
        .unwrap();
    String::from_utf8(octets).unwrap()
}

#[test]
fn a_zone_has_a_line_for_each_record() {
    for order in Order::ALL {
        assert_eq!(text(order, Spelling::Standard, 2000).lines().count(), 2005);
    }
}

#[test]
fn both_orders_and_spellings_hold_as_many_records_of_each_type() {
    let count = |order, spelling, wanted: &str| {
        let zone = text(order, spelling, 2000);
        zone.lines().filter(|line| line.contains(wanted)).count()
    };
    for order in Order::ALL {
        assert_eq!(count(order, Spelling::Mnemonic, "\tTYPE65357\t"), 700);
        assert_eq!(count(order, Spelling::Mnemonic, "\tMIMI\t"), 700);
        assert_eq!(count(order, Spelling::Standard, "\tTXT \t"), 700);
    }
}

#[test]
fn canonical_order_is_that_of_the_owners() {
    let zone = text(Order::Canonical, Spelling::Standard, 4000);
    let mut owners: Vec<Vec<&str>> = zone
        .lines()
        .map(|line| line.split('\t').next().unwrap().split('.').rev().collect())
        .collect();
    owners.dedup();
    assert!(owners.is_sorted());
}

#[test]
fn entered_owners_come_in_no_order_and_each_in_one_place() {
    let zone = text(Order::Entered, Spelling::Standard, 4000);
    let mut owners: Vec<&str> = zone
        .lines()
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    owners.dedup();
    assert!(!owners.is_sorted());
    let different: HashSet<&str> = owners.iter().copied().collect();
    assert_eq!(different.len(), owners.len());
}
