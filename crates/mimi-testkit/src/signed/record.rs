//! Records as octets: what is signed, what goes into messages, and what is broken is all below the level of any parser.

use mimi_name::DomainName;
use mimi_rr::Mimi;

/// Codes of the types that occur here.
pub mod types {
    use mimi_rr::TypeCodes;

    /// An IPv4 address.
    pub const A: u16 = 1;
    /// A name server.
    pub const NS: u16 = 2;
    /// An alias.
    pub const CNAME: u16 = 5;
    /// The start of a zone.
    pub const SOA: u16 = 6;
    /// Text.
    pub const TXT: u16 = 16;
    /// An IPv6 address.
    pub const AAAA: u16 = 28;
    /// An alias of everything below a name.
    pub const DNAME: u16 = 39;
    /// EDNS.
    pub const OPT: u16 = 41;
    /// Which key a child has.
    pub const DS: u16 = 43;
    /// A signature.
    pub const RRSIG: u16 = 46;
    /// The next name, and the types of this one.
    pub const NSEC: u16 = 47;
    /// A key.
    pub const DNSKEY: u16 = 48;
    /// As NSEC, of hashed names.
    pub const NSEC3: u16 = 50;
    /// How a zone hashes names.
    pub const NSEC3PARAM: u16 = 51;
    /// A definition string.
    pub const MIMI: u16 = TypeCodes::DEFAULT.mimi();
    /// The name below which a domain's people are.
    pub const MIMIX: u16 = TypeCodes::DEFAULT.mimix();
}

/// Seconds that a record may be kept, unless it says otherwise.
pub(super) const TTL: u32 = 3600;

/// One record of class IN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRecord {
    /// Whose it is.
    pub owner: DomainName,
    /// The code of its type.
    pub record_type: u16,
    /// Seconds.
    pub ttl: u32,
    /// The octets of its data, names uncompressed and in lower case.
    pub rdata: Vec<u8>,
}

impl ResourceRecord {
    /// A record with the TTL that all of them have.
    pub fn new(owner: &str, record_type: u16, rdata: Vec<u8>) -> Self {
        Self {
            owner: name(owner),
            record_type,
            ttl: TTL,
            rdata,
        }
    }

    /// For an RRSIG, the type that it signs.
    pub fn covers(&self) -> Option<u16> {
        let (first, _) = self.rdata.split_first_chunk()?;
        (self.record_type == types::RRSIG).then(|| u16::from_be_bytes(*first))
    }

    /// Whether it is of this type, or the signature of one.
    pub fn belongs_to(&self, record_type: u16) -> bool {
        self.record_type == record_type || self.covers() == Some(record_type)
    }
}

/// A name written in this crate, absolute with or without its last dot.
///
/// # Panics
/// When it is no name: all of them are literals.
#[expect(
    clippy::expect_used,
    reason = "literals of this crate; a wrong one fails every test"
)]
pub fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).expect("a name that was written in the source")
}

/// Record data of each type.
pub mod data {
    use super::{Mimi, name};

    /// Of CNAME, DNAME, MIMIX and NS.
    pub fn target(of: &str) -> Vec<u8> {
        name(of).as_wire().to_vec()
    }

    /// A definition string with this account.
    pub fn mimi(account: &str) -> Vec<u8> {
        let text = format!("v=MIMI1; a={account}; e=mimi.provider.example");
        Mimi::new(text.as_bytes()).map_or_else(|_| Vec::new(), |mimi| mimi.to_rdata())
    }

    /// SOA of a zone, its negative TTL 300 seconds.
    pub fn soa(apex: &str) -> Vec<u8> {
        let mut rdata = target(apex);
        rdata.extend(target(apex));
        for number in [1_u32, 7200, 3600, 1_209_600, 300] {
            rdata.extend(number.to_be_bytes());
        }
        rdata
    }

    /// NSEC, or the end of NSEC3: the bitmap of these types (RFC 4034 §4.1.2).
    pub fn bitmap(types: &[u16]) -> Vec<u8> {
        let mut sorted = types.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut out = Vec::new();
        for window in sorted.chunk_by(|left, right| left >> 8 == right >> 8) {
            let mut bits = [0_u8; 32];
            let mut length = 0;
            for code in window {
                let [high, low] = code.to_be_bytes();
                if let Some(octet) = bits.get_mut(usize::from(low >> 3)) {
                    *octet |= 0x80 >> (low & 7);
                }
                length = low >> 3;
                if *code == window[0] {
                    out.push(high);
                }
            }
            out.push(length + 1);
            out.extend(&bits[..=usize::from(length)]);
        }
        out
    }

    /// NSEC.
    pub fn nsec(next: &str, types: &[u16]) -> Vec<u8> {
        let mut rdata = target(next);
        rdata.extend(bitmap(types));
        rdata
    }
}
