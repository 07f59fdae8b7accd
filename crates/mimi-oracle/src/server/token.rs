//! [`TokenSecret`]: the tokens that an oracle issues. A proof token shows that somebody reads the mail or the messages of a subject; a quota
//! token lets a client ask for more evaluations. Both are a message and the first 16 octets of its HMAC (SHA-256, RFC 2104).

use std::fmt;

use rand_core::{OsRng, RngCore};
use ring::hmac::{HMAC_SHA256, Key, sign, verify};

use super::store::SpentToken;
use crate::encoding::{Reader, first_octets, from_base64, labelled, to_base64};
use crate::parameters::Quota;
use crate::subject::Subject;

/// Seconds for which a proof token is taken, at least; less than a minute more, since its expiry is in minutes.
pub const PROOF_TOKEN_LIFETIME: u64 = 30 * 60;

/// Characters of a proof token.
pub const PROOF_TOKEN_CHARACTERS: usize = 38;

/// Characters of a quota token.
pub const QUOTA_TOKEN_CHARACTERS: usize = 48;

/// Octets of an HMAC that a token carries.
const TAG_OCTETS: usize = 16;

/// A proof token: nonce (8), expiry in minutes (4), tag (16).
const PROOF_OCTETS: usize = 8 + 4 + TAG_OCTETS;

/// A quota token: id (8), burst (4), evaluations a day (4), expiry in minutes (4), tag (16).
const QUOTA_OCTETS: usize = 8 + 4 + 4 + 4 + TAG_OCTETS;

/// The secret by which an oracle knows its own tokens. `Debug` is redacted.
pub struct TokenSecret(Key);

/// A proof token to be sent to who owns a subject. `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct ProofToken {
    /// The token: [`PROOF_TOKEN_CHARACTERS`] of base64url.
    pub text: String,
    /// Until when it is taken, in seconds since 1970.
    pub expires: u64,
}

/// What a quota token grants. `Debug` is redacted: the id tells one client from another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct QuotaGrant {
    /// Which token it is.
    pub id: [u8; 8],
    /// What its holder may ask for.
    pub quota: Quota,
    /// Until when it is taken, in seconds since 1970.
    pub expires: u64,
}

impl TokenSecret {
    /// The secret with these octets.
    pub fn new(octets: &[u8; 32]) -> Self {
        Self(Key::new(HMAC_SHA256, octets))
    }

    /// A new token for a subject.
    pub fn issue_proof(&self, subject: &Subject, now: u64) -> ProofToken {
        let mut nonce = [0; 8];
        OsRng.fill_bytes(&mut nonce);
        let minutes = to_minutes(now.saturating_add(PROOF_TOKEN_LIFETIME));
        let mut octets = nonce.to_vec();
        octets.extend(minutes.to_be_bytes());
        octets.extend(self.proof_tag(nonce, minutes, subject));
        ProofToken {
            text: to_base64(&octets),
            expires: u64::from(minutes) * 60,
        }
    }

    /// Checks a token against the subject it is said to be for; `None` for one that is malformed, of another oracle, of another subject, or
    /// has expired. Whether it was used before is for the store to say.
    pub fn verify_proof(&self, text: &str, subject: &Subject, now: u64) -> Option<SpentToken> {
        let octets: [u8; PROOF_OCTETS] = from_base64(text)?;
        let mut reader = Reader(&octets);
        let nonce: [u8; 8] = reader.array()?;
        let minutes = reader.array().map(u32::from_be_bytes)?;
        let tag: [u8; TAG_OCTETS] = reader.array()?;
        if !self.is_equal(&self.proof_tag(nonce, minutes, subject), &tag) {
            return None;
        }
        let expires = u64::from(minutes) * 60;
        (now < expires).then_some(SpentToken { nonce, expires })
    }

