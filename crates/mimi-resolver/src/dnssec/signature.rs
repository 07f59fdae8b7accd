//! The fields of an RRSIG record, and whether it can belong to the data it came with.

use hickory_proto::dnssec::Algorithm;
use mimi_discovery::Record;
use mimi_name::DomainName;

use super::types;

/// The RDATA of an RRSIG record without the signature itself (RFC 4034 §3.1).
pub(super) struct Signature {
    pub(super) type_covered: u16,
    pub(super) algorithm: u8,
    pub(super) labels: u8,
    pub(super) expiration: u32,
    pub(super) inception: u32,
    pub(super) key_tag: u16,
    pub(super) signer: DomainName,
}

impl Signature {
    /// Reads the RDATA; `None` when it is none.
    pub(super) fn read(rdata: &[u8]) -> Option<Self> {
        let (fixed, rest) = rdata.split_first_chunk::<18>()?;
        let [t0, t1, algorithm, labels, _, _, _, _, rest_of_fixed @ ..] = fixed;
        let [e0, e1, e2, e3, i0, i1, i2, i3, k0, k1] = rest_of_fixed;
        let (signer, _) = DomainName::split_wire(rest).ok()?;
        Some(Self {
            type_covered: u16::from_be_bytes([*t0, *t1]),
            algorithm: *algorithm,
            labels: *labels,
            expiration: u32::from_be_bytes([*e0, *e1, *e2, *e3]),
            inception: u32::from_be_bytes([*i0, *i1, *i2, *i3]),
            key_tag: u16::from_be_bytes([*k0, *k1]),
            signer,
        })
    }

    /// Whether the fields allow that this signs the records of `covered` at `owner` (RFC 4035 §5.3.1).
    ///
    /// hickory checks part of it. What it does not: a signature that counts fewer labels than its signer has would stand for names outside of the
    /// signer's zone, and a signature whose signer could not be the zone of the type is no reason to ask for that zone's keys.
    pub(super) fn may_belong(&self, owner: &DomainName, covered: u16) -> bool {
        let labels = usize::from(self.labels);
        let signer_is_right = match covered {
            types::DNSKEY | types::SOA => self.signer == *owner,
            types::DS => self.signer != *owner,
            types::NSEC3 => owner.parent().is_some_and(|parent| parent == self.signer),
            _ => true,
        };
        self.type_covered == covered
            && signer_is_right
            && owner.is_within(&self.signer)
            && labels <= labels_of(owner)
            && labels >= self.signer.label_count()
    }

    /// Whether its algorithm is validated here. In builds with debug assertions hickory panics where it verifies one that is not.
    pub(super) fn is_supported(&self) -> bool {
        Algorithm::from_u8(self.algorithm).is_supported()
    }

    /// Whether the records at `owner` were made from a wildcard (RFC 4034 §3.1.3).
    pub(super) fn is_from_wildcard(&self, owner: &DomainName) -> bool {
        usize::from(self.labels) < labels_of(owner)
    }

    /// Whether it is past its expiration, by serial number arithmetic (RFC 4034 §3.1.5).
    pub(super) fn has_expired(&self, now: u32) -> bool {
        is_before(self.expiration, now)
    }

    /// Whether it begins in the future.
    pub(super) fn is_not_yet_valid(&self, now: u32) -> bool {
        is_before(now, self.inception)
    }
}

/// The labels of a name as RRSIG records count them: without a leading `*`.
fn labels_of(owner: &DomainName) -> usize {
    let is_wildcard = owner.labels().next() == Some(b"*".as_slice());
    owner.label_count() - usize::from(is_wildcard)
}

/// RFC 1982 §3.2.
fn is_before(a: u32, b: u32) -> bool {
    a != b && b.wrapping_sub(a) < 1 << 31
}

/// The signatures among `records` at `owner` over `covered`, with their fields; those that cannot be read are left out.
pub(super) fn signatures_at<'a>(
    records: &'a [Record],
    owner: &'a DomainName,
    covered: u16,
) -> impl Iterator<Item = (&'a Record, Signature)> + 'a {
    records
        .iter()
        .filter(move |record| {
            record.class == types::IN
                && record.record_type == types::RRSIG
                && record.owner == *owner
        })
        .filter_map(|record| Some((record, Signature::read(&record.rdata)?)))
        .filter(move |(_, signature)| signature.type_covered == covered)
}
