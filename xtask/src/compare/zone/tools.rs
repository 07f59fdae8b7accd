//! The programs that read zone files: ours, a small one over libzscanner, and the checkers of name servers.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::files::{APEX, Spelling};
use crate::figures::text;
use crate::process::{self, cargo, command, find, output, succeeds};

const MANIFEST: &str = "bench/Cargo.toml";
const SOURCE: &str = "bench/peers/zscanner.c";

/// What the times are divided by.
pub(super) const REFERENCE: &str = "libzscanner alone";

/// How our rows begin.
pub(super) const OURS: &str = "mimi-zonefile";

/// On how many threads ours reads.
pub(super) const THREADS: [usize; 2] = [1, 2];

/// A program to measure.
pub(super) struct Tool {
    pub(super) name: String,
    pub(super) program: PathBuf,
    /// The zone file comes behind them.
    pub(super) arguments: Vec<OsString>,
    pub(super) spelling: Spelling,
    pub(super) kind: Kind,
    /// Zones of more records are not given to it.
    pub(super) most_records: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Reads all records and prints their sums.
    Reader,
    /// Builds the zone and checks it as a name server would.
    Checker,
}

/// A checker of a name server.
struct Checker {
    program: &'static str,
    /// In Debian.
    package: &'static str,
    /// What makes it tell its version.
    version: &'static str,
    /// Before the zone's name.
    options: &'static [&'static str],
    most_records: u64,
}

const CHECKERS: [Checker; 3] = [
    Checker {
        program: "kzonecheck",
        package: "knot-dnssecutils",
        version: "--version",
        options: &["--origin"],
        most_records: u64::MAX,
    },
    Checker {
        program: "nsd-checkzone",
        package: "nsd",
        version: "-h",
        options: &[],
        most_records: u64::MAX,
    },
    Checker {
        program: "named-checkzone",
        package: "bind9-utils",
        version: "-v",
        // Everything that can be switched off is: integrity, names, duplicates, aliases, SPF, wildcards.
        options: &[
            "-i", "none", "-k", "ignore", "-n", "ignore", "-r", "ignore", "-m", "ignore", "-M",
            "ignore", "-S", "ignore", "-W", "ignore",
        ],
        most_records: 1_000_000,
    },
];

/// What is here, and what is not.
#[derive(Default)]
pub(super) struct Tools {
    pub(super) present: Vec<Tool>,
    /// Of the others' programs.
    pub(super) versions: Vec<String>,
    /// How to get what is missing.
    pub(super) skipped: Vec<String>,
}

impl Tools {
    /// Builds what is to be built, into this folder, and finds the others.
    pub(super) fn find(folder: &Path) -> Result<Self> {
        let mut tools = Self::default();
        let ours = build_ours()?;
        for threads in THREADS {
            let plural = if threads == 1 { "" } else { "s" };
            tools.present.push(Tool {
                name: format!("{OURS}, {threads} thread{plural}"),
                program: ours.clone(),
                arguments: vec!["--threads".into(), threads.to_string().into()],
                spelling: Spelling::Standard,
                kind: Kind::Reader,
                most_records: u64::MAX,
            });
        }
        tools.present.push(Tool {
            name: format!("{OURS}, 1 thread, MIMI for TXT"),
            program: ours,
            arguments: vec!["--mnemonic".into()],
            spelling: Spelling::Mnemonic,
            kind: Kind::Reader,
            most_records: u64::MAX,
        });
        match build_reference(folder)? {
            Ok(reference) => {
                tools.present.push(reference);
                let mut version = command("pkg-config");
                version.args(["--modversion", "libzscanner"]);
                let version = text(version)?;
                tools
                    .versions
                    .push(format!("libzscanner {}", version.trim()));
            }
            Err(missing) => tools.skipped.push(missing),
        }
        for checker in &CHECKERS {
            tools.add(checker);
        }
        Ok(tools)
    }

    fn add(&mut self, checker: &Checker) {
        let (name, package) = (checker.program, checker.package);
        let Some(program) = find(name) else {
            let missing = format!("{name} is not here (Debian: apt-get install {package})");
            self.skipped.push(missing);
            return;
        };
        let version = version(Command::new(&program).arg(checker.version));
        self.versions.push(format!("{name} {version}"));
        self.present.push(Tool {
            name: name.to_owned(),
            program,
            arguments: checker
                .options
                .iter()
                .chain([&APEX])
                .map(OsString::from)
                .collect(),
            spelling: Spelling::Standard,
            kind: Kind::Checker,
            most_records: checker.most_records,
        });
    }
}

/// Our program, from the workspace of benchmarks.
fn build_ours() -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--manifest-path", MANIFEST, "--release"]);
    build.args(["--locked", "--quiet", "--features", "peers"]);
    build.args(["--bin", "zone", "--message-format", "json"]);
    let messages = String::from_utf8(output(build)?)?;
    let executable = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    });
    executable.context("cargo names no program")
}

/// The program over libzscanner, compiled into this folder; else what is missing for it.
pub(super) fn build_reference(folder: &Path) -> Result<Result<Tool, String>> {
    let mut compiler = command("cc");
    compiler.arg("--version");
    let mut library = command("pkg-config");
    library.args(["--exists", "libzscanner"]);
    if !succeeds(compiler) || !succeeds(library) {
        let missing = "libzscanner, pkg-config or a C compiler is not here (Debian: apt-get install gcc pkg-config libknot-dev)";
        return Ok(Err(missing.to_owned()));
    }
    let mut flags = command("pkg-config");
    flags.args(["--cflags", "--libs", "libzscanner"]);
    let flags = text(flags)?;
    fs::create_dir_all(folder)?;
    let program = folder.join("zscanner");
    let mut compile = command("cc");
    compile.args(["-O2", "-Wall", "-Wextra", SOURCE, "-o"]);
    compile.arg(&program).args(flags.split_whitespace());
    process::run(compile)?;
    Ok(Ok(Tool {
        name: REFERENCE.to_owned(),
        program,
        arguments: Vec::new(),
        spelling: Spelling::Standard,
        kind: Kind::Reader,
        most_records: u64::MAX,
    }))
}

/// The first word that looks like a version in what a program says of itself, wherever it says it.
pub(crate) fn version(command: &mut Command) -> String {
    let Ok(output) = command.output() else {
        return String::new();
    };
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let word = said.split_whitespace().find(|word| {
        word.starts_with(|first: char| first.is_ascii_digit())
            && word.trim_end_matches('.').contains('.')
    });
    word.unwrap_or_default().trim_end_matches('.').to_owned()
}
