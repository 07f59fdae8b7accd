//! The same over real sockets: `mimi serve` and `mimi resolve` in a network namespace, whose loopback loses UDP packets.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::figures::text;
use crate::process::{self, cargo, command, find, output, root, say, succeeds};

/// Two upstreams, which take turns.
const ADDRESSES: [&str; 2] = ["127.0.0.1:5301", "127.0.0.1:5302"];
const ENUM_SUFFIX: &str = "enum.world.example";

/// How long the namespace may take to be there.
const PATIENCE: Duration = Duration::from_secs(10);

const HEAD: &str = "\
| loss each way | identifiers | correct | unavailable | wrong | wrong at most (95 %) | run s |
|---:|---:|---:|---|---:|---:|---:|";

/// A table with a row for each loss; or what is missing, and how to get it.
pub(crate) fn run(identifiers: u32, seed: u32, losses: &[u8]) -> Result<Result<String, String>> {
    let namespace = match Namespace::enter()? {
        Ok(namespace) => namespace,
        Err(missing) => return Ok(Err(missing)),
    };
    let folder = root().join("target/reliability");
    fs::create_dir_all(&folder)?;
    let mimi = build(&["--bin", "mimi"])?;
    let population = build(&[
        "--package",
        "mimi-testkit",
        "--features",
        "network",
        "--bin",
        "population",
    ])?;
    let people = |what: &str| {
        let mut command = command(&population);
        command.args([what, "--identifiers", &identifiers.to_string()]);
        command.args(["--seed", &seed.to_string()]);
        command
    };
    let zone = folder.join("world.zone");
    fs::write(&zone, output(people("zone"))?)?;
    let identifiers = folder.join("identifiers");
    fs::write(&identifiers, output(people("identifiers"))?)?;
    let results = folder.join("results.jsonl");
    let _server = serve(&namespace, &mimi, &zone)?;
    let mut table = HEAD.to_owned();
    for loss in losses {
        say(&format!("resolving over sockets, {loss} % lost each way"));
        namespace.lose(*loss, &folder)?;
        let started = Instant::now();
        resolve(&namespace, &mimi, &identifiers, &results)?;
        let took = started.elapsed().as_secs_f64();
        let mut compare = people("compare");
        compare.arg(&results);
        let cells = text(compare)?;
        table += &format!("\n| {loss} % | {} | {took:.0} |", cells.trim());
    }
    Ok(Ok(table))
}

/// Builds a program of the workspace, and says where it is.
pub(crate) fn build(arguments: &[&str]) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--locked", "--message-format", "json"]);
    build.args(arguments);
    let messages = String::from_utf8(output(build)?)?;
    let executable = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    });
    executable.context("cargo names no program")
}

/// A network namespace with nothing but a loopback, for as long as this lives.
struct Namespace {
    holder: Child,
    nsenter: PathBuf,
    nft: PathBuf,
}

impl Namespace {
    /// Makes one; or says what is missing, and how to get it.
    fn enter() -> Result<Result<Self, String>> {
        let package = |program: &str, package: &str| {
            find(program)
                .ok_or_else(|| format!("{program} is not here (Debian: apt-get install {package})"))
        };
        let programs = || {
            Ok::<_, String>((
                package("nft", "nftables")?,
                package("ip", "iproute2")?,
                package("unshare", "util-linux")?,
                package("nsenter", "util-linux")?,
            ))
        };
        let (nft, ip, unshare, nsenter) = match programs() {
            Ok(programs) => programs,
            Err(missing) => return Ok(Err(missing)),
        };
        let namespace = ["--map-root-user", "--net"];
        let mut attempt = command(&unshare);
        attempt.args(namespace).arg(&nft).args(["list", "ruleset"]);
        if !succeeds(attempt) {
            let missing = "a network namespace with nftables is not to be had here: needs root, or user namespaces";
            return Ok(Err(missing.to_owned()));
        }
        let mut holder = command(&unshare);
        holder.args(namespace).args(["sleep", "3600"]);
        let namespace = Self {
            holder: holder.spawn()?,
            nsenter,
            nft,
        };
        let started = Instant::now();
        // Before that, `unshare` has not become `sleep` yet.
        let program = format!("/proc/{}/comm", namespace.holder.id());
        while fs::read_to_string(&program)?.trim() != "sleep" {
            if started.elapsed() > PATIENCE {
                bail!("the network namespace is not there after {PATIENCE:?}");
            }
            thread::sleep(Duration::from_millis(10));
        }
        let mut up = namespace.command(&ip);
        up.args(["link", "set", "lo", "up"]);
        process::run(up)?;
        Ok(Ok(namespace))
    }

    /// A command that runs in there.
    fn command(&self, program: &Path) -> Command {
        let mut command = command(&self.nsenter);
        command.args(["--target", &self.holder.id().to_string()]);
        command.args(["--user", "--net", "--preserve-credentials", "--"]);
        command.arg(program);
        command
    }

    /// Drops so many of a hundred UDP packets as they come in. At the sender, the kernel would tell of it.
    fn lose(&self, of_a_hundred: u8, folder: &Path) -> Result<()> {
        let rules = folder.join("rules.nft");
        fs::write(
            &rules,
            format!(
                "flush ruleset\n\
                 table inet loss {{\n  chain input {{\n    type filter hook input priority 0\n    \
                 meta l4proto udp numgen random mod 100 < {of_a_hundred} drop\n  }}\n}}\n"
            ),
        )?;
        let mut nft = self.command(&self.nft);
        nft.arg("-f").arg(rules);
        process::run(nft)
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // One that has ended by itself needs no stopping.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

/// `mimi serve`, stopped when dropped.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves the zone on every address, and waits until it does.
fn serve(namespace: &Namespace, mimi: &Path, zone: &Path) -> Result<Serving> {
    let mut command = namespace.command(mimi);
    command.arg("serve").arg("--zone").arg(zone);
    command.args(ADDRESSES.iter().flat_map(|address| ["--listen", address]));
    let mut server = Serving(command.stdout(Stdio::piped()).spawn()?);
    let said = server.0.stdout.take().context("no output to read")?;
    let mut listening = 0;
    for line in BufReader::new(said).lines() {
        listening += usize::from(line?.starts_with("listening"));
        if listening == ADDRESSES.len() {
            return Ok(server);
        }
    }
    bail!("mimi serve ended before it listened")
}

/// Resolves everything. That some are not found or fail is part of the result.
fn resolve(namespace: &Namespace, mimi: &Path, identifiers: &Path, results: &Path) -> Result<()> {
    let mut command = namespace.command(mimi);
    command.args(["resolve", "--format", "jsonl", "--enum-suffix", ENUM_SUFFIX]);
    command.args(ADDRESSES.iter().flat_map(|address| ["--server", address]));
    command
        .arg("-")
        .stdin(fs::File::open(identifiers)?)
        .stdout(fs::File::create(results)?);
    let status = command.status()?;
    if !matches!(status.code(), Some(0 | 1 | 4)) {
        bail!("mimi resolve ended with {status}");
    }
    Ok(())
}
