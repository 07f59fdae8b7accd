//! What loading makes of files: zones, problems, and nothing lost in between.

use insta::assert_snapshot;
use mimi_authority::{LoadProblem, ProblemSeverity, ZoneSet};
use mimi_rr::TypeCodes;

use crate::support::{MIMI, ask, listed, load, name, zones};

fn codes(problems: &[LoadProblem]) -> Vec<&'static str> {
    problems.iter().map(LoadProblem::code).collect()
}

#[test]
fn every_soa_owner_is_an_apex_and_the_longest_one_gets_the_record() {
    let zones = zones(
        r#"
alice.sub.example. 60 MIMI "in sub"
alice.example. 60 MIMI "in example"
example. 60 SOA . . 1 2 3 4 60
sub.example. 60 SOA . . 1 2 3 4 60
"#,
    );
    let counted: Vec<(String, usize)> = zones
        .zones()
        .iter()
        .map(|zone| (zone.apex().to_string(), zone.record_count()))
        .collect();
    assert_eq!(
        counted,
        [("example.".to_owned(), 2), ("sub.example.".to_owned(), 2)]
    );
}

#[test]
fn the_order_of_files_and_records_does_not_matter() {
    let one = "example. 60 SOA . . 1 2 3 4 60\nexample. 60 SOA . . 2 2 3 4 60\na.example. 60 MIMI \"x\"\n";
    let two = "a.example. 30 MIMI \"y\"\na.example. 60 MIMI \"x\"\nb.example. 60 CNAME c.\nb.example. 60 CNAME d.\n";
    let forth = ZoneSet::load([("one", one), ("two", two)], TypeCodes::DEFAULT);
    let back = ZoneSet::load([("two", two), ("one", one)], TypeCodes::DEFAULT);
    assert_eq!(forth.1, back.1);
    for question in ["a.example MIMI", "b.example MIMI", "example SOA"] {
        assert_eq!(ask(&forth.0, question), ask(&back.0, question));
    }
    let serial = |zones: &ZoneSet| zones.lookup(&name("example"), 6).answers[0].rdata.clone();
    assert_eq!(serial(&forth.0), serial(&back.0));
}

#[test]
fn duplicates_count_once() {
    let zones = zones(
        "example. 60 SOA . . 1 2 3 4 60\na.example. 60 MIMI \"x\"\nA.EXAMPLE. 60 MIMI \"x\"\n",
    );
    assert_eq!(zones.lookup(&name("a.example"), MIMI).answers.len(), 1);
}

#[test]
fn a_snippet_is_served_from_an_implied_zone() {
    let (zones, problems) =
        load("alice.example. 300 MIMI \"x\"\nexample. 300 MIMIX mimi.example.\n");
    assert_eq!(codes(&problems), ["implied-zone"]);
    assert_eq!(problems[0].severity(), ProblemSeverity::Warning);
    assert!(zones.zones()[0].is_implied());
    assert_eq!(
        ask(&zones, "alice.example MIMI"),
        "NOERROR aa; an alice.example. MIMI \"x\""
    );
}

#[test]
fn records_beside_a_zone_are_served_too() {
    let (zones, problems) =
        load("example. 60 SOA . . 1 2 3 4 60\nalice.example.net. 60 MIMI \"x\"");
    assert_eq!(codes(&problems), ["implied-zone"]);
    assert!(ask(&zones, "alice.example.net MIMI").contains("\"x\""));
    assert_eq!(
        ask(&zones, "nobody.example MIMI"),
        "NXDOMAIN aa; ns SOA example."
    );
}

#[test]
fn an_empty_file_refuses_everything() {
    let (zones, problems) = load("; nothing\n");
    assert!(problems.is_empty() && zones.zones().is_empty());
    assert_eq!(ask(&zones, "example MIMI"), "REFUSED");
}

#[test]
fn other_codes_and_mnemonics_can_be_set() {
    let codes = TypeCodes::new(65300, 65301).unwrap();
    let file =
        "example. 60 SOA . . 1 2 3 4 60\nexample. 60 MIMI \"x\"\nexample. 60 TYPE65301 \\# 1 00";
    let (zones, problems) = ZoneSet::load([("f", file)], codes);
    assert!(problems.is_empty(), "{}", listed(&problems));
    assert_eq!(zones.lookup(&name("example"), 65300).answers.len(), 1);
    assert_eq!(zones.lookup(&name("example"), 65301).answers.len(), 1);
    assert_eq!(zones.lookup(&name("example"), MIMI).answers.len(), 0);
}

