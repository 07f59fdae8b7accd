//! `mimi-lint live`, `axfr` and `diff` against servers on loopback, and observations judged again.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::dns_server::{Amiss, Builder, example};

const ALICE: &str = "v=MIMI1; a=alice; e=im.example.com";
const A: u16 = 1;

fn lint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mimi-lint"))
        .args(arguments)
        .output()
        .unwrap()
}

/// The exit code and what was written: findings in the short form.
fn live(servers: &[SocketAddr], identifier: &str) -> (i32, String) {
    live_with(servers, identifier, &[])
}

fn live_with(servers: &[SocketAddr], identifier: &str, more: &[&str]) -> (i32, String) {
    let servers: Vec<String> = servers.iter().map(SocketAddr::to_string).collect();
    let mut arguments = vec!["live", "--format", "concise", "--timeout", "0.4"];
    for server in &servers {
        arguments.extend(["--server", server]);
    }
    arguments.extend(more);
    arguments.push(identifier);
    said(&lint(&arguments))
}

fn said(output: &Output) -> (i32, String) {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap(), format!("{text}{errors}"))
}

#[track_caller]
fn check_schema(name: &str, value: &serde_json::Value) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schemas"));
    let mut schemas = boon::Schemas::new();
    let path = folder.join(name);
    let schema = boon::Compiler::new()
        .compile(path.to_str().unwrap(), &mut schemas)
        .unwrap();
    if let Err(error) = schemas.validate(value, schema) {
        panic!("{error}\n{value}");
    }
}

/// A zone with nothing to find but that it is not signed.
fn sound() -> Builder {
    example()
        .mimi("alice.example.com", ALICE)
        .mimix("example.com", "mimi.example.com")
        .mimi("bob.mimi.example.com", ALICE)
        .record("im.example.com", A, vec![9, 9, 9, 9])
}

#[test]
fn a_sound_zone_is_clean() {
    let server = sound().start();
    for identifier in ["alice.example.com", "bob@example.com", "example.com"] {
        let (code, text) = live(&[server.address], identifier);
        assert_eq!(code, 0, "{identifier}: {text}");
    }
}

#[test]
fn a_server_that_answers_nothing_is_inconclusive() {
    let silent = example().amiss(Amiss::Silent).start();
    let started = Instant::now();
    let (code, text) = live(&[silent.address], "alice.example.com");
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("(no-answer)"), "{text}");
    assert!(!text.contains("nothing-published"), "{text}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_dead_server_beside_a_sound_one_is_inconclusive() {
    let server = sound().start();
    // Nobody listens on port 1.
    let dead = SocketAddr::from(([127, 0, 0, 1], 1));
    let (code, text) = live(&[server.address, dead], "alice.example.com");
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("dns:example.com@127.0.0.1:1:"), "{text}");
}

#[test]
fn response_codes_and_lame_answers_are_inconclusive_and_never_missing() {
    for amiss in [
        Amiss::Code(2),
        Amiss::Code(5),
        Amiss::Code(9),
        Amiss::Code(1),
        Amiss::Lame,
    ] {
        let server = sound().amiss(amiss.clone()).start();
        for identifier in ["alice.example.com", "nobody@example.com"] {
            let (code, text) = live(&[server.address], identifier);
            assert_eq!(code, 4, "{amiss:?}: {text}");
            assert!(!text.contains("nothing-published"), "{amiss:?}: {text}");
        }
    }
}

#[test]
fn names_without_records_are_said_to_be_so() {
    let server = sound().start();
    let (code, text) = live(&[server.address], "nobody.example.com");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("the name does not exist"), "{text}");
}

#[test]
fn servers_that_disagree_are_found() {
    let one = sound().start();
    let other = example()
        .mimi("alice.example.com", "v=MIMI1; a=mallory; e=im.example.com")
        .record("im.example.com", A, vec![9, 9, 9, 9])
        .serial(2)
        .start();
    let (code, text) = live(&[one.address, other.address], "alice.example.com");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("(servers-disagree)"), "{text}");
    assert!(text.contains("(serials-differ)"), "{text}");
}

