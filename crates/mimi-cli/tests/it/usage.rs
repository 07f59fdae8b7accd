//! The command line: help, and what is refused before anything is done.

use insta::assert_snapshot;

use crate::support::{example_zone, mimi};

#[test]
fn every_command_has_help() {
    for command in ["resolve", "parse", "name", "serve"] {
        let run = mimi([command, "--help"]).run();
        assert_eq!(run.exit, 0);
        assert_snapshot!(format!("help_{command}"), run.text());
        let short = mimi([command, "-h"]).run();
        assert!(short.text().len() < run.text().len());
    }
}

#[test]
fn every_command_is_listed() {
    let help = mimi(["--help"]).run();
    for command in ["resolve", "parse", "name", "serve", "oracle"] {
        assert!(help.text().contains(&format!("\n  {command} ")));
    }
    assert!(mimi(["--version"]).run().text().starts_with("mimi 0."));
}

/// The options that a command's help lists.
fn options(command: &str) -> Vec<String> {
    let words = command.split(' ').chain(["--help"]);
    let help = mimi(words).run();
    let lines = help.text().lines().map(str::trim_start);
    let words = lines.filter_map(|line| {
        let at = line.strip_prefix("-h, ").unwrap_or(line);
        at.starts_with("--")
            .then(|| at.split([' ', ',']).next().unwrap().to_owned())
    });
    words.collect()
}

#[test]
fn every_option_is_documented() {
    let documentation = include_str!("../../../../docs/cli.md");
    let commands = [
        "resolve",
        "parse",
        "name",
        "serve",
        "zone convert",
        "zone records",
        "oracle serve",
        "oracle key new",
        "oracle key rotate",
        "oracle key show",
        "oracle token",
        "oracle backup",
        "oracle verify",
        "oracle lookup",
        "oracle register",
        "oracle show",
        "oracle remove",
    ];
    for command in commands {
        let heading = format!("## `mimi {command}`");
        let (_, section) = documentation.split_once(&heading).expect("a section");
        let section = section.split("\n## ").next().unwrap();
        let options = options(command);
        assert!(options.len() > 2, "{options:?}");
        for option in options {
            let general = matches!(option.as_str(), "--help" | "--color");
            let named = section.contains(&format!("`{option}"));
            assert!(general || named, "{command} {option}");
        }
    }
}

#[test]
fn refuses_command_lines_that_make_no_sense() {
    let zone = example_zone();
    let refused: [&[&str]; 22] = [
        &[],
        &["discover"],
        &["resolve"],
        &["resolve", "--zone", zone],
        &[
            "resolve",
            "--zone",
            zone,
            "--server",
            "192.0.2.1",
            "a.example",
        ],
        &["resolve", "--zone", zone, "a.example", "--formt=json"],
        &["resolve", "--zonee", zone, "a.example"],
        &["resolve", "--zone", zone, "-a.example"],
        &["resolve", "--zone", zone, "--format", "xml", "a.example"],
        &["resolve", "--zone", zone, "--timeout", "0", "a.example"],
        &["resolve", "--zone", zone, "--timeout", "soon", "a.example"],
        &["resolve", "--zone", zone, "--service", "", "a.example"],
        &["resolve", "--zone", zone, "--enum-suffix", "a..b", "+1"],
        &["resolve", "--zone", zone, "--type-mimi", "16", "a.example"],
        &[
            "resolve",
            "--zone",
            zone,
            "--type-mimi",
            "65368",
            "a.example",
        ],
        &["resolve", "--zone", "-", "-"],
        &["resolve", "--server", "tls://dns.example.net", "a.example"],
        &[
            "resolve",
            "--zone",
            zone,
            "--require-encrypted",
            "a.example",
        ],
        &["resolve", "--zone", zone, "--tls-ca", "ca.pem", "a.example"],
        &["parse", "--format", "json", "x"],
        &["name"],
        &["serve"],
    ];
    for arguments in refused {
        let run = mimi(arguments).run();
        assert_eq!((run.exit, run.text()), (2, ""), "{arguments:?}");
        assert!(!run.errors().is_empty(), "{arguments:?}");
    }
}

#[test]
fn options_may_follow_identifiers() {
    let run = mimi([
        "resolve",
        "mymimi.example.com",
        "--zone",
        example_zone(),
        "--format",
        "jsonl",
    ]);
    assert_eq!(run.run().object()["outcome"], "found");
    let run = mimi(["parse", "v=MIMI1; a=b; e=c", "--format", "jsonl"]).run();
    assert_eq!(run.object()["verdict"], "usable");
    let run = mimi(["name", "a.example", "--format", "jsonl"]).run();
    assert!(run.object()["error"].is_null());
}

#[test]
fn what_starts_with_a_dash_follows_two_dashes() {
    let run = mimi(["name", "--", "-a.example"]).run();
    assert_eq!(run.object()["steps"][0]["name"], "-a.example.");
    let run = mimi(["parse", "--format=jsonl", "--", "-x"]).run();
    assert_eq!(run.object()["input"], "-x");
}

#[test]
fn messages_of_usage_errors_name_the_remedy() {
    let said = |arguments: &[&str]| mimi(arguments).run().errors().to_owned();
    let mut report = Vec::new();
    for arguments in [
        &["resolve", "--server", "dns.example", "a.example"][..],
        &["resolve", "--server", "tls://dns.example.net", "a.example"],
        &["resolve", "--server", "https://[2001:db8::1]", "a.example"],
        &[
            "resolve",
            "--server",
            "127.0.0.1",
            "--require-encrypted",
            "a.example",
        ],
        &["resolve", "--timeout", "0", "a.example"],
        &["resolve", "--enum-suffix", "a..b", "+1"],
        &["resolve", "--type-mimi", "16", "a.example"],
        &["resolve", "--type-mimi", "65368", "a.example"],
        &["resolve", "--zone", "-", "-"],
        &[
            "resolve",
            "--zone",
            example_zone(),
            "--tls-ca",
            "ca.pem",
            "a.example",
        ],
        &["resolve", "--oracle", "https://o.example", "a@b.example"],
        &[
            "resolve",
            "--oracle",
            "https://o.example#AAEC",
            "a@b.example",
        ],
        &["resolve", "--oracle", "http://o.example", "a@b.example"],
        &["resolve", "--oracle-on-insecure", "a@b.example"],
        &[
            "resolve",
            "--dnssec=require",
            "--oracle=https://o.example#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "a@b.example",
        ],
        &["parse", "-x"],
    ] {
        report.push(format!(
            "$ mimi {}\n{}",
            arguments.join(" "),
            said(arguments)
        ));
    }
    assert_snapshot!(report.join("\n"));
}
