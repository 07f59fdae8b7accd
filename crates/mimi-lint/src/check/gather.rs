//! A second reading, for the names that the facts say are worth a look, and the rules about the zone as a whole.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use mimi_name::DomainName;
use mimi_zonefile::{Entries, Entry};

use crate::check::group::Group;
use crate::check::name_hash::NameHashes;
use crate::check::pass::{Pass, is_bridge};
use crate::check::suspects::Suspects;
use crate::finding::{Excerpt, Finding};
use crate::record::{IN, Record, types};
use crate::rule::Check;
use crate::rules;
use crate::sink::Sink;
use crate::zone::{Landmarks, ZoneView};

/// How many records are gathered. Where more names are amiss, the first ones tell enough.
const MAX_GATHERED: usize = 50_000;

/// How many records below one name, or leading to it, are gathered.
const MAX_OF_ONE: u32 = 64;

/// How many MIMI records below a wildcard's parent are gathered: they only tell that a name does not miss the wildcard.
const MAX_MIMI_BELOW_WILDCARD: u32 = 4096;

/// Why a record is gathered, apart from record types: it is below a wildcard's parent. Neither number is a type of data.
const BELOW_WILDCARD: u16 = 0;
const BELOW_WILDCARD_MIMI: u16 = 255;

/// The records at names that are worth a look.
pub(crate) struct Gathered<'a> {
    pass: &'a Pass<'a>,
    suspects: &'a Suspects,
    names: BTreeMap<DomainName, Vec<Record>>,
    /// For each record of `names`, which time in the file it is that records of an owner stand together.
    runs: HashMap<DomainName, Vec<usize>>,
    run: usize,
    last: Option<DomainName>,
    count: usize,
    taken: HashMap<(u64, u16), u32>,
    /// Whether there were more records than are kept.
    pub(crate) is_cut: bool,
}

impl<'a> Gathered<'a> {
    pub(crate) fn new(pass: &'a Pass<'a>, suspects: &'a Suspects) -> Self {
        Self {
            pass,
            suspects,
            names: BTreeMap::new(),
            runs: HashMap::new(),
            run: 0,
            last: None,
            count: 0,
            taken: HashMap::new(),
            is_cut: suspects.are_cut,
        }
    }

    /// Reads a file once more.
    pub(crate) fn read(&mut self, entries: &mut Entries<'_>) {
        let wants_all = !self.suspects.all_below.is_empty();
        let wants_text = !self.suspects.bridges.is_empty();
        let mut rdata = Vec::new();
        while let Some(entry) = entries.next() {
            let Ok(Entry::Record(read)) = entry else {
                continue;
            };
            let stands_in_group = self.stands_in_group(read.record_type, read.owner);
            let is_text = wants_text && read.record_type == types::TXT;
            if read.class != IN || !(stands_in_group || is_text || wants_all) {
                continue;
            }
            rdata.clear();
            let Ok(is_known) = read.append_rdata(&mut rdata) else {
                continue;
            };
            if stands_in_group && self.last.as_ref() != Some(read.owner) {
                self.run += 1;
                let last = self.last.get_or_insert_with(DomainName::root);
                last.clone_from(read.owner);
            }
            if !self.is_wanted(&read, &rdata) {
                continue;
            }
            if self.count == MAX_GATHERED {
                self.is_cut = true;
                break;
            }
            self.count += 1;
            let record = Record::keep(&read, is_known.then_some(&rdata), self.pass.source);
            let runs = self.runs.entry(record.owner.clone()).or_default();
            runs.push(self.run);
            let records = self.names.entry(record.owner.clone()).or_default();
            records.push(record);
        }
    }

    /// Whether a record is one of those that [`Group`]s are made of.
    fn stands_in_group(&self, record_type: u16, owner: &DomainName) -> bool {
        let types = self.pass.settings.types;
        match record_type {
            types::CNAME | types::DNAME => true,
            types::NS => self.pass.apex != Some(owner),
            other => other == types.mimi() || other == types.mimix(),
        }
    }

    fn is_wanted(&mut self, read: &mimi_zonefile::Record<'_>, rdata: &[u8]) -> bool {
        let Pass {
            settings, hasher, ..
        } = self.pass;
        let suspects = self.suspects;
        let hashes = hasher.hashes(read.owner);
        if suspects.at.contains(&hashes.own()) {
            return true;
        }
        let record_type = read.record_type;
        if record_type == types::TXT
            && is_bridge(read.owner)
            && is_below(&hashes, &suspects.bridges).is_some()
        {
            return true;
        }
        let is_mimi = record_type == settings.types.mimi();
        let is_wildcard = read.owner.labels().next() == Some(b"*");
        if is_mimi && is_wildcard {
            return true;
        }
        let mut of_one = is_mimi
            .then(|| is_below(&hashes, &suspects.mimi_below))
            .flatten();
        if record_type == types::NS {
            of_one = of_one.or_else(|| is_below(&hashes, &suspects.ns_below));
        }
        if record_type == settings.types.mimix()
            && let Ok(target) = DomainName::from_wire(rdata)
        {
            let hashes = hasher.hashes(&target);
            let own = hashes.own();
            of_one = of_one
                .or_else(|| suspects.targets.contains(&own).then_some(own))
                .or_else(|| is_below(&hashes, &suspects.targets_below));
        }
        if let Some(name) = of_one
            && self.takes(name, record_type)
        {
            return true;
        }
        // What is below a wildcard's parent is gathered whatever its type, unless signers made it.
        let is_made = matches!(record_type, types::RRSIG | types::NSEC | types::NSEC3);
        let below_wildcard = if is_mimi {
            BELOW_WILDCARD_MIMI
        } else {
            BELOW_WILDCARD
        };
        !is_made
            && is_below(&hashes, &suspects.all_below)
                .is_some_and(|name| self.takes(name, below_wildcard))
    }