#[test]
fn long_answers_need_tcp() {
    let many = || {
        let add = |zone: Builder, at: i32| {
            zone.mimi(
                "big.example.com",
                &format!("v=MIMI1; a=account{at}; e=im.example.com; s=service{at}"),
            )
        };
        (0..30).fold(sound(), add)
    };
    let server = many().start();
    let (_, text) = live(&[server.address], "big.example.com");
    assert!(text.contains("(truncated-answer)"), "{text}");
    for amiss in [Amiss::NoTcp, Amiss::Drips] {
        let server = many().amiss(amiss).start();
        let (code, text) = live(&[server.address], "big.example.com");
        assert_eq!(code, 4, "{text}");
    }
}

#[test]
fn open_transfers_and_wildcards_are_found() {
    let server = sound().transfers().start();
    let (code, text) = live(&[server.address], "alice.example.com");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("(open-transfer)"), "{text}");
}

#[test]
fn endpoints_are_looked_up() {
    let at = |address: Option<Vec<u8>>| {
        let zone = example().mimi("alice.example.com", ALICE);
        let zone = match address {
            Some(address) => zone.record("im.example.com", A, address),
            None => zone,
        };
        live(&[zone.start().address], "alice.example.com").1
    };
    assert!(at(None).contains("(endpoint-not-found)"));
    assert!(at(Some(vec![10, 0, 0, 1])).contains("(endpoint-address)"));
}

#[test]
fn hostile_answers_cost_bounded_time() {
    let damaged = |flags: [u8; 2]| {
        let counts = [0, 1, 255, 255, 255, 255, 255, 255];
        let mut octets = [flags.as_slice(), &counts].concat();
        octets.extend(std::iter::repeat_n([0xc0, 0x0c], 2000).flatten());
        Amiss::Garbage(octets)
    };
    let all = [
        damaged([0x84, 0]),
        damaged([0x86, 0]),
        Amiss::Garbage(Vec::new()),
        Amiss::Garbage(vec![0xff; 3000]),
        Amiss::Flood,
    ];
    for amiss in all {
        let server = sound().amiss(amiss.clone()).start();
        let started = Instant::now();
        let (code, text) = live(&[server.address], "alice.example.com");
        assert_eq!(code, 4, "{amiss:?}: {text}");
        assert!(started.elapsed() < Duration::from_secs(10), "{amiss:?}");
    }
}

#[test]
fn what_was_saved_is_judged_the_same() {
    let server = sound().transfers().serial(7).start();
    let dead = SocketAddr::from(([127, 0, 0, 1], 1));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("observed.json");
    let file = file.to_str().unwrap();
    let servers = [server.address, dead];
    let first = live_with(&servers, "bob@example.com", &["--save", file]);
    let again = said(&lint(&["live", "--format", "concise", "--replay", file]));
    assert_eq!(first, again);
    let observed = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    check_schema("mimi-lint-observations-1.json", &observed);
}

#[test]
fn what_cannot_be_asked_or_judged_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("observed.json");
    let path = file.to_str().unwrap();
    assert_eq!(said(&lint(&["live", "--replay", path])).0, 3);
    fs::write(&file, "{\"schema\":\"\u{1b}\",\"at\":0,\"subjects\":[]}").unwrap();
    let (code, text) = said(&lint(&["live", "--replay", path]));
    assert_eq!(code, 3, "{text}");
    fs::write(&file, "{\"schema\":\"other/1\",\"at\":0,\"subjects\":[]}").unwrap();
    assert_eq!(said(&lint(&["live", "--replay", path])).0, 2);
    let server = sound().start().address;
    for identifier in ["alice", "a@@example.com", "+0", "*@example.com"] {
        assert_eq!(live(&[server], identifier).0, 2, "{identifier}");
    }
    for address in ["example.com", "127.0.0.1:0", "127.0.0.1:99999"] {
        let arguments = ["axfr", "example.com", "--server", address];
        assert_eq!(said(&lint(&arguments)).0, 2, "{address}");
    }
}

