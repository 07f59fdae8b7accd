//! Several zones in one file, as `mimi resolve --zone` and `mimi serve` read them.

use std::fs;
use std::process::Command;

const ZONE: &str = "\
$ORIGIN example.com.
$TTL 3600
@ SOA ns hostmaster 1 2h 15m 2w 300
@ NS ns
sub NS ns
sub SOA ns hostmaster 1 2h 15m 2w 300
alice.sub MIMI \"v=MIMI1; a=alice; e=im.chat-one.net\"
gone NS ns
alice.gone MIMI \"v=MIMI1; a=alice; e=im.chat-one.net\"
alice.example.org. MIMI \"v=MIMI1; a=alice; e=im.chat-one.net\"
example.org. SOA ns hostmaster 1 2h 15m 2w 300
bob.example.org. MIMI \"v=MIMI1; a=bob; e=im.chat-one.net\"
carol.example.net. MIMI \"v=MIMI1; a=carol; e=im.chat-one.net\"
";

fn codes(zone: &str, jobs: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zone");
    fs::write(&path, zone).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
    command.args([
        "--no-config",
        "--format",
        "concise",
        "--fail-on",
        "error",
        "--jobs",
        jobs,
    ]);
    let output = command.arg(&path).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| {
        let (place, rest) = line.split_once(": error[").unwrap_or((line, ""));
        let line = place.rsplit(':').nth(1).unwrap_or_default();
        (line.to_owned(), rest.chars().take(8).collect())
    });
    lines
        .filter(|(_, code): &(String, String)| !code.is_empty())
        .collect()
}

#[test]
fn an_owner_is_out_of_the_zone_only_if_no_zone_above_it_has_begun() {
    let expected = [("9", "MIMI409"), ("13", "MIMI450")];
    for jobs in ["1", "2"] {
        let found = codes(ZONE, jobs);
        let found: Vec<_> = found
            .iter()
            .map(|(line, code)| (line.as_str(), code.trim_end_matches(']')))
            .collect();
        assert_eq!(found, expected, "{jobs} threads");
    }
}

#[test]
fn the_zones_of_the_first_command_have_nothing_above_information() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../testdata/zones/example.zone"
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
    let output = command
        .args(["--no-config", "--fail-on", "warning", path])
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
