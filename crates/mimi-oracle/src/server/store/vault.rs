//! [`Vault`]: seals registrations, so that the store's files are useless to whoever lacks the secret.
//!
//! Two keys come of the secret by HKDF-SHA-256: one hashes a subject to the [`RegistrationId`] it is kept under, the other seals with
//! ChaCha20-Poly1305. What is sealed is a nonce (12, random), the ciphertext, and the authentication (16); the id is authenticated with
//! it, so that no registration can be put in the place of another. Random nonces of 96 bits serve for 2^32 sealings under one secret, at
//! a chance of 2^-33 that two are equal.

use std::error::Error;
use std::fmt;

use rand_core::{OsRng, RngCore};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use ring::hmac;

use super::{Registration, RegistrationId};
use crate::encoding::first_octets;
use crate::hkdf::expand;
use crate::limits::PROTOCOL;
use crate::subject::Subject;

/// Hashes subjects and seals registrations.
pub struct Vault {
    id_key: hmac::Key,
    sealing_key: [u8; 32],
}

impl Vault {
    /// The vault of a secret of 32 random octets.
    pub fn new(secret: &[u8; 32]) -> Self {
        let prk = Salt::new(HKDF_SHA256, PROTOCOL.as_bytes()).extract(secret);
        Self {
            id_key: hmac::Key::new(
                hmac::HMAC_SHA256,
                &expand::<32>(&prk, &[b"registration id"]),
            ),
            sealing_key: expand(&prk, &[b"registration sealing"]),
        }
    }

    /// What the registration of a subject is kept under.
    pub fn id(&self, subject: &Subject) -> RegistrationId {
        let hash = hmac::sign(&self.id_key, subject.as_bytes());
        RegistrationId(first_octets(hash.as_ref()))
    }

    /// The registration as it is given to a store under the id of its subject.
    ///
    /// # Errors
    /// [`VaultError::TooLong`], [`VaultError::Random`] and [`VaultError::Sealing`].
    pub fn seal(&self, registration: &Registration) -> Result<Vec<u8>, VaultError> {
        let id = self.id(&registration.subject);
        let mut content = registration.encode().ok_or(VaultError::TooLong)?;
        let mut nonce = [0; NONCE_LEN];
        OsRng
            .try_fill_bytes(&mut nonce)
            .map_err(|_| VaultError::Random)?;
        self.key()
            .ok_or(VaultError::Sealing)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(id.0),
                &mut content,
            )
            .map_err(|_| VaultError::Sealing)?;
        let mut sealed = nonce.to_vec();
        sealed.extend(content);
        Ok(sealed)
    }

    /// The registration that was sealed for this id.
    ///
    /// # Errors
    /// [`VaultError::Opening`] for another secret, another id, or altered octets; [`VaultError::Malformed`] for octets that the secret
    /// sealed and that are no registration of this id, as those of a later version.
    pub fn open(&self, id: RegistrationId, sealed: &[u8]) -> Result<Registration, VaultError> {
        let (nonce, content) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(VaultError::Opening)?;
        let mut content = content.to_vec();
        let content = self
            .key()
            .ok_or(VaultError::Opening)?
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(id.0),
                &mut content,
            )
            .map_err(|_| VaultError::Opening)?;
        Registration::decode(content)
            .filter(|registration| self.id(&registration.subject) == id)
            .ok_or(VaultError::Malformed)
    }

    fn key(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&CHACHA20_POLY1305, &self.sealing_key)
            .ok()
            .map(LessSafeKey::new)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(..)")
    }
}

/// Why something was not sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VaultError {
    /// A definition string of more than 65,535 octets, or more than 255 of them.
    TooLong,
    /// The system gave no random octets.
    Random,
    /// The backend refused to seal.
    Sealing,
    /// Not sealed with this secret for this id, or altered since.
    Opening,
    /// Opened, but no registration of this id.
    Malformed,
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the registration is too long to be kept",
            Self::Random => "the system gave no random octets",
            Self::Sealing => "the registration could not be sealed",
            Self::Opening => "the registration was not sealed with this secret, or was altered",
            Self::Malformed => "what was sealed is no registration of this version",
        })
    }
}

impl Error for VaultError {}

