//! Damage of every kind among good records: each error is told at its place, and every good record is read.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::{self, Read};
use std::ops::Range;

use mimi_zonefile::{Entries, MAX_ENTRY_LENGTH, MAX_GENERATED, SyntaxError, ZoneReader};

use crate::support::{Item, Seen, name, read};

/// What stands before anything is known: no owner, no origin, no TTL.
const FIRST: &[&str] = &[
    "\u{FEFF}\tTXT blank",
    "a.example. TXT \"no TTL yet\"",
    "a.example. SOA . . 1 2 3 4",
    "a.example. TXT \"whose minimum was lost\"",
    "relative 60 TXT x",
    "@ 60 TXT x",
    "$ORIGIN relative",
    "relative 60 TXT x",
];

/// Damaged lines, read with an origin and a default TTL. A good record follows each.
const DAMAGED: &[&str] = &[
    // Owners.
    "bad..name TXT x",
    ".bad TXT x",
    "a\\256 TXT x",
    "a\\25 TXT x",
    "a\\ TXT x",
    "0123456789012345678901234567890123456789012345678901234567890123 TXT x",
    "bad..name TXT x\n\tTXT blank\n  TXT blank",
    "\"bad..name\" TXT x",
    // TTLs and classes.
    "a 36OO TXT x",
    "a 1h30 TXT x",
    "a 1x IN TXT x",
    "a IN 0x10 TXT x",
    "a 2147483648 TXT x",
    "a 9999999w TXT x",
    "a 60 60 TXT x",
    "a IN CH TXT x",
    "a CLASS255 TXT x",
    "a CLASS0 TXT x",
    "a CLASS65536 TXT x",
    // Types.
    "a",
    "a 60",
    "a IN 60 ; TXT",
    "a IN ( \n )",
    "a TXTT x",
    "a \"TXT\" x",
    "a TYPE65536 \\# 0",
    "a TYPE+5 \\# 0",
    "a ANY x",
    "a OPT x",
    "a AXFR",
    "a TYPE0 \\# 0",
    "a TYPE255 \\# 0",
    // The generic form.
    "a TYPE65400 \\#",
    "a TYPE65400 \\# x 00",
    "a TYPE65400 \\# 65536 00",
    "a TYPE65400 \\# \"1\" 00",
    "a TYPE65400 \\# 2 00",
    "a TYPE65400 \\# 0 00",
    "a TYPE65400 \\# 1 0",
    "a TYPE65400 \\# 1 0g",
    "a TYPE65400 \\# 1 \"00\"",
    "a TYPE65400 \\# 1 \u{1b}[31m",
    // Quotes, parentheses, carriage returns.
    "a TXT \"x",
    "a TXT \"x\" \"y ; z",
    "a TXT x\"",
    "\"a TXT x",
    "\"",
    "a TXT ( x",
    "(a TXT x",
    "a TXT ( x\n  y\n  z",
    "a TXT ( \"x\n  y )",
    "a TXT ( x ( y ) )",
    "a TXT (( x ))",
    "a TXT x )",
    ")",
    "a ) TXT x",
    "a TXT x\rb TXT y",
    "a TXT ( x \r y )",
    // Directives.
    "$FOO x",
    "$",
    " $TTL 60",
    "\t$ORIGIN x.\n$ORIGIN example.",
    "$TTL",
    "$TTL 60 60",
    "$TTL \"60\"",
    "$TTL never\na TXT \"which TTL\"\n$TTL 300",
    "$ORIGIN",
    "$ORIGIN a. b.",
    "$ORIGIN \"a.\"",
    "$ORIGIN a..b.\nrelative TXT \"which origin\"\n$ORIGIN example.",
    "$INCLUDE other.zone",
    // Records made by a directive.
    "$GENERATE",
    "$GENERATE 1-2 a$ A",
    "$GENERATE 1-2 a$ MX 10 b$",
    "$GENERATE 1..2 a$ A 192.0.2.$",
    "$GENERATE 1-2147483648 a$ A 192.0.2.$",
    "$GENERATE 2-1 a$ A 192.0.2.$",
    "$GENERATE 1-2/0 a$ A 192.0.2.$",
    "$GENERATE 0-65536 a$ A 192.0.2.$",
    "$GENERATE 1-2 \"a$\" A 192.0.2.$",
    "$GENERATE 1-2 a${0 A 192.0.2.$",
    "$GENERATE 1-2 a${x} A 192.0.2.$",
    "$GENERATE 1-2 a${0,x} A 192.0.2.$",
    "$GENERATE 1-2 a${0,3,y} A 192.0.2.$",
    "$GENERATE 1-2 a${0,3,d,z} A 192.0.2.$",
    "$GENERATE 1-2 a${2147483646} A 192.0.2.$",
    "$GENERATE 1-2 a${5}$ A 192.0.2.$",
    "$GENERATE 1-2 a$ TXT \"x ; y$\"",
    "$GENERATE 1-2 a$ TXT \"x\n\"",
    "$GENERATE 1-2 ${0,127}${0,127}${0,127}${0,127}${0,127}${0,127}${0,127}${0,127}${0,127}\
     ${0,127}${0,127}${0,127}${0,127}${0,127}${0,127}${0,127}${0,127} A 192.0.2.$",
    "$GENERATE 1-2 a$ AA 192.0.2.$\n  TXT blank",
    // No parenthesis may follow, or the last one would count as nested.
    "a TXT ( \"never closed\"",
];

