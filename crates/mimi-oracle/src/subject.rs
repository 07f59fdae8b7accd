//! [`Subject`]: an identifier that an oracle may be asked about, in its canonical spelling.

use std::fmt::{self, Write};

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

    /// The identifier as a `mailto:` or `tel:` URI in ASCII, which `Identifier::parse` reads back as the same subject.
    pub fn to_uri(&self) -> String {
        let (_, identifier) = self.0.split_once(':').unwrap_or_default();
        let Some((local_part, domain)) = identifier.rsplit_once('@') else {
            return format!("tel:{identifier}");
        };
        let is_atom = |text: &str| {
            let is_plain =
                |c: char| c.is_ascii_alphanumeric() || "+-_".contains(c) || !c.is_ascii();
            !text.is_empty() && text.chars().all(is_plain)
        };
        // A canonical local part stands without the quotes that some need (RFC 5322 §3.4.1).
        let local_part = if local_part.split('.').all(is_atom) {
            local_part.to_owned()
        } else {
            let escaped = local_part.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{escaped}\"")
        };
        let mut uri = "mailto:".to_owned();
        for octet in local_part.bytes() {
            match octet {
                b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' => uri.push(octet.into()),
                _ => {
                    // Writing to memory does not fail.
                    let _ = write!(uri, "%{octet:02X}");
                }
            }
        }
        format!("{uri}@{domain}")
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
    fn a_subject_reads_back_from_its_uri() {
        for text in [
            "alice@example.com",
            "mailto:%2B15551234567@example.com",
            "mailto:%22a%20b%22@example.com",
            "mailto:%22a%40b%22@example.com",
            "mailto:%22a%5C%22b%5C%5C%22@example.com",
            "mailto:%22a..b%22@example.com",
            "jörg%x@bücher.example",
            "+1 555 123 4567",
        ] {
            let subject = Subject::new(&Identifier::parse(text).unwrap()).unwrap();
            let uri = subject.to_uri();
            assert!(uri.is_ascii(), "{uri}");
            let again = Identifier::parse(&uri).unwrap();
            assert_eq!(Subject::new(&again), Some(subject), "{uri}");
        }
    }

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
