//! Buckets: static blobs of one size, in which an entry cannot be told from noise without the output that leads to it.
//!
//! In octets: the oracle's signature (64), then 128 slots of 512 in ascending order of their tags. A slot is a tag (16) and a sealed part of
//! an entry (480 and 16 for the authentication), or random octets. The parts of an entry, each padded with zeros, are its length (2) and
//! the entry; they lie in one bucket.

use std::error::Error;
use std::fmt;

use rand_core::{OsRng, RngCore};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::digest;

use crate::encoding::labelled;
use crate::entry::{Entry, EntryError};
use crate::limits::{
    BUCKET_OCTETS, MAX_ENTRY_OCTETS, PART_OCTETS, SIGNATURE_OCTETS, SLOT_OCTETS, SLOTS, TAG_OCTETS,
};
use crate::parameters::{Epoch, Parameters};
use crate::place::Place;
use crate::signing::{SigningKey, is_signed_by};
use crate::subject::Subject;

/// A bucket being filled.
#[derive(Debug, Default)]
pub struct BucketBuilder {
    slots: Vec<[u8; SLOT_OCTETS]>,
}

impl BucketBuilder {
    /// Seals the octets of an entry into slots.
    ///
    /// # Errors
    /// [`BucketError::Full`], where it has no more room, and [`BucketError::Sealing`] for an entry of more octets than
    /// [`MAX_ENTRY_OCTETS`]. The bucket is then as it was.
    pub fn insert(&mut self, place: &Place, entry: &[u8]) -> Result<(), BucketError> {
        let parts = seal(place, entry).ok_or(BucketError::Sealing)?;
        self.insert_sealed(&parts)
    }

    /// Takes the slots of one entry.
    ///
    /// # Errors
    /// [`BucketError::Full`]. The bucket is then as it was.
    pub(crate) fn insert_sealed(&mut self, parts: &[[u8; SLOT_OCTETS]]) -> Result<(), BucketError> {
        if self.slots.len() + parts.len() > SLOTS {
            return Err(BucketError::Full);
        }
        self.slots.extend_from_slice(parts);
        Ok(())
    }

    /// How many slots are in use.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether no slot is in use.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The bucket: the rest filled with noise, in the order of the tags, signed.
    pub fn finish(mut self, key: &SigningKey, epoch: &Epoch, index: u32) -> Vec<u8> {
        while self.slots.len() < SLOTS {
            let mut noise = [0; SLOT_OCTETS];
            OsRng.fill_bytes(&mut noise);
            self.slots.push(noise);
        }
        self.slots.sort_unstable();
        let slots = self.slots.as_flattened();
        let mut octets = key.sign(&signed_octets(epoch, index, slots)).to_vec();
        octets.extend(slots);
        octets
    }
}

/// A bucket that the oracle signed.
#[derive(Clone, Copy)]
pub struct Bucket<'a> {
    slots: &'a [[u8; SLOT_OCTETS]],
}

impl<'a> Bucket<'a> {
    /// Checks octets that claim to be a bucket of an epoch.
    ///
    /// # Errors
    /// [`BucketError::Size`] and [`BucketError::Signature`].
    pub fn verify(
        octets: &'a [u8],
        parameters: &Parameters,
        epoch: &Epoch,
        index: u32,
    ) -> Result<Self, BucketError> {
        if octets.len() != BUCKET_OCTETS {
            return Err(BucketError::Size(octets.len()));
        }
        let (signature, slots) = octets.split_at(SIGNATURE_OCTETS);
        let message = signed_octets(epoch, index, slots);
        if !is_signed_by(&parameters.keys.signing, &message, signature) {
            return Err(BucketError::Signature);
        }
        let (slots, _) = slots.as_chunks();
        Ok(Self { slots })
    }

    /// The entry of a subject; `None` where the bucket has none.
    ///
    /// # Errors
    /// [`BucketError::Sealing`] and [`BucketError::Entry`], for an entry that is not what it should be.
    pub fn find(
        &self,
        place: &Place,
        parameters: &Parameters,
        subject: &Subject,
        epoch: &Epoch,
        now: u64,
    ) -> Result<Option<Entry>, BucketError> {
        let Some(first) = self.open(place, 0)? else {
            return Ok(None);
        };
        let ([high, low], rest) = first.split_first_chunk().ok_or(BucketError::Sealing)?;
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let mut octets = rest.to_vec();
        let mut part = 0;
        while octets.len() < length {
            part += 1;
            // The tags and keys of all parts come from one place; an entry without its last part is a forgery.
            let more = self.open(place, part)?.ok_or(BucketError::Sealing)?;
            octets.extend(more);
            if octets.len() > MAX_ENTRY_OCTETS {
                return Err(BucketError::Sealing);
            }
        }
        octets.truncate(length);
        let key = &parameters.keys.signing;
        Entry::verify(&octets, key, subject, epoch.number, now)
            .map(Some)
            .map_err(BucketError::Entry)
    }

