//! The rounds: every program reads a zone in its turn.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use anyhow::{Result, bail};

use super::files::{Spelling, Zone};
use super::tools::{Kind, Tool};
use crate::compare::usage::{self, Usage};
use crate::process::say;

/// Checkers take long, and their times are not what the aims are about.
const CHECKER_ROUNDS: usize = 3;

/// What one program used to read one zone, round by round.
pub(super) struct Row {
    pub(super) tool: String,
    pub(super) zone: Zone,
    /// Of the zone's file.
    pub(super) octets: u64,
    pub(super) usages: Vec<Usage>,
}

/// The zones of one shape, each read by every tool that takes its spelling and size. All sizes in one round, so that whatever slows the
/// machine down for a while slows all of them.
pub(super) fn measure(
    tools: &[Tool],
    zones: &[Zone],
    rounds: usize,
    folder: &Path,
) -> Result<Vec<Row>> {
    let output = folder.join("output");
    let mut taking_part: Vec<(&Tool, &Zone)> = Vec::new();
    for tool in tools {
        let is_its =
            |zone: &&Zone| zone.spelling == tool.spelling && zone.records <= tool.most_records;
        taking_part.extend(zones.iter().filter(is_its).map(|zone| (tool, zone)));
    }
    // What is divided by each other stands close together.
    taking_part.sort_by_key(|(tool, zone)| (tool.kind, zone.records));
    let mut rows = Vec::new();
    for (tool, zone) in &taking_part {
        rows.push(Row {
            tool: tool.name.clone(),
            zone: (*zone).clone(),
            // Into the page cache, too.
            octets: io::copy(&mut File::open(&zone.path)?, &mut io::sink())?,
            usages: Vec::new(),
        });
    }
    let mut sums = Vec::new();
    for round in 0..=rounds {
        say(&format!("round {round} of {rounds}"));
        for turn in 0..taking_part.len() {
            // Nobody always comes after the same neighbour.
            let index = (turn + round) % taking_part.len();
            let (tool, zone) = taking_part[index];
            // The first round only warms up, and shows whether all readers read the same.
            if tool.kind == Kind::Checker && !(1..=CHECKER_ROUNDS).contains(&round) {
                continue;
            }
            let mut arguments = tool.arguments.clone();
            arguments.push(zone.path.clone().into());
            let (usage, written) = usage::measure(&tool.program, &arguments, &output)?;
            if round > 0 {
                rows[index].usages.push(usage);
            } else {
                sums.push((zone, tool, written));
            }
        }
        if round == 0 {
            compare(&sums)?;
        }
    }
    fs::remove_file(output)?;
    Ok(rows)
}

/// Holds the lines that readers printed against each other. The sum of types differs with the spelling.
fn compare(sums: &[(&Zone, &Tool, String)]) -> Result<()> {
    for (zone, tool, found) in sums {
        let of_size = |(other, _, _): &&(&Zone, &Tool, String)| other.records == zone.records;
        let Some((_, first, expected)) = sums.iter().find(of_size) else {
            continue;
        };
        let differs = expected
            .split(", ")
            .zip(found.split(", "))
            .any(|(expected, found)| {
                let is_type = zone.spelling == Spelling::Mnemonic && expected.starts_with("types ");
                expected != found && !is_type
            });
        if differs || !found.starts_with(&format!("records {},", zone.records)) {
            bail!(
                "{} and {} read different zones of {} records:\n{expected}{found}",
                first.name,
                tool.name,
                zone.records
            );
        }
    }
    Ok(())
}
