//! Zones that the packaged signers sign: every reader has to take them, and to find the same records.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::explain;
use super::generate;
use super::readers::{Bench, Peer};
use super::zone::{Entry, Reader, Zone};
use crate::process::{find, say};

/// A program that signs zones.
struct Signer {
    /// Its programs and their package in Debian.
    programs: &'static [&'static str],
    package: &'static str,
    algorithms: &'static [&'static str],
    /// Signs `plain.zone` in the folder, and says which file it made.
    sign: fn(&Job<'_>) -> Result<PathBuf>,
}

/// What to sign with.
struct Job<'a> {
    folder: &'a Path,
    algorithm: &'a str,
    nsec3: bool,
}

const APEX: &str = "example.";
const PLAIN: &str = "plain.zone";

const SIGNERS: [Signer; 3] = [
    Signer {
        programs: &["dnssec-signzone", "dnssec-keygen"],
        package: "bind9-utils",
        algorithms: &[
            "RSASHA256",
            "ECDSAP256SHA256",
            "ECDSAP384SHA384",
            "ED25519",
            "ED448",
        ],
        sign: bind,
    },
    Signer {
        programs: &["ldns-signzone", "ldns-keygen"],
        package: "ldnsutils",
        algorithms: &["RSASHA512", "ECDSAP256SHA256", "ED25519"],
        sign: ldns,
    },
    Signer {
        programs: &["kzonesign"],
        package: "knot-dnssecutils",
        algorithms: &["rsasha256", "ecdsap384sha384", "ed25519"],
        sign: knot,
    },
];

/// Signs with every signer and algorithm, by NSEC and by NSEC3, and compares; returns what was skipped.
pub(super) fn run(bench: &Bench, seed: u64) -> Result<Vec<String>> {
    let mut skipped = Vec::new();
    let bench = bench.aside("signed")?;
    // The signers are given BIND's canonical text, since they are no subject of this test.
    let Some(compile) = bench.program(Peer::Bind).map(Path::to_owned) else {
        return Ok(skipped);
    };
    let mut count = 0;
    for (number, signer) in (0..).zip(&SIGNERS) {
        if let Some(missing) = signer
            .programs
            .iter()
            .find(|program| find(program).is_none())
        {
            skipped.push(format!(
                "{missing} is not here (Debian: apt-get install {})",
                signer.package
            ));
            continue;
        }
        let zone = generate::zone_to_sign(seed, number);
        for &algorithm in signer.algorithms {
            for nsec3 in [false, true] {
                let folder = bench.folder.join("work");
                if folder.exists() {
                    fs::remove_dir_all(&folder)?;
                }
                fs::create_dir_all(&folder)?;
                let what = format!("{} with {algorithm}, NSEC3 {nsec3}", signer.programs[0]);
                plain(&compile, &folder, &zone)?;
                let job = Job {
                    folder: &folder,
                    algorithm,
                    nsec3,
                };
                let file = (signer.sign)(&job).with_context(|| what.clone())?;
                compare(&bench, fs::read(file)?).context(what)?;
                count += 1;
            }
        }
    }
    say(&format!("interop: {count} signed zones are read alike"));
    Ok(skipped)
}

/// Has all read a signed zone.
fn compare(bench: &Bench, octets: Vec<u8>) -> Result<()> {
    let mut zone = Zone {
        apex: APEX.to_owned(),
        entries: vec![Entry::line(octets)],
        ..Zone::default()
    };
    // As it is, without a TTL of ours.
    zone.whole.insert("no-default-ttl");
    let ours = bench.ours(&zone)?;
    if !ours.accepts {
        bail!("we refuse it: {}", ours.says.join("\n"));
    }
    for &(peer, _) in &bench.peers {
        let theirs = bench.theirs(&zone, peer)?;
        if !theirs.accepts {
            bail!("{} refuses it: {}", peer.program(), theirs.says.join("\n"));
        }
        if let Some(disagreement) = explain::between(&zone, &ours, &theirs, peer) {
            bail!(
                "{} differs: {}",
                peer.program(),
                disagreement.says.join("\n")
            );
        }
    }
    Ok(())
}

