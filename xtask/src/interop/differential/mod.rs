//! The differential test: our scanner of zone files against BIND, Knot DNS and NSD, over zones from a generator.
//!
//! Whatever is read differently has to belong to a class of `docs/zone-files.md`; anything else is a failure.

mod classes;
mod damage;
mod damage_lines;
mod directives;
mod explain;
mod fields;
mod generate;
mod layout;
mod maker;
mod names;
mod ours;
mod random;
mod raw;
mod rdata;
mod rdata_dnssec;
mod rdata_service;
mod readers;
mod record;
mod records;
mod signed;
mod strings;
mod tally;
mod types;
mod zone;

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use anyhow::{Result, bail};

use crate::interop::Options;
use classes::{Class, Classes, DOCUMENT, Verdict};
use explain::Disagreement;
use readers::{Bench, Peer};
use tally::{Finding, Tally};
use zone::Reader;

/// How many zones are read at the same time.
const THREADS: usize = 2;
/// Unexplained disagreements past which it is clear that something is wrong.
const ENOUGH: usize = 20;

/// Compares; returns what was skipped.
pub(super) fn run(options: &Options, folder: &Path) -> Result<Vec<String>> {
    let classes = Classes::read()?;
    let (bench, mut skipped) = Bench::new(&folder.join("differential"))?;
    examples(&bench, &classes)?;
    let run = Run {
        options,
        classes: &classes,
        next: AtomicU64::new(0),
        tally: Mutex::default(),
    };
    thread::scope(|scope| -> Result<()> {
        let workers: Vec<_> = (0..THREADS)
            .map(|worker| {
                let (run, bench) = (&run, &bench);
                scope.spawn(move || run.work(&bench.aside(&worker.to_string())?))
            })
            .collect();
        for worker in workers {
            match worker.join() {
                Ok(result) => result?,
                Err(_) => bail!("a worker panicked"),
            }
        }
        Ok(())
    })?;
    let tally = run.tally.into_inner().unwrap_or_default();
    tally.report(options.seed, &bench);
    if !tally.unexplained.is_empty() {
        bail!(
            "{} disagreements that no class of {DOCUMENT} explains:\n{}",
            tally.unexplained.len(),
            tally.unexplained.join("\n")
        );
    }
    skipped.extend(signed::run(&bench, options.seed)?);
    Ok(skipped)
}

/// What the workers share.
struct Run<'a> {
    options: &'a Options,
    classes: &'a Classes,
    next: AtomicU64,
    tally: Mutex<Tally>,
}

impl Run<'_> {
    /// Compares one zone after the other, until there are enough.
    fn work(&self, bench: &Bench) -> Result<()> {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.options.zones {
                return Ok(());
            }
            let findings = self.compare(bench, number)?;
            let Ok(mut tally) = self.tally.lock() else {
                bail!("another worker panicked");
            };
            tally.add(findings);
            if tally.unexplained.len() >= ENOUGH {
                return Ok(());
            }
        }
    }

    /// What each peer makes of the zone with this number.
    fn compare(&self, bench: &Bench, number: u64) -> Result<Vec<Finding>> {
        let zone = generate::zone(self.options.seed, number);
        self.classes.check(&zone)?;
        let ours = bench.ours(&zone)?;
        let mut findings = Vec::new();
        for &(peer, _) in &bench.peers {
            let theirs = bench.theirs(&zone, peer)?;
            let mut finding = Finding {
                peer,
                ours: ours.accepts,
                theirs: theirs.accepts,
                agreed: true,
                classes: Vec::new(),
                unexplained: None,
            };
            if let Some(disagreement) = explain::between(&zone, &ours, &theirs, peer) {
                finding.agreed = false;
                match explain::explain(bench, self.classes, &zone, peer, &disagreement)? {
                    Some(classes) => finding
                        .classes
                        .extend(classes.iter().map(|class| class.name.clone())),
                    None => {
                        let (small, found) = explain::shrink(bench, self.classes, &zone, peer)?;
                        let found = found.unwrap_or(disagreement);
                        finding.unexplained = Some(self.keep(number, peer, &small, &found)?);
                    }
                }
            }
            findings.push(finding);
        }
        Ok(findings)
    }

    /// Writes out a zone that is read differently for no known reason; returns what to say about it.
    fn keep(
        &self,
        number: u64,
        peer: Peer,
        zone: &zone::Zone,
        found: &Disagreement,
    ) -> Result<String> {
        let folder = self.options.keep();
        fs::create_dir_all(&folder)?;
        let text = zone.render(Reader::Us);
        let name = format!("{}-{number}-{}", self.options.seed, peer.program());
        let path = folder.join(format!("{name}.zone"));
        fs::write(&path, &text)?;
        fs::write(
            folder.join(format!("{name}.peers.zone")),
            zone.render(Reader::Peers),
        )?;
        for (beside, octets) in zone.entries.iter().flat_map(|entry| &entry.beside) {
            fs::write(folder.join(format!("{name}.{beside}")), octets)?;
        }
        let lines = text.split(|&octet| octet == b'\n');
        let lines: Vec<String> = lines
            .map(|line| line.iter().map(|&octet| shown(octet)).collect())
            .collect();
        Ok(format!(
            "zone {number}: it {} here, and {} {} it: {}\n  {}\n    {}",
            match found.ours {
                Verdict::Refuses => "is refused",
                Verdict::Reads | Verdict::Differs => "is read",
            },
            peer.program(),
            found.theirs.word(),
            found.says.join("\n  "),
            path.display(),
            lines.join("\n    ")
        ))
    }
}

/// Printable ASCII as it is, another octet as `\xNN`.
fn shown(octet: u8) -> String {
    match octet {
        b' '..=b'~' => char::from(octet).to_string(),
        _ => format!("\\x{octet:02x}"),
    }
}

/// Fails when a class is not what its row says.
fn examples(bench: &Bench, classes: &Classes) -> Result<()> {
    let mut wrong = Vec::new();
    for class in classes.iter() {
        let zone = class.zone();
        let ours = bench.ours(&zone)?;
        if ours.accepts != (class.ours == Verdict::Reads) {
            wrong.push(complaint(class, "mimi", class.ours, &ours.says));
        }
        for &(peer, _) in &bench.peers {
            let theirs = bench.theirs(&zone, peer)?;
            let found = match explain::between(&zone, &ours, &theirs, peer) {
                Some(disagreement) => disagreement.theirs,
                None if theirs.accepts => Verdict::Reads,
                None => Verdict::Refuses,
            };
            if found != class.of(peer) {
                wrong.push(complaint(
                    class,
                    peer.program(),
                    class.of(peer),
                    &theirs.says,
                ));
            }
        }
    }
    if !wrong.is_empty() {
        bail!(
            "{DOCUMENT} is wrong, or about another version:\n{}",
            wrong.join("\n")
        );
    }
    Ok(())
}

fn complaint(class: &Class, program: &str, expected: Verdict, says: &[String]) -> String {
    let says = says.first().map_or("", String::as_str);
    format!(
        "{}: {program} no longer {} the example {says}",
        class.name,
        expected.word()
    )
}
