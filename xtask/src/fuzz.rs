//! `cargo xtask fuzz`: the libFuzzer targets of `fuzz/`, one after the other, with one line of figures for each.
//!
//! cargo-fuzz builds them where it is installed. Else they are built here with the flags that it would give: coverage of every edge and
//! comparison for libFuzzer, and AddressSanitizer. Both need the unstable `-Z sanitizer`, so a nightly toolchain, or a stable one that is
//! told to behave like it.
//!
//! | folder | holds |
//! |---|---|
//! | `testdata/fuzz/TARGET` | seeds and past findings, which the tests replay |
//! | `fuzz/corpus/TARGET` | what libFuzzer kept, not in git |
//! | `fuzz/dictionaries/TARGET` | words of the grammar, where there is one |
//! | `fuzz/artifacts/TARGET` | inputs that broke something, and the log, not in git |

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::process::{self, command, root, say, succeeds};

/// One input may take this many seconds.
const TIMEOUT: u32 = 5;
/// And the fuzzer this much memory, in MiB; some 200 of it are AddressSanitizer's.
const MEMORY: u32 = 1024;

/// Which targets to run, and for how long.
#[derive(Args)]
pub(crate) struct Options {
    /// A target; all of them in turn when none is named.
    target: Option<String>,
    /// How long to run each target.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let known = targets()?;
    let chosen = match &options.target {
        None => known,
        Some(target) if known.contains(target) => vec![target.clone()],
        Some(target) => bail!("no target {target}; there are {}", known.join(", ")),
    };
    let toolchain = Toolchain::find()?;
    let mut lines = Vec::new();
    let mut findings = 0;
    for target in &chosen {
        let figures = toolchain.build(target).and_then(|program| {
            say(&format!("fuzzing {target} for {} s", options.seconds));
            fuzz(target, &program, options.seconds)
        })?;
        findings += figures.findings.len();
        for finding in &figures.findings {
            say(&format!("{target}: finding in {}", finding.display()));
        }
        lines.push(figures.line(target)?);
    }
    say("| target | seconds | executions | edges | findings | date | commit |");
    for line in lines {
        say(&line);
    }
    if findings > 0 {
        bail!("findings: {findings}; fuzz/README.md says what to do with one");
    }
    Ok(())
}

/// The names of the files in `fuzz/fuzz_targets`, sorted.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for path in files(&root().join("fuzz/fuzz_targets"))? {
        let name = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        names.extend(name);
    }
    Ok(names)
}

/// The files of a folder, sorted; none when there is no folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

/// A toolchain that can build with sanitizers.
struct Toolchain {
    /// What `rustup run` is told, or nothing for the current one.
    rustup: Option<&'static str>,
    /// Whether it is stable and has to be told to behave like nightly.
    bootstrap: bool,
    /// The target triple of this machine: naming it keeps the flags from build scripts.
    host: String,
}

impl Toolchain {
    fn find() -> Result<Self> {
        let candidates = [(Some("nightly"), false), (None, false), (None, true)];
        for (rustup, bootstrap) in candidates {
            let mut toolchain = Self {
                rustup,
                bootstrap,
                host: String::new(),
            };
            let Some(host) = toolchain.host() else {
                continue;
            };
            toolchain.host = host;
            if toolchain.has_sanitizer() {
                return toolchain.with_cpp_compiler();
            }
        }
        bail!(
            "no toolchain here builds with -Z sanitizer=address; \
             `rustup toolchain install nightly --profile minimal` brings one \
             (Linux or macOS on x86_64 or aarch64)"
        )
    }

    /// libFuzzer is C++, and comes as source.
    fn with_cpp_compiler(self) -> Result<Self> {
        let compiler = env::var_os("CXX").unwrap_or_else(|| "c++".into());
        let mut version = command(&compiler);
        version.arg("--version");
        if !succeeds(version) {
            bail!(
                "no C++ compiler for libFuzzer: {} does not run; install one (Debian: g++), or name it in CXX",
                compiler.display()
            );
        }
        Ok(self)
    }

    /// A program of this toolchain.
    fn program(&self, name: &str) -> Command {
        let mut run = match self.rustup {
            Some(toolchain) => {
                let mut rustup = command("rustup");
                rustup.args(["run", toolchain, name]);
                rustup
            }
            None => command(name),
        };
        if self.bootstrap {
            run.env("RUSTC_BOOTSTRAP", "1");
        }
        run
    }

    fn host(&self) -> Option<String> {
        let mut rustc = self.program("rustc");
        rustc.arg("-vV");
        let said = rustc.output().ok().filter(|said| said.status.success())?;
        let said = String::from_utf8(said.stdout).ok()?;
        let host = said.lines().find_map(|line| line.strip_prefix("host: "))?;
        Some(host.to_owned())
    }

    /// Whether a program can be built and linked with AddressSanitizer, whose library comes with the toolchain.
    fn has_sanitizer(&self) -> bool {
        let folder = root().join("fuzz/target");
        let source = folder.join("probe.rs");
        if fs::create_dir_all(&folder).is_err() || fs::write(&source, "fn main() {}\n").is_err() {
            return false;
        }
        let mut rustc = self.program("rustc");
        rustc
            .arg("-Zsanitizer=address")
            .arg("-o")
            .arg(folder.join("probe"));
        rustc.arg(&source);
        succeeds(rustc)
    }

