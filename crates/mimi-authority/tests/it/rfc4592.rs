//! RFC 4592 §2.2.1: the example zone and every question that the section lists.

use crate::support::{ask, zones};

const ZONE: &str = r#"
$ORIGIN example.
example.                 3600 IN  SOA   ns.example.com. host.example.com. 1 2 3 4 60
example.                 3600     NS    ns.example.com.
example.                 3600     NS    ns.example.net.
*.example.               3600     TXT   "this is a wildcard"
*.example.               3600     MX    10 host1.example.
*.example.               3600     MIMI  "wild"
sub.*.example.           3600     TXT   "this is not a wildcard"
host1.example.           3600     A     192.0.2.1
_ssh._tcp.host1.example. 3600     SRV   0 0 22 host1.example.
_ssh._tcp.host2.example. 3600     SRV   0 0 22 host1.example.
subdel.example.          3600     NS    ns.example.com.
subdel.example.          3600     NS    ns.example.net.
"#;

const NO_DATA: &str = "NOERROR aa; ns SOA example.";
const NO_SUCH_NAME: &str = "NXDOMAIN aa; ns SOA example.";

#[test]
fn answers_are_synthesized_where_the_section_says_so() {
    let zones = zones(ZONE);
    for (question, expected) in [
        ("host3.example MX", "NOERROR aa; an host3.example. MX"),
        ("host3.example A", NO_DATA),
        (
            "foo.bar.example TXT",
            "NOERROR aa; an foo.bar.example. TXT \"this is a wildcard\"",
        ),
        (
            "host3.example MIMI",
            "NOERROR aa; an host3.example. MIMI \"wild\"",
        ),
        // The wildcard's own name is a name like others (§2.2.1, §4.1).
        (
            "*.example TXT",
            "NOERROR aa; an *.example. TXT \"this is a wildcard\"",
        ),
        (
            "sub.*.example TXT",
            "NOERROR aa; an sub.*.example. TXT \"this is not a wildcard\"",
        ),
    ] {
        assert_eq!(ask(&zones, question), expected, "{question}");
    }
}

#[test]
fn never_synthesizes_where_the_section_forbids_it() {
    let zones = zones(ZONE);
    for (question, expected) in [
        ("host1.example MX", NO_DATA),
        ("host1.example MIMI", NO_DATA),
        ("sub.*.example MX", NO_DATA),
        ("_telnet._tcp.host1.example TYPE33", NO_SUCH_NAME),
        ("host2.example MIMI", NO_DATA),
        (
            "host.subdel.example A",
            "NOERROR; ns subdel.example. NS ns.example.com.; ns subdel.example. NS ns.example.net.",
        ),
        ("ghost.*.example MX", NO_SUCH_NAME),
    ] {
        assert_eq!(ask(&zones, question), expected, "{question}");
    }
}

#[test]
fn a_wildcard_alias_is_followed() {
    let zones = zones(
        "example. 60 SOA . . 1 2 3 4 60\n*.example. 60 CNAME host.example.\nhost.example. 60 MIMI \"x\"",
    );
    assert_eq!(
        ask(&zones, "any.example MIMI"),
        "NOERROR aa; an any.example. CNAME host.example.; an host.example. MIMI \"x\""
    );
}

#[test]
fn a_wildcard_that_only_lies_above_a_name_has_no_data() {
    let zones = zones("example. 60 SOA . . 1 2 3 4 60\nx.*.example. 60 MIMI \"x\"");
    assert_eq!(ask(&zones, "any.example MIMI"), NO_DATA);
}