#[test]
fn rejects_relative_names_where_the_zone_is_not_known() {
    // Read as absolute, `@` would be the root and every name a top-level one.
    let (zones, problems) = load("@ 60 SOA ns host 1 2 3 4 60\nalice 60 MIMI \"x\"\n");
    assert!(zones.zones().is_empty());
    assert!(
        codes(&problems).iter().all(|code| *code == "no-origin"),
        "{}",
        listed(&problems)
    );
    assert_eq!(problems.len(), 2);
}

#[test]
fn fails_entry_by_entry_and_reports_each() {
    let (zones, problems) = load(
        r#"$ORIGIN example.
@ 60 SOA . . 1 2 3 4 60
broken 60 MIMI "no end
a 60 NOTYPE x
b 60 A not-an-address
c 60 CH TXT "class"
d 60 CNAME one.
d 60 CNAME two.
d 60 MIMI "beside"
*.e 60 NS ns.example.net.
f 60 NS ns.example.net.
f 60 MIMI "at the cut"
alice.f 60 MIMI "below the cut"
glue.f 60 A 192.0.2.1
g 60 DNAME h.example.
alice.g 60 MIMI "below DNAME"
i 60 MIMI "x"
i 30 MIMI "y"
j 60 TYPE5 \# 2 c00c
@ 60 TYPE6 \# 4 00000000
k 60 MIMI "served all the same"
outside.example.net. 60 MIMI "x"
"#,
    );
    assert_snapshot!(listed(&problems), @r"
    test.zone:3:16: error[unterminated-quote]: expected a closing quotation mark, found none
    test.zone:4:6: error[unknown-type]: expected a record type, found `NOTYPE`
    test.zone:5:8: error[rdata-malformed]: expected an IPv4 address, found `not-an-address`
    test.zone:6:1: error[class-not-served]: expected class IN, found CLASS3
    test.zone:8:1: error[record-not-alone]: expected one CNAME record at the name, found another; the first in octet order is served
    test.zone:9:1: error[data-beside-cname]: expected nothing beside the CNAME record, found TYPE65357, which is not served
    test.zone:10:1: error[cut-at-wildcard]: expected no NS record at a wildcard, found one; it is not served
    test.zone:12:1: error[occluded]: expected data of this zone, found a record hidden by the delegation or DNAME at f.example.
    test.zone:13:1: error[occluded]: expected data of this zone, found a record hidden by the delegation or DNAME at f.example.
    test.zone:16:1: error[occluded]: expected data of this zone, found a record hidden by the delegation or DNAME at g.example.
    test.zone:17:1: warning[ttl-mismatch]: expected one TTL in the record set, found several; 30 is served
    test.zone:19:12: error[rdata-not-of-type]: expected octets that are RDATA of type 5, found `\# 2 c00c`
    test.zone:20:12: error[rdata-not-of-type]: expected octets that are RDATA of type 6, found `\# 4 00000000`
    warning[implied-zone]: expected every record in a zone with an SOA record, found 1 outside; a zone is made up for them at the root
    ");
    assert!(ask(&zones, "k.example MIMI").contains("served all the same"));
    assert_eq!(
        ask(&zones, "d.example CNAME"),
        "NOERROR aa; an d.example. CNAME one."
    );
    assert_eq!(zones.lookup(&name("i.example"), MIMI).answers[1].ttl, 30);
}

#[test]
fn fails_for_an_rrset_that_fits_no_message_and_says_so() {
    let mut text = "example. 60 SOA . . 1 2 3 4 60\n".to_owned();
    for index in 0..300 {
        text.push_str(&format!("big.example. 60 MIMI \"{index:0>250}\"\n"));
    }
    let (_, problems) = load(&text);
    assert_eq!(codes(&problems), ["rrset-too-large"]);
}

#[test]
fn an_rrset_that_just_fits_is_no_problem() {
    let mut text = "example. 60 SOA . . 1 2 3 4 60\n".to_owned();
    for index in 0..230 {
        text.push_str(&format!("big.example. 60 MIMI \"{index:0>250}\"\n"));
    }
    assert_eq!(
        zones(&text)
            .lookup(&name("big.example"), MIMI)
            .answers
            .len(),
        230
    );
}

#[test]
fn never_writes_a_label_raw() {
    let (_, problems) = ZoneSet::load([("a\u{1b}[2J\u{e4}.zone", "?")], TypeCodes::DEFAULT);
    assert!(listed(&problems).starts_with(r"a\027[2J\195\164.zone:1:"));
}
