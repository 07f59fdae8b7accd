//! Short forms for tests.

use std::fmt::Write;

use mimi_name::DomainName;
use mimi_zonefile::{Form, SyntaxError, ZoneReader, line_column};

pub(crate) use crate::seen::{Item, Seen, read};

pub(crate) fn name(text: &str) -> DomainName {
    text.parse().unwrap()
}

/// How tests read: with the origin `example.`, a default TTL, and two private types whose text is left as it is.
pub(crate) fn reader() -> ZoneReader {
    ZoneReader::new()
        .origin(name("example."))
        .default_ttl(300)
        .private_type("MIMI", 65357, Form::Unknown)
        .private_type("MIMIX", 65368, Form::Unknown)
}

/// The records of a file that has no errors.
pub(crate) fn records(reader: &ZoneReader, input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<Seen> {
    read(reader, input)
        .into_iter()
        .filter_map(|item| match item {
            Item::Record(record) => Some(*record),
            Item::Error(error) => panic!("{error}"),
            _ => None,
        })
        .collect()
}

/// The records of a file, whatever else there is.
pub(crate) fn good(reader: &ZoneReader, input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<Seen> {
    read(reader, input)
        .into_iter()
        .filter_map(|item| match item {
            Item::Record(record) => Some(*record),
            _ => None,
        })
        .collect()
}

/// The one record of a file that has no errors.
pub(crate) fn record(input: &(impl AsRef<[u8]> + ?Sized)) -> Seen {
    let mut all = records(&reader(), input);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The errors of a file.
pub(crate) fn errors(reader: &ZoneReader, input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<SyntaxError> {
    read(reader, input)
        .into_iter()
        .filter_map(|item| match item {
            Item::Error(error) => Some(error),
            _ => None,
        })
        .collect()
}

/// The codes of a file's errors.
pub(crate) fn codes(reader: &ZoneReader, input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<&'static str> {
    errors(reader, input)
        .iter()
        .map(SyntaxError::code)
        .collect()
}

/// The one error of a file.
pub(crate) fn error(input: &(impl AsRef<[u8]> + ?Sized)) -> SyntaxError {
    let mut all = errors(&reader(), input);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// `owner ttl class type rdata` of a record: hexadecimal octets, or the tokens in brackets.
pub(crate) fn line(record: &Seen) -> String {
    let mut line = format!(
        "{} {} {} {} ",
        record.owner, record.ttl, record.class, record.record_type
    );
    match &record.rdata {
        Ok(Some(octets)) => line += &hex(octets),
        Err(error) => write!(line, "{}: {error}", error.code()).unwrap(),
        Ok(None) => {
            for token in &record.tokens {
                write!(line, "[{}]", token.raw.escape_ascii()).unwrap();
            }
        }
    }
    line
}

pub(crate) fn lines(reader: &ZoneReader, input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<String> {
    records(reader, input).iter().map(line).collect()
}

/// The tokens of the one record, decoded.
pub(crate) fn tokens(input: &(impl AsRef<[u8]> + ?Sized)) -> Vec<Vec<u8>> {
    let record = record(input);
    assert_eq!(record.generic, None);
    record
        .tokens
        .into_iter()
        .map(|token| token.octets.unwrap())
        .collect()
}

pub(crate) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Everything in a file, one thing a line, with places.
pub(crate) fn report(reader: &ZoneReader, input: &[u8]) -> String {
    let mut report = String::new();
    for item in read(reader, input) {
        let (place, text) = match item {
            Item::Record(record) => (record.span.start, line(&record)),
            Item::Directive(directive) => (directive.span.start, format!("{:?}", directive.kind)),
            Item::Comment { text, span, .. } => (span.start, text.escape_ascii().to_string()),
            Item::Error(error) => (error.span.start, error_line(&error)),
        };
        let (line, column) = line_column(input, place);
        writeln!(report, "{line}:{column} {text}").unwrap();
    }
    report
}

fn error_line(error: &SyntaxError) -> String {
    format!("ERROR {}: {error}", error.code())
}
