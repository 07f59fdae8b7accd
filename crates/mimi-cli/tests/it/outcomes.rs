//! Every outcome of `mimi resolve` that zone files lead to, and every exit code. Failures of servers are in `failures.rs`.
//!
//! Not reachable yet: `security_failure` with exit code 5 (nothing validates), and the codes `indeterminate` (as before), `malformed`,
//! `budget` and `oracle-unavailable` (no oracles) of `temporary_failure`.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::support::{Mimi, Run, people_zone, zone_file};

fn both(identifiers: &[&str]) -> (Run, Run) {
    let run = |format| {
        let rest = identifiers.iter().copied().chain(["--format", format]);
        Mimi::resolve(people_zone(), rest).run()
    };
    (run("human"), run("jsonl"))
}

/// Outcome, code and step of each identifier; the exit code; a snapshot of what a person reads.
#[track_caller]
fn check(name: &str, identifiers: &[&str], exit: i32, expected: &[[Option<&str>; 3]]) {
    let (human, jsonl) = both(identifiers);
    assert_eq!((human.exit, jsonl.exit), (exit, exit));
    let objects = jsonl.objects();
    let found: Vec<[Option<&str>; 3]> = objects
        .iter()
        .map(|object| ["outcome", "code", "step"].map(|key| object[key].as_str()))
        .collect();
    assert_eq!(found, expected);
    assert_snapshot!(name, human.report());
}

#[test]
fn found() {
    check(
        "found",
        &["groups.people.example", "alice@people.example"],
        0,
        &[
            [Some("found"), None, Some("mimi")],
            [Some("found"), None, Some("mimi")],
        ],
    );
}

#[test]
fn no_such_name() {
    check(
        "no_such_name",
        &[
            "nobody.people.example",
            "nobody@people.example",
            "alice@nowhere.people.example",
            "nobody@several.example",
            "gone.people.example",
        ],
        1,
        &[
            [Some("no_such_name"), None, Some("mimi")],
            [Some("no_such_name"), None, Some("mimi")],
            [Some("no_such_name"), None, Some("mimix")],
            [Some("no_such_name"), None, Some("mimi")],
            [Some("no_such_name"), None, Some("mimi")],
        ],
    );
}

#[test]
fn no_mapping() {
    check(
        "no_mapping",
        &[
            "ns.people.example",
            "alice@ns.people.example",
            "alice@wild.example",
            "one@several.example",
        ],
        1,
        &[
            [Some("no_mapping"), None, Some("mimi")],
            [Some("no_mapping"), None, Some("mimix")],
            [Some("no_mapping"), None, Some("mimi")],
            [Some("no_such_name"), None, Some("mimi")],
        ],
    );
}

#[test]
fn a_telephone_number_that_is_not_there() {
    let human = Mimi::resolve(
        people_zone(),
        ["+15551234568", "--enum-suffix", "enum.example"],
    );
    assert_snapshot!(human.run().report());
}

#[test]
fn only_unusable() {
    check(
        "only_unusable",
        &["unusable.people.example"],
        1,
        &[[Some("only_unusable"), None, Some("mimi")]],
    );
}

#[test]
fn provider_declines() {
    check(
        "provider_declines",
        &["alice@declines.example"],
        1,
        &[[Some("provider_declines"), None, Some("mimix")]],
    );
}

#[test]
fn unmappable() {
    check(
        "unmappable",
        &["\"a..b\"@people.example", "*@people.example"],
        1,
        &[
            [Some("unmappable"), Some("empty-atom"), Some("mimi")],
            [Some("unmappable"), Some("wildcard-atom"), Some("mimi")],
        ],
    );
}

#[test]
fn invalid() {
    check(
        "invalid",
        &[
            "mymimi",
            "mimi://im.example",
            "alice@[192.0.2.1]",
            "+44 (0)20 7946 0148",
        ],
        1,
        &[
            [Some("invalid"), Some("single-label"), None],
            [Some("invalid"), Some("mimi-uri-with-authority"), None],
            [Some("invalid"), Some("domain-literal"), None],
            [Some("invalid"), Some("trunk-zero"), None],
        ],
    );
}

#[test]
fn temporary_failure() {
    check(
        "temporary_failure",
        &[
            "www.elsewhere.example",
            "round.people.example",
            "someone.lame.people.example",
            "alice@halfway.example",
        ],
        4,
        &[
            [
                Some("temporary_failure"),
                Some("server-failure"),
                Some("mimi"),
            ],
            [Some("temporary_failure"), Some("loop"), Some("mimi")],
            [Some("temporary_failure"), Some("lame"), Some("mimi")],
            [Some("temporary_failure"), Some("lame"), Some("mimi")],
        ],
    );
}

#[test]
fn the_highest_exit_code_wins_whatever_the_order() {
    let exit_of = |identifiers: &[&str]| both(identifiers).1.exit;
    let (found, absent, failing) = (
        "alias.people.example",
        "nobody.people.example",
        "www.elsewhere.example",
    );
    assert_eq!(exit_of(&[found, found]), 0);
    assert_eq!(exit_of(&[absent, found]), 1);
    assert_eq!(exit_of(&[found, "not an identifier"]), 1);
    assert_eq!(exit_of(&[failing, absent, found]), 4);
    assert_eq!(exit_of(&[absent, failing]), 4);
}

#[test]
fn identifiers_come_out_in_the_order_they_went_in_and_from_standard_input() {
    let run = Mimi::resolve(
        people_zone(),
        [
            "alice@people.example",
            "-",
            "groups.people.example",
            "--format=jsonl",
        ],
    );
    let run = run
        .input("nobody@people.example\r\n\n  strings.people.example  \nbücher\n")
        .run();
    let objects = run.objects();
    let inputs: Vec<_> = objects
        .iter()
        .map(|object| object["input"].as_str().unwrap())
        .collect();
    assert_eq!(
        inputs,
        [
            "alice@people.example",
            "nobody@people.example",
            "strings.people.example",
            "bücher",
            "groups.people.example"
        ]
    );
    let octets = Mimi::resolve(people_zone(), ["-", "--format=jsonl"])
        .input(b"\xff\xfe.example\n")
        .run();
    assert_eq!(octets.object()["outcome"], "invalid");
}

#[test]
fn no_identifiers_on_standard_input_are_no_results() {
    let run = |format| Mimi::resolve(people_zone(), ["-", format]).run();
    assert_eq!(run("--format=json").text(), "[]\n");
    assert_eq!(run("--format=jsonl").text(), "");
    assert_eq!(run("--format=human").exit, 0);
}

#[test]
fn many_long_records_that_are_not_used_do_not_flood_the_terminal() {
    let mut zone = String::new();
    for index in 0..12 {
        let filler = format!("\"{}\" ", "x".repeat(200)).repeat(4);
        writeln!(zone, "a.example. 60 MIMI \"v=MIMI2; n={index}\" {filler}").unwrap();
    }
    let path = zone_file("many-long-records.zone", zone);
    let run = Mimi::resolve(&path, ["a.example"]).run();
    assert!(run.text().lines().all(|line| line.chars().count() < 420));
    assert!(run.text().contains("not used: 12 records"));
    assert!(run.text().contains("… and 2 more"));
    let object = Mimi::resolve(&path, ["a.example", "--format=jsonl"])
        .run()
        .object();
    let dropped = object["dropped"].as_array().unwrap();
    assert_eq!(dropped.len(), 12);
    assert!(dropped[0]["record"].as_str().unwrap().len() > 800);
}
