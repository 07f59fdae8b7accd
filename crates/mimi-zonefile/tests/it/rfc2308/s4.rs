//! §4, the `$TTL` directive; and the TTLs that records inherit, as BIND has them.

use mimi_zonefile::ZoneReader;

use crate::support::{name, records};

fn reader() -> ZoneReader {
    ZoneReader::new().origin(name("example."))
}

fn ttls(input: &str) -> Vec<u32> {
    records(&reader(), input)
        .iter()
        .map(|record| record.ttl)
        .collect()
}

fn codes(input: &str) -> Vec<&'static str> {
    crate::support::codes(&reader(), input)
}

#[test]
fn the_directive_sets_the_ttl_of_later_records_that_state_none() {
    assert_eq!(
        ttls("$TTL 60\na TXT x\nb 7 TXT x\nc TXT x\n$ttl 1h\nd TXT x\n"),
        [60, 7, 60, 3600]
    );
}

#[test]
fn without_the_directive_the_last_stated_ttl_is_used() {
    assert_eq!(
        ttls("a 5 TXT x\nb TXT x\nc 6 TXT x\nd TXT x\n"),
        [5, 5, 6, 6]
    );
}

#[test]
fn without_any_ttl_the_minimum_of_the_soa_is_used_and_becomes_the_default() {
    let input = "@ SOA a b 1 2 3 4 1M\nb TXT x\nc 6 TXT x\nd TXT x\n";
    assert_eq!(ttls(input), [60, 60, 6, 60]);
}

#[test]
fn the_soa_may_be_in_generic_form() {
    let rdata = "00 00 00000001 00000002 00000003 00000004 00000005";
    assert_eq!(ttls(&format!("@ SOA \\# 22 {rdata}\nb TXT x\n")), [5, 5]);
}

#[test]
fn rejects_a_record_without_any_ttl() {
    assert_eq!(codes("a TXT x\nb 5 TXT x\nc TXT x\n"), ["no-ttl"]);
}

#[test]
fn rejects_an_soa_without_a_ttl_whose_minimum_cannot_be_read() {
    assert_eq!(
        codes("@ SOA a b 1 2 3 4\nb TXT x\nc 5 TXT x\n"),
        ["no-ttl", "ttl-lost"]
    );
}

#[test]
fn units_come_in_any_case_and_order() {
    assert_eq!(
        ttls("a 1h30m TXT x\na 1W2d TXT x\na 30M1H TXT x\na 0 TXT x\na 5s TXT x\n"),
        [5400, 777_600, 5400, 0, 5]
    );
}

#[test]
fn rejects_text_that_is_almost_a_ttl() {
    for ttl in ["1h30", "1x", "36OO", "1hh", "0x10", "1.5h"] {
        assert_eq!(codes(&format!("a {ttl} TXT x")), ["bad-ttl"], "{ttl}");
    }
}

#[test]
fn rejects_a_ttl_over_31_bits() {
    assert_eq!(ttls("a 2147483647 TXT x"), [2_147_483_647]);
    for ttl in ["2147483648", "99999999999999999999999999", "9999999w"] {
        assert_eq!(codes(&format!("a {ttl} TXT x")), ["ttl-too-large"], "{ttl}");
    }
}

#[test]
fn never_uses_an_older_ttl_behind_one_that_cannot_be_read() {
    assert_eq!(
        codes("a 5 TXT x\nb 6O TXT x\nc TXT x\nd 7 TXT x\ne TXT x\n"),
        ["bad-ttl", "ttl-lost"]
    );
    assert_eq!(
        codes("$TTL 5\n$TTL 6O\nc TXT x\nd 7 TXT x\ne TXT x\n"),
        ["bad-ttl", "ttl-lost", "ttl-lost"]
    );
}

#[test]
fn an_unreadable_ttl_does_not_matter_under_the_directive() {
    assert_eq!(codes("$TTL 5\nb 6O TXT x\nc TXT x\n"), ["bad-ttl"]);
}
