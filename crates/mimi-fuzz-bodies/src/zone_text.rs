//! *Whatever a master file holds, its entries lie inside it, one behind the other; a record that is read means the same when its lines stand
//! alone and when it is written anew; and a server that loads it answers for nobody but those whom a line names* (RFC 1035 §5, RFC 3597 §5,
//! RFC 4592 §3.3.1; D4).
//!
//! At a form feed the input ends and that of a second file begins: the order in which a server loads files means nothing.

use core::ops::Range;
use std::collections::HashSet;

use mimi_authority::{Answer, LoadProblem, ZoneSet};
use mimi_name::DomainName;
use mimi_rr::{TypeCodes, rfc3597};
use mimi_zonefile::{Entry, LineIndex, Rdata, Record, ZoneFile, line_column};

use crate::assert_inert;

const CODES: TypeCodes = TypeCodes::DEFAULT;
const IN: u16 = 1;
const NS: u16 = 2;
const CNAME: u16 = 5;
const SOA: u16 = 6;
const DNAME: u16 = 39;
const DS: u16 = 43;

/// Reads the octets as a master file, and loads them into a server.
pub fn check(data: &[u8]) {
    let origin = DomainName::parse_absolute("zone.example").unwrap();
    for file in [
        with_types(data),
        with_types(data).origin(origin).default_ttl(60),
    ] {
        check_entries(data, &file);
    }
    let mut files = data.splitn(2, |&octet| octet == b'\x0C');
    check_loading(
        files.next().unwrap_or_default(),
        files.next().unwrap_or_default(),
    );
}

fn with_types(data: &[u8]) -> ZoneFile<'_> {
    ZoneFile::new(data)
        .mnemonic("MIMI", CODES.mimi())
        .mnemonic("MIMIX", CODES.mimix())
}

fn check_entries(data: &[u8], file: &ZoneFile<'_>) {
    let lines = LineIndex::new(data);
    let (mut entries_end, mut comments_end) = (0, 0);
    let (mut records, mut errors) = (0, 0);
    for entry in file.entries() {
        match entry {
            Ok(Entry::Record(record)) => {
                follows(&record.span, &mut entries_end, data);
                check_record(data, &record);
                records += 1;
            }
            Ok(Entry::Directive(directive)) => {
                follows(&directive.span, &mut entries_end, data);
                lies_in(&directive.argument_span, &directive.span);
            }
            Ok(Entry::Comment(comment)) => {
                follows(&comment.span, &mut comments_end, data);
                assert_eq!(comment.text, &data[comment.span.clone()]);
                assert!(comment.text.starts_with(b";") && !comment.text.contains(&b'\n'));
            }
            Ok(_) => {}
            Err(error) => {
                follows(&error.entry, &mut entries_end, data);
                lies_in(&error.span, &(0..data.len()));
                assert_inert(&error.to_string());
                let start = error.span.start;
                assert_eq!(lines.line_column(start), line_column(data, start));
                errors += 1;
            }
        }
    }
    assert_eq!(file.records().filter(Result::is_ok).count(), records);
    assert_eq!(file.records().filter(Result::is_err).count(), errors);
}

/// Asserts that a span lies in the input, not before the end of the one before it, and takes its end.
fn follows(span: &Range<usize>, end: &mut usize, data: &[u8]) {
    assert!(*end <= span.start, "{span:?} starts before {end}");
    assert!(span.start < span.end && span.end <= data.len(), "{span:?}");
    *end = span.end;
}

fn lies_in(inner: &Range<usize>, outer: &Range<usize>) {
    assert!(inner.start <= inner.end, "{inner:?}");
    assert!(
        outer.start <= inner.start && inner.end <= outer.end,
        "{inner:?} not in {outer:?}"
    );
}