    /// A new quota token. Its expiry is rounded up to a minute.
    pub fn issue_quota(&self, quota: Quota, expires: u64) -> String {
        let mut id = [0; 8];
        OsRng.fill_bytes(&mut id);
        let mut octets = id.to_vec();
        octets.extend(quota.burst.to_be_bytes());
        octets.extend(quota.per_day.to_be_bytes());
        octets.extend(to_minutes(expires).to_be_bytes());
        let tag = self.tag("quota", &[&octets]);
        octets.extend(tag);
        to_base64(&octets)
    }

    /// What a quota token grants; `None` for one that is malformed, of another oracle, or has expired.
    pub fn verify_quota(&self, text: &str, now: u64) -> Option<QuotaGrant> {
        let octets: [u8; QUOTA_OCTETS] = from_base64(text)?;
        let (content, tag) = octets.split_at_checked(QUOTA_OCTETS - TAG_OCTETS)?;
        if !self.is_equal(&self.tag("quota", &[content]), tag) {
            return None;
        }
        let mut reader = Reader(content);
        let id = reader.array()?;
        let quota = Quota {
            burst: reader.array().map(u32::from_be_bytes)?,
            per_day: reader.array().map(u32::from_be_bytes)?,
        };
        let expires = u64::from(reader.array().map(u32::from_be_bytes)?) * 60;
        (now < expires).then_some(QuotaGrant { id, quota, expires })
    }

    fn proof_tag(&self, nonce: [u8; 8], minutes: u32, subject: &Subject) -> [u8; TAG_OCTETS] {
        let minutes = minutes.to_be_bytes();
        self.tag("token", &[&nonce, &minutes, subject.as_bytes()])
    }

    /// The label says what kind of token it is, so that none is taken for another.
    fn tag(&self, label: &str, parts: &[&[u8]]) -> [u8; TAG_OCTETS] {
        let mut message = labelled(label);
        for part in parts {
            message.extend(*part);
        }
        first_octets(sign(&self.0, &message).as_ref())
    }

    /// Whether two tags are equal. Time says nothing about where they differ: what is compared are their HMACs, which nobody else can
    /// foresee. No tag is the beginning of a message that [`TokenSecret::tag`] hashes but by a chance of 2^-128.
    fn is_equal(&self, expected: &[u8], given: &[u8]) -> bool {
        verify(&self.0, given, sign(&self.0, expected).as_ref()).is_ok()
    }
}

/// Minutes since 1970, rounded up.
fn to_minutes(seconds: u64) -> u32 {
    u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX)
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(..)")
    }
}

