//! D58: an absence always carries the SOA, with the TTL of RFC 2308.

use crate::support::{MIMI, ask, load, name, zones};

#[test]
fn the_soa_has_the_lower_of_its_ttl_and_its_minimum() {
    for (ttl, minimum, expected) in [(3600, 60, 60), (30, 60, 30), (60, 60, 60)] {
        let zones = zones(&format!("example. {ttl} SOA . . 1 2 3 4 {minimum}"));
        for asked in ["example", "nobody.example"] {
            let answer = zones.lookup(&name(asked), MIMI);
            assert_eq!(answer.authorities[0].ttl, expected);
        }
        assert_eq!(zones.lookup(&name("example"), 6).answers[0].ttl, ttl);
    }
}

#[test]
fn the_implied_zone_has_an_soa_as_well() {
    let (zones, _) = load("alice.example. 60 MIMI \"x\"");
    assert_eq!(ask(&zones, "alice.example MIMIX"), "NOERROR aa; ns SOA .");
    assert_eq!(ask(&zones, "bob.example MIMI"), "NXDOMAIN aa; ns SOA .");
    let answer = zones.lookup(&name("bob.example"), MIMI);
    assert_eq!(answer.authorities[0].ttl, 60);
}

#[test]
fn refuses_a_name_outside_of_every_zone_instead_of_denying_it() {
    let zones = zones("example. 60 SOA . . 1 2 3 4 60");
    for asked in ["other MIMI", ". MIMI", "badexample MIMI"] {
        assert_eq!(ask(&zones, asked), "REFUSED");
    }
}
