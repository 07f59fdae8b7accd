//! An MSSI that owns its values, and its canonical form (D13).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::tag::Known;
use crate::{Builder, Mssi, Refusal, VERSION, parse_strict};

/// An account at a service endpoint, with what else its record says; see [`Mssi`].
///
/// [`Display`](fmt::Display) writes the **canonical form**: `v=MIMI1; a=…; e=…; pv=…; p=…; s=…` and then the extensions in their
/// order, with `; ` in between and nothing at the end. It is meant for a zone, not for a terminal: values appear as they are.
///
/// What a string loses on its way through [`parse_strict`] and back is all that carries no meaning: white space around names and values
/// (D13, D14, D16), empty segments and a final `;` (D17, D18), the order of the known tags, leading zeros of `p`, and
/// `pv`, `p` or `s` that counted as absent (D22, D26). Values and extensions come back octet for octet.
/// The spaces can make it up to 126 octets longer than what was read.
///
/// `Ord` is for collections; it says nothing about preference (D27, D28).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnedMssi {
    pub(crate) mssa: String,
    pub(crate) mse: String,
    pub(crate) protocol_version: Option<String>,
    pub(crate) priority: Option<u32>,
    pub(crate) service: Option<String>,
    pub(crate) extensions: Vec<(String, String)>,
}

impl OwnedMssi {
    /// Starts an MSSI to be published, from an account label and a service endpoint.
    pub fn builder(mssa: impl Into<String>, mse: impl Into<String>) -> Builder {
        Builder::new(mssa.into(), mse.into())
    }

    /// The account label, tag `a`.
    pub fn mssa(&self) -> &str {
        &self.mssa
    }

    /// The service endpoint, tag `e`.
    pub fn mse(&self) -> &str {
        &self.mse
    }

    /// The highest protocol version that the endpoint speaks, tag `pv`.
    pub fn protocol_version(&self) -> Option<&str> {
        self.protocol_version.as_deref()
    }

    /// The priority, tag `p`: lower comes first, and `None` comes last (D27).
    pub fn priority(&self) -> Option<u32> {
        self.priority
    }

    /// The kind of service, tag `s`.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// Names and values of the tags that the draft does not define, in order (D12).
    pub fn extensions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.extensions
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl From<Mssi<'_>> for OwnedMssi {
    fn from(mssi: Mssi<'_>) -> Self {
        Self {
            mssa: mssi.mssa().into(),
            mse: mssi.mse().into(),
            protocol_version: mssi.protocol_version().map(String::from),
            priority: mssi.priority(),
            service: mssi.service().map(String::from),
            extensions: mssi
                .extensions()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }
}

impl FromStr for OwnedMssi {
    type Err = Refusal;

    /// [`parse_strict`], and a copy.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        parse_strict(text.as_bytes()).map(Self::from)
    }
}

impl fmt::Display for OwnedMssi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, known) in Known::ALL.into_iter().enumerate() {
            let value: &dyn fmt::Display = match known {
                Known::Version => &VERSION,
                Known::Account => &self.mssa,
                Known::Endpoint => &self.mse,
                Known::ProtocolVersion => match &self.protocol_version {
                    Some(value) => value,
                    None => continue,
                },
                Known::Priority => match &self.priority {
                    Some(value) => value,
                    None => continue,
                },
                Known::Service => match &self.service {
                    Some(value) => value,
                    None => continue,
                },
            };
            let separator = if position == 0 { "" } else { "; " };
            write!(f, "{separator}{}={value}", known.name())?;
        }
        for (name, value) in &self.extensions {
            write!(f, "; {name}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for OwnedMssi {
    /// Redacted: an account label is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedMssi")
            .field("priority", &self.priority)
            .finish_non_exhaustive()
    }
}
