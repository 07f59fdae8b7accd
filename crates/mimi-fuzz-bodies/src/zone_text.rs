//! *Whatever a master file holds, its entries cover it, one behind the other, however few octets a read gives; a record that is read means the
//! same when its lines stand alone and when it is written anew; and a server that loads it answers for nobody but those whom a line names*
//! (RFC 1035 §5, RFC 3597 §5, RFC 4592 §3.3.1; D4).
//!
//! At a form feed the input ends and that of a second file begins: the order in which a server loads files means nothing.

mod cover;
mod entries;
mod loading;
mod records;
mod streams;

use core::ops::Range;

use mimi_name::DomainName;
use mimi_rr::TypeCodes;
use mimi_zonefile::{Form, Record, ZoneReader};

const CODES: TypeCodes = TypeCodes::DEFAULT;

/// Reads the octets as a master file, and loads them into a server.
pub fn check(data: &[u8]) {
    let origin = DomainName::parse_absolute("zone.example").unwrap();
    for reader in [reader(), reader().origin(origin).default_ttl(60)] {
        entries::check(data, &reader);
        streams::check(data, &reader);
    }
    let mut files = data.splitn(2, |&octet| octet == b'\x0C');
    loading::check(
        files.next().unwrap_or_default(),
        files.next().unwrap_or_default(),
    );
}

fn reader() -> ZoneReader {
    ZoneReader::new()
        .private_type("MIMI", CODES.mimi(), Form::Strings)
        .private_type("MIMIX", CODES.mimix(), Form::Name)
}

/// Calls `with` with each record that can be read.
fn for_each_record(data: &[u8], reader: &ZoneReader, mut with: impl FnMut(&Record<'_>)) {
    let mut entries = reader.entries(data);
    while let Some(record) = entries.next_record() {
        if let Ok(record) = record {
            with(&record);
        }
    }
}

fn lies_in(inner: &Range<usize>, outer: &Range<usize>) {
    assert!(inner.start <= inner.end, "{inner:?}");
    assert!(
        outer.start <= inner.start && inner.end <= outer.end,
        "{inner:?} not in {outer:?}"
    );
}
