//! `cargo xtask oracle`: what lookups at an oracle cost, what harvesting one would, and what its buckets take, with the figures in
//! `docs/benchmarks.md`.

use anyhow::Result;
use clap::Args;

use crate::figures::{conditions, record, text};
use crate::process::{cargo, say};

const MANIFEST: &str = "bench/Cargo.toml";

/// How much to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// How many registrations the largest epoch has.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1000..=9_999_999_999))]
    registrations: u64,
    /// Only see that it works; the document keeps its figures.
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let registrations = options.registrations.to_string();
    let task = format!("oracle --registrations {registrations}");
    let conditions = conditions(&task, &[version("voprf")?, version("curve25519-dalek")?])?;
    let mut run = cargo();
    run.args(["run", "--manifest-path", MANIFEST, "--release", "--locked"]);
    run.args(["--quiet", "--bin", "oracle", "--", &registrations]);
    let tables = text(run)?;
    say(&tables);
    if options.quick {
        return Ok(());
    }
    record("oracle", &format!("{conditions}\n\n{tables}"))
}

fn version(name: &str) -> Result<String> {
    let mut tree = cargo();
    tree.args(["tree", "--manifest-path", MANIFEST, "--locked"]);
    tree.args(["--depth", "0", "--prefix", "none", "--invert", name]);
    Ok(text(tree)?.trim().to_owned())
}