fn good_line(number: usize) -> String {
    format!("good{number}.example. 4711 IN TXT \"{number}\"\n")
}

/// The file, and where the damaged lines stand.
fn damaged_file() -> (Vec<u8>, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut damaged = Vec::new();
    let mut add = |text: &mut String, line: &str| {
        let start = text.len();
        writeln!(text, "{line}").unwrap();
        damaged.push(start..text.len());
    };
    for line in FIRST {
        add(&mut text, line);
    }
    text += "$ORIGIN example.\n$TTL 300\n";
    for (number, line) in DAMAGED.iter().enumerate() {
        add(&mut text, line);
        text += &good_line(number);
    }
    (text.into_bytes(), damaged)
}

fn errors_of(items: &[Item]) -> Vec<SyntaxError> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Error(error) => Some(error.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn every_error_is_told_at_its_place() {
    let (input, _) = damaged_file();
    let errors = errors_of(&read(&ZoneReader::new(), &input));
    let mut report = String::new();
    for error in &errors {
        let (line, column) = (error.place.line, error.place.column);
        writeln!(report, "{line}:{column} {}: {error}", error.code()).unwrap();
    }
    insta::assert_snapshot!(report);
}

#[test]
fn every_good_record_among_the_damage_is_read() {
    let (input, _) = damaged_file();
    let good: Vec<Seen> = read(&ZoneReader::new(), &input)
        .into_iter()
        .filter_map(|item| match item {
            Item::Record(record) if record.ttl == 4711 => Some(*record),
            _ => None,
        })
        .collect();
    assert_eq!(good.len(), DAMAGED.len());
    for (number, record) in good.iter().enumerate() {
        assert_eq!(record.owner, name(&format!("good{number}.example.")));
        assert_eq!(record.octets()[1..], *number.to_string().as_bytes());
        assert_eq!(
            input[record.span.clone()],
            *good_line(number).trim_end().as_bytes()
        );
    }
}

#[test]
fn every_damaged_line_has_its_error() {
    let (input, damaged) = damaged_file();
    let errors = errors_of(&read(&ZoneReader::new(), &input));
    assert!(errors.len() >= damaged.len() && damaged.len() > 60);
    for line in damaged {
        let is_told = errors.iter().any(|error| line.contains(&error.entry.start));
        assert!(is_told, "{}", input[line].escape_ascii());
    }
}

#[test]
fn every_kind_of_error_appears() {
    let (input, _) = damaged_file();
    let mut seen: BTreeSet<&str> = errors_of(&read(&ZoneReader::new(), &input))
        .iter()
        .map(SyntaxError::code)
        .collect();
    // What takes a large file, or one that cannot be read.
    seen.extend(codes_of(ZoneReader::new().entries(too_long().as_bytes())));
    seen.extend(codes_of(ZoneReader::new().entries(too_many().as_bytes())));
    seen.extend(codes_of(ZoneReader::new().stream(Broken)));

    let sources = [
        include_str!("../../src/error.rs"),
        include_str!("../../src/generate/error.rs"),
    ];
    let all: BTreeSet<&str> = sources.into_iter().flat_map(codes_in).collect();
    assert!(all.len() > 40, "{all:?}");
    let missing: Vec<_> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "no test makes {missing:?}");
}

fn codes_of(mut entries: Entries<'_>) -> Vec<&'static str> {
    let mut codes = Vec::new();
    while let Some(entry) = entries.next() {
        codes.extend(entry.err().map(|error| error.code()));
    }
    codes
}

/// The codes that a source file gives to errors: `Self::Kind => "code",`.
fn codes_in(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Self::")?.split_once(" => \""))
        .filter_map(|(_, code)| code.strip_suffix("\","))
}

fn too_long() -> String {
    format!("a TXT {}", "x".repeat(MAX_ENTRY_LENGTH))
}

fn too_many() -> String {
    format!("$GENERATE 1-{MAX_GENERATED} a$ TXT {}\n", "x".repeat(4096))
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}
