//! RRSIG: every field can be set to what it must not be, and the signature still be made over it.

use mimi_name::DomainName;

use super::{Key, RecordSet, WorldError};

/// What an RRSIG says, the signature itself apart (RFC 4034 §3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The type that is signed.
    pub covered: u16,
    /// The number of the algorithm.
    pub algorithm: u8,
    /// The labels of the owner, those that a wildcard stands for not counted.
    pub labels: u8,
    /// The TTL that was signed.
    pub original_ttl: u32,
    /// Until when, in seconds since 1970.
    pub expiration: u32,
    /// From when.
    pub inception: u32,
    /// The tag of the key.
    pub tag: u16,
    /// The zone of the key.
    pub signer: DomainName,
}

impl Signature {
    /// The fields as octets, in front of the signature.
    pub fn prefix(&self) -> Vec<u8> {
        let mut out = self.covered.to_be_bytes().to_vec();
        out.extend([self.algorithm, self.labels]);
        for number in [self.original_ttl, self.expiration, self.inception] {
            out.extend(number.to_be_bytes());
        }
        out.extend(self.tag.to_be_bytes());
        out.extend(self.signer.to_lowercase().as_wire());
        out
    }

    /// The data of the RRSIG over this set, made with this key whatever the fields say.
    ///
    /// # Errors
    /// [`WorldError::Key`] when there is no signature to be had.
    pub fn sign(
        &self,
        owner: &DomainName,
        set: &RecordSet,
        key: &Key,
    ) -> Result<Vec<u8>, WorldError> {
        let mut rdata = self.prefix();
        let owner = signed_owner(owner, self.labels)?;
        let mut octets = rdata.clone();
        let mut sorted = set.rdatas.clone();
        sorted.sort();
        sorted.dedup();
        for data in sorted {
            octets.extend(owner.as_wire());
            octets.extend(self.covered.to_be_bytes());
            octets.extend(1_u16.to_be_bytes());
            octets.extend(self.original_ttl.to_be_bytes());
            octets.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_be_bytes());
            octets.extend(data);
        }
        rdata.extend(key.sign(&octets)?);
        Ok(rdata)
    }
}

/// How many labels an RRSIG counts: neither the root nor a leading `*` (RFC 4034 §3.1.3).
pub(super) fn labels_of(owner: &DomainName) -> u8 {
    let is_wildcard = owner.labels().next() == Some(b"*");
    u8::try_from(owner.label_count() - usize::from(is_wildcard)).unwrap_or(u8::MAX)
}

/// The owner as it is signed: the wildcard, when there are fewer labels than the owner has (RFC 4035 §5.3.2).
fn signed_owner(owner: &DomainName, labels: u8) -> Result<DomainName, WorldError> {
    let owner = owner.to_lowercase();
    if labels >= labels_of(&owner) {
        return Ok(owner);
    }
    let surplus = owner.label_count() - usize::from(labels);
    let rest = DomainName::from_labels(owner.labels().skip(surplus))?;
    Ok(rest.prepend(b"*")?)
}
