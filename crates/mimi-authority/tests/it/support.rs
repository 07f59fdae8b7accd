//! Zones from text, and answers as text.

use mimi_authority::{Answer, LoadProblem, Outcome, Record, ZoneSet};
use mimi_name::DomainName;
use mimi_rr::{Mimi, Mimix, TypeCodes};

pub(crate) const MIMI: u16 = 65357;
pub(crate) const MIMIX: u16 = 65368;

const TYPES: [(&str, u16); 11] = [
    ("A", 1),
    ("NS", 2),
    ("CNAME", 5),
    ("SOA", 6),
    ("HINFO", 13),
    ("MX", 15),
    ("TXT", 16),
    ("DNAME", 39),
    ("DS", 43),
    ("MIMI", MIMI),
    ("MIMIX", MIMIX),
];

/// Loads one file, with whatever problems it has.
pub(crate) fn load(text: &str) -> (ZoneSet, Vec<LoadProblem>) {
    ZoneSet::load([("test.zone", text)], TypeCodes::DEFAULT)
}

/// Loads one file that has no problems.
pub(crate) fn zones(text: &str) -> ZoneSet {
    let (zones, problems) = load(text);
    assert!(problems.is_empty(), "{}", listed(&problems));
    zones
}

pub(crate) fn listed(problems: &[LoadProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

pub(crate) fn name(text: &str) -> DomainName {
    text.parse().unwrap()
}

pub(crate) fn code(mnemonic: &str) -> u16 {
    let known = TYPES.iter().find(|(known, _)| *known == mnemonic);
    known.map_or_else(|| mnemonic[4..].parse().unwrap(), |(_, code)| *code)
}

/// Asks `name TYPE` and writes the answer as `RCODE [aa]; answers; authorities; additionals`.
pub(crate) fn ask(zones: &ZoneSet, question: &str) -> String {
    let (asked, mnemonic) = question.split_once(' ').unwrap();
    written(&zones.lookup(&name(asked), code(mnemonic)))
}

pub(crate) fn written(answer: &Answer) -> String {
    let outcome = match answer.outcome {
        Outcome::NoError => "NOERROR",
        Outcome::NoSuchName => "NXDOMAIN",
        Outcome::NameTooLong => "YXDOMAIN",
        Outcome::Refused => "REFUSED",
    };
    let mut text = outcome.to_owned();
    if answer.authoritative {
        text.push_str(" aa");
    }
    for (section, records) in [
        ("an", &answer.answers),
        ("ns", &answer.authorities),
        ("ar", &answer.additionals),
    ] {
        for record in records {
            text.push_str(&format!("; {section} {}", record_text(record)));
        }
    }
    text
}

fn record_text(record: &Record) -> String {
    let Record {
        owner,
        record_type,
        rdata,
        ..
    } = record;
    let known = TYPES.iter().find(|(_, code)| code == record_type);
    let mnemonic = known.map_or("?", |(mnemonic, _)| mnemonic);
    let data = match *record_type {
        1 => rdata
            .iter()
            .map(u8::to_string)
            .collect::<Vec<_>>()
            .join("."),
        2 | 5 | 39 => DomainName::from_wire(rdata).unwrap().to_string(),
        6 => return format!("SOA {owner}"),
        16 | MIMI => Mimi::from_rdata(rdata).unwrap().to_text(),
        MIMIX => Mimix::from_rdata(rdata).unwrap().to_text(),
        _ => String::new(),
    };
    format!("{owner} {mnemonic} {data}").trim_end().to_owned()
}
