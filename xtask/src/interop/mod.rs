//! `cargo xtask interop`: our programs beside other DNS servers and a second client of oracles, those that are present.

mod background;
mod differential;
mod encrypted;
mod fixed;
mod lint;
mod oracle;
mod peers;
mod servers;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::dnssec::zones;
use crate::process::{root, say};
use crate::reliability::sockets;

/// What to compare.
#[derive(Args)]
pub(crate) struct Options {
    /// Where the random numbers begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many zone files to make and compare.
    #[arg(long, default_value_t = 2000)]
    zones: u64,
    /// Where to keep zone files that are read differently for no known reason; a folder below `target` unless named.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Only ask resolvers over TLS and HTTPS.
    #[arg(long)]
    encrypted: bool,
    /// Only compare with the second implementation of mimi-oracle/1.
    #[arg(long, conflicts_with = "encrypted")]
    oracle: bool,
    /// Fail when something was skipped for want of a tool.
    #[arg(long)]
    no_skips: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            zones: 2000,
            keep: None,
            encrypted: false,
            oracle: false,
            no_skips: false,
        }
    }
}

impl Options {
    fn keep(&self) -> PathBuf {
        let keep = self.keep.clone();
        keep.unwrap_or_else(|| root().join("target/interop/unexplained"))
    }
}

/// Runs all comparisons, and says what was skipped.
pub(crate) fn task(options: &Options) -> Result<()> {
    let skipped = run(options)?;
    for skip in &skipped {
        say(&format!("interop: skipped: {skip}"));
    }
    if options.no_skips && !skipped.is_empty() {
        bail!("--no-skips, and skipped: {}", skipped.join("; "));
    }
    Ok(())
}

/// Runs all comparisons; returns what was skipped, and how to get it.
pub(crate) fn run(options: &Options) -> Result<Vec<String>> {
    let folder = root().join("target/interop");
    if options.encrypted {
        return encrypted::run(&folder);
    }
    if options.oracle {
        return oracle::run();
    }
    let mut skipped = differential::run(options, &folder)?;
    skipped.extend(fixed::run(&folder)?);
    skipped.extend(servers::run()?);
    skipped.extend(lint::run(&folder)?);
    skipped.extend(encrypted::run(&folder)?);
    skipped.extend(oracle::run()?);
    skipped.extend(under_loss()?);
    skipped.extend(zones::check(&folder)?);
    Ok(skipped)
}

/// Our server and our resolver over sockets that lose packets; returns what was skipped, and how to get it.
fn under_loss() -> Result<Vec<String>> {
    match sockets::run(200, 1, &[30])? {
        Ok(table) => {
            say(&format!(
                "interop: nothing wrong where three of ten packets are lost each way\n{table}"
            ));
            Ok(Vec::new())
        }
        Err(missing) => Ok(vec![missing]),
    }
}
