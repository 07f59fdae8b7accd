//! Reading records allocates no memory for each of them.

use crate::made::{Made, SMALLER, read};

const RECORDS: usize = 320_000 / SMALLER;

/// The most allocations for a file: the window, its growth, and lists of words that grow once.
const ALLOCATIONS: u64 = 100;

/// A file of one record over and over, after an owner for blank lines.
fn file(record: &'static str) -> Made {
    Made {
        head: "$TTL 60\nowner 60 TXT x\n",
        piece: record,
        times: RECORDS,
        tail: "",
    }
}

fn rejects_allocations(record: &'static str, records: usize) {
    let reading = read(&file(record));
    assert_eq!(reading.records, 1 + records * RECORDS, "{record}");
    assert!(reading.errors.is_empty(), "{:?}: {record}", reading.errors);
    let count = reading.memory.count_total;
    assert!(count < ALLOCATIONS, "{count} allocations for {record}");
}

#[test]
fn generic_records_need_no_allocation_each() {
    rejects_allocations("a MIMI \\# 4 00ff10ab\n", 1);
    rejects_allocations("a 60 IN TYPE65357 \\# 4 ( 00ff\n 10ab ) ; c\n", 1);
    rejects_allocations("  TYPE731 \\# 0\n", 1);
}

#[test]
fn strings_need_no_allocation_each() {
    rejects_allocations("a MIMI \"v=MIMI1; a=alice; e=im.example.net\"\n", 1);
    rejects_allocations("a MIMI ( \"v=MIMI1\" ; c\n \"a=alice\" ) ; d\n", 1);
    rejects_allocations("a.b. 1h IN TXT x \"y z\" z\n", 1);
    rejects_allocations("  TXT x\n", 1);
}

#[test]
fn addresses_need_no_allocation_each() {
    rejects_allocations("a A 192.0.2.1\n", 1);
    rejects_allocations("a 60 IN AAAA 2001:db8::1 ; c\n", 1);
    rejects_allocations("  ( A ; c\n 192.0.2.1 )\n", 1);
}

#[test]
fn names_need_no_allocation_each() {
    rejects_allocations("a NS b\n", 1);
    rejects_allocations("a MIMIX b.example.net.\n", 1);
    rejects_allocations("  60 CNAME ( @ ) ; c\n", 1);
    rejects_allocations("first\\.last PTR a\\032b.c\n", 1);
}

#[test]
fn a_zone_of_all_of_them_needs_no_allocation_each() {
    rejects_allocations(
        "a NS b\n  A 192.0.2.1\n\tAAAA 2001:db8::1 ; c\n\n; comment\nb ( MIMI\n \"v=MIMI1\" ; d\n )\n  TXT ( x\n\"y z\" )\r\n\
         c.d. 1d IN MIMI \\# 2 0001\n",
        6,
    );
}
