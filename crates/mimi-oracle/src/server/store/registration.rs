//! [`Registration`]: what somebody registered, and its octets before they are sealed.
//!
//! In octets: the version (1), the subject with its length (2), when it expires (8), how many definition strings (1), each with its length
//! (2), whether a provider stands by it (1), and if so its name with its length (2), its signature (64) and the nonce it signed (8).
//! Zeros follow, up to a multiple of 256 octets, so that the size says little about the content.

use std::fmt;

use crate::encoding::Reader;
use crate::limits::SIGNATURE_OCTETS;
use crate::subject::Subject;

/// The first octet of this form.
const VERSION: u8 = 1;

/// What the octets are padded to a multiple of.
const PADDING: usize = 256;

/// What is registered for a subject. `Debug` shows sizes only.
#[derive(Clone, PartialEq, Eq)]
pub struct Registration {
    /// For whom.
    pub subject: Subject,
    /// Definition strings (§4.3), as they were given.
    pub definition_strings: Vec<Vec<u8>>,
    /// When it is no longer published, in seconds since 1970.
    pub expires: u64,
    /// The provider that registered it, if one did.
    pub provider: Option<Endorsement>,
}

/// That a provider stands by a registration. `Debug` shows the name only.
#[derive(Clone, PartialEq, Eq)]
pub struct Endorsement {
    /// The name by which the oracle knows the provider's key.
    pub name: String,
    /// Ed25519, over the subject, the definition strings and the nonce.
    pub signature: [u8; SIGNATURE_OCTETS],
    /// The nonce of the token that the registration was made with.
    pub nonce: [u8; 8],
}

impl Registration {
    /// The octets to be sealed; `None` where a part has more octets, or the list more strings, than its length can say.
    pub fn encode(&self) -> Option<Vec<u8>> {
        let mut octets = vec![VERSION];
        push_with_length(&mut octets, self.subject.as_bytes())?;
        octets.extend(self.expires.to_be_bytes());
        octets.push(u8::try_from(self.definition_strings.len()).ok()?);
        for definition_string in &self.definition_strings {
            push_with_length(&mut octets, definition_string)?;
        }
        octets.push(u8::from(self.provider.is_some()));
        if let Some(provider) = &self.provider {
            push_with_length(&mut octets, provider.name.as_bytes())?;
            octets.extend(provider.signature);
            octets.extend(provider.nonce);
        }
        octets.resize(octets.len().next_multiple_of(PADDING), 0);
        Some(octets)
    }

    /// The registration in these octets, which is the only form of it; `None` for all others.
    pub fn decode(octets: &[u8]) -> Option<Self> {
        let mut reader = Reader(octets);
        if reader.u8()? != VERSION {
            return None;
        }
        let subject = subject(text(&mut reader)?)?;
        let expires = reader.u64()?;
        let count = usize::from(reader.u8()?);
        let mut definition_strings = Vec::with_capacity(count);
        for _ in 0..count {
            definition_strings.push(with_length(&mut reader)?.to_vec());
        }
        let provider = match reader.u8()? {
            0 => None,
            1 => Some(Endorsement {
                name: text(&mut reader)?,
                signature: reader.array()?,
                nonce: reader.array()?,
            }),
            _ => return None,
        };
        let padding = reader.0;
        let is_canonical = padding.len() < PADDING
            && octets.len().is_multiple_of(PADDING)
            && padding.iter().all(|octet| *octet == 0);
        is_canonical.then_some(Self {
            subject,
            definition_strings,
            expires,
            provider,
        })
    }
}

fn push_with_length(octets: &mut Vec<u8>, part: &[u8]) -> Option<()> {
    octets.extend(u16::try_from(part.len()).ok()?.to_be_bytes());
    octets.extend(part);
    Some(())
}

fn with_length<'a>(reader: &mut Reader<'a>) -> Option<&'a [u8]> {
    let length = reader.u16()?;
    reader.take(usize::from(length))
}

/// The subject with this key; `None` for what no subject has.
fn subject(key: String) -> Option<Subject> {
    let is_of_a_kind = key.starts_with("email:") || key.starts_with("telephone:");
    // Zeros end subjects where something is signed.
    (is_of_a_kind && !key.contains('\0')).then(|| Subject::from_canonical_key(key))
}

fn text(reader: &mut Reader<'_>) -> Option<String> {
    String::from_utf8(with_length(reader)?.to_vec()).ok()
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("definition_strings", &self.definition_strings.len())
            .field("expires", &self.expires)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Endorsement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endorsement")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
