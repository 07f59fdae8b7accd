//! §5.1.1: both steps of the resolution of an email address, from one file.

use crate::support::{ask, zones};

#[test]
fn both_steps_find_their_records() {
    let zones = zones(
        r#"
$ORIGIN example.com.
@ 3600 SOA ns host 1 2 3 4 60
@ 3600 MIMIX mimi.example.net.
$ORIGIN mimi.example.net.
@ 3600 SOA ns host 1 2 3 4 60
mailbox 3600 MIMI "v=MIMI1; a=mailbox; e=im.example.org"
"#,
    );
    assert_eq!(
        ask(&zones, "example.com MIMIX"),
        "NOERROR aa; an example.com. MIMIX mimi.example.net."
    );
    assert_eq!(
        ask(&zones, "mailbox.mimi.example.net MIMI"),
        r#"NOERROR aa; an mailbox.mimi.example.net. MIMI "v=MIMI1; a=mailbox; e=im.example.org""#
    );
}

#[test]
fn refuses_a_target_in_a_zone_of_somebody_else() {
    let zones =
        zones("example.com. 60 SOA . . 1 2 3 4 60\nexample.com. 60 MIMIX mimi.example.net.");
    assert_eq!(ask(&zones, "mailbox.mimi.example.net MIMI"), "REFUSED");
}
