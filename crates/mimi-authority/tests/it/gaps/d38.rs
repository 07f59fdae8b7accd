//! D38: wildcards work, and never in place of a name that exists.

use mimi_authority::ZoneSet;

use crate::support::{ask, zones};

fn provider() -> ZoneSet {
    zones(
        r#"
$ORIGIN mimi.example.net.
@ 60 SOA . . 1 2 3 4 60
* 60 MIMI "v=MIMI1; a=catch-all; e=im.example.org"
alice 60 A 192.0.2.1
first.last 60 MIMI "v=MIMI1; a=fl; e=im.example.org"
"#,
    )
}

#[test]
fn a_wildcard_answers_for_a_name_that_does_not_exist() {
    assert_eq!(
        ask(&provider(), "bob.mimi.example.net MIMI"),
        r#"NOERROR aa; an bob.mimi.example.net. MIMI "v=MIMI1; a=catch-all; e=im.example.org""#
    );
}

#[test]
fn never_answers_from_a_wildcard_beside_an_existing_name() {
    // hickory-server's in-memory store does: for MIMI that is another person's account.
    assert_eq!(
        ask(&provider(), "alice.mimi.example.net MIMI"),
        "NOERROR aa; ns SOA mimi.example.net."
    );
}

#[test]
fn never_answers_from_a_wildcard_for_an_empty_non_terminal() {
    assert_eq!(
        ask(&provider(), "last.mimi.example.net MIMI"),
        "NOERROR aa; ns SOA mimi.example.net."
    );
}

#[test]
fn never_answers_from_a_wildcard_below_an_existing_name() {
    for asked in [
        "tag.alice.mimi.example.net MIMI",
        "second.last.mimi.example.net MIMI",
    ] {
        assert_eq!(
            ask(&provider(), asked),
            "NXDOMAIN aa; ns SOA mimi.example.net."
        );
    }
}
