//! [`Place`]: where the entry of a subject lies in an epoch, and what opens it. Derived by HKDF (RFC 5869) with SHA-512.

use std::fmt;

use ring::hkdf::{HKDF_SHA512, Prk, Salt};

use crate::hkdf::expand;
use crate::limits::{PROTOCOL, TAG_OCTETS};
use crate::lookup::LookupOutput;
use crate::parameters::Epoch;

/// Where an entry is. `Debug` is redacted: who has it can open the entry.
pub struct Place {
    prk: Prk,
    /// The number and the salt of the epoch.
    epoch: Vec<u8>,
    buckets: u32,
}

impl Place {
    /// The place that an output leads to in this epoch.
    pub fn new(output: &LookupOutput, epoch: &Epoch) -> Self {
        let salt = Salt::new(HKDF_SHA512, PROTOCOL.as_bytes());
        let mut of_epoch = epoch.number.to_be_bytes().to_vec();
        of_epoch.extend(epoch.salt);
        Self {
            prk: salt.extract(output.as_bytes()),
            epoch: of_epoch,
            buckets: epoch.buckets,
        }
    }

    /// The index of the bucket, from 0 to one less than the epoch has buckets.
    pub fn bucket(&self) -> u32 {
        bucket_at(self.position(), self.buckets)
    }

    /// What the index is derived from, whatever the number of buckets. A higher position is never in a lower bucket.
    pub(crate) fn position(&self) -> u64 {
        u64::from_be_bytes(self.derive(b"bucket", &[]))
    }

    /// The tag of the slot with this part of the entry, from 0.
    pub fn tag(&self, part: u8) -> [u8; TAG_OCTETS] {
        self.derive(b"tag", &[part])
    }

    /// The key of the slot with this part. It seals one part of one epoch, so its nonce is always zero.
    pub fn key(&self, part: u8) -> [u8; 32] {
        self.derive(b"key", &[part])
    }

    fn derive<const N: usize>(&self, label: &[u8], part: &[u8]) -> [u8; N] {
        expand(&self.prk, &[label, &self.epoch, part])
    }
}

/// The index of the bucket of a position, where there are so many.
pub(crate) fn bucket_at(position: u64, buckets: u32) -> u32 {
    // The upper half of a product of 64 and 32 bits is below the factor of 32 bits.
    let index = (u128::from(position) * u128::from(buckets)) >> 64;
    u32::try_from(index).unwrap_or_default()
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place(..)")
    }
}
