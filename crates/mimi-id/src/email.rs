//! [`EmailAddress`]: the email address as an XUI (§5.1; D40–D49).
//!
//! The text is an `addr-spec` of RFC 5322 §3.4.1 with the UTF-8 of RFC 6532 §3.2, comments and folding white space included, or a
//! `mailto:` URI (RFC 6068) with one address. What is left open:
//!
//! - Obsolete syntax (`obs-local-part`, `obs-domain`, control characters) is refused: writers must not produce it (RFC 5322 §4), and
//!   `"a".b` has readers that disagree.
//! - A local part over 64 octets is legal: the draft cites RFC 5322, which sets no limit, and RFC 5321 §4.5.3.1 asks implementations not to
//!   insist on its own. Whether it maps is decided by its atoms and the name (D45). Over [`MAX_LOCAL_PART_OCTETS`] is refused.
//! - The domain needs two labels, as in a MUI (D51), and is held to the same characters (D49).

mod error;
mod grammar;
mod local;

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use mimi_name::DomainName;

pub use error::EmailError;
pub use local::LocalLabels;

use crate::name::{self, NameError, Syntax};
use crate::percent::{self, PercentFault};
use crate::{Kind, MAX_INPUT_OCTETS, Unmappable};

const SCHEME: &str = "mailto";

/// The longest local part read, in octets without quotes, backslashes and comments: twice what an SMTP path holds (RFC 5321 §4.5.3.1.3).
pub(crate) const MAX_LOCAL_PART_OCTETS: usize = 512;

/// Octets that RFC 6068 §2 lets stand in the address of a `mailto:` URI, and that need no encoding in either part.
const MAILTO_PLAIN: &[u8] = b"!$'*+";

/// An email address: a local part and a domain.
///
/// Equality is exact on the local part (D41: it is sent as given) and ignores ASCII case in the domain; compare
/// [`EmailAddress::canonical_key`] to ask whether two addresses are looked up alike. `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress {
    local_part: String,
    domain: DomainName,
}

