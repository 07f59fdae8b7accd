//! What a server makes of two files.

use std::collections::HashSet;

use mimi_authority::{Answer, LoadProblem, ZoneSet};
use mimi_name::DomainName;
use mimi_zonefile::{Record, line_column};

use super::{CODES, for_each_record, lies_in, reader};
use crate::assert_inert;

const IN: u16 = 1;
const NS: u16 = 2;
const CNAME: u16 = 5;
const SOA: u16 = 6;
const DNAME: u16 = 39;
const DS: u16 = 43;

pub(super) fn check(first: &[u8], second: &[u8]) {
    let (zones, problems) = ZoneSet::load([("a", first), ("b", second)], CODES);
    let (other, other_problems) = ZoneSet::load([("b", second), ("a", first)], CODES);
    assert_eq!(problems, other_problems);
    for problem in &problems {
        check_problem(problem, first, second);
    }
    let counts = |zones: &ZoneSet| -> Vec<(DomainName, usize)> {
        let zones = zones.zones().into_iter();
        zones
            .map(|zone| (zone.apex().clone(), zone.record_count()))
            .collect()
    };
    assert_eq!(counts(&zones), counts(&other));
    assert!(zones.zones().is_sorted_by(|a, b| a.apex() < b.apex()));

    let lines = Lines::new([first, second]);
    for (name, record_type) in &lines.said {
        let below = name.prepend(b"nobody").unwrap_or_else(|_| name.clone());
        for (name, record_type) in [
            (name, *record_type),
            (name, CODES.mimi()),
            (&below, CODES.mimi()),
        ] {
            let answer = zones.lookup(name, record_type);
            assert_eq!(
                answer,
                other.lookup(name, record_type),
                "the order of files shows"
            );
            lines.check_answer(&answer);
        }
    }
}

fn check_problem(problem: &LoadProblem, first: &[u8], second: &[u8]) {
    assert_inert(&problem.to_string());
    if let Some(place) = &problem.place {
        let octets = if &*place.source == "a" { first } else { second };
        lies_in(&place.span, &(0..octets.len()));
        let expected = line_column(octets, place.span.start);
        assert_eq!((place.line, place.column), expected);
    }
}

/// What the lines of all files say.
#[derive(Default)]
struct Lines {
    /// Every name and type of a record, however a loader may read the files.
    said: HashSet<(DomainName, u16)>,
    /// Names that exist, whatever else the files hold.
    existing: HashSet<DomainName>,
}

impl Lines {
    fn new(files: [&[u8]; 2]) -> Self {
        let mut lines = Self::default();
        for octets in files {
            for_each_record(octets, &reader(), |record| {
                // A loader may refuse broken records and has rules of its own for those on which zones and aliases rest.
                let is_special = [NS, CNAME, SOA, DNAME, DS].contains(&record.record_type);
                if record.class == IN && !is_special && matches!(record.rdata_wire(), Ok(Some(_))) {
                    lines.existing.insert(record.owner.clone());
                }
                lines.add(record);
            });
            // A file without SOA may be taken for a snippet, whose names are all absolute.
            let snippet = reader().origin(DomainName::root()).default_ttl(60);
            for_each_record(octets, &snippet, |record| lines.add(record));
        }
        lines
    }

    fn add(&mut self, record: &Record<'_>) {
        let name = record.owner.clone();
        self.said.insert((name, record.record_type));
    }

    /// Every record of ours in an answer stands in a line: at its own name, or at a wildcard above one that no line names.
    fn check_answer(&self, answer: &Answer) {
        let sections = [&answer.answers, &answer.authorities, &answer.additionals];
        for record in sections.into_iter().flatten() {
            let (owner, record_type) = (&record.owner, record.record_type);
            if ![CODES.mimi(), CODES.mimix()].contains(&record_type)
                || self.said.contains(&(owner.clone(), record_type))
            {
                continue;
            }
            assert!(
                !self.existing.contains(owner),
                "a wildcard answers for a name that exists"
            );
            let mut ancestors = core::iter::successors(owner.parent(), DomainName::parent);
            let has_wildcard = ancestors.any(|name| {
                let wildcard = name.prepend(b"*");
                wildcard.is_ok_and(|wildcard| self.said.contains(&(wildcard, record_type)))
            });
            assert!(has_wildcard, "no line says so");
        }
    }
}
