//! [`Entry`]: what an oracle says of a subject, signed.

use std::error::Error;
use std::fmt;

use crate::encoding::{Reader, labelled};
use crate::limits::{ELEMENT_OCTETS, MAX_DEFINITION_STRINGS, MAX_ENTRY_OCTETS, SIGNATURE_OCTETS};
use crate::signing::{SigningKey, is_signed_by};
use crate::subject::Subject;

/// What an oracle says of a subject in one epoch.
///
/// In octets: when it expires (8), how many definition strings (1), each with its length (2), the signature (64).
/// `Debug` does not show the definition strings.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Definition strings (§4.3), 1 to [`MAX_DEFINITION_STRINGS`]. Whether they can be used is for whoever reads them to judge.
    pub definition_strings: Vec<Vec<u8>>,
    /// When it is no longer true, in seconds since 1970.
    pub expires: u64,
}

impl Entry {
    /// The entry in octets, signed for one subject and one epoch.
    ///
    /// # Errors
    /// [`EntryError::Count`] and [`EntryError::TooLong`].
    pub fn sign(
        &self,
        key: &SigningKey,
        subject: &Subject,
        epoch: u64,
    ) -> Result<Vec<u8>, EntryError> {
        let content = self.content()?;
        let signature = key.sign(&signed_octets(subject, epoch, &content));
        let mut octets = content;
        octets.extend(signature);
        Ok(octets)
    }

    /// Whether definition strings fit into an entry: how many there may be, and how long they may be together.
    ///
    /// # Errors
    /// [`EntryError::Count`] and [`EntryError::TooLong`].
    pub fn check(definition_strings: &[Vec<u8>]) -> Result<(), EntryError> {
        let entry = Self {
            definition_strings: definition_strings.to_vec(),
            expires: 0,
        };
        entry.content().map(drop)
    }

    /// The entry that an oracle signed for a subject and an epoch, if it is still true.
    ///
    /// # Errors
    /// [`EntryError`].
    pub fn verify(
        octets: &[u8],
        public_key: &[u8; ELEMENT_OCTETS],
        subject: &Subject,
        epoch: u64,
        now: u64,
    ) -> Result<Self, EntryError> {
        let end = octets
            .len()
            .checked_sub(SIGNATURE_OCTETS)
            .ok_or(EntryError::Malformed)?;
        let (content, signature) = octets.split_at(end);
        if !is_signed_by(
            public_key,
            &signed_octets(subject, epoch, content),
            signature,
        ) {
            return Err(EntryError::Signature);
        }
        let entry = Self::decode(content).ok_or(EntryError::Malformed)?;
        if entry.expires <= now {
            return Err(EntryError::Expired(entry.expires));
        }
        Ok(entry)
    }

    fn content(&self) -> Result<Vec<u8>, EntryError> {
        let count = self.definition_strings.len();
        let octets_of_count = u8::try_from(count)
            .ok()
            .filter(|_| (1..=MAX_DEFINITION_STRINGS).contains(&count))
            .ok_or(EntryError::Count(count))?;
        let mut octets = self.expires.to_be_bytes().to_vec();
        octets.push(octets_of_count);
        for definition_string in &self.definition_strings {
            let length = u16::try_from(definition_string.len())
                .map_err(|_| EntryError::TooLong(definition_string.len()))?;
            octets.extend(length.to_be_bytes());
            octets.extend(definition_string);
        }
        // With its signature and the length in front of it.
        let total = octets.len() + SIGNATURE_OCTETS + 2;
        if total > MAX_ENTRY_OCTETS {
            return Err(EntryError::TooLong(total));
        }
        Ok(octets)
    }

    fn decode(content: &[u8]) -> Option<Self> {
        let mut reader = Reader(content);
        let expires = reader.u64()?;
        let count = usize::from(reader.u8()?);
        if !(1..=MAX_DEFINITION_STRINGS).contains(&count) {
            return None;
        }
        let mut definition_strings = Vec::with_capacity(count);
        for _ in 0..count {
            let length = usize::from(reader.u16()?);
            definition_strings.push(reader.take(length)?.to_vec());
        }
        reader.is_empty().then_some(Self {
            definition_strings,
            expires,
        })
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("definition_strings", &self.definition_strings.len())
            .field("expires", &self.expires)
            .finish()
    }
}

/// What is signed: the entry for this subject in this epoch, so that it is nobody else's and of no other time.
fn signed_octets(subject: &Subject, epoch: u64, content: &[u8]) -> Vec<u8> {
    let mut octets = labelled("entry");
    octets.extend(epoch.to_be_bytes());
    // No subject contains a zero octet.
    octets.extend(subject.as_bytes());
    octets.push(0);
    octets.extend(content);
    octets
}

/// Why there is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryError {
    /// No definition string, or more than [`MAX_DEFINITION_STRINGS`].
    Count(usize),
    /// More octets than [`MAX_ENTRY_OCTETS`].
    TooLong(usize),
    /// Octets that are no entry.
    Malformed,
    /// The signature is not that of the pinned key for this subject and epoch.
    Signature,
    /// It was true until this time, in seconds since 1970.
    Expired(u64),
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(
                f,
                "{count} definition strings; an entry has 1 to {MAX_DEFINITION_STRINGS}"
            ),
            Self::TooLong(octets) => write!(
                f,
                "the definition strings take {octets} octets; an entry has room for {MAX_ENTRY_OCTETS}"
            ),
            Self::Malformed => f.write_str("the entry is malformed"),
            Self::Signature => f.write_str("the entry is not signed with the pinned key"),
            Self::Expired(_) => f.write_str("the entry has expired"),
        }
    }
}

impl Error for EntryError {}
