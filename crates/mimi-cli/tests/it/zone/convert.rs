//! `mimi zone convert`: all or nothing, and nothing is lost in silence (D2, D4, D36).

use super::convert;
use crate::support::{example_zone, mimi, zone_file};

#[test]
fn the_example_is_written_with_mnemonics() {
    let run = mimi(["zone", "convert", "--to", "mnemonic", example_zone()]).run();
    insta::assert_snapshot!(run.report());
}

#[test]
fn the_example_is_written_for_servers_that_know_no_mnemonics() {
    let run = mimi(["zone", "convert", "--to", "rfc3597", example_zone()]).run();
    insta::assert_snapshot!(run.report());
}

#[test]
fn other_codes_are_read_and_written() {
    let file = "$ORIGIN x.\n$TTL 1\na MIMI \"v=MIMI1; a=a; e=e.example\"\nb TYPE65301 \\# 1 00\nc TYPE65357 \\# 1 00\n";
    let codes = ["--type-mimi", "65300", "--type-mimix", "65301"];
    let convert = |target| {
        let arguments = ["zone", "convert", "--to", target, "-"];
        mimi(arguments.into_iter().chain(codes)).input(file).run()
    };
    insta::assert_snapshot!(convert("mnemonic").text(), @r#"
    ; Made by mimi zone convert from standard input
    a.x. 1 IN MIMI "v=MIMI1; a=a; e=e.example"
    b.x. 1 IN MIMIX .
    c.x. 1 IN TYPE65357 \# 1 00
    "#);
    insta::assert_snapshot!(convert("rfc3597").text(), @r#"
    ; Made by mimi zone convert from standard input
    a.x. 1 IN TYPE65300 \# 26 19763d4d494d49313b20613d613b20653d652e6578616d706c65 ; MIMI "v=MIMI1; a=a; e=e.example"
    b.x. 1 IN TYPE65301 \# 1 00 ; MIMIX .
    c.x. 1 IN TYPE65357 \# 1 00
    "#);
}

#[test]
fn names_are_written_in_escapes_that_every_server_reads() {
    // Knot refuses a bare + or ', which BIND and NSD take (D4).
    let run = convert("rfc3597", "a+b'.X-1_. 1 CNAME *.\\064\\.!.\n").run();
    let line = run.text().lines().nth(1).unwrap();
    assert_eq!(line, r"a\043b\039.X-1_. 1 IN CNAME *.\064\046\033.");
}

#[test]
fn text_that_nobody_here_knows_is_passed_on_and_told() {
    let run = convert(
        "mnemonic",
        "$ORIGIN x.\n$TTL 1\na LOC 1 N 1 E 1m\nb URI 1 1 \"u\\010\nv\"\na URI 2 2 u\n",
    )
    .run();
    insta::assert_snapshot!(run.report(), @r#"
    exit 0
    --- stdout
    ; Made by mimi zone convert from standard input
    $ORIGIN x.
    a.x. 1 IN LOC 1 N 1 E 1m
    b.x. 1 IN URI 1 1 "u\010\010v"
    a.x. 1 IN URI 2 2 u
    --- stderr
    note: passed on as written, for their text is not known here: 1 LOC, 2 URI
    "#);
}

#[test]
fn what_generate_stands_for_is_written() {
    let file = "$TTL 1\n\
        $GENERATE 7-8 u$.x. MIMI \"\\\"v=MIMI1; a=u$; e=e.example\\\"\" ; people\n\
        $GENERATE 1-2 o$.x. LOC \"$ N 1 E 1m\"\n\
        $GENERATE 1-1 o$.x. SVCB \"1 . key$9=\\\"a b\\\"\"\n";
    insta::assert_snapshot!(convert("mnemonic", file).run().text(), @r#"
    ; Made by mimi zone convert from standard input
    u7.x. 1 IN MIMI "v=MIMI1; a=u7; e=e.example"
    u8.x. 1 IN MIMI "v=MIMI1; a=u8; e=e.example" ; people
    o1.x. 1 IN LOC 1 N 1 E 1m
    o2.x. 1 IN LOC 2 N 1 E 1m
    o1.x. 1 IN SVCB 1 . key19="a b"
    "#);
}

#[test]
fn refuses_to_write_a_part_of_a_zone() {
    let file = "$TTL 60\na.x. MIMI \"v=MIMI1; a=a; e=e.example\"\nb.x. MIMMI x\nc.x. A 192.0.2\nd MIMIX e\n";
    for target in [
        "mnemonic", "rfc3597", "nsupdate", "tinydns", "dnsmasq", "powerdns",
    ] {
        let run = convert(target, file).run();
        assert_eq!((run.exit, run.text()), (1, ""), "{target}");
        if target == "rfc3597" {
            insta::assert_snapshot!(run.errors());
        }
    }
}

#[test]
fn refuses_text_that_is_no_rdata_of_our_types() {
    let long = format!("x. 1 MIMI ok \"{}\"", "a".repeat(256));
    for (line, code) in [
        ("x. 1 MIMI", "rdata-missing-field"),
        (&long, "rdata-string-too-long"),
        (r#"x. 1 MIMI "\256""#, "rdata-bad-escape"),
        ("x. 1 MIMIX", "rdata-missing-field"),
        ("x. 1 MIMIX a. b.", "rdata-trailing-token"),
        ("x. 1 MIMIX a..b.", "rdata-bad-name"),
        ("x. 1 MIMIX a", "rdata-no-origin"),
        ("x. 1 TYPE65357 text", "rdata-no-text-form"),
        (r"x. 1 MIMI \# 2 0", "generic-mismatch"),
        ("$INCLUDE other.zone", "include-not-followed"),
        (
            "$GENERATE 2-1 a$.x. 1 A 192.0.2.$",
            "generate-range-reversed",
        ),
    ] {
        let run = convert("rfc3597", line).run();
        assert_eq!((run.exit, run.text()), (1, ""), "{line}");
        assert!(
            run.errors().contains(&format!("error[{code}]")),
            "{}",
            run.errors()
        );
    }
}

#[test]
fn warns_of_records_that_resolvers_will_not_use_and_converts_them() {
    let file = "$ORIGIN x.\n$TTL 1\na MIMI \"v=MIMI1; a=foo;bar; e=im.example\"\nb MIMI \"v=spf1 -all\"\nc TYPE65357 \\# 2 05aa\n\
        d MIMI \\# 0\ne MIMIX \\# 2 c00c\nf MIMI \"v=MIMI1; a=a; e=e.example; p=bad\"\ng MIMIX .\n";
    let run = convert("rfc3597", file).run();
    assert_eq!((run.exit, run.text().lines().count()), (0, 8));
    insta::assert_snapshot!(run.errors());
}

#[test]
fn never_shows_more_than_twenty_problems_and_counts_the_rest() {
    let run = convert("mnemonic", "x MIMMI\n".repeat(30)).run();
    assert_eq!(run.errors().matches("error[").count(), 20);
    assert!(
        run.errors()
            .contains("… and 10 more\nerror: 30 errors in standard input")
    );
}

#[test]
fn refuses_a_file_that_is_not_there_and_codes_that_cannot_be() {
    let run = mimi(["zone", "convert", "--to", "mnemonic", "no/such.zone"]).run();
    assert_eq!(run.exit, 3, "{}", run.errors());
    assert!(run.errors().contains("cannot read no/such.zone"));
    for arguments in [
        &["zone", "convert", "-"][..],
        &["zone", "convert", "--to", "bind", "-"],
        &[
            "zone",
            "convert",
            "--to",
            "mnemonic",
            "--type-mimi",
            "1",
            "-",
        ],
        &[
            "zone", "convert", "--to", "mnemonic", "--origin", "a..b", "-",
        ],
        &["zone"],
    ] {
        assert_eq!(mimi(arguments).run().exit, 2, "{arguments:?}");
    }
}

#[test]
fn an_empty_file_is_an_empty_zone() {
    let path = zone_file("empty-of-zone-convert.zone", "");
    let run = mimi(["zone", "convert", "--to", "rfc3597", path.to_str().unwrap()]).run();
    assert_eq!((run.exit, run.text().lines().count()), (0, 1));
}
