//! `mimi-lint live`, `axfr` and `diff` find in other DNS servers what was put there to be found.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::peers::{PEERS, Peer, Running, Zone, free_port};
use crate::process::{cargo, find, say};

const APEX: &str = "example.com";
const SIGNERS: [&str; 2] = ["dnssec-keygen", "dnssec-signzone"];

/// Exit codes of `mimi-lint`.
const CLEAN: i32 = 0;
const FINDINGS: i32 = 1;
const INCONCLUSIVE: i32 = 4;

/// Zone files of different content.
struct Files {
    /// Signed with NSEC records.
    signed: PathBuf,
    /// As the signed one was before.
    plain: PathBuf,
    /// With another account at one name, without another name, and with a later serial number.
    later: PathBuf,
}

/// Looks at every server that is present; returns what was skipped, and how to get it.
pub(super) fn run(folder: &Path) -> Result<Vec<String>> {
    let folder = folder.join("lint");
    let mut skipped = Vec::new();
    if SIGNERS.iter().any(|signer| find(signer).is_none()) {
        let (signers, how) = (SIGNERS.join(" and "), "Debian: apt-get install bind9-utils");
        return Ok(vec![format!("{signers} are not here ({how})")]);
    }
    let files = write_files(&folder)?;
    for peer in &PEERS {
        let Some(program) = find(peer.program) else {
            skipped.push(peer.how_to_get());
            continue;
        };
        look(peer, &program, &folder, &files).with_context(|| format!("with {}", peer.program))?;
        say(&format!(
            "interop: mimi-lint finds in {} what is there",
            peer.program
        ));
    }
    Ok(skipped)
}

/// All that is to be found in one kind of server.
fn look(peer: &Peer, program: &Path, folder: &Path, files: &Files) -> Result<()> {
    let start = |file: &Path, transfers, signs_online, name: &str| -> Result<Running> {
        let zone = Zone {
            apex: APEX,
            file,
            transfers,
            signs_online,
        };
        let folder = folder.join(format!("{}-{name}", peer.program));
        peer.start(program, &folder, &zone, is_answering)
    };
    let open = start(&files.signed, true, false, "open")?;
    let closed = start(&files.later, false, false, "closed")?;
    let dead = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));

    live(&[open.address], "alice.example.com")?
        .ends(FINDINGS)?
        .says(&["open-transfer", "walkable-answers", "not-validated"])?
        .leaves_out(&[
            "no-answer",
            "nothing-published",
            "truncated-answer",
            "servers-disagree",
        ])?;
    live(&[open.address], "bob@example.com")?
        .ends(FINDINGS)?
        .leaves_out(&["nothing-published", "answers-any-user"])?;
    live(&[open.address], "big.example.com")?.says(&["truncated-answer"])?;
    live(&[open.address], "any.wild.example.com")?.says(&["answers-any-name"])?;
    live(&[closed.address], "alice.example.com")?
        .ends(CLEAN)?
        .says(&["not-signed"])?
        .leaves_out(&["open-transfer", "walkable-answers"])?;
    live(&[closed.address], "nobody.example.com")?
        .ends(FINDINGS)?
        .says(&["nothing-published"])?;
    live(&[open.address, closed.address], "alice.example.com")?
        .ends(FINDINGS)?
        .says(&["servers-disagree", "serials-differ"])?;
    live(&[open.address, dead], "alice.example.com")?
        .ends(INCONCLUSIVE)?
        .says(&["no-answer", "open-transfer"])?;
    live(&[dead], "alice.example.com")?
        .ends(INCONCLUSIVE)?
        .says(&["no-answer"])?
        .leaves_out(&["nothing-published"])?;
    live(&[open.address], "alice.example.org")?
        .ends(INCONCLUSIVE)?
        .leaves_out(&["nothing-published"])?;

    axfr(open.address)?
        .ends(FINDINGS)?
        .says(&["open-transfer"])?;
    axfr(closed.address)?.ends(INCONCLUSIVE)?;
    axfr(dead)?.ends(INCONCLUSIVE)?;

    diff(&files.plain, open.address)?.ends(CLEAN)?;
    diff(&files.later, open.address)?
        .ends(FINDINGS)?
        .holds(&[
            "alice.example.com: changed: alice at im.example.com becomes alice2 at im.example.com",
        ])?
        .holds(&["gone.example.com: removed: gone at im.example.com"])?;
    diff(&files.later, closed.address)?.ends(CLEAN)?;
    diff(&files.plain, closed.address)?
        .ends(FINDINGS)?
        .holds(&["gone.example.com: added: gone at im.example.com"])?;
    diff(&files.plain, dead)?.ends(INCONCLUSIVE)?;

    if peer.program == "knotd" {
        let online = start(&files.plain, false, true, "online")?;
        live(&[online.address], "alice.example.com")?
            .says(&["not-validated"])?
            .leaves_out(&["walkable-answers", "open-transfer"])?;
    }
    Ok(())
}

/// What `mimi-lint` said.
struct Said {
    arguments: Vec<String>,
    code: Option<i32>,
    text: String,
}

