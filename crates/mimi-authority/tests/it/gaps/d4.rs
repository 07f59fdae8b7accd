//! D4: RFC 3597 text is the same record, and a relative MIMIX target gets the origin.

use crate::support::{ask, listed, load, zones};

#[test]
fn mnemonic_and_generic_text_are_one_record() {
    let zones = zones(
        r#"
example. 60 SOA . . 1 2 3 4 60
a.example. 60 MIMI "v=MIMI1"
a.example. 60 TYPE65357 \# 8 0776 3d4d494d4931
a.example. 60 MIMI \# 8 07763d4d494d4931
b.example. 60 TYPE65368 \# 6 046d696d6900
"#,
    );
    assert_eq!(
        ask(&zones, "a.example MIMI"),
        r#"NOERROR aa; an a.example. MIMI "v=MIMI1""#
    );
    assert_eq!(
        ask(&zones, "b.example MIMIX"),
        "NOERROR aa; an b.example. MIMIX mimi."
    );
}

#[test]
fn a_relative_target_gets_the_origin() {
    let zones = zones("$ORIGIN example.\n@ 60 SOA . . 1 2 3 4 60\n@ 60 MIMIX mimi.example.net");
    assert_eq!(
        ask(&zones, "example MIMIX"),
        "NOERROR aa; an example. MIMIX mimi.example.net.example."
    );
}

#[test]
fn rejects_record_data_that_is_not_of_its_type_and_serves_the_rest() {
    let (zones, problems) = load(
        r#"
example. 60 SOA . . 1 2 3 4 60
a.example. 60 MIMI \# 2 0561
a.example. 60 MIMIX \# 2 c00c
a.example. 60 MIMIX one. two.
a.example. 60 MIMI "good"
"#,
    );
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code()).collect();
    assert_eq!(
        codes,
        [
            "string-overruns-rdata",
            "name-compressed",
            "rdata-trailing-token"
        ],
        "{}",
        listed(&problems)
    );
    assert_eq!(
        ask(&zones, "a.example MIMI"),
        r#"NOERROR aa; an a.example. MIMI "good""#
    );
}
