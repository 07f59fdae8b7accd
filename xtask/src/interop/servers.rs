//! Other DNS servers load what `mimi zone convert` writes, and give the same results as the embedded one.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::peers::{PEERS, Peer, Zone};
use crate::process::{cargo, find, root, say};

/// The zone that is compared, and its apex.
const ZONE: &str = "testdata/zones/interop.zone";
const APEX: &str = "interop.example";
const ENUM_SUFFIX: &str = "enum.interop.example";

/// Every kind of local part, and of way to a record; several have none, on purpose.
const IDENTIFIERS: &[&str] = &[
    "plain@interop.example",
    "first.last@interop.example",
    "MIXED-case_1@interop.example",
    "plus+tag@interop.example",
    "o'brien@interop.example",
    "\"quoted blank\"@interop.example",
    "a=b@interop.example",
    "bang!@interop.example",
    "hash#dollar$@interop.example",
    "slash/pipe|@interop.example",
    "\"at@sign\"@interop.example",
    "\"semi;colon\"@interop.example",
    "\"back\\\\slash\"@interop.example",
    "\"paren(s)\"@interop.example",
    "\"double\\\"quote\"@interop.example",
    "star*inside@interop.example",
    "bücher@interop.example",
    "_leading@interop.example",
    "-dash-@interop.example",
    "63-octets-63-octets-63-octets-63-octets-63-octets-63-octets-63-@interop.example",
    "split@interop.example",
    "several@interop.example",
    "unusable@interop.example",
    "nobody@interop.example",
    "*@interop.example",
    "plain@two.interop.example",
    "plain@mixed.interop.example",
    "plain@declines.interop.example",
    "plain@mui.interop.example",
    "mui.interop.example",
    "bücher.interop.example",
    "empty.interop.example",
    "non.terminal.interop.example",
    "terminal.interop.example",
    "alias.interop.example",
    "alias2.interop.example",
    "looping.interop.example",
    "plain.old.interop.example",
    "any.wild.interop.example",
    "exists.wild.interop.example",
    "below.exists.wild.interop.example",
    "+1 555 123 4567",
    "+1 555 123 4568",
];

/// Where a server rightly says the same in another way: program, identifier, why.
const DIFFERENCES: &[(&str, &str, &str)] = &[(
    "named",
    "looping.interop.example",
    "SERVFAIL to a loop of aliases inside its own zone; the others leave it to the asker to see the loop",
)];

/// Compares with every server that is present; returns what was skipped, and how to get it.
pub(super) fn run() -> Result<Vec<String>> {
    let folder = root().join("target/interop");
    fs::create_dir_all(&folder)?;
    let zone_file = folder.join("converted.zone");
    let converted = mimi(&["zone", "convert", "--to", "rfc3597", ZONE])?;
    fs::write(&zone_file, converted)?;
    let expected = resolve(&["--zone", ZONE])?;
    let mut skipped = Vec::new();
    for peer in PEERS {
        let Some(program) = find(peer.program) else {
            skipped.push(peer.how_to_get());
            continue;
        };
        let found = ask(&peer, &program, &folder, &zone_file)
            .with_context(|| format!("with {}", peer.program))?;
        compare(peer.program, &expected, &found)
            .with_context(|| format!("with {}", peer.program))?;
        let count = IDENTIFIERS.len();
        say(&format!(
            "interop: {} gives the same {count} results",
            peer.program
        ));
    }
    Ok(skipped)
}

/// Starts the server, resolves everything through it, and stops it.
fn ask(peer: &Peer, program: &Path, folder: &Path, zone_file: &Path) -> Result<String> {
    let zone = Zone {
        apex: APEX,
        file: zone_file,
        transfers: false,
        signs_online: false,
    };
    let server = peer.start(program, &folder.join(peer.program), &zone, |address| {
        let address = address.to_string();
        let probe = [
            "resolve",
            "--timeout",
            "1",
            "--server",
            &address,
            "mui.interop.example",
        ];
        mimi(&probe).is_ok()
    })?;
    resolve(&["--server", &server.address.to_string()])
}

/// The results for all identifiers, one a line.
fn resolve(whom: &[&str]) -> Result<String> {
    let mut arguments = vec!["resolve", "--format", "jsonl", "--enum-suffix", ENUM_SUFFIX];
    arguments.extend(whom);
    arguments.push("--");
    arguments.extend(IDENTIFIERS);
    Ok(String::from_utf8(mimi_whatever(&arguments)?)?)
}

fn compare(program: &str, expected: &str, found: &str) -> Result<()> {
    let lines = [expected.lines().count(), found.lines().count()];
    if lines != [IDENTIFIERS.len(); 2] {
        bail!("expected {} results, found {lines:?}", IDENTIFIERS.len());
    }
    let mut differing = Vec::new();
    for (identifier, (expected, found)) in
        IDENTIFIERS.iter().zip(expected.lines().zip(found.lines()))
    {
        let known = DIFFERENCES
            .iter()
            .find(|known| (known.0, known.1) == (program, *identifier));
        match known {
            _ if expected == found => {}
            Some((_, _, why)) => say(&format!("interop: {program}, {identifier}: {why}")),
            None => differing.push(format!("expected {expected}\n   found {found}")),
        }
    }
    if !differing.is_empty() {
        bail!(
            "{} results differ:\n{}",
            differing.len(),
            differing.join("\n")
        );
    }
    Ok(())
}

/// Runs our command; any exit code but 0 is an error.
pub(super) fn mimi(arguments: &[&str]) -> Result<Vec<u8>> {
    let mut command = mimi_command(arguments);
    command.stderr(Stdio::null());
    let output = command.output()?;
    if !output.status.success() {
        bail!("mimi {} ended with {}", arguments.join(" "), output.status);
    }
    Ok(output.stdout)
}

/// Runs our command where an unsuccessful end is part of the result.
fn mimi_whatever(arguments: &[&str]) -> Result<Vec<u8>> {
    Ok(mimi_command(arguments).output()?.stdout)
}

fn mimi_command(arguments: &[&str]) -> Command {
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--locked", "--bin", "mimi", "--"])
        .args(arguments);
    command
}