impl Said {
    fn wrong<T>(&self, expected: &str) -> Result<T> {
        let (arguments, code, text) = (self.arguments.join(" "), self.code, &self.text);
        bail!("mimi-lint {arguments}: expected {expected}, found exit code {code:?} and\n{text}")
    }

    fn ends(self, code: i32) -> Result<Self> {
        match self.code == Some(code) {
            true => Ok(self),
            false => self.wrong(&format!("exit code {code}")),
        }
    }

    fn holds(self, texts: &[&str]) -> Result<Self> {
        match texts.iter().find(|text| !self.text.contains(**text)) {
            None => Ok(self),
            Some(text) => self.wrong(text),
        }
    }

    /// Rules, in the short form of findings.
    fn says(self, rules: &[&str]) -> Result<Self> {
        let rules: Vec<String> = rules.iter().map(|rule| format!("({rule})")).collect();
        self.holds(&rules.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn leaves_out(self, rules: &[&str]) -> Result<Self> {
        let is_said = |rule: &&&str| self.text.contains(&format!("({rule})"));
        match rules.iter().find(is_said) {
            None => Ok(self),
            Some(rule) => self.wrong(&format!("nothing about {rule}")),
        }
    }
}

fn live(servers: &[SocketAddr], identifier: &str) -> Result<Said> {
    let servers: Vec<String> = servers.iter().map(SocketAddr::to_string).collect();
    let mut arguments = vec!["live", "--format", "concise", "--timeout", "2"];
    for server in &servers {
        arguments.extend(["--server", server]);
    }
    arguments.push(identifier);
    lint(&arguments)
}

fn axfr(server: SocketAddr) -> Result<Said> {
    let server = server.to_string();
    lint(&[
        "axfr",
        "--format",
        "concise",
        "--timeout",
        "2",
        "--server",
        &server,
        APEX,
    ])
}

fn diff(file: &Path, server: SocketAddr) -> Result<Said> {
    let (file, server) = (file.display().to_string(), server.to_string());
    lint(&["diff", "--timeout", "2", "--server", &server, &file])
}

fn is_answering(server: SocketAddr) -> bool {
    live(&[server], "alice.example.com").is_ok_and(|said| {
        !said.text.contains("(no-answer)") && !said.text.contains("(lame-server)")
    })
}

fn lint(arguments: &[&str]) -> Result<Said> {
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--locked", "--bin", "mimi-lint", "--"])
        .args(arguments);
    let output = command.stderr(Stdio::piped()).output()?;
    let mut text = String::from_utf8(output.stdout)?;
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(Said {
        arguments: arguments.iter().map(ToString::to_string).collect(),
        code: output.status.code(),
        text,
    })
}

fn write_files(folder: &Path) -> Result<Files> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let write = |name: &str, text: String| -> Result<PathBuf> {
        let path = folder.join(name);
        fs::write(&path, text)?;
        Ok(path)
    };
    let plain = write("plain.zone", zone(1, "alice", true))?;
    let later = write("later.zone", zone(2, "alice2", false))?;
    let signed = sign(folder, &plain)?;
    Ok(Files {
        signed,
        plain,
        later,
    })
}

/// A zone that every server reads.
fn zone(serial: u32, alice: &str, has_gone: bool) -> String {
    let mut zone = format!(
        "$ORIGIN {APEX}.\n$TTL 3600\n@ SOA ns1 hostmaster {serial} 3600 900 604800 300\n@ NS ns1\n\
         ns1 A 9.9.9.9\nim A 9.9.9.9\nim AAAA 2620:fe::fe\n@ TYPE65368 \\# 18 046d696d69076578616d706c6503636f6d00\n"
    );
    let mut add = |owner: &str, account: &str| {
        let text = format!("v=MIMI1; a={account}; e=im.{APEX}");
        let hex: String = text.bytes().map(|octet| format!("{octet:02x}")).collect();
        let length = text.len();
        zone.push_str(&format!(
            "{owner} TYPE65357 \\# {} {length:02x}{hex}\n",
            length + 1
        ));
    };
    add("alice", alice);
    add("bob.mimi", "bob");
    add("*.wild", "anybody");
    if has_gone {
        add("gone", "gone");
    }
    for number in 0..40 {
        add("big", &format!("account{number}"));
    }
    zone
}

/// Signs a zone file with a key of its own.
fn sign(folder: &Path, plain: &Path) -> Result<PathBuf> {
    let run = |program: &str, arguments: &[&str]| -> Result<()> {
        let path = find(program).with_context(|| format!("{program} went away"))?;
        let mut command = Command::new(path);
        command.current_dir(folder).args(arguments);
        let output = command.stdin(Stdio::null()).output()?;
        if !output.status.success() {
            bail!("{program}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    };
    let [keygen, signzone] = SIGNERS;
    run(keygen, &["-q", "-a", "ECDSAP256SHA256", "-f", "KSK", APEX])?;
    let signed = folder.join("signed.zone");
    let (input, output) = (plain.display().to_string(), signed.display().to_string());
    run(
        signzone,
        &["-q", "-S", "-z", "-o", APEX, "-f", &output, &input],
    )?;
    Ok(signed)
}
