//! What `mimi-lint --fix` makes of its fixtures compiles, and to the records that we read there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::servers::mimi;
use crate::process::{find, root, say, tracked};

const PROGRAM: &str = "named-compilezone";
const PACKAGE: &str = "bind9-utils";

/// Owner in lower case, type, RDATA in hex.
type Records = BTreeSet<(String, String, String)>;

/// Compiles every fixed zone; returns what was skipped, and how to get it.
pub(super) fn run(folder: &Path) -> Result<Vec<String>> {
    let Some(program) = find(PROGRAM) else {
        return Ok(vec![format!(
            "{PROGRAM} is not here (Debian: apt-get install {PACKAGE})"
        )]);
    };
    fs::create_dir_all(folder)?;
    let paths = tracked("testdata/lint/*/fixed.zone")?;
    let mut count = 0;
    for path in &paths {
        let (apex, ours) = ours(path).with_context(|| path.clone())?;
        let theirs = compile(&program, folder, path, &apex).with_context(|| path.clone())?;
        if ours != theirs {
            let only = |one: &Records, other: &Records| format!("{:?}", one.difference(other));
            bail!(
                "{path}: the records differ; ours alone: {}; {PROGRAM} alone: {}",
                only(&ours, &theirs),
                only(&theirs, &ours)
            );
        }
        count += ours.len();
    }
    let zones = paths.len();
    say(&format!(
        "interop: {PROGRAM} compiles {zones} mended zones to the same {count} records"
    ));
    Ok(Vec::new())
}

/// The apex, and our MIMI and MIMIX records at and below it.
fn ours(path: &str) -> Result<(String, Records)> {
    let mut arguments = vec!["zone", "records"];
    let origin = origin(path)?;
    arguments.extend(origin.iter().flat_map(|origin| ["--origin", origin]));
    arguments.push(path);
    let listed = String::from_utf8(mimi(&arguments)?)?;
    let mut apex = None;
    let mut records = Records::new();
    for line in listed.lines() {
        let record: Value = serde_json::from_str(line)?;
        let text = |key: &str| {
            record
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_lowercase)
        };
        let (Some(owner), Some(record_type)) = (text("owner"), text("type")) else {
            continue;
        };
        match record_type.as_str() {
            "soa" => apex = apex.or(Some(owner)),
            "mimi" | "mimix" => {
                let rdata = text("rdata_hex").context("a record without octets")?;
                records.insert((owner, record_type, rdata));
            }
            _ => {}
        }
    }
    let apex = apex.context("no SOA record")?;
    // Others are no part of the zone, and are passed over.
    records.retain(|(owner, _, _)| *owner == apex || owner.ends_with(&format!(".{apex}")));
    Ok((apex, records))
}

/// What the first line of a fixture says about the origin.
fn origin(path: &str) -> Result<Option<String>> {
    let text = fs::read(root().join(path))?;
    let first = String::from_utf8_lossy(text.split(|octet| *octet == b'\n').next().unwrap_or(&[]));
    let mut words = first
        .split_whitespace()
        .skip_while(|word| *word != "--origin");
    Ok(words.nth(1).map(str::to_owned))
}

/// The records that BIND reads in the zone once its mnemonics are octets.
fn compile(program: &Path, folder: &Path, path: &str, apex: &str) -> Result<Records> {
    let mut arguments = vec!["zone", "convert", "--to", "rfc3597"];
    let origin = origin(path)?;
    arguments.extend(origin.iter().flat_map(|origin| ["--origin", origin]));
    arguments.push(path);
    let converted = folder.join("fixed.zone");
    fs::write(&converted, mimi(&arguments)?)?;
    let mut command = Command::new(program);
    for check in ["-k", "-m", "-M", "-n", "-r", "-S", "-T", "-W"] {
        command.args([check, "ignore"]);
    }
    command
        .args(["-q", "-i", "none", "-o", "-", apex])
        .arg(&converted);
    let output = command.output()?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("{PROGRAM} refuses it: {text}{errors}");
    }
    let text = String::from_utf8(output.stdout)?;
    let record = |line: &str| {
        let words: Vec<_> = line.split_whitespace().collect();
        let [owner, _, "IN", record_type, "\\#", _, hex @ ..] = words.as_slice() else {
            return None;
        };
        let record_type = match *record_type {
            "TYPE65357" => "mimi",
            "TYPE65368" => "mimix",
            _ => return None,
        };
        Some((
            owner.to_lowercase(),
            record_type.to_owned(),
            hex.concat().to_lowercase(),
        ))
    };
    Ok(text.lines().filter_map(record).collect())
}
