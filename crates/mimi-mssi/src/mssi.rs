//! The MIMI Service-Specific Identifier (draft §2, §4.3), borrowed from a definition string.

use core::fmt;

use crate::judge::{Tags, judge};
use crate::plain;
use crate::sink::Strict;
use crate::tag::Known;
use crate::taglist::segments;
use crate::{Code, OwnedMssi, Refusal};

/// Reads the MSSI of a usable record; for resolvers and other engines.
///
/// It takes the octets of the joined character-strings (D1), borrows from them, allocates nothing, and is linear in their
/// number. [`parse`](crate::parse) comes to the same verdict and explains it.
///
/// # Errors
///
/// A [`Refusal`] when the record is to be ignored or rejected; the others of the RRset are not affected.
pub fn parse_strict(input: &[u8]) -> Result<Mssi<'_>, Refusal> {
    let tags = match plain::read(input) {
        Some(tags) => tags,
        None => judge(input, &mut Strict).map_err(Refusal::new)?,
    };
    // The judge refuses a string without `a` or `e`, so there is always an MSSI.
    Mssi::new(input, &tags).ok_or(Refusal::new(Code::MissingAccount))
}

/// An account at a service endpoint, with what else its record says.
///
/// Values are exactly as published: never decoded, folded or stripped inside (D15, D23, D29, D54).
/// Two are equal when all their values and extensions are, however they were written.
#[derive(Clone, Copy)]
pub struct Mssi<'a> {
    mssa: &'a str,
    mse: &'a str,
    protocol_version: Option<&'a str>,
    priority: Option<u32>,
    service: Option<&'a str>,
    /// The judged string, read again for the unknown tags; empty if it has none.
    extensions: &'a [u8],
}

impl<'a> Mssi<'a> {
    /// `None` without an account or an endpoint.
    pub(crate) fn new(input: &'a [u8], tags: &Tags<'a>) -> Option<Self> {
        Some(Self {
            mssa: tags.account?,
            mse: tags.endpoint?,
            protocol_version: tags.protocol_version,
            priority: tags.priority,
            service: tags.service,
            extensions: if tags.extended { input } else { &[] },
        })
    }

    /// The account label, tag `a`: unique within the service only.
    pub fn mssa(&self) -> &'a str {
        self.mssa
    }

    /// The service endpoint, tag `e`; its format is left to other MIMI documents.
    pub fn mse(&self) -> &'a str {
        self.mse
    }

    /// The highest protocol version that the endpoint speaks, tag `pv`.
    pub fn protocol_version(&self) -> Option<&'a str> {
        self.protocol_version
    }

    /// The priority, tag `p`: lower comes first, and `None` comes last (D27).
    pub fn priority(&self) -> Option<u32> {
        self.priority
    }

    /// The kind of service, tag `s`; see [`registry`](crate::registry).
    pub fn service(&self) -> Option<&'a str> {
        self.service
    }

    /// Names and values of the tags that the draft does not define, in order (D12). A value may be empty.
    pub fn extensions(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        segments(self.extensions).filter_map(|segment| {
            let name = segment.name.text.octets;
            if Known::named(name).is_some() {
                return None;
            }
            // The string has been judged, so neither conversion fails.
            Some((
                core::str::from_utf8(name).ok()?,
                core::str::from_utf8(segment.value?.text.octets).ok()?,
            ))
        })
    }

    /// A copy that does not borrow.
    pub fn to_owned(&self) -> OwnedMssi {
        OwnedMssi::from(*self)
    }
}

impl PartialEq for Mssi<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.mssa, self.mse, self.protocol_version)
            == (other.mssa, other.mse, other.protocol_version)
            && (self.priority, self.service) == (other.priority, other.service)
            && self.extensions().eq(other.extensions())
    }
}

impl Eq for Mssi<'_> {}

impl fmt::Debug for Mssi<'_> {
    /// Redacted: an account label is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mssi")
            .field("priority", &self.priority)
            .finish_non_exhaustive()
    }
}
