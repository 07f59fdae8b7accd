//! What reads the zones: our command and the servers' own checkers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::raw;
use super::record::Record;
use super::zone::{Reader, Zone};
use crate::process::{cargo, find, output};

/// A server whose checker reads zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Peer {
    Bind,
    Knot,
    Nsd,
}

pub(super) const PEERS: [Peer; 3] = [Peer::Bind, Peer::Knot, Peer::Nsd];

impl Peer {
    pub(super) fn program(self) -> &'static str {
        match self {
            Self::Bind => "named-compilezone",
            Self::Knot => "kzonecheck",
            Self::Nsd => "nsd-checkzone",
        }
    }

    /// Its package in Debian.
    pub(super) fn package(self) -> &'static str {
        match self {
            Self::Bind => "bind9-utils",
            Self::Knot => "knot-dnssecutils",
            Self::Nsd => "nsd",
        }
    }

    /// The arguments, but for the file. What checks more than the syntax is switched off, where it can be.
    fn arguments(self, apex: &str) -> Vec<&str> {
        match self {
            Self::Bind => vec![
                "-i", "none", "-k", "ignore", "-n", "ignore", "-m", "ignore", "-M", "ignore", "-r",
                "ignore", "-S", "ignore", "-T", "ignore", "-W", "ignore", "-F", "raw", "-o", RAW,
                apex,
            ],
            Self::Knot => vec!["--verbose", "--origin", apex],
            Self::Nsd => vec!["-p", apex],
        }
    }
}

/// The programs, and a folder for the zones.
#[derive(Clone)]
pub(super) struct Bench {
    pub(super) folder: PathBuf,
    pub(super) ours: PathBuf,
    pub(super) peers: Vec<(Peer, PathBuf)>,
}

/// What a reader makes of a zone.
pub(super) struct Reading {
    pub(super) accepts: bool,
    /// The records, from us and from BIND.
    pub(super) records: Option<Vec<Record>>,
    /// What it says, at most a few lines.
    pub(super) says: Vec<String>,
}

pub(super) const FILE: &str = "checked.zone";
const RAW: &str = "checked.raw";

impl Bench {
    /// Builds our command, and looks for the others; says what is missing.
    pub(super) fn new(folder: &Path) -> Result<(Self, Vec<String>)> {
        let mut peers = Vec::new();
        let mut skipped = Vec::new();
        for peer in PEERS {
            match find(peer.program()) {
                Some(program) => peers.push((peer, program)),
                None => skipped.push(format!(
                    "{} is not here (Debian: apt-get install {})",
                    peer.program(),
                    peer.package()
                )),
            }
        }
        fs::create_dir_all(folder)?;
        let bench = Self {
            folder: folder.to_owned(),
            ours: our_program()?,
            peers,
        };
        Ok((bench, skipped))
    }

    /// The same programs with a folder of its own.
    pub(super) fn aside(&self, name: &str) -> Result<Self> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            ..self.clone()
        })
    }

    pub(super) fn program(&self, peer: Peer) -> Option<&Path> {
        let found = self.peers.iter().find(|(it, _)| *it == peer);
        found.map(|(_, program)| program.as_path())
    }

    pub(super) fn write(&self, zone: &Zone, reader: Reader) -> Result<()> {
        for (name, octets) in zone.entries.iter().flat_map(|entry| &entry.beside) {
            fs::write(self.folder.join(name), octets)?;
        }
        fs::write(self.folder.join(FILE), zone.render(reader))?;
        Ok(())
    }

    /// How a peer reads it; the peer has to be there.
    pub(super) fn theirs(&self, zone: &Zone, peer: Peer) -> Result<Reading> {
        let program = self.program(peer).context("the program is not there")?;
        self.write(zone, Reader::Peers)?;
        let mut command = Command::new(program);
        command.current_dir(&self.folder);
        command.args(peer.arguments(&zone.apex)).arg(FILE);
        let output = command.stdin(Stdio::null()).output()?;
        let accepts = output.status.success();
        let records = match peer {
            _ if !accepts => None,
            Peer::Bind => Some(self.raw()?),
            Peer::Nsd => self.printed(zone, &output.stdout)?,
            Peer::Knot => None,
        };
        let says = match peer {
            Peer::Nsd => output.stderr,
            _ => [output.stdout, output.stderr].concat(),
        };
        let says = String::from_utf8_lossy(&says);
        let mut says: Vec<String> = says
            .lines()
            .take(6)
            .map(|line| line.escape_debug().to_string())
            .collect();
        if output.status.code().is_none() {
            says.push(format!("ended with {}", output.status));
        }
        Ok(Reading {
            accepts,
            records,
            says,
        })
    }

    fn raw(&self) -> Result<Vec<Record>> {
        raw::read(&fs::read(self.folder.join(RAW))?)
    }

    /// The records that NSD prints, which BIND reads for us; nothing without BIND.
    fn printed(&self, zone: &Zone, text: &[u8]) -> Result<Option<Vec<Record>>> {
        let Some(program) = self.program(Peer::Bind) else {
            return Ok(None);
        };
        fs::write(self.folder.join(FILE), text)?;
        let mut command = Command::new(program);
        command.current_dir(&self.folder);
        command.args(Peer::Bind.arguments(&zone.apex)).arg(FILE);
        let output = command.stdin(Stdio::null()).output()?;
        Ok(if output.status.success() {
            Some(self.raw()?)
        } else {
            None
        })
    }
}

/// Builds our command, and says where it is.
fn our_program() -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        executable: Option<PathBuf>,
    }
    let mut command = cargo();
    command.args([
        "build",
        "--quiet",
        "--locked",
        "--bin",
        "mimi",
        "--message-format",
        "json",
    ]);
    let messages = output(command)?;
    let messages = String::from_utf8(messages)?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok()?.executable)
        .next_back()
        .context("cargo names no executable")
}
