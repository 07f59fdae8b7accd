//! What reads a definition string: ours, a floor to compare it with, and a peer.

use std::hint::black_box;

use mimi_zonefile::Form;

/// Reads one string; `false` when it refuses it.
pub type Reader = fn(&str) -> bool;

/// Every reader by name. The first is the floor, the second is ours.
pub const READERS: &[(&str, Reader)] = &[
    ("memchr split at `;`, then first `=` (the floor)", split),
    ("`mimi_mssi::parse_strict`", strict),
    #[cfg(feature = "peers")]
    ("viadkim `TagList::from_str`", viadkim),
];

/// Cuts at semicolons and first equals signs and does nothing with the pieces: no names, no checks, no white space.
///
/// Not a true floor: each call of memchr has a price, and strings this short stop it every ten octets.
#[inline(never)]
pub fn split(string: &str) -> bool {
    let mut rest = string.as_bytes();
    while !rest.is_empty() {
        let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
        let segment = &rest[..end];
        if let Some(equals) = memchr::memchr(b'=', segment) {
            black_box((&segment[..equals], &segment[equals + 1..]));
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    true
}

/// The reader of resolvers: judges the whole string and borrows from it.
#[inline(never)]
pub fn strict(string: &str) -> bool {
    black_box(mimi_mssi::parse_strict(string.as_bytes())).is_ok()
}

/// The reader of linters, which explains.
#[inline(never)]
pub fn explaining(string: &str) -> bool {
    black_box(mimi_mssi::parse(string.as_bytes()))
        .refusal()
        .is_none()
}

/// A DKIM tag list of the same grammar: a vector of tags, and a set to find repeated ones.
#[cfg(feature = "peers")]
#[inline(never)]
pub fn viadkim(string: &str) -> bool {
    black_box(viadkim::tag_list::TagList::from_str(string)).is_ok()
}

/// Scans a master file and converts the RDATA of every record; the number of records that could be converted.
#[inline(never)]
pub fn zone(text: &str) -> usize {
    let reader = mimi_zonefile::ZoneReader::new().private_type("MIMI", 65357, Form::Strings);
    let mut entries = reader.entries(text.as_bytes());
    let mut count = 0;
    while let Some(record) = entries.next_record() {
        let rdata = record.ok().map(|record| black_box(record.rdata_wire()));
        count += usize::from(matches!(rdata, Some(Ok(Some(_)))));
    }
    count
}
