//! Records and RRsets as the server holds them: owner, type, TTL, and RDATA in uncompressed wire form.

use core::fmt;

use mimi_name::DomainName;

/// The codes of the types that the lookup treats apart (RFC 1035 §3.2.2, RFC 3596, RFC 4034, RFC 6672).
pub(crate) mod types {
    pub(crate) const A: u16 = 1;
    pub(crate) const NS: u16 = 2;
    pub(crate) const CNAME: u16 = 5;
    pub(crate) const SOA: u16 = 6;
    pub(crate) const HINFO: u16 = 13;
    pub(crate) const AAAA: u16 = 28;
    pub(crate) const DNAME: u16 = 39;
    pub(crate) const DS: u16 = 43;
    pub(crate) const RRSIG: u16 = 46;
    pub(crate) const NSEC: u16 = 47;
    pub(crate) const ANY: u16 = 255;
}

/// One record of an answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands, in the spelling of the question where that asked for it.
    pub owner: DomainName,
    /// The RR TYPE code.
    pub record_type: u16,
    /// In seconds.
    pub ttl: u32,
    /// The octets of RDATA, names uncompressed.
    pub rdata: Vec<u8>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Owner and RDATA may identify a person.
        f.debug_struct("Record")
            .field("record_type", &self.record_type)
            .field("ttl", &self.ttl)
            .field("rdata_octets", &self.rdata.len())
            .finish_non_exhaustive()
    }
}

/// The records of one owner and type (RFC 2181 §5): distinct RDATA in octet order, one TTL.
#[derive(Clone)]
pub struct Rrset {
    pub(crate) record_type: u16,
    pub(crate) ttl: u32,
    pub(crate) rdata: Vec<Vec<u8>>,
}

impl Rrset {
    /// The RR TYPE code.
    pub fn record_type(&self) -> u16 {
        self.record_type
    }

    /// The TTL in seconds: the lowest that any of the records had.
    pub fn ttl(&self) -> u32 {
        self.ttl
    }

    /// The octets of RDATA of each record.
    pub fn rdata(&self) -> impl Iterator<Item = &[u8]> {
        self.rdata.iter().map(Vec::as_slice)
    }

    /// The records, as owned by `owner`.
    pub(crate) fn records(&self, owner: &DomainName) -> impl Iterator<Item = Record> {
        self.rdata.iter().map(|rdata| Record {
            owner: owner.clone(),
            record_type: self.record_type,
            ttl: self.ttl,
            rdata: rdata.clone(),
        })
    }

    /// The names in the RDATA of NS, CNAME and DNAME; the loader has checked that each is exactly one.
    pub(crate) fn targets(&self) -> impl Iterator<Item = DomainName> {
        self.rdata
            .iter()
            .filter_map(|rdata| DomainName::from_wire(rdata).ok())
    }
}

impl fmt::Debug for Rrset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rrset")
            .field("record_type", &self.record_type)
            .field("ttl", &self.ttl)
            .field("records", &self.rdata.len())
            .finish_non_exhaustive()
    }
}
