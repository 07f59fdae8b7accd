//! The classes of disagreement, which `docs/zone-files.md` lists: every way to read a zone file otherwise than another program
//! that is known, with an example and the reason.
//!
//! The generator marks what it makes with the names of these classes; a mark without a row there is an error.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail, ensure};

use super::readers::Peer;
use super::zone::{Entry, Zone};
use crate::process::root;

/// The name of a class, or of a feature about which all agree.
pub(super) type Tag = &'static str;

/// Where the classes stand.
pub(super) const DOCUMENT: &str = "docs/zone-files.md";

/// Features about which all agree.
pub(super) const AGREED: [Tag; 2] = ["byte-order-mark", "no-final-newline"];

/// What a reader does with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It takes it.
    Reads,
    Refuses,
    /// It takes it, and finds other records than we do.
    Differs,
}

impl Verdict {
    fn from_word(word: &str) -> Result<Self> {
        Ok(match word {
            "reads" => Self::Reads,
            "refuses" => Self::Refuses,
            "differs" => Self::Differs,
            other => bail!("expected reads, refuses or differs, found {other:?}"),
        })
    }

    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Refuses => "refuses",
            Self::Differs => "differs",
        }
    }
}

/// A class.
pub(super) struct Class {
    pub(super) name: String,
    /// Entries for the end of a zone.
    example: Vec<u8>,
    /// What we do.
    pub(super) ours: Verdict,
    /// What BIND, Knot and NSD do.
    peers: [Verdict; 3],
}

/// All classes.
pub(super) struct Classes(Vec<Class>);

impl Classes {
    /// Reads the document's tables.
    pub(super) fn read() -> Result<Self> {
        let text = fs::read_to_string(root().join(DOCUMENT)).context(DOCUMENT)?;
        let rows = text.lines().filter(|line| line.starts_with("| `"));
        let classes: Result<Vec<_>> = rows
            .map(|row| Class::from_row(row).with_context(|| row.to_owned()))
            .collect();
        let classes = Self(classes?);
        let names: BTreeSet<&str> = classes.iter().map(|class| class.name.as_str()).collect();
        ensure!(
            names.len() == classes.0.len(),
            "{DOCUMENT} has a class twice"
        );
        Ok(classes)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Class> {
        self.0.iter()
    }

    /// Fails when a zone is marked with something that is no class.
    pub(super) fn check(&self, zone: &Zone) -> Result<()> {
        for tag in zone.tags() {
            let is_known = AGREED.contains(&tag) || self.iter().any(|class| class.name == tag);
            ensure!(is_known, "{DOCUMENT} has no class {tag}");
        }
        Ok(())
    }
}

impl Class {
    /// A row: name, example, the verdicts, why.
    fn from_row(row: &str) -> Result<Self> {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, example, ours, bind, knot, nsd, why] = cells[..] else {
            bail!("expected seven cells, found {}", cells.len());
        };
        ensure!(!why.is_empty(), "expected a reason, found none");
        Ok(Self {
            name: name.trim_matches('`').to_owned(),
            example: octets(example.trim_matches('`')),
            ours: Verdict::from_word(ours)?,
            peers: [bind, knot, nsd]
                .map(Verdict::from_word)
                .into_iter()
                .collect::<Result<Vec<_>>>()?
                .try_into()
                .unwrap_or([Verdict::Reads; 3]),
        })
    }

    /// What a peer does.
    pub(super) fn of(&self, peer: Peer) -> Verdict {
        self.peers[peer as usize]
    }

    /// A small zone with the example at its end.
    pub(super) fn zone(&self) -> Zone {
        let mut zone = Zone {
            apex: "example.".to_owned(),
            ..Zone::default()
        };
        // A mark of the whole file changes how it is written.
        match self.name.as_str() {
            "crlf" => zone.whole.extend(["crlf"]),
            "no-default-ttl" | "ttl-unlike-its-set" => zone.whole.extend(["no-default-ttl"]),
            "include-without-final-newline" => zone.whole.extend(["no-final-newline"]),
            _ => {}
        }
        let head = b"@ 60 SOA ns host 1 2h 15m 2w 5m\n NS ns\nns A 192.0.2.53\n";
        zone.entries.push(Entry {
            beside: [
                ("included.zone", "i TXT x\n"),
                ("blank.zone", " TXT y\n"),
                ("origin.zone", "$ORIGIN deep.example.\ni TXT x\n"),
            ]
            .map(|(name, text)| (name, text.into()))
            .into(),
            ..Entry::line([&head[..], &self.example].concat())
        });
        zone
    }
}

/// The octets of an example, in which signs stand for what a table cannot show.
fn octets(example: &str) -> Vec<u8> {
    let mut text = example.to_owned();
    for length in [255, 256] {
        text = text.replace(&format!("⟨{length}⟩"), &"x".repeat(length));
    }
    for (sign, octet) in [('⏎', "\n"), ('␍', "\r"), ('␁', "\u{1}")] {
        text = text.replace(sign, octet);
    }
    text.into_bytes()
}