    /// Opens the slot with this part of an entry; `None` where no slot has its tag.
    fn open(&self, place: &Place, part: u8) -> Result<Option<[u8; PART_OCTETS]>, BucketError> {
        let tag = place.tag(part);
        let slot = self.slots.iter().find(|slot| slot.starts_with(&tag));
        let Some(slot) = slot else {
            return Ok(None);
        };
        let key = sealing_key(place, part).ok_or(BucketError::Sealing)?;
        let mut octets = *slot;
        let (_, sealed) = octets.split_at_mut(TAG_OCTETS);
        let opened = key
            .open_in_place(nonce(), Aad::from(tag), sealed)
            .map_err(|_| BucketError::Sealing)?;
        let opened: &[u8] = opened;
        opened
            .try_into()
            .map(Some)
            .map_err(|_| BucketError::Sealing)
    }
}

impl fmt::Debug for Bucket<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket")
            .field("slots", &self.slots.len())
            .finish()
    }
}

/// The slots of an entry; `None` for one that is too long.
pub(crate) fn seal(place: &Place, entry: &[u8]) -> Option<Vec<[u8; SLOT_OCTETS]>> {
    let mut octets = u16::try_from(entry.len()).ok()?.to_be_bytes().to_vec();
    octets.extend(entry);
    if octets.len() > MAX_ENTRY_OCTETS {
        return None;
    }
    let mut slots = Vec::new();
    for (part, chunk) in (0..).zip(octets.chunks(PART_OCTETS)) {
        let tag = place.tag(part);
        let key = sealing_key(place, part)?;
        let mut sealed = chunk.to_vec();
        sealed.resize(PART_OCTETS, 0);
        key.seal_in_place_append_tag(nonce(), Aad::from(tag), &mut sealed)
            .ok()?;
        let mut slot = tag.to_vec();
        slot.extend(sealed);
        slots.push(slot.try_into().ok()?);
    }
    Some(slots)
}

/// `None` only where the backend refuses 32 octets.
fn sealing_key(place: &Place, part: u8) -> Option<LessSafeKey> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &place.key(part)).ok()?;
    Some(LessSafeKey::new(key))
}

/// Always zero: a key seals once.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

/// What is signed: this bucket of this epoch.
fn signed_octets(epoch: &Epoch, index: u32, slots: &[u8]) -> Vec<u8> {
    let mut octets = labelled("bucket");
    octets.extend(epoch.number.to_be_bytes());
    octets.extend(epoch.salt);
    octets.extend(index.to_be_bytes());
    octets.extend(digest::digest(&digest::SHA512, slots).as_ref());
    octets
}

/// Why a bucket cannot be used, or made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BucketError {
    /// Another number of octets than [`BUCKET_OCTETS`].
    Size(usize),
    /// The signature is not that of the pinned key for this bucket and epoch.
    Signature,
    /// A slot with the right tag that cannot be opened, or an entry without its last part.
    Sealing,
    /// No room for another entry.
    Full,
    /// The entry is not what it should be.
    Entry(EntryError),
}

impl BucketError {
    /// Whether somebody says what the holder of the pinned keys did not say.
    pub const fn is_forgery(&self) -> bool {
        matches!(
            self,
            Self::Signature
                | Self::Sealing
                | Self::Entry(EntryError::Signature | EntryError::Malformed)
        )
    }
}

impl fmt::Display for BucketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size(octets) => write!(
                f,
                "a bucket has {BUCKET_OCTETS} octets; this one has {octets}"
            ),
            Self::Signature => f.write_str("the bucket is not signed with the pinned key"),
            Self::Sealing => f.write_str("the entry cannot be opened"),
            Self::Full => f.write_str("the bucket is full"),
            Self::Entry(error) => error.fmt(f),
        }
    }
}

impl Error for BucketError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Entry(error) => Some(error),
            _ => None,
        }
    }
}
