//! The record types that zones are made of, and which reader does not know which.

use super::classes::Tag;
use super::maker::Maker;
use super::{rdata, rdata_dnssec, rdata_service};

/// A type, and how its RDATA is made.
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) number: u16,
    pub(super) make: fn(&mut Maker) -> Vec<Vec<u8>>,
    /// Which readers lack it.
    pub(super) lacking: &'static [Tag],
    /// Whether zones to sign have none: signers add records of it, or write it in a way that Knot refuses.
    pub(super) unfit_to_sign: bool,
}

/// Types whose text form we do not know, or not all of it, so that nothing in it need be wrong to us.
const NOT_READ: &[&str] = &[
    "AMTRELAY", "APL", "CERT", "CSYNC", "DHCID", "EUI48", "EUI64", "HIP", "ISDN", "KEY", "L32",
    "L64", "LOC", "LP", "NID", "HTTPS", "NSAP-PTR", "PX", "RKEY", "SIG", "SVCB", "TALINK", "URI",
    "X25",
];

impl Form {
    /// Whether we know the text form.
    pub(super) fn is_read(&self) -> bool {
        !NOT_READ.contains(&self.name)
    }
}

const fn known(name: &'static str, number: u16, make: fn(&mut Maker) -> Vec<Vec<u8>>) -> Form {
    Form {
        name,
        number,
        make,
        lacking: &[],
        unfit_to_sign: false,
    }
}

const fn unsigned(name: &'static str, number: u16, make: fn(&mut Maker) -> Vec<Vec<u8>>) -> Form {
    Form {
        unfit_to_sign: true,
        ..known(name, number, make)
    }
}

const fn rare(
    name: &'static str,
    number: u16,
    make: fn(&mut Maker) -> Vec<Vec<u8>>,
    lacking: &'static [Tag],
) -> Form {
    Form {
        name,
        number,
        make,
        lacking,
        unfit_to_sign: false,
    }
}

const KNOT: &[Tag] = &["type-unknown-to-knot"];
const BOTH: &[Tag] = &["type-unknown-to-knot", "type-unknown-to-nsd"];
const BIND: &[Tag] = &["type-obsolete", "type-unknown-to-knot"];

/// The types an owner may have together.
pub(super) const FORMS: &[Form] = &[
    known("A", 1, rdata::a),
    known("AAAA", 28, rdata::aaaa),
    known("MX", 15, rdata::mx),
    known("TXT", 16, rdata::txt),
    known("SRV", 33, rdata::srv),
    known("PTR", 12, rdata::ptr),
    known("HINFO", 13, rdata::hinfo),
    known("RP", 17, rdata::two_names),
    known("MINFO", 14, rdata::two_names),
    known("AFSDB", 18, rdata::mx),
    known("RT", 21, rdata::mx),
    known("KX", 36, rdata::mx),
    known("LP", 107, rdata::mx),
    known("NAPTR", 35, rdata::naptr),
    known("SPF", 99, rdata::one_string),
    known("CAA", 257, rdata::caa),
    known("URI", 256, rdata::uri),
    known("LOC", 29, rdata::loc),
    known("APL", 42, rdata::apl),
    known("EUI48", 108, rdata::eui48),
    known("EUI64", 109, rdata::eui64),
    unsigned("NID", 104, rdata::nid),
    known("L32", 105, rdata::l32),
    unsigned("L64", 106, rdata::l64),
    known("CERT", 37, rdata_dnssec::cert),
    known("DHCID", 49, rdata_dnssec::key_only),
    known("OPENPGPKEY", 61, rdata_dnssec::key_only),
    known("SSHFP", 44, rdata_dnssec::sshfp),
    known("TLSA", 52, rdata_dnssec::tlsa),
    known("SMIMEA", 53, rdata_dnssec::tlsa),
    known("IPSECKEY", 45, rdata_dnssec::ipseckey),
    unsigned("KEY", 25, rdata_dnssec::key),
    unsigned("DS", 43, rdata_dnssec::ds),
    unsigned("CDS", 59, rdata_dnssec::ds),
    unsigned("DNSKEY", 48, rdata_dnssec::key),
    unsigned("CDNSKEY", 60, rdata_dnssec::key),
    unsigned("RRSIG", 46, rdata_dnssec::rrsig),
    unsigned("NSEC", 47, rdata_dnssec::nsec),
    unsigned("NSEC3", 50, rdata_dnssec::nsec3),
    unsigned("NSEC3PARAM", 51, rdata_dnssec::nsec3param),
    known("CSYNC", 62, rdata_dnssec::csync),
    unsigned("ZONEMD", 63, rdata_dnssec::zonemd),
    known("SVCB", 64, rdata_service::svcb),
    known("HTTPS", 65, rdata_service::svcb),
];

/// Those that one of the readers does not know, or no longer takes.
pub(super) const RARE: &[Form] = &[
    rare("ISDN", 20, rdata::hinfo, KNOT),
    rare("PX", 26, rdata::px, KNOT),
    rare("MB", 7, rdata::ptr, KNOT),
    rare("MG", 8, rdata::ptr, KNOT),
    rare("MR", 9, rdata::ptr, KNOT),
    rare("AVC", 258, rdata::txt, KNOT),
    rare("SIG", 24, rdata_dnssec::rrsig, KNOT),
    rare("DLV", 32769, rdata_dnssec::ds, KNOT),
    rare("X25", 19, rdata::x25, KNOT),
    rare("NINFO", 56, rdata::txt, BOTH),
    rare("TALINK", 58, rdata::two_names, BOTH),
    rare("RKEY", 57, rdata_dnssec::rkey, BOTH),
    rare("HIP", 55, rdata_dnssec::hip, BOTH),
    rare("TA", 32768, rdata_dnssec::ds, BOTH),
    rare("AMTRELAY", 260, rdata::amtrelay, BOTH),
    rare("NSAP-PTR", 23, rdata::ptr, BOTH),
    rare("WALLET", 262, rdata::txt, BOTH),
    rare("MD", 3, rdata::ptr, BIND),
    rare("MF", 4, rdata::ptr, BIND),
];

/// Those that stand alone, or are made elsewhere.
const OTHERS: [(&str, u16); 7] = [
    ("SOA", 6),
    ("NS", 2),
    ("CNAME", 5),
    ("DNAME", 39),
    ("MIMI", 65357),
    ("MIMIX", 65368),
    ("NULL", 10),
];

/// The number of a type as our command names it.
pub(super) fn number(name: &str) -> Option<u16> {
    if let Some(digits) = name.strip_prefix("TYPE") {
        return digits.parse().ok();
    }
    let forms = FORMS
        .iter()
        .chain(RARE)
        .map(|form| (form.name, form.number));
    forms
        .chain(OTHERS)
        .find(|(known, _)| *known == name)
        .map(|(_, number)| number)
}