impl EmailAddress {
    /// Reads an address as a person types it, or a `mailto:` URI.
    ///
    /// # Errors
    /// [`EmailError`]. A legal address that has no name is no error here: see [`EmailAddress::labels`].
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        if percent::strip_scheme(text, SCHEME).is_some() {
            return Self::from_uri(text);
        }
        check_length(text)?;
        Self::from_addr_spec(text)
    }

    /// Reads a `mailto:` URI (RFC 6068) with one address and no header fields.
    ///
    /// # Errors
    /// [`EmailError`].
    pub fn from_uri(text: &str) -> Result<Self, EmailError> {
        check_length(text)?;
        let encoded = percent::strip_scheme(text, SCHEME).ok_or(EmailError::NotAMailtoUri)?;
        let offset = text.len() - encoded.len();
        // Delimiters of the URI, which an address must percent-encode: header fields may hold further addresses.
        if let Some((position, found)) = encoded
            .char_indices()
            .find(|(_, c)| matches!(c, '?' | '#' | ',' | '/'))
        {
            let position = offset + position;
            return Err(if found == ',' {
                EmailError::SeveralAddresses { position }
            } else {
                EmailError::UriDelimiter { position, found }
            });
        }
        let decoded = percent::decode(encoded).map_err(|fault| match fault {
            PercentFault::Unfinished { position } => EmailError::BadPercentEncoding {
                position: offset + position,
            },
            PercentFault::NotUtf8 { position } => EmailError::NotUtf8 {
                position: offset + position,
            },
        })?;
        Self::from_addr_spec(&decoded).map_err(|error| {
            error.relocate(|position| offset + percent::encoded_position(encoded, position))
        })
    }

    fn from_addr_spec(text: &str) -> Result<Self, EmailError> {
        let parsed = grammar::addr_spec(text)?;
        if parsed.local_part.len() > MAX_LOCAL_PART_OCTETS {
            return Err(EmailError::LocalPartTooLong {
                length: parsed.local_part.len(),
            });
        }
        let syntax = Syntax {
            escapes: false,
            final_dot: false,
        };
        let domain = name::parse(parsed.domain, syntax).map_err(|error| {
            EmailError::Domain(error.relocate(|position| parsed.domain_position + position))
        })?;
        if domain.label_count() < 2 {
            return Err(EmailError::Domain(NameError::SingleLabel));
        }
        Ok(Self {
            local_part: parsed.local_part,
            domain,
        })
    }

    /// The domain, at which MIMIX records are asked for (§5.1.1), absolute, with A-labels (D49).
    pub fn domain(&self) -> &DomainName {
        &self.domain
    }

    /// The local part's content: comments, quotes and quoting backslashes removed, case as given.
    pub fn local_part(&self) -> &str {
        &self.local_part
    }

    /// The labels that the local part maps to (D40–D47).
    ///
    /// # Errors
    /// [`Unmappable`] when no label is certain to be this local part's alone.
    pub fn labels(&self) -> Result<LocalLabels, Unmappable> {
        local::labels(&self.local_part)
    }

    /// The name to ask for MIMI records: the local part's labels before a MIMIX record's `target` (§5.1.1).
    ///
    /// # Errors
    /// [`Unmappable`], also when the name is over 255 octets or `target` is the root.
    pub fn name_under(&self, target: &DomainName) -> Result<DomainName, Unmappable> {
        let labels = self.labels()?;
        if target.is_root() {
            return Err(Unmappable::RootTarget);
        }
        DomainName::from_labels(labels.iter().chain(target.labels()))
            .map_err(|_| Unmappable::NameTooLong)
    }

    /// The address as an `addr-spec`: quoted only where needed, the domain in A-labels. [`EmailAddress::parse`] reads it back.
    ///
    /// The local part stands in it as it is: non-ASCII, and perhaps tabs.
    pub fn to_plain_text(&self) -> String {
        let mut text = grammar::quoted_if_needed(&self.local_part);
        text.push('@');
        text.push_str(&name::to_text(&self.domain));
        text
    }

    /// The address as a `mailto:` URI in ASCII (RFC 6068).
    pub fn to_uri(&self) -> String {
        let mut uri = String::from("mailto:");
        let local_part = grammar::quoted_if_needed(&self.local_part);
        percent::encode(&mut uri, &local_part, MAILTO_PLAIN);
        uri.push('@');
        uri.push_str(&name::to_text(&self.domain));
        uri
    }

    /// One text for all spellings of this address: `email:`, the local part, `@` and the domain in lower case.
    ///
    /// ASCII letters are lower-cased (D41). A non-ASCII local part that maps (D46) stands in the one form that all spellings with its
    /// labels share. Under one target, addresses with different keys for one domain never have one name.
    pub fn canonical_key(&self) -> String {
        let mut key = String::from(Kind::Email.as_str());
        key.push(':');
        key.push_str(&local::canonical(&self.local_part));
        key.push('@');
        key.push_str(&name::to_text(&self.domain.to_lowercase()));
        key
    }
}

fn check_length(text: &str) -> Result<(), EmailError> {
    if text.len() > MAX_INPUT_OCTETS {
        return Err(EmailError::InputTooLong { length: text.len() });
    }
    Ok(())
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        Self::parse(text)
    }
}

/// The address, with an ASCII form beside it in parentheses where it is not ASCII itself: the address with the domain's A-labels, or the
/// `mailto:` URI if the local part is quoted or not ASCII. A local part with characters that no label may hold, such as direction
/// overrides or tabs, is shown only as the URI. [`EmailAddress::parse`] reads all of these back: to it, the parentheses are a comment.
impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local_part = grammar::quoted_if_needed(&self.local_part);
        let is_ascii = local_part.bytes().all(|octet| matches!(octet, b' '..=b'~'));
        if !is_ascii && self.labels().is_err() {
            return f.write_str(&self.to_uri());
        }
        let unicode_domain = name::to_unicode(&self.domain);
        if is_ascii && unicode_domain.is_none() {
            return f.write_str(&self.to_plain_text());
        }
        let domain = unicode_domain.unwrap_or_else(|| name::to_text(&self.domain));
        // Quoted parentheses would unbalance those around the form.
        let beside = if is_ascii && !local_part.starts_with('"') {
            self.to_plain_text()
        } else {
            self.to_uri()
        };
        write!(f, "{local_part}@{domain} ({beside})")
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "EmailAddress(<{} octets>@<{} octets>)",
            self.local_part.len(),
            self.domain.as_wire().len()
        )
    }
}