fn plain(compile: &Path, folder: &Path, zone: &Zone) -> Result<()> {
    let source = folder.join("source.zone");
    fs::write(&source, zone.render(Reader::Peers))?;
    for (name, octets) in zone.entries.iter().flat_map(|entry| &entry.beside) {
        fs::write(folder.join(name), octets)?;
    }
    let arguments = [
        "-i",
        "none",
        "-k",
        "ignore",
        "-F",
        "text",
        "-o",
        PLAIN,
        APEX,
        "source.zone",
    ];
    program(compile, folder, &arguments)
}

/// Runs a program in the folder to its end.
fn program(path: &Path, folder: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new(path)
        .args(arguments)
        .current_dir(folder)
        .output()?;
    if !output.status.success() {
        let says = [output.stdout, output.stderr].concat();
        bail!(
            "{} {} ended with {}: {}",
            path.display(),
            arguments.join(" "),
            output.status,
            String::from_utf8_lossy(&says)
        );
    }
    Ok(())
}

fn tool(name: &str, folder: &Path, arguments: &[&str]) -> Result<()> {
    let path = find(name).with_context(|| format!("{name} is gone"))?;
    program(&path, folder, arguments)
}

fn bind(job: &Job<'_>) -> Result<PathBuf> {
    let mut key = vec!["-q", "-a", job.algorithm];
    if job.algorithm.starts_with("RSA") {
        key.extend(["-b", "2048"]);
    }
    key.push(APEX);
    tool("dnssec-keygen", job.folder, &key)?;
    key.extend(["-f", "KSK"]);
    key.rotate_right(2);
    tool("dnssec-keygen", job.folder, &key)?;
    let mut sign = vec!["-S", "-q", "-o", APEX, "-f", "signed.zone"];
    if job.nsec3 {
        sign.extend(["-3", "abcd", "-H", "0"]);
    }
    sign.push(PLAIN);
    tool("dnssec-signzone", job.folder, &sign)?;
    Ok(job.folder.join("signed.zone"))
}

fn ldns(job: &Job<'_>) -> Result<PathBuf> {
    let mut key = vec!["-a", job.algorithm];
    if job.algorithm.starts_with("RSA") {
        key.extend(["-b", "2048"]);
    }
    key.push(APEX);
    tool("ldns-keygen", job.folder, &key)?;
    key.insert(0, "-k");
    tool("ldns-keygen", job.folder, &key)?;
    let mut keys = Vec::new();
    for entry in fs::read_dir(job.folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        keys.extend(name.strip_suffix(".private").map(str::to_owned));
    }
    let mut sign = vec!["-o", APEX, "-f", "signed.zone"];
    if job.nsec3 {
        sign.extend(["-n", "-t", "1", "-s", "beef"]);
    }
    sign.push(PLAIN);
    sign.extend(keys.iter().map(String::as_str));
    tool("ldns-signzone", job.folder, &sign)?;
    Ok(job.folder.join("signed.zone"))
}

fn knot(job: &Job<'_>) -> Result<PathBuf> {
    let folder = job.folder.display();
    let (algorithm, nsec3) = (job.algorithm, if job.nsec3 { "on" } else { "off" });
    let configuration = format!(
        "server:\n  rundir: {folder}\ndatabase:\n  storage: {folder}\n\
         policy:\n  - id: policy\n    algorithm: {algorithm}\n    nsec3: {nsec3}\n    nsec3-iterations: 0\n    zone-max-ttl: 1d\n\
         template:\n  - id: default\n    storage: {folder}\n\
         zone:\n  - domain: {APEX}\n    file: {PLAIN}\n    dnssec-signing: on\n    dnssec-policy: policy\n"
    );
    fs::write(job.folder.join("knot.conf"), configuration)?;
    fs::create_dir(job.folder.join("signed"))?;
    tool(
        "kzonesign",
        job.folder,
        &["-c", "knot.conf", "-o", "signed", APEX],
    )?;
    Ok(job.folder.join("signed").join(PLAIN))
}