#[test]
fn name_servers_are_found_through_a_resolver() {
    let ns = crate::dns_server::name("ns1.example.com");
    let resolver = sound()
        .record("example.com", 2, ns.as_wire().to_vec())
        .record("ns1.example.com", A, vec![127, 0, 0, 1])
        .start();
    let resolver = resolver.address.to_string();
    let arguments = [
        "live",
        "--format",
        "concise",
        "--timeout",
        "0.4",
        "--resolver",
        &resolver,
        "alice.example.com",
    ];
    let (code, text) = said(&lint(&arguments));
    // Whatever is at port 53 of this machine, it does not answer for example.com.
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("dns:example.com@127.0.0.1:53:"), "{text}");
}

#[test]
fn text_from_servers_is_escaped() {
    let server = example()
        .mimi(
            "alice.example.com",
            "v=MIMI1; a=\u{1b}[2J\u{202e}; e=im.example.com",
        )
        .start();
    for format in ["full", "concise"] {
        let (_, text) = live_with(
            &[server.address],
            "alice.example.com",
            &["--format", format],
        );
        let is_fit = |character: char| character == '\n' || (' '..='~').contains(&character);
        assert!(text.chars().all(is_fit), "{text:?}");
    }
}

#[test]
fn every_rule_about_servers_fires_on_its_bad_fixture_only() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/lint"));
    let mut checked = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let rule = entry.file_name().into_string().unwrap();
        let bad = entry.path().join("bad.json");
        if !bad.exists() {
            continue;
        }
        let fires = |file: &str| {
            let file = entry.path().join(file);
            let arguments = [
                "live",
                "--format",
                "concise",
                "--replay",
                file.to_str().unwrap(),
            ];
            let (_, text) = said(&lint(&arguments));
            text.contains(&format!("({rule})\n"))
        };
        assert!(fires("bad.json"), "{rule}");
        assert!(!fires("good.json"), "{rule}");
        checked.push(rule);
    }
    let live = mimi_lint::rules::RULES
        .iter()
        .filter(|rule| rule.code.starts_with("MIMI7"));
    for rule in live {
        assert!(
            checked.contains(&rule.name.into()),
            "no fixture: {}",
            rule.name
        );
    }
}

#[test]
fn a_transferred_zone_is_checked_like_a_file() {
    let axfr = |zone: Builder| {
        let server = zone.start().address.to_string();
        let arguments = [
            "axfr",
            "--format",
            "concise",
            "--timeout",
            "1",
            "--server",
            &server,
            "example.com",
        ];
        said(&lint(&arguments))
    };
    let (code, text) = axfr(
        sound()
            .mimi("carol.example.com", "v=MIMI1; a=carol; e")
            .transfers(),
    );
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("(missing-equals)"), "{text}");
    assert!(text.contains("(open-transfer)"), "{text}");
    let (code, text) = axfr(sound());
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("REFUSED"), "{text}");
    let (code, text) = axfr(sound().transfers().amiss(Amiss::EndsEarly));
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("after 5 records"), "{text}");
}

