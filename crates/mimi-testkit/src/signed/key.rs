//! Keys of zones: made when a world is built, but for RSA, of which ring makes none.

use std::fmt;

use hickory_proto::dnssec::crypto::{Digest, EcdsaSigningKey, Ed25519SigningKey, RsaSigningKey};
use hickory_proto::dnssec::{Algorithm, DigestType, SigningKey, TBS};
use mimi_name::DomainName;

use super::WorldError;

/// For the one zone with algorithm 8; nothing else has ever used it.
const RSA: &[u8] = include_bytes!("../../keys/rsa-2048.pk8");

/// A key that signs.
pub struct Key {
    /// The flags of its DNSKEY: 257 signs keys, 256 signs data.
    pub flags: u16,
    /// The number of its algorithm.
    pub algorithm: u8,
    /// The public key, as in DNSKEY.
    pub public: Vec<u8>,
    secret: Box<dyn SigningKey>,
}

impl Key {
    /// A new key of algorithm 8, 13 or 15.
    ///
    /// # Errors
    /// [`WorldError::Key`] when the algorithm is another one, or the system has no randomness.
    pub fn generate(algorithm: u8, flags: u16) -> Result<Self, WorldError> {
        let secret: Box<dyn SigningKey> = match algorithm {
            8 => Box::new(RsaSigningKey::from_pkcs8(
                &RSA.into(),
                Algorithm::RSASHA256,
            )?),
            13 => {
                let algorithm = Algorithm::ECDSAP256SHA256;
                let secret = EcdsaSigningKey::generate_pkcs8(algorithm)?;
                Box::new(EcdsaSigningKey::from_pkcs8(&secret, algorithm)?)
            }
            15 => {
                let secret = Ed25519SigningKey::generate_pkcs8()?;
                Box::new(Ed25519SigningKey::from_pkcs8(&secret)?)
            }
            _ => return Err(WorldError::Algorithm { number: algorithm }),
        };
        Ok(Self {
            flags,
            algorithm,
            public: secret.to_public_key()?.into_inner(),
            secret,
        })
    }

    /// The data of its DNSKEY.
    pub fn rdata(&self) -> Vec<u8> {
        dnskey(self.flags, self.algorithm, &self.public)
    }

    /// Its tag.
    pub fn tag(&self) -> u16 {
        tag_of(&self.rdata())
    }

    /// The data of its DS, with SHA-256.
    ///
    /// # Errors
    /// [`WorldError`] when there is no such digest.
    pub fn ds(&self, owner: &DomainName) -> Result<Vec<u8>, WorldError> {
        ds_of(owner, &self.rdata())
    }

    /// The signature over these octets.
    ///
    /// # Errors
    /// [`WorldError::Key`] when ring cannot make one.
    pub fn sign(&self, octets: &[u8]) -> Result<Vec<u8>, WorldError> {
        Ok(self.secret.sign(&TBS::from(octets))?)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Key")
            .field("flags", &self.flags)
            .field("algorithm", &self.algorithm)
            .field("tag", &self.tag())
            .finish_non_exhaustive()
    }
}

/// The data of a DNSKEY.
pub(super) fn dnskey(flags: u16, algorithm: u8, public: &[u8]) -> Vec<u8> {
    let [high, low] = flags.to_be_bytes();
    [&[high, low, 3, algorithm], public].concat()
}

/// The tag of a DNSKEY with this data (RFC 4034 appendix B).
pub fn tag_of(dnskey: &[u8]) -> u16 {
    let mut sum = 0_u32;
    for (index, octet) in dnskey.iter().enumerate() {
        let octet = u32::from(*octet);
        sum = sum.wrapping_add(if index % 2 == 0 { octet << 8 } else { octet });
    }
    // The low half, with what was carried out of it.
    (sum.wrapping_add(sum >> 16) & 0xFFFF) as u16
}

/// The data of the DS of a DNSKEY, with SHA-256 (RFC 4509).
pub(super) fn ds_of(owner: &DomainName, dnskey: &[u8]) -> Result<Vec<u8>, WorldError> {
    let mut rdata = tag_of(dnskey).to_be_bytes().to_vec();
    rdata.push(dnskey.get(3).copied().unwrap_or_default());
    rdata.push(2);
    let owner = owner.to_lowercase();
    let digest = Digest::from_iter([owner.as_wire(), dnskey], DigestType::SHA256)?;
    rdata.extend(digest.as_ref());
    Ok(rdata)
}
