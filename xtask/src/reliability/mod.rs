//! `cargo xtask reliability`: discoveries under loss, held against the truth, with the figures in `docs/reliability.md`.

pub(crate) mod sockets;

use anyhow::Result;
use clap::Args;

use crate::figures::{record_in, text};
use crate::process::{cargo, command, say};

const DOCUMENT: &str = "docs/reliability.md";
const MANIFEST: &str = "bench/Cargo.toml";

/// What to discover, and under which loss.
#[derive(Args)]
pub(crate) struct Options {
    /// How many identifiers to discover [default: 100000; with --sockets 1000; with --quick 2000 and 200].
    #[arg(long)]
    identifiers: Option<u32>,
    /// The people follow from it, and on the simulated network every fault.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// How many of a hundred messages are lost each way; several, one run each.
    #[arg(long, value_delimiter = ',', default_value = "0,10,30", value_parser = clap::value_parser!(u8).range(..=100))]
    loss: Vec<u8>,
    /// Over real sockets on the loopback of a network namespace, where nftables drops packets, instead of the simulated network.
    #[arg(long)]
    sockets: bool,
    /// Fewer identifiers, to see that it works; the document keeps its figures.
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let usual = match (options.sockets, options.quick) {
        (false, false) => 100_000,
        (false, true) => 2000,
        (true, false) => 1000,
        (true, true) => 200,
    };
    let identifiers = options.identifiers.unwrap_or(usual);
    let losses: Vec<String> = options.loss.iter().map(u8::to_string).collect();
    let (name, word, table) = if options.sockets {
        match sockets::run(identifiers, options.seed, &options.loss)? {
            Ok(table) => ("sockets", " --sockets", table),
            Err(missing) => {
                say(&format!("skipped: {missing}"));
                return Ok(());
            }
        }
    } else {
        (
            "simulated",
            "",
            simulated(identifiers, options.seed, &losses)?,
        )
    };
    say(&table);
    if options.quick {
        return Ok(());
    }
    let (seed, losses) = (options.seed, losses.join(","));
    let command = format!(
        "cargo xtask reliability{word} --identifiers {identifiers} --seed {seed} --loss {losses}"
    );
    let (date, commit) = (said("date", &["-u", "+%F"])?, commit()?);
    let conditions = format!("`{command}` on {date}, commit {commit}.");
    record_in(DOCUMENT, name, &format!("{conditions}\n\n{table}"))
}

/// The table of the program of the bench workspace.
fn simulated(identifiers: u32, seed: u32, losses: &[String]) -> Result<String> {
    let mut run = cargo();
    run.args(["run", "--manifest-path", MANIFEST, "--locked", "--quiet"]);
    run.args(["--profile", "simulation", "--bin", "reliability", "--"]);
    run.args(["--identifiers", &identifiers.to_string()]);
    run.args(["--seed", &seed.to_string(), "--loss", &losses.join(",")]);
    text(run)
}

/// The commit, with `+` for changes on top.
fn commit() -> Result<String> {
    said("git", &["describe", "--always", "--dirty=+"])
}

/// What a small program says in one line.
fn said(program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = command(program);
    command.args(arguments);
    Ok(text(command)?.trim().to_owned())
}