#[cfg(test)]
mod tests {
    use mimi_id::Identifier;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    use super::super::Endorsement;
    use super::*;

    fn subject(text: &str) -> Subject {
        Subject::new(&Identifier::parse(text).unwrap()).unwrap()
    }

    fn alice() -> Registration {
        Registration {
            subject: subject("alice@example.com"),
            definition_strings: vec![b"v=mimi1; s=mimi.example.net".to_vec()],
            expires: 2_000_000_000,
            provider: None,
        }
    }

    fn any_endorsement() -> impl Strategy<Value = Endorsement> {
        (".{0,40}", vec(any::<u8>(), 64), any::<[u8; 8]>()).prop_map(|(name, signature, nonce)| {
            Endorsement {
                name,
                signature: signature.try_into().unwrap(),
                nonce,
            }
        })
    }

    fn any_registration() -> impl Strategy<Value = Registration> {
        (
            prop_oneof!["[a-z]{1,20}@[a-z]{1,20}\\.example", "\\+1[0-9]{10}"],
            vec(vec(any::<u8>(), 0..700), 0..17),
            any::<u64>(),
            option::of(any_endorsement()),
        )
            .prop_map(
                |(text, definition_strings, expires, provider)| Registration {
                    subject: subject(&text),
                    definition_strings,
                    expires,
                    provider,
                },
            )
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_as_it_was(registration in any_registration()) {
            let vault = Vault::new(&[7; 32]);
            let sealed = vault.seal(&registration).unwrap();
            prop_assert_eq!(sealed.len() % 256, 12 + 16);
            prop_assert_eq!(vault.open(vault.id(&registration.subject), &sealed), Ok(registration));
        }

        #[test]
        fn octets_are_a_registration_in_one_form_only(octets in vec(any::<u8>(), 0..600)) {
            if let Some(registration) = Registration::decode(&octets) {
                prop_assert_eq!(registration.encode(), Some(octets));
            }
        }

        #[test]
        fn a_damaged_registration_has_one_form_or_none(
            registration in any_registration(),
            at in any::<prop::sample::Index>(),
            octet in any::<u8>(),
        ) {
            let mut octets = registration.encode().unwrap();
            let index = at.index(octets.len());
            octets[index] = octet;
            if let Some(other) = Registration::decode(&octets) {
                prop_assert_eq!(other.encode(), Some(octets));
            }
        }
    }

    #[test]
    fn any_octet_that_differs_and_any_other_id_or_secret_is_refused() {
        let vault = Vault::new(&[7; 32]);
        let id = vault.id(&alice().subject);
        let sealed = vault.seal(&alice()).unwrap();
        for index in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[index] ^= 1;
            assert_eq!(vault.open(id, &altered), Err(VaultError::Opening));
            assert_eq!(vault.open(id, &sealed[..index]), Err(VaultError::Opening));
        }
        let bob = vault.id(&subject("bob@example.com"));
        assert_eq!(vault.open(bob, &sealed), Err(VaultError::Opening));
        let other = Vault::new(&[8; 32]);
        assert_eq!(other.open(id, &sealed), Err(VaultError::Opening));
        assert_ne!(other.id(&alice().subject), id);
    }

    #[test]
    fn neither_the_sealed_octets_nor_debug_show_whom_a_registration_is_of() {
        let vault = Vault::new(&[7; 32]);
        let sealed = vault.seal(&alice()).unwrap();
        assert_ne!(sealed, vault.seal(&alice()).unwrap());
        for plain in [&b"alice"[..], b"mimi.example.net"] {
            assert!(!sealed.windows(plain.len()).any(|octets| octets == plain));
        }
        let text = format!("{:?} {vault:?}", alice());
        assert!(
            !text.contains("alice") && !text.contains("mimi.example"),
            "{text}"
        );
    }

    #[test]
    fn what_has_no_length_is_not_sealed() {
        let vault = Vault::new(&[7; 32]);
        let mut registration = alice();
        registration.definition_strings = vec![vec![b'a'; 65_536]];
        assert_eq!(vault.seal(&registration), Err(VaultError::TooLong));
        registration.definition_strings = vec![Vec::new(); 256];
        assert_eq!(vault.seal(&registration), Err(VaultError::TooLong));
    }
}
