//! The sound world, zone by zone, before programs that check signed zones, and the broken ones before unbound.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use super::{compare, ids, judge, missing, program};
use crate::figures::text;
use crate::process::{command, find, say};

/// A program that checks one zone file.
struct Checker {
    program: &'static str,
    /// Its package in Debian.
    package: &'static str,
    arguments: fn(&str, &str) -> Vec<String>,
}

const CHECKERS: [Checker; 2] = [
    Checker {
        program: "ldns-verify-zone",
        package: "ldnsutils",
        arguments: |_, file| vec![file.to_owned()],
    },
    // `-z` has zones with one key for keys and data checked too.
    Checker {
        program: "dnssec-verify",
        package: "bind9-utils",
        arguments: |apex, file| ["-z", "-o", apex, file].map(str::to_owned).to_vec(),
    },
];

/// Runs both; returns what was skipped, and how to get it.
pub(crate) fn check(folder: &Path) -> Result<Vec<String>> {
    let mut skipped = check_zones(&folder.join("signed"))?;
    match find("unbound") {
        Some(unbound) => check_verdicts(unbound)?,
        None => skipped.push(missing()),
    }
    Ok(skipped)
}

fn check_zones(folder: &Path) -> Result<Vec<String>> {
    let mut write = program();
    write.args(["zones", "sound"]).arg(folder);
    let listed = text(write)?;
    let mut skipped = Vec::new();
    for checker in &CHECKERS {
        let (name, package) = (checker.program, checker.package);
        let Some(path) = find(name) else {
            skipped.push(format!(
                "{name} is not here (Debian: apt-get install {package})"
            ));
            continue;
        };
        let mut count = 0;
        for line in listed.lines() {
            let (apex, file) = line.split_once(' ').context("expected apex and path")?;
            let mut check = command(&path);
            check.args((checker.arguments)(apex, file));
            let output = check
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .output()?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                bail!("{name} refuses the zone {apex}: {said}");
            }
            count += 1;
        }
        say(&format!("interop: {name} finds {count} signed zones sound"));
    }
    Ok(skipped)
}

/// All worlds with a verdict but those that wait for a silent server.
fn check_verdicts(unbound: PathBuf) -> Result<()> {
    let mut ids = ids()?;
    ids.retain(|id| !id.contains("timeout"));
    let rows = compare(Some(unbound), None, &ids)?;
    judge(&rows)?;
    let count = rows.len();
    say(&format!(
        "interop: unbound gives the verdict expected of {count} worlds, or is known to differ"
    ));
    Ok(())
}