fn check_record(data: &[u8], record: &Record<'_>) {
    let fields = [&record.ttl_span, &record.class_span];
    for span in fields
        .into_iter()
        .flatten()
        .chain([&record.owner_span, &record.type_span])
    {
        lies_in(span, &record.span);
    }
    assert!(record.ttl < 1 << 31);
    let text = match &record.rdata {
        Rdata::Text(text) => text,
        Rdata::Generic(generic) => {
            assert_eq!(generic.to_vec().len(), usize::from(generic.len()));
            generic.text()
        }
    };
    lies_in(&text.span(), &record.span);
    assert_eq!(text.as_bytes(), &data[text.span()]);
    let mut end = record.type_span.end;
    for token in text.tokens() {
        follows_token(&token.span, &mut end, record);
        let written = &data[token.span.clone()];
        assert_eq!(
            written.len(),
            token.raw.len() + if token.quoted { 2 } else { 0 }
        );
        if let Err(error) = token.unescape() {
            assert_inert(&error.to_string());
        }
    }
    let wire = record.rdata_wire();
    if let Err(error) = &wire {
        lies_in(&error.span, &(0..data.len()));
        assert_inert(&error.to_string());
    }
    check_alone(data, record);
    if let Ok(Some(wire)) = wire {
        check_anew(record, &wire);
    }
}

fn follows_token(span: &Range<usize>, end: &mut usize, record: &Record<'_>) {
    assert!(*end <= span.start, "tokens overlap");
    lies_in(span, &record.span);
    *end = span.end;
}

/// The record's lines, with what they inherit told from outside.
fn check_alone(data: &[u8], record: &Record<'_>) {
    // A line feed first: a byte order mark means something at the very start only.
    let mut lines = vec![b'\n'];
    if record.owner_span.is_empty() {
        lines.extend(record.owner.to_string().bytes());
        lines.push(b' ');
    }
    lines.extend(&data[record.span.clone()]);
    let mut file = with_types(&lines)
        .class(record.class)
        .default_ttl(record.ttl);
    if let Some(origin) = record.origin() {
        file = file.origin(origin.clone());
    }
    let alone = only_record(&file);
    assert_same(&alone, record);
    let raw = |record: &Record<'_>| match &record.rdata {
        Rdata::Text(text) => text
            .tokens()
            .map(|token| (token.raw.to_vec(), token.quoted))
            .collect(),
        Rdata::Generic(generic) => vec![(generic.to_vec(), false)],
    };
    assert_eq!(raw(&alone), raw(record));
    match (alone.rdata_wire(), record.rdata_wire()) {
        (Ok(alone), Ok(before)) => assert_eq!(alone, before),
        // Without an origin the one says that none was ever told, the other that the line with it could not be read.
        (Err(alone), Err(before)) => {
            assert!(alone.kind == before.kind || record.origin().is_none());
        }
        (alone, before) => panic!("{alone:?} is not {before:?}"),
    }
}

/// The record as this project would write it.
fn check_anew(record: &Record<'_>, wire: &[u8]) {
    let line = format!(
        "{} {} CLASS{} TYPE{} {}\n",
        record.owner,
        record.ttl,
        record.class,
        record.record_type,
        rfc3597::to_text(wire)
    );
    assert_inert(line.trim_end_matches('\n'));
    let anew = with_types(line.as_bytes());
    let anew = only_record(&anew);
    assert_same(&anew, record);
    assert_eq!(anew.rdata_wire().unwrap().as_deref(), Some(wire));
}

fn only_record<'a>(file: &ZoneFile<'a>) -> Record<'a> {
    let mut records: Vec<_> = file.records().collect();
    assert_eq!(records.len(), 1, "one record was written");
    records
        .remove(0)
        .expect("what was read once can be read again")
}

fn assert_same(a: &Record<'_>, b: &Record<'_>) {
    assert!(a.owner.eq_case(&b.owner), "{} is not {}", a.owner, b.owner);
    assert_eq!(
        (a.ttl, a.class, a.record_type),
        (b.ttl, b.class, b.record_type)
    );
}

fn check_loading(first: &[u8], second: &[u8]) {
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
            for record in with_types(octets).records().flatten() {
                let name = DomainName::clone(&record.owner);
                // A loader may refuse broken records and has rules of its own for those on which zones and aliases rest.
                let is_special = [NS, CNAME, SOA, DNAME, DS].contains(&record.record_type);
                if record.class == IN && !is_special && matches!(record.rdata_wire(), Ok(Some(_))) {
                    lines.existing.insert(name.clone());
                }
                lines.said.insert((name, record.record_type));
            }
            // A file without SOA may be taken for a snippet, whose names are all absolute.
            let snippet = with_types(octets)
                .origin(DomainName::root())
                .default_ttl(60);
            let records = snippet.records().flatten();
            lines.said.extend(
                records.map(|record| (DomainName::clone(&record.owner), record.record_type)),
            );
        }
        lines
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
