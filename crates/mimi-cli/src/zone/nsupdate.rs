//! A script for BIND's `nsupdate` and Knot's `knsupdate`: one message of additions (RFC 2136 §2.5.1) for each run of records in one zone.

use std::fmt::Write;

use mimi_name::DomainName;
use mimi_rr::rfc3597;

use crate::zone::problem::Problem;
use crate::zone::publication::{Publication, Selection};

/// The most octets of records in one message; a message has at most 65,535, its signature included.
const MAX_MESSAGE: usize = 32_768;

/// The script, without its first line; blank lines would send.
pub(crate) fn write(selection: &Selection<'_>) -> Result<String, Vec<Problem>> {
    let mut text = String::new();
    let mut problems = Vec::new();
    let mut message: Option<(&DomainName, usize)> = None;
    for publication in &selection.publications {
        let zone = match selection.zone_of(publication) {
            Ok(zone) => zone,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let length = length(publication);
        message = match message {
            Some((open, octets)) if open == zone && octets + length <= MAX_MESSAGE => {
                Some((open, octets + length))
            }
            open => {
                if open.is_some() {
                    text.push_str("send\n");
                }
                let _ = writeln!(text, "zone {zone}");
                Some((zone, length))
            }
        };
        if let Some(said) = &publication.said {
            let _ = writeln!(text, "; {said}");
        }
        let _ = writeln!(
            text,
            "update add {} {} IN TYPE{} {}",
            publication.owner,
            publication.ttl,
            publication.record_type,
            rfc3597::to_text(publication.rdata)
        );
    }
    if message.is_some() {
        text.push_str("send\n");
    }
    if problems.is_empty() {
        Ok(text)
    } else {
        Err(problems)
    }
}

/// The octets that the record takes in a message: name, type, class, TTL, RDLENGTH, RDATA.
fn length(publication: &Publication<'_>) -> usize {
    publication.owner.as_wire().len() + 10 + publication.rdata.len()
}
