//! `cargo xtask compare zone`: time and memory of our zone-file reader beside the programs that operators use.

mod files;
pub(super) mod households;
mod plain;
mod report;
mod rich;
mod rounds;
#[cfg(test)]
mod tests;
pub(super) mod tools;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use self::files::{Shape, Spelling, Zone};
use self::tools::Tools;
use super::usage::{self, Usage};
use crate::figures;
use crate::process::{find, root, say};

/// Above this load, times are those of somebody else's work as well.
const QUIET: f64 = 1.0;

/// More than a record takes in a file.
const OCTETS_A_RECORD: u64 = 130;

/// What to measure.
#[derive(Args)]
pub(super) struct Options {
    /// How many records the zones have [default: 1000000,10000000; with --quick 100000].
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u64).range(5..))]
    records: Vec<u64>,
    /// How often each program reads each zone; checkers do so three times at most [default: 7; with --quick 1].
    #[arg(long)]
    rounds: Option<NonZeroUsize>,
    /// One small zone, once, to see that it works; the document keeps its figures.
    #[arg(long)]
    quick: bool,
    /// The folder for the zones [default: target/compare].
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Leave the zones there: five gigabytes, and the next run need not write them.
    #[arg(long)]
    keep: bool,
}

pub(super) fn run(options: &Options) -> Result<()> {
    // Programs run in the root's folder, wherever this one was started.
    let folder = match &options.dir {
        Some(folder) => std::path::absolute(folder)?,
        None => default_folder(),
    };
    fs::create_dir_all(&folder)?;
    let mut sizes = match (options.records.as_slice(), options.quick) {
        ([], false) => vec![1_000_000, 10_000_000],
        ([], true) => vec![100_000],
        (some, _) => some.to_vec(),
    };
    sizes.sort_unstable();
    sizes.dedup();
    let usual = if options.quick { 1 } else { 7 };
    let rounds = options.rounds.map_or(usual, NonZeroUsize::get);
    if let Some(load) = figures::load().filter(|load| *load > QUIET) {
        say(&format!(
            "warning: the load is {load:.2}; measure on a quiet machine"
        ));
    }
    let tools = Tools::find(&folder)?;
    for skipped in &tools.skipped {
        say(&format!("skipped: {skipped}"));
    }
    let conditions = figures::conditions("compare zone", &tools.versions)?;
    let mut rows = Vec::new();
    for shape in Shape::ALL {
        say(&format!("── {}", shape.name()));
        let zones: Vec<Zone> = sizes
            .iter()
            .flat_map(|&records| {
                Spelling::ALL.map(|spelling| Zone::new(shape, spelling, records, &folder))
            })
            .collect();
        make(&zones, &folder)?;
        rows.extend(rounds::measure(&tools.present, &zones, rounds, &folder)?);
        if !options.keep {
            for zone in &zones {
                fs::remove_file(&zone.path)?;
            }
        }
    }
    let results = report::report(&rows, idle(&folder)?, rounds);
    say(&results);
    if !options.quick {
        figures::record("compare-zone", &format!("{conditions}\n\n{results}"))?;
    }
    Ok(())
}

/// Compiles the program over libzscanner; says what is missing for it.
pub(super) fn check() -> Result<Option<String>> {
    Ok(tools::build_reference(&default_folder())?.err())
}

fn default_folder() -> PathBuf {
    root().join("target/compare")
}

/// Writes the zones that are not there.
fn make(zones: &[Zone], folder: &Path) -> Result<()> {
    let missing: Vec<&Zone> = zones.iter().filter(|zone| zone.size().is_none()).collect();
    let needed: u64 = missing
        .iter()
        .map(|zone| zone.records * OCTETS_A_RECORD)
        .sum();
    if let Some(free) = usage::free_space(folder).filter(|free| *free < needed) {
        bail!(
            "expected {needed} octets free in {}, found {free}",
            folder.display()
        );
    }
    for zone in missing {
        say(&format!("writing {}", zone.path.display()));
        zone.write()?;
    }
    Ok(())
}

/// What is measured of a program that does nothing, if there is one.
fn idle(folder: &Path) -> Result<Option<Usage>> {
    let Some(program) = find("true") else {
        return Ok(None);
    };
    let output = folder.join("output");
    let (usage, _) = usage::measure(&program, &[], &output)?;
    fs::remove_file(output)?;
    Ok(Some(usage))
}
