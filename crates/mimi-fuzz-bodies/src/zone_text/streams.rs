//! A file that is read in pieces has the entries that it has in memory.

use core::fmt::Write;
use std::io::{self, Read};

use mimi_zonefile::{Entries, Entry, Record, ZoneReader};

pub(super) fn check(data: &[u8], reader: &ZoneReader) {
    let whole = said(&mut reader.entries(data));
    assert_eq!(said(&mut reader.stream(data)), whole);
    let trickle = Trickle {
        rest: data,
        next: data.len() % MOST,
    };
    assert_eq!(said(&mut reader.stream(trickle)), whole);
}

/// The most octets that [`Trickle`] gives at a time.
const MOST: usize = 7;

/// Gives one octet, then two, up to seven, and one again.
struct Trickle<'d> {
    rest: &'d [u8],
    next: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = (self.next + 1).min(self.rest.len()).min(buffer.len());
        self.next = (self.next + 1) % MOST;
        let (given, rest) = self.rest.split_at(length);
        buffer[..length].copy_from_slice(given);
        self.rest = rest;
        Ok(length)
    }
}

/// Everything that entries say, each as text.
fn said(entries: &mut Entries<'_>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(entry) = entries.next() {
        all.push(match entry {
            Ok(Entry::Record(record)) => record_said(&record),
            Ok(Entry::Directive(directive)) => format!("{directive:?}"),
            Ok(Entry::Comment(comment)) => {
                let (place, text) = (comment.place(), comment.text.escape_ascii());
                format!("{:?} {place:?} {text}", comment.span)
            }
            Ok(_) => String::new(),
            Err(error) => format!("{error} {error:?}"),
        });
    }
    all
}

fn record_said(record: &Record<'_>) -> String {
    let mut said = format!(
        "{} {} {} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        record.owner,
        record.ttl,
        record.class,
        record.record_type,
        record.span(),
        record.owner_span(),
        record.ttl_span(),
        record.class_span(),
        record.type_span(),
        record.place(record.span().end),
        record.origin().map(ToString::to_string),
        record.rdata_wire(),
    );
    for token in record.rdata_text().tokens() {
        let _ = write!(said, " {token:?} {}", token.raw.escape_ascii());
    }
    said
}
