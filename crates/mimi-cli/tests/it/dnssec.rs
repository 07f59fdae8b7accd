//! Validation from the command line: `--dnssec`, `--trust-anchor`, `--trust-ad` (D55, D59).

use std::time::{SystemTime, UNIX_EPOCH};

use mimi_testkit::signed::{SignedWorld, WorldServer};
use tokio::runtime::Runtime;

use crate::support::{Run, mimi, zone_file};

const ALICE: &str = "alice.provider.example";

fn now() -> u32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u32::try_from(since.as_secs()).unwrap()
}

/// Runs `mimi resolve` on a world, with its anchor in a file of this name. The server needs a thread of its own.
fn resolve(world: SignedWorld, anchor: &str, arguments: &[&str]) -> Run {
    let anchor = zone_file(anchor, world.trust_anchor());
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(WorldServer::start(world)).unwrap();
    let address = server.address().to_string();
    let fixed = ["resolve", "--server", &address, "--trust-anchor"];
    let anchor = anchor.to_str().unwrap();
    let all = fixed.iter().chain([&anchor]).chain(arguments);
    mimi(all).run()
}

fn sound() -> SignedWorld {
    SignedWorld::sound(now()).unwrap()
}

fn broken(id: &str) -> SignedWorld {
    SignedWorld::broken(id, now()).unwrap()
}

#[test]
fn d55_what_is_signed_is_secure_and_what_is_not_is_said_to_be_insecure() {
    let arguments = ["--format=jsonl", ALICE, "bob.plain.example"];
    let run = resolve(sound(), "cli-sound.key", &arguments);
    let said = run.objects();
    let words: Vec<_> = said
        .iter()
        .map(|one| one["assurance"]["dnssec"].as_str().unwrap())
        .collect();
    assert_eq!((words, run.exit), (vec!["secure", "insecure"], 0));
}

#[test]
fn d55_with_require_what_is_not_secure_is_not_returned() {
    let arguments = [
        "--dnssec=require",
        "--format=jsonl",
        ALICE,
        "bob.plain.example",
    ];
    let run = resolve(sound(), "cli-require.key", &arguments);
    let said = run.objects();
    assert_eq!(said[0]["outcome"], "found");
    assert_eq!(said[1]["outcome"], "security_failure");
    assert_eq!(said[1]["code"], "not-secure");
    assert_eq!(said[1]["groups"], serde_json::json!([]));
    assert_eq!(run.exit, 5);
}

#[test]
fn forged_data_says_why_and_ends_with_5() {
    let run = resolve(broken("expired"), "cli-expired.key", &[ALICE]);
    insta::assert_snapshot!(run.report());
    let run = resolve(
        broken("missing-signature"),
        "cli-missing.key",
        &["--format=jsonl", ALICE],
    );
    let said = run.object();
    assert_eq!(
        (said["code"].as_str(), said["reason"].as_str()),
        (Some("bogus"), Some("signature-missing"))
    );
    assert_eq!(run.exit, 5);
}

#[test]
fn a_trust_anchor_may_be_a_digest() {
    let world = sound();
    let digest = zone_file("cli-digest.key", world.trust_anchor_ds().unwrap());
    let digest = digest.to_str().unwrap().to_owned();
    // The later option is the one that counts.
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(WorldServer::start(world)).unwrap();
    let address = server.address().to_string();
    let run = mimi([
        "resolve",
        "--dnssec=require",
        "--server",
        &address,
        "--trust-anchor",
        &digest,
        ALICE,
    ])
    .run();
    assert_eq!(run.exit, 0, "{}", run.report());
}

#[test]
fn the_keys_of_another_root_prove_nothing() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(WorldServer::start(sound())).unwrap();
    let address = server.address().to_string();
    let run = mimi([
        "resolve",
        "--dnssec=validate",
        "--format=jsonl",
        "--server",
        &address,
        ALICE,
    ])
    .run();
    assert_eq!(run.object()["reason"], "no-trusted-key");
    assert_eq!(run.exit, 5);
}

#[test]
fn a_file_that_is_no_trust_anchor_is_not_used_at_all() {
    let cases = [
        ("empty", "; nothing\n"),
        ("other-type", ". IN A 192.0.2.1\n"),
        ("no-key", ". IN DNSKEY 257 3 13 AAAA\n"),
        (
            "no-zone-key",
            ". IN DNSKEY 0 3 15 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        ),
        (
            "revoked",
            ". IN DNSKEY 385 3 15 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        ),
        ("unknown-algorithm", ". IN DNSKEY 257 3 200 AAAA\n"),
        ("unknown-digest", ". IN DS 1 13 200 00\n"),
        ("syntax", ". IN DNSKEY 257 3\n"),
    ];
    let mut said = String::new();
    for (name, content) in cases {
        let path = zone_file(&format!("anchor-{name}.key"), content);
        let path = path.to_str().unwrap();
        let run = mimi([
            "resolve",
            "--trust-anchor",
            path,
            "--server",
            "192.0.2.1",
            ALICE,
        ])
        .run();
        assert_eq!(run.exit, 3, "{name}: {}", run.report());
        let file = std::path::Path::new(path)
            .parent()
            .unwrap()
            .to_str()
            .unwrap();
        said.push_str(&run.errors().replace(file, "FOLDER"));
    }
    insta::assert_snapshot!(said);
}

#[test]
fn what_validates_nothing_is_not_asked_to() {
    for arguments in [
        ["--dnssec=off", "--trust-ad"],
        ["--dnssec=off", "--trust-anchor=x.key"],
        ["--trust-ad", "--trust-anchor=x.key"],
    ] {
        let all = ["resolve", "--server=192.0.2.1", ALICE];
        let run = mimi(all.iter().chain(&arguments)).run();
        assert_eq!(run.exit, 2, "{}", run.report());
    }
}