#[test]
fn a_diff_says_what_changes_for_callers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("example.com.zone");
    let start =
        "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 host 2 3600 900 604800 300\n@ MIMIX mimi\n";
    let diff = |server: SocketAddr, records: &str| {
        fs::write(&file, format!("{start}{records}")).unwrap();
        let server = server.to_string();
        let arguments = [
            "diff",
            "--timeout",
            "0.4",
            "--server",
            &server,
            "--format",
            "jsonl",
            file.to_str().unwrap(),
        ];
        let output = lint(&arguments);
        let lines = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for line in &lines {
            check_schema("mimi-lint-diff-1.json", line);
        }
        (output.status.code().unwrap(), lines)
    };
    let same = "alice MIMI \"v=MIMI1;a=alice;e=im.example.com\"\nbob.mimi MIMI \"v=MIMI1;a=alice;e=im.example.com\"\n";
    let open = sound().transfers().start().address;
    let closed = sound().start().address;
    assert_eq!(diff(open, same), (0, vec![]));
    assert_eq!(diff(closed, same), (0, vec![]));
    let other = "alice MIMI \"v=MIMI1;a=alice;e=new.example.com\"\ncarol MIMI \"v=MIMI1;a=c;e=im.example.com;p=1\"\n";
    let kinds = |lines: &[serde_json::Value]| -> Vec<(String, String)> {
        let text = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap().to_owned();
        lines
            .iter()
            .map(|line| (text(line, "owner"), text(line, "change")))
            .collect()
    };
    let pair = |owner: &str, change: &str| (owner.to_owned(), change.to_owned());
    let (code, lines) = diff(open, other);
    assert_eq!(code, 1);
    let mut expected = vec![
        pair("alice.example.com.", "changed"),
        pair("carol.example.com.", "added"),
        pair("bob.mimi.example.com.", "removed"),
    ];
    assert_eq!(kinds(&lines), expected);
    expected.pop();
    // Without a transfer nobody knows of bob.
    assert_eq!(kinds(&diff(closed, other).1), expected);
    let (_, lines) = diff(open, &same.replacen("a=alice", "a", 1));
    assert_eq!(kinds(&lines), [pair("alice.example.com.", "unusable")]);
    assert_eq!(lines[0]["before"]["mse"], "im.example.com");
    let silent = example().amiss(Amiss::Silent).start().address;
    assert_eq!(diff(silent, same), (4, vec![]));
    let many: String = (0..20)
        .map(|at| format!("user{at} MIMI \"v=MIMI1;a=a;e=im.example.com\"\n"))
        .collect();
    assert_eq!(diff(silent, &many), (4, vec![]));
}

/// Puts a text in place of every string of a document, one after the other.
fn with_each_string(value: &serde_json::Value, text: &str) -> Vec<serde_json::Value> {
    let mut pointers = Vec::new();
    collect(value, String::new(), &mut pointers);
    let change = |pointer: &String| {
        let mut changed = value.clone();
        *changed.pointer_mut(pointer).unwrap() = text.into();
        changed
    };
    pointers.iter().map(change).collect()
}

fn collect(value: &serde_json::Value, at: String, pointers: &mut Vec<String>) {
    match value {
        serde_json::Value::String(_) => pointers.push(at),
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{at}/{index}"), pointers);
            }
        }
        serde_json::Value::Object(members) => {
            for (key, item) in members {
                collect(item, format!("{at}/{key}"), pointers);
            }
        }
        _ => {}
    }
}

#[test]
fn whatever_a_file_of_observations_holds_is_survived_and_escaped() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/lint"));
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("observed.json");
    let hostile = "\u{1b}[31m\u{202e}\u{9b}\r\n$INCLUDE /etc/hostname\n\u{feff}\\";
    for rule in [
        "servers-disagree",
        "walkable-answers",
        "no-answer",
        "endpoint-address",
        "broken-chain",
    ] {
        let octets = fs::read(folder.join(rule).join("bad.json")).unwrap();
        let value = serde_json::from_slice(&octets).unwrap();
        for changed in with_each_string(&value, hostile) {
            fs::write(&file, changed.to_string()).unwrap();
            for format in ["full", "concise"] {
                let arguments = [
                    "live",
                    "--format",
                    format,
                    "--replay",
                    file.to_str().unwrap(),
                ];
                let (code, text) = said(&lint(&arguments));
                assert!([0, 1, 2, 3, 4].contains(&code), "{changed}: {text}");
                let is_fit =
                    |character: char| character == '\n' || (' '..='~').contains(&character);
                assert!(text.chars().all(is_fit), "{changed}: {text:?}");
            }
        }
    }
}
