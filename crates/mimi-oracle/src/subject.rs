//! [`Subject`]: an identifier that an oracle may be asked about, in its canonical spelling.

use std::fmt;

use mimi_id::{Identifier, Kind};

/// An email address or a telephone number, as the oblivious function takes it: the canonical key of `mimi-id`, kind included,
/// so that all spellings of one address are one entry and no address is another's number.
///
/// `Debug` is redacted: identifiers are personal data.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Subject(String);

impl Subject {
    /// The subject of an identifier; `None` for a MUI, which DNS alone resolves (§4.4).
    pub fn new(identifier: &Identifier) -> Option<Self> {
        match identifier.kind() {
            Kind::Email | Kind::Telephone => Some(Self(identifier.canonical_key())),
            // Also of kinds to come, until somebody says how they are spelled.
            _ => None,
        }
    }

    /// The subject with this canonical key, as one gave it before.
    #[cfg(any(test, feature = "server"))]
    pub(crate) const fn from_canonical_key(key: String) -> Self {
        Self(key)
    }

    /// The octets that are looked up: `email:` or `telephone:` and the identifier, at most a few hundred.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The same as text. Not for display.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_one_subject_and_a_mui_is_none() {
        let subject = |text| Subject::new(&Identifier::parse(text).unwrap());
        assert_eq!(subject("Alice@Example.COM"), subject("alice@example.com"));
        assert_ne!(subject("alice@example.com"), subject("bob@example.com"));
        assert_eq!(
            subject("+1 555 123 4567").unwrap().as_str(),
            "telephone:+15551234567"
        );
        assert_eq!(subject("mymimi.example.com"), None);
    }
}
