//! RFC 6672: DNAME.

use crate::support::{ask, zones};

const ZONE: &str = r#"
$ORIGIN example.
@ 60 SOA . . 1 2 3 4 60
old 120 DNAME new.example.
old 60 MIMI "of the owner itself"
alice.new 60 MIMI "x"
"#;

#[test]
fn names_below_are_redirected_by_a_synthesized_alias() {
    assert_eq!(
        ask(&zones(ZONE), "alice.old.example MIMI"),
        "NOERROR aa; an old.example. DNAME new.example.; \
         an alice.old.example. CNAME alice.new.example.; an alice.new.example. MIMI \"x\""
    );
    assert_eq!(
        ask(&zones(ZONE), "bob.old.example MIMI"),
        "NXDOMAIN aa; an old.example. DNAME new.example.; \
         an bob.old.example. CNAME bob.new.example.; ns SOA example."
    );
    assert_eq!(
        ask(&zones(ZONE), "alice.old.example CNAME"),
        "NOERROR aa; an old.example. DNAME new.example.; \
         an alice.old.example. CNAME alice.new.example."
    );
}

#[test]
fn the_owner_itself_is_not_redirected() {
    assert_eq!(
        ask(&zones(ZONE), "old.example MIMI"),
        "NOERROR aa; an old.example. MIMI \"of the owner itself\""
    );
}

#[test]
fn refuses_to_make_a_name_that_is_too_long() {
    let target = format!("{0}.{0}.{0}.", "t".repeat(60));
    let zones = zones(&format!(
        "example. 60 SOA . . 1 2 3 4 60\nold.example. 60 DNAME {target}"
    ));
    let long = format!("{}.old.example MIMI", "x".repeat(63));
    assert!(
        ask(&zones, &format!("{}.{long}", "y".repeat(40)))
            .starts_with("YXDOMAIN aa; an old.example. DNAME")
    );
    assert!(ask(&zones, &long).contains("CNAME"));
}

#[test]
fn never_redirects_for_ever() {
    let zones = zones("example. 60 SOA . . 1 2 3 4 60\nold.example. 60 DNAME a.old.example.");
    let answer = ask(&zones, "x.old.example MIMI");
    assert_eq!(
        answer.matches("CNAME").count(),
        mimi_authority::MAX_ALIASES + 1
    );
}
