//! `cargo xtask compare lint`: time and memory of `mimi-lint`, with all rules that are on by default, beside the checker of a name server.

mod report;
#[cfg(test)]
mod tests;
mod zone;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use self::zone::{APEX, Order, SERVICES, Spelling, Zone};
use super::usage::{self, Usage};
use super::zone::tools::version;
use crate::figures;
use crate::process::{cargo, command, find, output, root, say};

/// Above this load, times are those of somebody else's work as well.
const QUIET: f64 = 1.0;

/// What to measure.
#[derive(Args)]
pub(super) struct Options {
    /// How many records the zones have.
    #[arg(long, value_delimiter = ',', default_value = "1000000,10000000", value_parser = clap::value_parser!(u64).range(20..))]
    records: Vec<u64>,
    /// How often each program checks each zone.
    #[arg(long, default_value = "3")]
    rounds: NonZeroUsize,
    /// One small zone, once, to see that it works; the document keeps its figures.
    #[arg(long)]
    quick: bool,
    /// The folder for the zones [default: target/compare].
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Leave the zones there.
    #[arg(long)]
    keep: bool,
}

/// What one program used to check one zone, round by round.
struct Row {
    program: Program,
    zone: Zone,
    octets: u64,
    /// Lines that were found.
    findings: usize,
    usages: Vec<Usage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    /// Ours, on so many threads.
    Lint(usize),
    Kzonecheck,
}

impl Program {
    const ALL: [Self; 3] = [Self::Lint(1), Self::Lint(2), Self::Kzonecheck];

    /// Name servers know no MIMI.
    fn spelling(self) -> Spelling {
        match self {
            Self::Lint(_) => Spelling::Mnemonic,
            Self::Kzonecheck => Spelling::Standard,
        }
    }
}

/// Where the programs are.
struct Programs {
    lint: PathBuf,
    configuration: PathBuf,
    kzonecheck: PathBuf,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let folder = match &options.dir {
        Some(folder) => std::path::absolute(folder)?,
        None => root().join("target/compare"),
    };
    fs::create_dir_all(&folder)?;
    let kzonecheck = find("kzonecheck")
        .context("kzonecheck is not here (Debian: apt-get install knot-dnssecutils)")?;
    let versions = [format!(
        "kzonecheck {}",
        version(command(&kzonecheck).arg("--version"))
    )];
    if let Some(load) = figures::load().filter(|load| *load > QUIET) {
        say(&format!(
            "warning: the load is {load:.2}; measure on a quiet machine"
        ));
    }
    let conditions = figures::conditions("compare lint", &versions)?;
    let programs = Programs {
        lint: build()?,
        configuration: configuration(&folder)?,
        kzonecheck,
    };
    let sizes = match options.quick {
        true => &[100_000][..],
        false => &options.records,
    };
    let rounds = if options.quick {
        1
    } else {
        options.rounds.get()
    };
    let mut rows = Vec::new();
    for &records in sizes {
        for order in Order::ALL {
            rows.extend(measure(
                &programs,
                order,
                records,
                rounds,
                &folder,
                options.keep,
            )?);
        }
    }
    let results = report::report(&rows, rounds);
    say(&results);
    if !options.quick {
        figures::record("compare-lint", &format!("{conditions}\n\n{results}"))?;
    }
    Ok(())
}

/// Checks the zone of one order and size with each program in its turn.
fn measure(
    programs: &Programs,
    order: Order,
    records: u64,
    rounds: usize,
    folder: &Path,
    keep: bool,
) -> Result<Vec<Row>> {
    let output = folder.join("output");
    let mut rows = Vec::new();
    for program in Program::ALL {
        let zone = Zone::new(order, program.spelling(), records, folder);
        if !zone.path.exists() {
            say(&format!("writing {}", zone.path.display()));
            zone.write()?;
        }
        rows.push(Row {
            program,
            // Into the page cache, too.
            octets: io::copy(&mut File::open(&zone.path)?, &mut io::sink())?,
            zone,
            findings: 0,
            usages: Vec::new(),
        });
    }
    for round in 0..=rounds {
        say(&format!(
            "{records} records, {}: round {round} of {rounds}",
            order.name()
        ));
        for turn in 0..rows.len() {
            // Nobody always comes after the same neighbour.
            let index = (turn + round) % rows.len();
            let row = &mut rows[index];
            let (program, arguments) = programs.command(row.program, &row.zone);
            // The first round only warms up.
            if round == 0 && row.program == Program::Kzonecheck {
                continue;
            }
            let (usage, written) = usage::measure(program, &arguments, &output)?;
            row.findings = written.lines().count();
            if round > 0 {
                row.usages.push(usage);
            }
        }
    }
    let lint: Vec<&Row> = rows
        .iter()
        .filter(|row| row.program != Program::Kzonecheck)
        .collect();
    if lint
        .windows(2)
        .any(|pair| pair[0].findings != pair[1].findings)
    {
        bail!("mimi-lint finds something else on another number of threads");
    }
    if !keep {
        for row in &rows {
            if row.zone.path.exists() {
                fs::remove_file(&row.zone.path)?;
            }
        }
    }
    fs::remove_file(output)?;
    Ok(rows)
}

impl Programs {
    fn command(&self, program: Program, zone: &Zone) -> (&Path, Vec<OsString>) {
        match program {
            Program::Lint(threads) => (
                &self.lint,
                vec![
                    "check".into(),
                    "--config".into(),
                    self.configuration.clone().into(),
                    "--exit-zero".into(),
                    "--format".into(),
                    "concise".into(),
                    "--jobs".into(),
                    threads.to_string().into(),
                    zone.path.clone().into(),
                ],
            ),
            Program::Kzonecheck => (
                &self.kzonecheck,
                vec!["--origin".into(), APEX.into(), zone.path.clone().into()],
            ),
        }
    }
}

/// What an operator with these services would have.
fn configuration(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("mimi-lint.toml");
    let services: Vec<String> = SERVICES
        .iter()
        .skip(2)
        .map(|name| format!("{name:?}"))
        .collect();
    fs::write(&path, format!("services = [{}]\n", services.join(", ")))?;
    Ok(path)
}

fn build() -> Result<PathBuf> {
    let mut build = cargo();
    build.args([
        "build",
        "--release",
        "--locked",
        "--quiet",
        "-p",
        "mimi-lint",
    ]);
    build.args(["--message-format", "json"]);
    let messages = String::from_utf8(output(build)?)?;
    let executable = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    });
    executable.context("cargo names no program")
}