    /// Counts the records about one name, and says whether another one is taken.
    fn takes(&mut self, name: u64, reason: u16) -> bool {
        let taken = self.taken.entry((name, reason)).or_default();
        *taken += 1;
        *taken
            <= match reason {
                BELOW_WILDCARD_MIMI => MAX_MIMI_BELOW_WILDCARD,
                _ => MAX_OF_ONE,
            }
    }

    /// Judges the owners whose records stand apart as if they stood together.
    ///
    /// What was said about records that stand together there no longer holds, and is taken out of `held`. What of it was reported
    /// already is not reported again.
    pub(crate) fn judge_scattered(&self, held: &mut Vec<Finding>, findings: &mut Vec<Finding>) {
        let mut wrong = HashMap::new();
        for (name, records) in &self.names {
            if !self
                .suspects
                .scattered
                .contains(&self.pass.hasher.hash(name))
            {
                continue;
            }
            let runs = self.runs.get(name).map_or(&[][..], Vec::as_slice);
            let mut kept: Vec<(usize, &Record)> = runs.iter().copied().zip(records).collect();
            kept.retain(|(_, record)| self.stands_in_group(record.record_type, name));
            for run in kept.chunk_by(|(one, _), (other, _)| one == other) {
                for finding in self.judge(run) {
                    *wrong.entry(identity(&finding)).or_insert(0_usize) += 1;
                }
            }
            findings.append(&mut self.judge(&kept));
        }
        held.retain(|finding| match wrong.get_mut(&identity(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        findings.retain(|finding| {
            wrong
                .get(&identity(finding))
                .is_none_or(|count| *count == 0)
        });
    }

    fn judge(&self, records: &[(usize, &Record)]) -> Vec<Finding> {
        let mut group = Group::default();
        for (_, record) in records {
            group.add_beside((*record).clone(), self.pass.settings);
        }
        let mut findings = Vec::new();
        group.judge(self.pass.settings, &mut findings);
        findings
    }

    /// Runs the rules about the zone.
    pub(crate) fn judge_zone(&self, landmarks: &Landmarks, findings: &mut Vec<Finding>) {
        let Pass {
            settings,
            hasher,
            apex,
            ..
        } = self.pass;
        let has_mimi_below = |name: &DomainName| {
            let known = &self.suspects.with_mimi_below;
            known.contains(&hasher.hash(name))
        };
        let mimix = self.names.values().flatten();
        let mimix = mimix.filter(|record| record.record_type == settings.types.mimix());
        let mut targets = BTreeMap::new();
        for record in mimix {
            if let Some(target) = record.target().filter(|target| !target.is_root()) {
                targets.entry(target).or_insert(record);
            }
        }
        let view = ZoneView {
            settings,
            apex: *apex,
            names: &self.names,
            targets: &targets,
            landmarks,
            has_mimi_below: &has_mimi_below,
        };
        let before = findings.len();
        let mut sink = Sink::new(settings, findings);
        for rule in rules::RULES {
            if let Check::Zone(check) = rule.check
                && sink.wants(rule)
            {
                check(&view, &mut sink);
            }
        }
        let found = findings.get_mut(before..).unwrap_or_default();
        self.name_owners(landmarks, found);
    }

    /// Says whose record each finding stands at.
    fn name_owners(&self, landmarks: &Landmarks, findings: &mut [Finding]) {
        if findings.is_empty() {
            return;
        }
        let records = self.names.values().flatten().chain(landmarks.all());
        let owners: HashMap<*const Excerpt, &DomainName> = records
            .map(|record| (Arc::as_ptr(&record.excerpt), &record.owner))
            .collect();
        for finding in findings {
            let owner = owners.get(&Arc::as_ptr(&finding.place.excerpt));
            finding.owner = owner.map(|owner| (*owner).clone());
        }
    }
}

/// The closest name above that is among some.
fn is_below(hashes: &NameHashes, names: &HashSet<u64>) -> Option<u64> {
    if names.is_empty() {
        return None;
    }
    hashes.above(1).find(|above| names.contains(above))
}

/// What tells findings of the rules about owners apart.
fn identity(finding: &Finding) -> (&'static str, String, usize, usize, String) {
    let place = &finding.place;
    (
        finding.rule.code,
        place.excerpt.source.name.clone(),
        place.span.start,
        place.span.end,
        finding.message.clone(),
    )
}
