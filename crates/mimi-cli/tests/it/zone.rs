//! `mimi zone`, and the commands that write about `mimi` itself.

mod comments;
mod convert;
mod guide;
mod pages;
mod records;
mod round_trip;
mod targets;

use std::fmt::Write;

use mimi_zonefile::{Form, Record, ZoneReader};

use crate::support::{Mimi, mimi};

/// The options of every reading here: the private types with their default codes.
fn reader() -> ZoneReader {
    ZoneReader::new()
        .private_type("MIMI", 65357, Form::Strings)
        .private_type("MIMIX", 65368, Form::Name)
}

/// `mimi zone convert --to TARGET -` with this file on standard input.
fn convert(target: &str, file: impl AsRef<[u8]>) -> Mimi {
    mimi(["zone", "convert", "--to", target, "-"]).input(file)
}

/// The records of a file as sorted lines of owner, TTL, class, type and RDATA, whatever way they are written.
///
/// # Panics
/// When one cannot be read.
#[track_caller]
fn meaning(reader: &ZoneReader, file: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut entries = reader.entries(file);
    while let Some(record) = entries.next_record() {
        let record = record.unwrap_or_else(|error| panic!("{error}"));
        lines.push(format!(
            "{} {} {} {} {}",
            hex(record.owner.as_wire()),
            record.ttl,
            record.class,
            record.record_type,
            rdata(&record)
        ));
    }
    lines.sort();
    lines
}

/// Octets in hexadecimal; where the type is not known, the tokens and the origin.
fn rdata(record: &Record<'_>) -> String {
    record.rdata_wire().unwrap().map_or_else(
        || {
            let mut tokens = format!("{:?}", record.origin());
            let mut end = 0;
            for token in record.rdata_text().tokens() {
                let touches = token.span.start == end;
                end = token.span.end;
                let octets = hex(&token.unescape().unwrap());
                let _ = write!(tokens, " {touches} {} {octets}", token.quoted);
            }
            tokens
        },
        |octets| hex(&octets),
    )
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
