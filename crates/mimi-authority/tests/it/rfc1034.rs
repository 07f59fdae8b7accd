//! RFC 1034 §4.3.2, with RFC 2181 and RFC 4035 where they say more.

use crate::support::{ask, zones};

const ZONE: &str = r#"
$ORIGIN example.com.
$TTL 3600
@ SOA ns host 1 2 3 4 60
@ NS ns
ns A 192.0.2.53
www A 192.0.2.80
www A 192.0.2.81
www TXT "web"
a.b.c A 192.0.2.1
child NS ns.child
child NS ns.elsewhere.org.
child DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000
ns.child A 192.0.2.99
$ORIGIN own.example.com.
@ SOA ns host 1 2 3 4 60
alice MIMI "x"
"#;

#[test]
fn the_table_of_questions() {
    let zones = zones(ZONE);
    for (question, expected) in [
        (
            "www.example.com A",
            "NOERROR aa; an www.example.com. A 192.0.2.80; an www.example.com. A 192.0.2.81",
        ),
        (
            "www.example.com TXT",
            "NOERROR aa; an www.example.com. TXT \"web\"",
        ),
        ("www.example.com MIMI", "NOERROR aa; ns SOA example.com."),
        (
            "example.com NS",
            "NOERROR aa; an example.com. NS ns.example.com.",
        ),
        ("mail.example.com MIMI", "NXDOMAIN aa; ns SOA example.com."),
        // Empty non-terminals exist.
        ("b.c.example.com A", "NOERROR aa; ns SOA example.com."),
        ("c.example.com MIMI", "NOERROR aa; ns SOA example.com."),
        ("x.c.example.com MIMI", "NXDOMAIN aa; ns SOA example.com."),
        // At and below a zone cut: a referral with the address that is known.
        (
            "child.example.com MIMI",
            "NOERROR; ns child.example.com. NS ns.child.example.com.; ns child.example.com. NS ns.elsewhere.org.; ar ns.child.example.com. A 192.0.2.99",
        ),
        (
            "alice.child.example.com MIMI",
            "NOERROR; ns child.example.com. NS ns.child.example.com.; ns child.example.com. NS ns.elsewhere.org.; ar ns.child.example.com. A 192.0.2.99",
        ),
        (
            "ns.child.example.com A",
            "NOERROR; ns child.example.com. NS ns.child.example.com.; ns child.example.com. NS ns.elsewhere.org.; ar ns.child.example.com. A 192.0.2.99",
        ),
        // DS is asked of the parent (RFC 4035 §3.1.4.1), even where the child is here too.
        (
            "child.example.com DS",
            "NOERROR aa; an child.example.com. DS",
        ),
        ("own.example.com DS", "NOERROR aa; ns SOA example.com."),
        (
            "own.example.com MIMI",
            "NOERROR aa; ns SOA own.example.com.",
        ),
        (
            "alice.own.example.com MIMI",
            "NOERROR aa; an alice.own.example.com. MIMI \"x\"",
        ),
        (
            "bob.own.example.com MIMI",
            "NXDOMAIN aa; ns SOA own.example.com.",
        ),
        // ANY names one record (RFC 8482), and only where there is any.
        (
            "www.example.com TYPE255",
            "NOERROR aa; an www.example.com. HINFO",
        ),
        ("c.example.com TYPE255", "NOERROR aa; ns SOA example.com."),
        (
            "mail.example.com TYPE255",
            "NXDOMAIN aa; ns SOA example.com.",
        ),
    ] {
        assert_eq!(ask(&zones, question), expected, "{question}");
    }
}

#[test]
fn names_are_found_in_any_case_and_answered_in_that_of_the_question() {
    assert_eq!(
        ask(&zones(ZONE), "ALICE.oWn.Example.COM MIMI"),
        "NOERROR aa; an ALICE.oWn.Example.COM. MIMI \"x\""
    );
}
