//! Records from the wire as lines of a master file, with absolute names and escaped text, so that the checker reads them like any other.

use std::fmt::Write;

use mimi_name::DomainName;
use mimi_rr::record_text::mnemonic_line;
use mimi_rr::{Mimi, Mimix, TypeCodes, rfc3597};

use super::message::Record;

/// Record types by their numbers.
pub(super) mod types {
    pub(crate) const A: u16 = 1;
    pub(crate) const NS: u16 = 2;
    pub(crate) const CNAME: u16 = 5;
    pub(crate) const SOA: u16 = 6;
    pub(crate) const PTR: u16 = 12;
    pub(crate) const AAAA: u16 = 28;
    pub(crate) const DNAME: u16 = 39;
    pub(crate) const DS: u16 = 43;
    pub(crate) const RRSIG: u16 = 46;
    pub(crate) const NSEC: u16 = 47;
    pub(crate) const DNSKEY: u16 = 48;
    pub(crate) const NSEC3: u16 = 50;
    pub(crate) const AXFR: u16 = 252;
}

/// A record as a line without its end: `owner ttl IN type data`.
pub(super) fn line(record: &Record, codes: TypeCodes) -> String {
    let Record {
        owner,
        record_type,
        ttl,
        rdata,
    } = record;
    if *record_type == codes.mimi()
        && let Ok(mimi) = Mimi::from_rdata(rdata)
    {
        return mnemonic_line(owner, Some(*ttl), &mimi);
    }
    if *record_type == codes.mimix()
        && let Ok(mimix) = Mimix::from_rdata(rdata)
    {
        return mnemonic_line(owner, Some(*ttl), &mimix);
    }
    let data = match *record_type {
        types::NS | types::CNAME | types::DNAME | types::PTR => DomainName::from_wire(rdata)
            .ok()
            .map(|name| name.to_string()),
        types::SOA => soa(rdata),
        _ => None,
    };
    match data {
        Some(data) => {
            let name = type_name(*record_type, codes);
            format!("{owner} {ttl} IN {name} {data}")
        }
        None => {
            let data = rfc3597::to_text(rdata);
            format!("{owner} {ttl} IN TYPE{record_type} {data}")
        }
    }
}

/// What a type is called.
pub(super) fn type_name(record_type: u16, codes: TypeCodes) -> String {
    if let Some(name) = codes.mnemonic(record_type) {
        return name.to_owned();
    }
    match record_type {
        types::A => "A".into(),
        types::NS => "NS".into(),
        types::CNAME => "CNAME".into(),
        types::SOA => "SOA".into(),
        types::PTR => "PTR".into(),
        types::AAAA => "AAAA".into(),
        types::DNAME => "DNAME".into(),
        types::DS => "DS".into(),
        types::DNSKEY => "DNSKEY".into(),
        types::AXFR => "AXFR".into(),
        other => format!("TYPE{other}"),
    }
}

/// The serial number of a SOA record.
pub(super) fn serial(rdata: &[u8]) -> Option<u32> {
    let (_, rest) = DomainName::split_wire(rdata).ok()?;
    let (_, numbers) = DomainName::split_wire(rest).ok()?;
    let first = numbers.get(..4)?;
    Some(u32::from_be_bytes(first.try_into().ok()?))
}

fn soa(rdata: &[u8]) -> Option<String> {
    let (server, rest) = DomainName::split_wire(rdata).ok()?;
    let (mailbox, numbers) = DomainName::split_wire(rest).ok()?;
    if numbers.len() != 20 {
        return None;
    }
    let mut text = format!("{server} {mailbox}");
    for number in numbers.chunks_exact(4) {
        let number = u32::from_be_bytes(number.try_into().ok()?);
        // Writing to a String cannot fail.
        let _ = write!(text, " {number}");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use mimi_zonefile::{Entry, Form, ZoneReader};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Names of any octets.
    fn names() -> impl Strategy<Value = DomainName> {
        let labels = vec(vec(any::<u8>(), 1..20), 0..5);
        labels.prop_filter_map("too long", |labels| DomainName::from_labels(labels).ok())
    }

    /// RDATA of names, of strings, and of nothing in particular.
    fn rdata() -> impl Strategy<Value = Vec<u8>> {
        let strings = vec(any::<u8>(), 0..300)
            .prop_filter_map("none", |text| Mimi::new(&text).ok())
            .prop_map(|mimi| mimi.to_rdata());
        let soa = (names(), names(), any::<[u8; 20]>())
            .prop_map(|(one, other, numbers)| [one.as_wire(), other.as_wire(), &numbers].concat());
        prop_oneof![
            names().prop_map(|name| name.as_wire().to_vec()),
            strings,
            soa,
            vec(any::<u8>(), 0..40),
        ]
    }

    proptest! {
        #[test]
        fn the_checker_reads_what_the_server_said(
            owner in names(),
            record_type in prop_oneof![
                Just(types::NS), Just(types::CNAME), Just(types::SOA), Just(types::DNAME), Just(16),
                Just(TypeCodes::DEFAULT.mimi()), Just(TypeCodes::DEFAULT.mimix()), 1..41_u16, 42..60_u16,
            ],
            ttl in 0..=i32::MAX as u32,
            rdata in rdata(),
        ) {
            let codes = TypeCodes::DEFAULT;
            let record = Record { owner, record_type, ttl, rdata };
            let text = line(&record, codes);
            prop_assert!(text.bytes().all(|octet| matches!(octet, b' '..=b'~')), "{text}");
            let reader = ZoneReader::new()
                .private_type("MIMI", codes.mimi(), Form::Strings)
                .private_type("MIMIX", codes.mimix(), Form::Name);
            let mut entries = reader.entries(text.as_bytes());
            match entries.next() {
                Some(Ok(Entry::Record(read))) => {
                    prop_assert_eq!(read.owner, &record.owner);
                    prop_assert_eq!((read.record_type, read.ttl), (record.record_type, record.ttl));
                    // Data that is not of its type is for the checker to find.
                    if let Ok(Some(rdata)) = read.rdata_wire() {
                        prop_assert_eq!(rdata, record.rdata);
                    }
                }
                Some(Err(error)) => prop_assert!(false, "{}: {}", text, error),
                _ => prop_assert!(false, "{}", text),
            }
            prop_assert!(entries.next().is_none());
        }
    }
}
