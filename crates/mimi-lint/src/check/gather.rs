//! A second reading, for the names that the facts say are worth a look, and the rules about the zone as a whole.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use mimi_name::DomainName;
use mimi_zonefile::{Entries, Entry};

use crate::check::facts::{Suspects, key};
use crate::check::group::Group;
use crate::check::name_hash::NameHasher;
use crate::finding::{Excerpt, Finding, Source};
use crate::record::{IN, Record, types};
use crate::rule::Check;
use crate::rules;
use crate::settings::Settings;
use crate::sink::Sink;
use crate::zone::{Landmarks, ZoneView};

/// How many records are gathered. Where more names are amiss, the first ones tell enough.
const MAX_GATHERED: usize = 100_000;

/// How many records below a wildcard's parent are gathered.
const MAX_BELOW_WILDCARD: usize = 1_000;

/// The records at names that are worth a look.
pub(crate) struct Gathered {
    names: BTreeMap<DomainName, Vec<Record>>,
    count: usize,
    below_wildcard: usize,
    /// Whether there were more records than are kept.
    pub(crate) is_cut: bool,
}

impl Gathered {
    pub(crate) fn new() -> Self {
        Self {
            names: BTreeMap::new(),
            count: 0,
            below_wildcard: 0,
            is_cut: false,
        }
    }

    /// Reads a file once more.
    pub(crate) fn read(
        &mut self,
        entries: &mut Entries<'_>,
        suspects: &Suspects,
        hasher: &NameHasher,
        settings: &Settings,
        source: &Arc<Source>,
    ) {
        let mut rdata = Vec::new();
        while let Some(entry) = entries.next() {
            let Ok(Entry::Record(read)) = entry else {
                continue;
            };
            let matters = read.record_type == settings.types.mimi()
                || read.record_type == settings.types.mimix()
                || matches!(read.record_type, types::CNAME | types::NS | types::DNAME)
                || !suspects.all_below.is_empty();
            if !matters || read.class != IN {
                continue;
            }
            rdata.clear();
            let Ok(is_known) = read.append_rdata(&mut rdata) else {
                continue;
            };
            if !self.is_wanted(&read, &rdata, suspects, hasher, settings) {
                continue;
            }
            if self.count == MAX_GATHERED {
                self.is_cut = true;
                break;
            }
            self.count += 1;
            let record = Record::keep(&read, is_known.then_some(&rdata), source);
            self.names
                .entry(record.owner.clone())
                .or_default()
                .push(record);
        }
    }

    fn is_wanted(
        &mut self,
        read: &mimi_zonefile::Record<'_>,
        rdata: &[u8],
        suspects: &Suspects,
        hasher: &NameHasher,
        settings: &Settings,
    ) -> bool {
        let hashes = hasher.hashes(read.owner);
        if suspects.at.contains(&key(hashes.own())) {
            return true;
        }
        let is_below = |names: &std::collections::HashSet<u64>| {
            !names.is_empty() && hashes.above(1).any(|above| names.contains(&key(above)))
        };
        let is_mimi = read.record_type == settings.types.mimi();
        if is_mimi && is_below(&suspects.mimi_below) {
            return true;
        }
        if read.record_type == types::NS && is_below(&suspects.ns_below) {
            return true;
        }
        if read.record_type == settings.types.mimix()
            && let Ok(target) = DomainName::from_wire(rdata)
            && suspects.targets.contains(&key(hasher.hash(&target)))
        {
            return true;
        }
        if is_below(&suspects.all_below) && self.below_wildcard < MAX_BELOW_WILDCARD {
            self.below_wildcard += 1;
            return true;
        }
        false
    }

    /// Judges the owners whose records stand apart: what one place alone would not show.
    pub(crate) fn judge_scattered(
        &self,
        suspects: &Suspects,
        hasher: &NameHasher,
        settings: &Settings,
        findings: &mut Vec<Finding>,
    ) {
        for (name, records) in &self.names {
            if !suspects.scattered.contains(&key(hasher.hash(name))) {
                continue;
            }
            let mut group = Group::default();
            for record in records {
                group.add_kept(record.clone(), settings);
            }
            let mut found = Vec::new();
            group.judge(settings, &mut found);
            // What stands together was judged where it stands.
            found.retain(|finding| {
                let first = finding.place.span.start;
                let is_apart =
                    |other: usize| other != first && self.are_apart(records, first, other);
                finding
                    .related
                    .iter()
                    .any(|related| is_apart(related.place.span.start))
            });
            findings.append(&mut found);
        }
    }

    /// Whether another owner's record that was gathered, or a gap, stands between two offsets.
    fn are_apart(&self, records: &[Record], one: usize, other: usize) -> bool {
        let (low, high) = (one.min(other), one.max(other));
        let mut between: Vec<&Record> = records
            .iter()
            .filter(|record| record.spans.all.end > low && record.spans.all.start <= high)
            .collect();
        between.sort_by_key(|record| record.spans.all.start);
        between.windows(2).any(|pair| match pair {
            [one, next] => next.excerpt.line > one.excerpt.line + lines_of(one),
            _ => false,
        })
    }

    /// Runs the rules about the zone.
    pub(crate) fn judge_zone(
        &self,
        apex: Option<&DomainName>,
        landmarks: &Landmarks,
        suspects: &Suspects,
        hasher: &NameHasher,
        settings: &Settings,
        findings: &mut Vec<Finding>,
    ) {
        let has_mimi_below =
            |name: &DomainName| suspects.with_mimi_below.contains(&key(hasher.hash(name)));
        let view = ZoneView {
            settings,
            apex,
            names: &self.names,
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

/// How many lines a record takes.
fn lines_of(record: &Record) -> usize {
    let feeds = record.excerpt.text.iter().filter(|octet| **octet == b'\n');
    feeds.count() + 1
}