impl fmt::Debug for ProofToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProofToken")
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for QuotaGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuotaGrant")
            .field("quota", &self.quota)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use data_encoding::BASE64URL_NOPAD;
    use mimi_id::Identifier;

    use super::*;

    const NOW: u64 = 1_800_000_010;
    const QUOTA: Quota = Quota {
        burst: 5_000,
        per_day: 50_000,
    };

    fn subject(text: &str) -> Subject {
        Subject::new(&Identifier::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn a_proof_token_has_38_characters_and_holds_for_its_subject_until_it_expires() {
        let secret = TokenSecret::new(&[7; 32]);
        let alice = subject("alice@example.com");
        let token = secret.issue_proof(&alice, NOW);
        assert_eq!(token.text.len(), PROOF_TOKEN_CHARACTERS);
        assert_eq!(token.expires, 1_800_001_860);
        let spent = secret.verify_proof(&token.text, &subject("ALICE@Example.com"), NOW);
        assert_eq!(spent.unwrap().expires, token.expires);
        assert!(
            secret
                .verify_proof(&token.text, &alice, token.expires - 1)
                .is_some()
        );
        assert_eq!(
            secret.verify_proof(&token.text, &alice, token.expires),
            None
        );
        let other = secret.issue_proof(&alice, NOW);
        assert_ne!(secret.verify_proof(&other.text, &alice, NOW), spent);
    }

    #[test]
    fn a_proof_token_of_another_subject_kind_or_oracle_is_none() {
        let secret = TokenSecret::new(&[7; 32]);
        let token = secret.issue_proof(&subject("+15551234567"), NOW).text;
        assert!(
            secret
                .verify_proof(&token, &subject("+15551234567"), NOW)
                .is_some()
        );
        for other in [
            "+15551234568",
            "alice@example.com",
            "15551234567@example.com",
        ] {
            assert_eq!(secret.verify_proof(&token, &subject(other), NOW), None);
        }
        let other_oracle = TokenSecret::new(&[8; 32]);
        assert_eq!(
            other_oracle.verify_proof(&token, &subject("+15551234567"), NOW),
            None
        );
    }

    #[test]
    fn a_token_with_any_bit_changed_is_none() {
        let secret = TokenSecret::new(&[7; 32]);
        let alice = subject("alice@example.com");
        let proof = secret.issue_proof(&alice, NOW).text;
        let quota = secret.issue_quota(QUOTA, NOW + 86_400);
        for text in [&proof, &quota] {
            let octets = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
            for bit in 0..octets.len() * 8 {
                let mut changed = octets.clone();
                *changed.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
                let changed = to_base64(&changed);
                assert_eq!(secret.verify_proof(&changed, &alice, 0), None, "bit {bit}");
                assert_eq!(secret.verify_quota(&changed, 0), None, "bit {bit}");
            }
        }
    }

    #[test]
    fn what_is_no_token_at_all_is_none() {
        let secret = TokenSecret::new(&[7; 32]);
        let alice = subject("alice@example.com");
        let good = secret.issue_proof(&alice, NOW).text;
        // The last character carries two bits; with others set it would be a second spelling.
        let (front, _) = good.split_at(PROOF_TOKEN_CHARACTERS - 1);
        let texts = [
            String::new(),
            "A".repeat(PROOF_TOKEN_CHARACTERS),
            "A".repeat(QUOTA_TOKEN_CHARACTERS),
            "é".repeat(PROOF_TOKEN_CHARACTERS / 2),
            "A".repeat(1 << 20),
            format!("{good}="),
            format!(" {good}"),
            format!("{good}\n"),
            format!("{front}_"),
            format!("{front}+"),
            front.to_owned(),
        ];
        for text in &texts {
            assert_eq!(secret.verify_proof(text, &alice, NOW), None, "{text:.60}");
            assert_eq!(secret.verify_quota(text, NOW), None, "{text:.60}");
        }
    }

    #[test]
    fn a_quota_token_grants_what_it_was_issued_for_until_it_expires() {
        let secret = TokenSecret::new(&[7; 32]);
        let text = secret.issue_quota(QUOTA, NOW + 50);
        assert_eq!(text.len(), QUOTA_TOKEN_CHARACTERS);
        let grant = secret.verify_quota(&text, NOW).unwrap();
        assert_eq!((grant.quota, grant.expires), (QUOTA, 1_800_000_060));
        assert_eq!(secret.verify_quota(&text, grant.expires), None);
        assert_eq!(TokenSecret::new(&[8; 32]).verify_quota(&text, NOW), None);
    }

    #[test]
    fn no_token_of_one_kind_is_one_of_the_other() {
        let secret = TokenSecret::new(&[7; 32]);
        let alice = subject("alice@example.com");
        let proof = secret.issue_proof(&alice, NOW).text;
        let quota = secret.issue_quota(QUOTA, NOW + 86_400);
        assert_eq!(secret.verify_quota(&proof, NOW), None);
        assert_eq!(secret.verify_proof(&quota, &alice, NOW), None);
    }

    #[test]
    fn debug_shows_no_token_and_no_secret() {
        let secret = TokenSecret::new(&[7; 32]);
        let token = secret.issue_proof(&subject("alice@example.com"), NOW);
        let grant = secret.verify_quota(&secret.issue_quota(QUOTA, NOW), NOW - 600);
        let shown = format!("{secret:?} {token:?} {:?}", grant.unwrap());
        assert!(!shown.contains(&token.text));
        assert_eq!(
            shown,
            "TokenSecret(..) ProofToken { expires: 1800001860, .. } \
             QuotaGrant { quota: Quota { burst: 5000, per_day: 50000 }, expires: 1800000060, .. }"
        );
    }
}
