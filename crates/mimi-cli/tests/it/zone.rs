//! `mimi zone`, and the commands that write about `mimi` itself.

mod comments;
mod convert;
mod guide;
mod pages;
mod records;
mod round_trip;
mod targets;

use std::fmt::Write;

use mimi_name::DomainName;
use mimi_zonefile::{Rdata, Record, ZoneFile};

use crate::support::{Mimi, mimi};

/// The options of every reading here: the private types with their default codes.
fn zone_file(octets: &[u8]) -> ZoneFile<'_> {
    ZoneFile::new(octets)
        .mnemonic("MIMI", 65357)
        .mnemonic("MIMIX", 65368)
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
fn meaning(zone_file: &ZoneFile<'_>) -> Vec<String> {
    let mut lines: Vec<String> = zone_file
        .records()
        .map(|record| {
            let record = record.unwrap_or_else(|error| panic!("{error}"));
            format!(
                "{} {} {} {} {}",
                hex(record.owner.as_wire()),
                record.ttl,
                record.class,
                record.record_type,
                rdata(&record)
            )
        })
        .collect();
    lines.sort();
    lines
}

/// Octets in hexadecimal; where the type is not known, the tokens and the origin.
fn rdata(record: &Record<'_>) -> String {
    let Rdata::Text(text) = &record.rdata else {
        return hex(&record.rdata_wire().unwrap().unwrap());
    };
    match record.record_type {
        65357 => {
            let mut octets = Vec::new();
            for token in text.tokens() {
                let string = token.unescape().unwrap();
                octets.push(u8::try_from(string.len()).unwrap());
                octets.extend_from_slice(&string);
            }
            hex(&octets)
        }
        65368 => {
            let target = text.tokens().next().unwrap();
            let target = DomainName::from_text(target.raw, record.origin()).unwrap();
            hex(target.as_wire())
        }
        _ => record.rdata_wire().unwrap().map_or_else(
            || {
                let mut tokens = format!("{:?}", record.origin());
                let mut end = 0;
                for token in text.tokens() {
                    let touches = token.span.start == end;
                    end = token.span.end;
                    let octets = hex(&token.unescape().unwrap());
                    let _ = write!(tokens, " {touches} {} {octets}", token.quoted);
                }
                tokens
            },
            |octets| hex(&octets),
        ),
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
