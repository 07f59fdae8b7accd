//! Zone files that cannot be used: everything is said, and nothing is asked.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::support::{Mimi, mimi, zone_file};

#[test]
fn fails_for_a_file_that_is_not_there_and_names_it() {
    let run = Mimi::resolve("testdata/zones/absent.zone", ["a.example"]).run();
    assert_eq!((run.exit, run.text()), (3, ""));
    assert_snapshot!(run.errors());
}

#[test]
fn fails_for_a_folder() {
    let run = Mimi::resolve("testdata/zones", ["a.example"]).run();
    assert_eq!(run.exit, 3);
    assert!(run.errors().contains("cannot read testdata/zones"));
}

#[test]
fn shows_every_mistake_with_its_place_and_asks_nothing() {
    let run = Mimi::resolve("testdata/zones/broken.zone", ["alice.broken.example"]).run();
    assert_eq!((run.exit, run.text()), (3, ""));
    assert_snapshot!(run.errors());
}

#[test]
fn shows_twenty_mistakes_and_counts_the_others() {
    let mut zone = String::new();
    for index in 0..30 {
        writeln!(zone, "a{index} MIIM x").unwrap();
    }
    let path = zone_file("thirty-mistakes.zone", zone);
    let run = Mimi::resolve(path, ["a.example"]).run();
    let errors = run.errors();
    assert_eq!(errors.matches("error[unknown-type]").count(), 20);
    assert!(errors.contains("… and 10 more"));
    assert!(errors.contains("30 errors in the zone files"));
}

#[test]
fn the_place_is_right_in_long_lines() {
    let zone = format!(
        "$TTL 1\n$ORIGIN a.example.\n{:200} MIIM \"{}\"\n",
        "b",
        "x".repeat(300)
    );
    let path = zone_file("long-line.zone", zone);
    let run = Mimi::resolve(path, ["a.example"]).run();
    let errors = run.errors();
    assert!(errors.contains("long-line.zone:3:202\n"), "{errors}");
    let longest = errors.lines().map(|line| line.chars().count()).max();
    assert!(longest < Some(160), "{errors}");
}

#[test]
fn one_error_in_one_of_two_files_is_enough() {
    let run = mimi([
        "resolve",
        "mymimi.example.com",
        "--zone=testdata/zones/example.zone",
        "--zone=testdata/zones/broken.zone",
    ]);
    assert_eq!(run.run().exit, 3);
}

#[test]
fn two_files_are_served_together() {
    let run = mimi([
        "resolve",
        "--format=jsonl",
        "mymimi.example.com",
        "alice@people.example",
        "--zone=testdata/zones/example.zone",
        "--zone=testdata/zones/people.zone",
    ]);
    let run = run.run();
    assert_eq!((run.objects().len(), run.exit), (2, 0));
}

#[test]
fn a_zone_may_come_from_standard_input() {
    let zone = include_bytes!("../../../../testdata/zones/example.zone");
    let run = Mimi::resolve("-", ["mymimi.example.com", "--format=jsonl"]);
    assert_eq!(run.input(zone).run().object()["outcome"], "found");
}

#[test]
fn the_lines_of_the_draft_are_a_zone_file() {
    let snippet = r#"
        mymimi.example.com MIMI "v=MIMI1; a=myuser; e=mimiserver.example.com"
        example.com MIMIX mimi.example.net
        mailbox.mimi.example.net MIMI "v=MIMI1; a=mailbox; e=mimiserver.example.com"
    "#;
    let lines: Vec<&str> = snippet.lines().map(str::trim).collect();
    let run = Mimi::resolve("-", ["mymimi.example.com", "mailbox@example.com"]);
    let run = run.input(lines.join("\n")).run();
    assert_eq!((run.exit, run.errors()), (0, ""));
}

#[test]
fn serving_warns_about_a_snippet() {
    let path = zone_file("snippet.zone", "a.example MIMI \"v=MIMI1; a=b; e=c\"\n\"");
    let run = mimi(["serve".as_ref(), "--zone".as_ref(), path.as_os_str()]).run();
    assert_eq!(run.exit, 3);
    assert!(
        run.errors().contains("warning[root-assumed]"),
        "{}",
        run.errors()
    );
}
