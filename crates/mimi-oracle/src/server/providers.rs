//! [`Providers`]: who may stand by registrations of others, and how they sign.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::str::FromStr;

use super::store::{Endorsement, Registration};
use crate::encoding::{from_base64, labelled};
use crate::limits::ELEMENT_OCTETS;
use crate::signing::is_signed_by;
use crate::subject::Subject;

/// Characters of the longest name of a provider.
const MAX_NAME: usize = 64;

/// A provider that an oracle knows: its name and its Ed25519 key. As text `NAME=KEY`, the key in base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    name: String,
    key: [u8; ELEMENT_OCTETS],
}

impl Provider {
    /// The name: 1 to 64 characters of A-Z, a-z, 0-9, `.` and `-`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for Provider {
    type Err = ProviderError;

    fn from_str(text: &str) -> Result<Self, ProviderError> {
        let (name, key) = text.split_once('=').ok_or(ProviderError::Form)?;
        let is_name = (1..=MAX_NAME).contains(&name.len())
            && name
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || b".-".contains(&octet));
        if !is_name {
            return Err(ProviderError::Name);
        }
        Ok(Self {
            name: name.to_owned(),
            key: from_base64(key).ok_or(ProviderError::Key)?,
        })
    }
}

/// Why a text names no provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderError {
    /// It is not `NAME=KEY`.
    Form,
    /// The name is empty, too long, or has other characters.
    Name,
    /// The key is not 43 characters of base64url.
    Key,
}

impl fmt::Display for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "a provider is written NAME=KEY",
            Self::Name => "the name of a provider has 1 to 64 characters of A-Z, a-z, 0-9, . and -",
            Self::Key => "the key of a provider is an Ed25519 public key: 43 characters of A-Z, a-z, 0-9, - and _",
        })
    }
}

impl Error for ProviderError {}

/// The providers of an oracle, by their names.
#[derive(Clone, Debug, Default)]
pub struct Providers(BTreeMap<String, [u8; ELEMENT_OCTETS]>);

impl Providers {
    /// Whether a registration may be published: nobody stands by it, or a provider that is still known, with a signature that verifies.
    pub fn vouch_for(&self, registration: &Registration) -> bool {
        let Some(provider) = &registration.provider else {
            return true;
        };
        let Registration {
            subject,
            definition_strings,
            ..
        } = registration;
        self.is_endorsed(subject, definition_strings, provider)
    }

    /// Whether a provider that is known signed this.
    pub(crate) fn is_endorsed(
        &self,
        subject: &Subject,
        definition_strings: &[Vec<u8>],
        endorsement: &Endorsement,
    ) -> bool {
        let Some(key) = self.0.get(&endorsement.name) else {
            return false;
        };
        endorsed_octets(subject, definition_strings, endorsement.nonce)
            .is_some_and(|message| is_signed_by(key, &message, &endorsement.signature))
    }
}

impl FromIterator<Provider> for Providers {
    fn from_iter<I: IntoIterator<Item = Provider>>(providers: I) -> Self {
        let by_name = providers.into_iter();
        Self(
            by_name
                .map(|provider| (provider.name, provider.key))
                .collect(),
        )
    }
}

/// What a provider signs: this for this subject, by the token with this nonce. `None` for a definition string of more than 65,535 octets.
pub fn endorsed_octets(
    subject: &Subject,
    definition_strings: &[Vec<u8>],
    nonce: [u8; 8],
) -> Option<Vec<u8>> {
    let mut octets = labelled("provider");
    octets.extend(subject.as_bytes());
    octets.push(0);
    for definition_string in definition_strings {
        let length = u16::try_from(definition_string.len()).ok()?;
        octets.extend(length.to_be_bytes());
        octets.extend(definition_string);
    }
    octets.extend(nonce);
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_written_with_its_name_and_key() {
        let key = "A".repeat(43);
        let parse = |text: &str| text.parse().map(|provider: Provider| provider.name);
        let named = |name: &str| parse(&format!("{name}={key}"));
        assert_eq!(named("im.example.org"), Ok("im.example.org".to_owned()));
        for name in ["", "a b", "é", "a\n", "a=", &"a".repeat(65)] {
            assert!(named(name).is_err(), "{name}");
        }
        assert_eq!(parse("im.example.org"), Err(ProviderError::Form));
        assert_eq!(parse("a=AAAA"), Err(ProviderError::Key));
        assert_eq!(parse(&format!("a={key}=")), Err(ProviderError::Key));
    }
}
