//! [`Settling`]: parts of a file, in their order, become one; findings that nothing can ignore any more are reported.

use std::collections::HashSet;
use std::io;

use mimi_name::DomainName;

use crate::check::facts::Facts;
use crate::check::group::Group;
use crate::check::ignores::Ignores;
use crate::check::part::Part;
use crate::check::pass::{Above, Pass, in_order};
use crate::finding::Finding;
use crate::rules;
use crate::settings::Settings;
use crate::sink::Sink;
use crate::zone::Landmarks;

/// How many findings are held back until the end, where it is known whether an owner's records stand apart in the file.
const MAX_HELD: usize = 1024;

/// How many further zones in one file are known by name.
const MAX_ZONES: usize = 1 << 16;

/// Joins parts.
pub(crate) struct Settling<'p, 'r> {
    pass: &'p Pass<'p>,
    /// `None` when only the facts are wanted.
    report: Option<&'r mut dyn FnMut(Finding)>,
    /// The records of the last owner, which may go on.
    open: Option<Group>,
    /// Findings that a comment may still ignore.
    held: Vec<Finding>,
    /// The names of further zones that begin in the file.
    apexes: HashSet<DomainName>,
    /// Whether findings are reported while the file is read: there are many.
    is_streaming: bool,
    read: ReadFile,
}

/// What was learnt from a whole file.
pub(crate) struct ReadFile {
    /// What was found and is not reported yet, nor compared with comments.
    pub(crate) held: Vec<Finding>,
    pub(crate) facts: Facts,
    pub(crate) landmarks: Landmarks,
    pub(crate) ignores: Ignores,
    pub(crate) records: u64,
    pub(crate) failure: Option<io::ErrorKind>,
}

impl<'p, 'r> Settling<'p, 'r> {
    pub(crate) fn new(pass: &'p Pass<'p>, report: Option<&'r mut dyn FnMut(Finding)>) -> Self {
        Self {
            pass,
            report,
            open: None,
            held: Vec::new(),
            apexes: HashSet::new(),
            is_streaming: false,
            read: ReadFile {
                held: Vec::new(),
                facts: Facts::new(pass.keeping.clone()),
                landmarks: Landmarks::default(),
                ignores: Ignores::default(),
                records: 0,
                failure: None,
            },
        }
    }

    pub(crate) fn add(&mut self, mut part: Part) {
        let settings = self.pass.settings;
        let (head, tail) = (part.head.take(), part.tail.take());
        // Facts about owners that end here stand before those of the part.
        let mut before = Part::new(&self.pass.keeping);
        match (self.open.take(), head) {
            (Some(mut open), Some(head)) if open.owner() == head.owner() => {
                open.append(head, settings);
                self.open = Some(open);
            }
            (open, Some(head)) => {
                if let Some(open) = open {
                    self.pass.settle(&open, &mut Above::default(), &mut before);
                }
                self.open = Some(head);
            }
            (open, None) => self.open = open,
        }
        if let Some(tail) = tail
            && let Some(ended) = self.open.replace(tail)
        {
            self.pass.settle(&ended, &mut Above::default(), &mut before);
        }
        let read = &mut self.read;
        read.facts.append(before.facts);
        read.facts.append(part.facts);
        read.landmarks.append(part.landmarks);
        let is_at_start = read.records == 0;
        let first_record = part.first_record_line;
        read.records += part.records;
        read.failure = read.failure.or(part.failure);
        let room = MAX_ZONES.saturating_sub(self.apexes.len());
        self.apexes.extend(part.apexes.into_iter().take(room));
        if !self.apexes.is_empty() {
            part.findings
                .retain(|finding| !is_in_other_zone(finding, &self.apexes));
        }
        let Some(report) = &mut self.report else {
            return;
        };
        let mut findings = core::mem::take(&mut self.held);
        findings.append(&mut before.findings);
        findings.append(&mut part.findings);
        let mut sink = Sink::new(settings, &mut findings);
        for ignore in part.ignores {
            let is_first = is_at_start && first_record.is_none_or(|line| ignore.line <= line);
            read.ignores.add(ignore, is_first, &mut sink);
        }
        if !self.is_streaming && findings.len() <= MAX_HELD {
            self.held = findings;
            return;
        }
        self.is_streaming = true;
        in_order(&mut findings);
        for finding in findings {
            let (line, _) = finding.place.end_line_column();
            if line >= part.last_line {
                self.held.push(finding);
            } else if !read.ignores.take(&finding) {
                report(finding);
            }
        }
    }

    /// What was learnt, with the findings that were held back.
    pub(crate) fn finish(mut self) -> ReadFile {
        let mut last = Part::new(&self.pass.keeping);
        if let Some(open) = self.open.take() {
            self.pass.settle(&open, &mut Above::default(), &mut last);
        }
        self.read.facts.append(last.facts);
        self.read.held = self.held;
        self.read.held.append(&mut last.findings);
        self.read
    }
}

impl ReadFile {
    /// Reports what was held back, where the file could not be read to its end.
    pub(crate) fn report_held(mut self, report: &mut dyn FnMut(Finding)) {
        let mut findings = core::mem::take(&mut self.held);
        in_order(&mut findings);
        findings.retain(|finding| !self.ignores.take(finding));
        findings.into_iter().for_each(report);
    }

    /// Reports what was held back, what was found about the zone, and about ignores.
    pub(crate) fn report_rest(
        mut self,
        mut findings: Vec<Finding>,
        is_cut: bool,
        settings: &Settings,
        report: &mut dyn FnMut(Finding),
    ) {
        if is_cut && let Some(first) = findings.first().or(self.held.first()) {
            let place = first.place.clone();
            rules::more_than_judged::report(place, &mut Sink::new(settings, &mut findings));
        }
        findings.append(&mut self.held);
        in_order(&mut findings);
        findings.dedup();
        findings.retain(|finding| !self.ignores.take(finding));
        let mut unused = Vec::new();
        self.ignores
            .report_unused(&mut Sink::new(settings, &mut unused));
        in_order(&mut unused);
        findings.append(&mut unused);
        findings.into_iter().for_each(report);
    }
}

/// Whether a finding says that its owner is out of the zone, and the file holds another zone that it is in.
fn is_in_other_zone(finding: &Finding, apexes: &HashSet<DomainName>) -> bool {
    if *finding.rule != rules::owner_out_of_zone::RULE {
        return false;
    }
    let mut above = finding.owner.clone();
    while let Some(name) = above {
        if apexes.contains(&name) {
            return true;
        }
        above = name.parent();
    }
    false
}
