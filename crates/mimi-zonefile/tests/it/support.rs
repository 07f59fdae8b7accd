//! Short forms for tests.

use std::fmt::Write;

use mimi_name::DomainName;
use mimi_zonefile::{Entry, Rdata, Record, SyntaxError, ZoneFile, line_column};

pub(crate) fn name(text: &str) -> DomainName {
    text.parse().unwrap()
}

/// A file with the origin `example.` and a default TTL.
pub(crate) fn zone(input: &(impl AsRef<[u8]> + ?Sized)) -> ZoneFile<'_> {
    ZoneFile::new(input.as_ref())
        .origin(name("example."))
        .default_ttl(300)
        .mnemonic("MIMI", 65357)
        .mnemonic("MIMIX", 65368)
}

/// The records of a file that has no errors.
pub(crate) fn records<'a>(zone: &ZoneFile<'a>) -> Vec<Record<'a>> {
    zone.records()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error: SyntaxError| panic!("{error}"))
}

/// The one record of a file that has no errors.
pub(crate) fn record(input: &(impl AsRef<[u8]> + ?Sized)) -> Record<'_> {
    let mut all = records(&zone(input));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The errors of a file.
pub(crate) fn errors(zone: &ZoneFile<'_>) -> Vec<SyntaxError> {
    zone.records().filter_map(Result::err).collect()
}

/// The one error of a file.
pub(crate) fn error(input: &(impl AsRef<[u8]> + ?Sized)) -> SyntaxError {
    let mut all = errors(&zone(input));
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// `owner ttl class type rdata` of a record: hexadecimal octets, or the tokens in brackets.
pub(crate) fn line(record: &Record<'_>) -> String {
    let mut line = format!(
        "{} {} {} {} ",
        record.owner, record.ttl, record.class, record.record_type
    );
    match (record.rdata_wire(), &record.rdata) {
        (Ok(Some(octets)), _) => line += &hex(&octets),
        (Err(error), _) => write!(line, "{}: {error}", error.code()).unwrap(),
        (Ok(None), Rdata::Text(text)) => {
            for token in text.tokens() {
                write!(line, "[{}]", token.raw.escape_ascii()).unwrap();
            }
        }
        (Ok(None), Rdata::Generic(_)) => unreachable!("generic RDATA has octets"),
    }
    line
}

pub(crate) fn lines(zone: &ZoneFile<'_>) -> Vec<String> {
    records(zone).iter().map(line).collect()
}

/// The tokens of the one record, decoded.
pub(crate) fn tokens(input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<Vec<u8>> {
    let record = record(input);
    let Rdata::Text(text) = &record.rdata else {
        panic!("expected text");
    };
    text.tokens()
        .map(|token| token.unescape().unwrap().into_owned())
        .collect()
}

pub(crate) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Everything in a file, one thing a line, with places.
pub(crate) fn report(zone: &ZoneFile<'_>, input: &[u8]) -> String {
    let mut report = String::new();
    for entry in zone.entries() {
        let (place, text) = match entry {
            Ok(Entry::Record(record)) => (record.span.start, line(&record)),
            Ok(Entry::Directive(directive)) => {
                (directive.span.start, format!("{:?}", directive.kind))
            }
            Ok(Entry::Comment(comment)) => {
                (comment.span.start, comment.text.escape_ascii().to_string())
            }
            Ok(other) => panic!("{other:?}"),
            Err(error) => (error.span.start, format!("ERROR {}: {error}", error.code())),
        };
        let (line, column) = line_column(input, place);
        writeln!(report, "{line}:{column} {text}").unwrap();
    }
    report
}
