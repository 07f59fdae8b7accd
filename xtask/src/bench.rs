//! `cargo xtask bench`: runs the benchmarks of the workspace `bench` and keeps what they print in `docs/benchmarks.md`.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::compare;
use crate::figures::{conditions, record, text};
use crate::process::{self, cargo, command, say, succeeds};

const MANIFEST: &str = "bench/Cargo.toml";
/// The version of gungraun in that manifest; the runner has to be of the same one.
const RUNNER: &str = "0.20.0";

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these benchmarks; all of them when none is named.
    names: Vec<Benchmark>,
    /// Fewer rounds and shorter inputs, to see that it works; the document keeps its figures.
    #[arg(long)]
    quick: bool,
    /// Only build them.
    #[arg(long, conflicts_with_all = ["names", "quick"])]
    check: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Benchmark {
    /// `parse_strict` beside a floor and a peer, and how often they allocate.
    Strict,
    /// How cost grows with the length of one definition string, and of one zone line.
    Linear,
    /// Instruction counts under callgrind.
    Instructions,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    let benchmarks = match options.names.as_slice() {
        [] => Benchmark::value_variants(),
        some => some,
    };
    for benchmark in benchmarks {
        let name = format!("{benchmark:?}").to_lowercase();
        say(&format!("── {name}"));
        let conditions = conditions(&format!("bench {name}"), &versions()?)?;
        let Some(results) = benchmark.run(options.quick)? else {
            continue;
        };
        say(&results);
        if !options.quick {
            record(&name, &format!("{conditions}\n\n{results}"))?;
        }
    }
    Ok(())
}

/// Builds and lints everything, so that a benchmark cannot fall behind what it measures.
pub(crate) fn check() -> Result<()> {
    let mut fmt = cargo();
    fmt.args(["fmt", "--check", "--manifest-path", MANIFEST]);
    process::run(fmt)?;
    let mut clippy = cargo();
    clippy.args(["clippy", "--manifest-path", MANIFEST, "--locked"]);
    clippy.args(["--all-targets", "--all-features", "--", "-D", "warnings"]);
    process::run(clippy)?;
    if let Some(skipped) = compare::check()? {
        say(&format!("skipped: {skipped}"));
    }
    Ok(())
}

impl Benchmark {
    /// What is to be written down; `None` where it was skipped.
    fn run(self, quick: bool) -> Result<Option<String>> {
        match self {
            Self::Strict => {
                let tables = [program("strict", quick)?, program("allocations", quick)?];
                Ok(Some(tables.join("\n")))
            }
            Self::Linear => {
                // The program that the other one starts under callgrind; with the same features, to be built once.
                let mut build = cargo();
                build.args(["build", "--manifest-path", MANIFEST, "--release"]);
                build.args([
                    "--locked",
                    "--quiet",
                    "--features",
                    "peers",
                    "--bin",
                    "once",
                ]);
                process::run(build)?;
                program("linear", quick).map(Some)
            }
            Self::Instructions => instructions(),
        }
    }
}

/// What a program of the bench workspace prints.
fn program(name: &str, quick: bool) -> Result<String> {
    let mut run = cargo();
    run.args(["run", "--manifest-path", MANIFEST, "--release", "--locked"]);
    run.args(["--quiet", "--features", "peers", "--bin", name, "--"]);
    run.args(quick.then_some("--quick"));
    text(run)
}

fn instructions() -> Result<Option<String>> {
    let mut valgrind = command("valgrind");
    valgrind.arg("--version");
    let mut runner = command("gungraun-runner");
    runner.arg("--version");
    let missing = match (succeeds(valgrind), succeeds(runner)) {
        (true, true) => {
            let mut bench = cargo();
            bench.args(["bench", "--manifest-path", MANIFEST, "--locked", "--quiet"]);
            bench.args(["--bench", "instructions", "--", "--color=never"]);
            return Ok(Some(instruction_table(&text(bench)?)));
        }
        (false, _) => {
            "valgrind is missing: install it with the system's package manager".to_owned()
        }
        (true, false) => {
            format!("gungraun-runner is missing: cargo install gungraun-runner --version {RUNNER}")
        }
    };
    say(&format!("skipped: {missing}"));
    Ok(None)
}

/// The names of the benchmarks, as in `instructions::readers::parse hot_999:(…)`, and the instructions of each, below its name.
fn instruction_table(report: &str) -> String {
    let mut table = String::from("| benchmark | instructions |\n|---|---:|\n");
    let mut name = "";
    for line in report.lines() {
        if let Some(path) = line.strip_prefix("instructions::readers::") {
            name = path.split(':').next().unwrap_or(path);
        } else if let Some(counts) = line.trim_start().strip_prefix("Instructions:") {
            let count = counts.split('|').next().unwrap_or(counts).trim();
            table.push_str(&format!("| {name} | {count} |\n"));
        }
    }
    table
}

/// What is measured, and what with.
fn versions() -> Result<Vec<String>> {
    let mut tree = cargo();
    tree.args(["tree", "--manifest-path", MANIFEST, "--all-features"]);
    tree.args(["--depth", "1", "--prefix", "none", "--edges", "normal,dev"]);
    let tree = text(tree)?;
    let version = |line: &str| line.split(" (").next().unwrap_or(line).to_owned();
    Ok(tree.lines().skip(1).map(version).collect())
}
