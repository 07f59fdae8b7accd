//! D44: any octet may stand in a label.

use mimi_name::DomainName;

use crate::support::{MIMI, name, written, zones};

#[test]
fn unusual_octets_are_found_and_kept_apart() {
    let zones = zones(
        r#"
$ORIGIN example.
@ 60 SOA . . 1 2 3 4 60
first+tag 60 MIMI "plus"
o'brien 60 MIMI "apostrophe"
a\032b 60 MIMI "space"
first\.last 60 MIMI "dot inside"
first.last 60 MIMI "two labels"
\000\255 60 MIMI "binary"
"#,
    );
    for (label, found) in [
        (&b"first+tag"[..], "plus"),
        (b"o'brien", "apostrophe"),
        (b"a b", "space"),
        (b"first.last", "dot inside"),
        (b"\x00\xff", "binary"),
    ] {
        let asked = name("example").prepend(label).unwrap();
        assert_eq!(
            written(&zones.lookup(&asked, MIMI)),
            format!("NOERROR aa; an {asked} MIMI \"{found}\"")
        );
    }
    let asked = DomainName::from_labels(["first", "last", "example"]).unwrap();
    assert!(written(&zones.lookup(&asked, MIMI)).ends_with("\"two labels\""));
}

#[test]
fn never_folds_case_outside_ascii() {
    let zones = zones("example. 60 SOA . . 1 2 3 4 60\n\\228.example. 60 MIMI \"x\"");
    let other = name("example").prepend(&[196]).unwrap();
    assert_eq!(
        written(&zones.lookup(&other, MIMI)),
        "NXDOMAIN aa; ns SOA example."
    );
}