    /// Builds a target, and returns its program.
    fn build(&self, target: &str) -> Result<PathBuf> {
        let folder = root().join("fuzz/target");
        let mut with_cargo_fuzz = self.program("cargo");
        with_cargo_fuzz.args(["fuzz", "--version"]);
        let mut cargo = self.program("cargo");
        if succeeds(with_cargo_fuzz) {
            cargo.args(["fuzz", "build", "--debug-assertions"]);
            cargo.arg("--target-dir").arg(&folder);
            cargo.args(["--target", &self.host, target]);
        } else {
            cargo.args(["build", "--release"]);
            cargo.args(["--manifest-path", "fuzz/Cargo.toml"]);
            cargo.arg("--target-dir").arg(&folder);
            cargo.args(["--target", &self.host, "--bin", target]);
            cargo.env("RUSTFLAGS", FLAGS.join(" "));
        }
        process::run(cargo)?;
        Ok(folder.join(&self.host).join("release").join(target))
    }
}

/// What cargo-fuzz passes to rustc: coverage counters and comparisons for libFuzzer, and AddressSanitizer.
const FLAGS: [&str; 8] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "-Zsanitizer=address",
    "--cfg=fuzzing",
];

/// What one run came to.
struct Figures {
    seconds: u64,
    executions: u64,
    edges: u64,
    findings: Vec<PathBuf>,
}

impl Figures {
    /// A row of the ledger in `docs/reliability.md`.
    fn line(&self, target: &str) -> Result<String> {
        Ok(format!(
            "| {target} | {} | {} | {} | {} | {} | {} |",
            self.seconds,
            self.executions,
            self.edges,
            self.findings.len(),
            said("date", &["-u", "+%F"])?,
            said("git", &["describe", "--always", "--dirty=+"])?,
        ))
    }
}

/// What a small program says in one line.
fn said(program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = command(program);
    command.args(arguments);
    let octets = process::output(command)?;
    Ok(String::from_utf8_lossy(&octets).trim().to_owned())
}

/// Runs the program of a target until its time is up, or it finds something.
fn fuzz(target: &str, program: &Path, seconds: u32) -> Result<Figures> {
    let corpus = root().join("fuzz/corpus").join(target);
    let artifacts = root().join("fuzz/artifacts").join(target);
    fs::create_dir_all(&corpus).context("cannot make the corpus folder")?;
    fs::create_dir_all(&artifacts).context("cannot make the artifacts folder")?;
    let log = artifacts.join("log");
    let before = findings(&artifacts)?;

    let mut fuzzer = command(program);
    fuzzer.args([
        format!("-max_total_time={seconds}"),
        format!("-timeout={TIMEOUT}"),
        format!("-rss_limit_mb={MEMORY}"),
        format!("-artifact_prefix={}/", artifacts.display()),
        "-print_final_stats=1".to_owned(),
    ]);
    let dictionary = root().join("fuzz/dictionaries").join(target);
    if dictionary.exists() {
        fuzzer.arg(format!("-dict={}", dictionary.display()));
    }
    // New inputs go to the first folder; the seeds in the second stay as they are.
    fuzzer
        .arg(&corpus)
        .arg(root().join("testdata/fuzz").join(target));
    fuzzer.stderr(File::create(&log).context("cannot write the log")?);
    let started = Instant::now();
    let status = fuzzer
        .status()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let seconds = started.elapsed().as_secs();

    let mut findings = findings(&artifacts)?;
    findings.retain(|finding| !before.contains(finding));
    if !status.success() && findings.is_empty() {
        bail!("{target} ended with {status}; see {}", log.display());
    }
    let log = fs::read(&log).context("cannot read the log")?;
    let log = String::from_utf8_lossy(&log);
    Ok(Figures {
        seconds,
        executions: last_number(&log, "stat::number_of_executed_units:").unwrap_or(0),
        edges: last_number(&log, " cov: ").unwrap_or(0),
        findings,
    })
}

/// Inputs that broke something: crashes, leaks, time and memory. Inputs that are merely slow are none.
fn findings(artifacts: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = files(artifacts)?;
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        ["crash-", "leak-", "oom-", "timeout-"]
            .iter()
            .any(|kind| name.starts_with(kind))
    });
    Ok(paths)
}

/// The number that follows the last occurrence of `label`.
fn last_number(log: &str, label: &str) -> Option<u64> {
    let (_, after) = log.rsplit_once(label)?;
    after.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::last_number;

    #[test]
    fn the_last_figure_counts() {
        let log = "#2\tINITED cov: 10 ft: 3\n#9\tDONE   cov: 12 ft: 4\nstat::number_of_executed_units: 99\n";
        assert_eq!(last_number(log, " cov: "), Some(12));
        assert_eq!(
            last_number(log, "stat::number_of_executed_units:"),
            Some(99)
        );
    }

    #[test]
    fn ignores_a_log_without_figures() {
        assert_eq!(last_number("killed", " cov: "), None);
    }
}
