//! Every record of a file: where its fields stand, alone, and written anew.

use core::fmt::Write;
use core::ops::Range;

use mimi_rr::rfc3597;
use mimi_zonefile::{Record, ZoneReader};

use super::{for_each_record, lies_in, reader};
use crate::assert_inert;

/// Checks a record that stands in the file.
pub(super) fn check(data: &[u8], record: &Record<'_>) {
    let span = record.span();
    let fields = [record.ttl_span(), record.class_span()];
    let fields = fields.into_iter().flatten();
    for field in fields.chain([record.owner_span(), record.type_span()]) {
        lies_in(&field, &span);
    }
    let text = record.rdata_text();
    lies_in(&text.span(), &span);
    assert_eq!(text.as_bytes(), &data[text.span()]);
    let mut end = record.type_span().end;
    for token in text.tokens() {
        follows_token(&token.span, &mut end, &span);
        let written = &data[token.span.clone()];
        let bare = match written {
            [b'"', bare @ .., b'"'] if token.quoted => bare,
            bare => bare,
        };
        assert_eq!(bare, token.raw);
        if let Err(error) = token.unescape() {
            assert_inert(&error.to_string());
        }
    }
    if let Err(error) = record.rdata_wire() {
        lies_in(&error.span, &span);
        let place = record.place(error.span.start);
        assert_eq!(error.place, place);
    }
    check_meaning(record);
    check_alone(data, record);
}

/// Checks a record that `$GENERATE` made.
pub(super) fn check_generated(record: &Record<'_>) {
    let span = record.span();
    let fields = [record.ttl_span(), record.class_span()];
    let fields = fields.into_iter().flatten();
    for field in fields.chain([record.owner_span(), record.type_span()]) {
        assert_eq!(field, span);
    }
    if let Err(error) = record.rdata_wire() {
        assert_eq!(error.span, span);
    }
    check_meaning(record);
}

fn check_meaning(record: &Record<'_>) {
    assert!(record.ttl < 1 << 31);
    match record.rdata_wire() {
        Ok(Some(wire)) => check_anew(record, &wire),
        Ok(None) => {}
        Err(error) => assert_inert(&error.to_string()),
    }
}

fn follows_token(span: &Range<usize>, end: &mut usize, record: &Range<usize>) {
    assert!(*end <= span.start, "tokens overlap");
    lies_in(span, record);
    *end = span.end;
}

/// The record's lines, with what they inherit told from outside.
fn check_alone(data: &[u8], record: &Record<'_>) {
    // A line feed first: a byte order mark means something at the very start only.
    let mut lines = vec![b'\n'];
    if record.owner_span().is_empty() {
        lines.extend(record.owner.to_string().bytes());
        lines.push(b' ');
    }
    lines.extend(&data[record.span()]);
    let mut reader = reader().class(record.class).default_ttl(record.ttl);
    if let Some(origin) = record.origin() {
        reader = reader.origin(origin.clone());
    }
    with_only_record(&lines, &reader, |alone| {
        assert_same(alone, record);
        let raw = |record: &Record<'_>| -> Vec<_> {
            let tokens = record.rdata_text().tokens();
            tokens
                .map(|token| (token.raw.to_vec(), token.quoted))
                .collect()
        };
        assert_eq!(raw(alone), raw(record));
        match (alone.rdata_wire(), record.rdata_wire()) {
            (Ok(alone), Ok(before)) => assert_eq!(alone, before),
            // Without an origin the one says that none was ever told, the other that the line with it could not be read.
            (Err(alone), Err(before)) => {
                assert!(alone.kind == before.kind || record.origin().is_none());
            }
            (alone, before) => panic!("{alone:?} is not {before:?}"),
        }
    });
}

/// The record as this project would write it.
fn check_anew(record: &Record<'_>, wire: &[u8]) {
    let line = written(record, wire);
    assert_inert(line.trim_end_matches('\n'));
    with_only_record(line.as_bytes(), &reader(), |anew| {
        assert_same(anew, record);
        assert_eq!(anew.rdata_wire().unwrap().as_deref(), Some(wire));
    });
}

/// Every record of the file, written anew, and the file that this makes, written anew.
pub(super) fn check_written(data: &[u8], reader: &ZoneReader) {
    let first = rewritten(data, reader);
    let second = rewritten(first.as_bytes(), &super::reader());
    assert_eq!(first, second);
}

/// The records whose octets are known, in generic form.
fn rewritten(data: &[u8], reader: &ZoneReader) -> String {
    let mut text = String::new();
    for_each_record(data, reader, |record| {
        if let Ok(Some(wire)) = record.rdata_wire() {
            text.push_str(&written(record, &wire));
        }
    });
    text
}

fn written(record: &Record<'_>, wire: &[u8]) -> String {
    let mut line = format!("{} {}", record.owner, record.ttl);
    let rdata = rfc3597::to_text(wire);
    let (class, record_type) = (record.class, record.record_type);
    let _ = writeln!(line, " CLASS{class} TYPE{record_type} {rdata}");
    line
}

fn with_only_record(data: &[u8], reader: &ZoneReader, with: impl FnOnce(&Record<'_>)) {
    let mut entries = reader.entries(data);
    match entries.next_record() {
        Some(Ok(record)) => with(&record),
        Some(Err(error)) => panic!("what was read once cannot be read again: {error}"),
        None => panic!("a record was written, and none read"),
    }
    assert!(entries.next_record().is_none(), "one record was written");
}

pub(super) fn assert_same(a: &Record<'_>, b: &Record<'_>) {
    assert!(a.owner.eq_case(b.owner), "{} is not {}", a.owner, b.owner);
    assert_eq!(
        (a.ttl, a.class, a.record_type),
        (b.ttl, b.class, b.record_type)
    );
}
