//! D37: CNAME is followed, at most 8 times; loops end.

use mimi_authority::MAX_ALIASES;

use crate::support::{MIMI, ask, name, zones};

const SOA: &str = "example. 60 SOA . . 1 2 3 4 60\n";

#[test]
fn an_alias_is_followed_into_another_zone() {
    let zones = zones(&format!(
        "{SOA}a.example. 60 CNAME b.example.net.\n\
         example.net. 60 SOA . . 1 2 3 4 60\n\
         b.example.net. 60 MIMI \"x\""
    ));
    assert_eq!(
        ask(&zones, "a.example MIMI"),
        r#"NOERROR aa; an a.example. CNAME b.example.net.; an b.example.net. MIMI "x""#
    );
    assert_eq!(
        ask(&zones, "a.example CNAME"),
        "NOERROR aa; an a.example. CNAME b.example.net."
    );
}

#[test]
fn the_outcome_is_that_of_the_last_name() {
    let zones = zones(&format!(
        "{SOA}gone.example. 60 CNAME nobody.example.\n\
         empty.example. 60 CNAME host.example.\n\
         host.example. 60 A 192.0.2.1\n\
         away.example. 60 CNAME elsewhere.org."
    ));
    assert_eq!(
        ask(&zones, "gone.example MIMI"),
        "NXDOMAIN aa; an gone.example. CNAME nobody.example.; ns SOA example."
    );
    assert_eq!(
        ask(&zones, "empty.example MIMI"),
        "NOERROR aa; an empty.example. CNAME host.example.; ns SOA example."
    );
    assert_eq!(
        ask(&zones, "away.example MIMI"),
        "NOERROR aa; an away.example. CNAME elsewhere.org."
    );
}

#[test]
fn never_follows_a_loop_for_ever() {
    let zones = zones(&format!(
        "{SOA}a.example. 60 CNAME b.example.\nb.example. 60 CNAME A.example.\nself.example. 60 CNAME self.example."
    ));
    assert_eq!(
        ask(&zones, "a.example MIMI"),
        "NOERROR aa; an a.example. CNAME b.example.; an b.example. CNAME A.example."
    );
    assert_eq!(
        ask(&zones, "self.example MIMI"),
        "NOERROR aa; an self.example. CNAME self.example."
    );
}

#[test]
fn never_follows_more_than_the_bound() {
    let mut text = SOA.to_owned();
    for index in 0..20 {
        text.push_str(&format!(
            "n{index}.example. 60 CNAME n{}.example.\n",
            index + 1
        ));
    }
    let answer = zones(&text).lookup(&name("n0.example"), MIMI);
    assert_eq!(answer.answers.len(), MAX_ALIASES + 1);
}
