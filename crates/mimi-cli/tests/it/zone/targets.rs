//! The targets that take MIMI and MIMIX records only. How their servers read them was tried with the servers themselves; see `docs/publish.md`.

use super::convert;

const PEOPLE: &str = "\
$ORIGIN example.com.
$TTL 300
@ SOA ns host 1 2 3 4 5
@ MIMIX mimi.example.net.
a+b MIMI \"v=MIMI1; a=a:b\\\\; e=e.example\"
o'neil,\\\"x\\\\ MIMI \"v=MIMI1; a=o; e=e.example\"
-x MIMI \"v=MIMI1; a=x; e=e.example\"
; the comment is not for them
A.Sub MIMI \"v=MIMI1; a=s; e=e.example\"
c CH TXT chaos
d CH TYPE65357 \\# 1 00
sub SOA ns host 1 2 3 4 5
";

#[test]
fn nsupdate_gets_one_message_for_each_run_of_a_zone() {
    insta::assert_snapshot!(convert("nsupdate", PEOPLE).run().report());
}

#[test]
fn tinydns_gets_octal_escapes() {
    insta::assert_snapshot!(convert("tinydns", PEOPLE).run().report());
}

#[test]
fn dnsmasq_gets_quoted_names_and_hexadecimal() {
    insta::assert_snapshot!(convert("dnsmasq", PEOPLE).run().report());
}

#[test]
fn pdnsutil_gets_names_relative_to_the_zone_and_quoted_for_a_shell() {
    insta::assert_snapshot!(convert("powerdns", PEOPLE).run().report());
}

#[test]
fn a_wildcard_is_one_for_tinydns_too() {
    let run = convert(
        "tinydns",
        "*.w.x. 0 MIMIX .\n*\\042.x. 0 MIMIX .\n. 0 MIMIX .\n",
    )
    .run();
    let lines: Vec<_> = run
        .text()
        .lines()
        .filter(|line| line.starts_with(':'))
        .collect();
    assert_eq!(
        lines,
        [
            r":*.w.x:65368:\000:0",
            r":\052\052.x:65368:\000:0",
            r":.:65368:\000:0"
        ]
    );
}

#[test]
fn long_updates_are_sent_in_several_messages() {
    let mut file = "x. 1 SOA a. b. 1 2 3 4 5\n".to_owned();
    for number in 0..300 {
        file.push_str(&format!(
            "u{number}.x. 1 MIMI \"v=MIMI1; a={}; e=e.example\"\n",
            "a".repeat(200)
        ));
    }
    let run = convert("nsupdate", file).run();
    let count = |word: &str| {
        run.text()
            .lines()
            .filter(|line| line.starts_with(word))
            .count()
    };
    assert_eq!(
        (count("zone x."), count("send"), count("update add")),
        (3, 3, 300)
    );
    assert!(run.text().ends_with("\nsend\n"));
    assert!(!run.text().contains("\n\n"), "a blank line would send");
}

#[test]
fn refuses_records_whose_zone_nobody_told() {
    for target in ["nsupdate", "powerdns"] {
        let run = convert(target, "a.x. 1 MIMIX b.\n").run();
        assert_eq!((run.exit, run.text()), (1, ""));
        assert!(run.errors().contains("error[no-zone]"), "{}", run.errors());
    }
    for target in ["tinydns", "dnsmasq"] {
        assert_eq!(convert(target, "a.x. 1 MIMIX b.\n").run().exit, 0);
    }
}

#[test]
fn refuses_records_outside_of_the_zone_that_was_told() {
    let arguments = ["zone", "convert", "--to", "nsupdate", "--origin", "x.", "-"];
    let run = crate::support::mimi(arguments)
        .input("a 1 MIMIX b.\nc.y. 1 MIMIX b.\n")
        .run();
    assert_eq!((run.exit, run.text()), (1, ""));
    let run = crate::support::mimi(arguments)
        .input("a 1 MIMIX b.\n")
        .run();
    assert!(run.text().contains("zone x.\n"), "{}", run.text());
}

#[test]
fn refuses_names_and_lines_that_dnsmasq_cannot_hold() {
    let long = format!("x. 1 MIMI \"{}\" \"{0}\"\n", "a".repeat(255));
    for (file, code) in [
        ("*.x. 1 MIMIX .\n", "dnsmasq-wildcard"),
        ("a\\.b.x. 1 MIMIX .\n", "dnsmasq-name"),
        ("\\195\\182.x. 1 MIMIX .\n", "dnsmasq-name"),
        ("\\009.x. 1 MIMIX .\n", "dnsmasq-name"),
        (". 1 MIMIX .\n", "dnsmasq-name"),
        (&long, "dnsmasq-line-too-long"),
    ] {
        let run = convert("dnsmasq", file).run();
        assert_eq!((run.exit, run.text()), (1, ""), "{file}");
        assert!(
            run.errors().contains(&format!("error[{code}]")),
            "{}",
            run.errors()
        );
    }
}

#[test]
fn warns_of_names_that_powerdns_will_not_serve() {
    let run = convert(
        "powerdns",
        "x. 1 SOA a. b. 1 2 3 4 5\na+b.x. 1 MIMIX .\na@b.x. 1 MIMIX .\n",
    )
    .run();
    assert_eq!(run.exit, 0);
    assert_eq!(run.errors().matches("warning[powerdns-name]").count(), 1);
}
