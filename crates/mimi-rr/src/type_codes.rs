//! Which RR TYPE codes MIMI and MIMIX have: D2, RFC 6895 §3.1.
//!
//! The draft asks IANA for no code, so both live in the private-use range until one is assigned, and every tool can override them.

use core::error::Error;
use core::fmt;
use core::ops::RangeInclusive;

/// The RR TYPE codes of both record types (D2).
///
/// ```
/// use mimi_rr::TypeCodes;
/// assert_eq!(TypeCodes::default().mimi(), 65357);
/// assert_eq!(TypeCodes::new(65300, 65301)?.mimix(), 65301);
/// # Ok::<(), mimi_rr::TypeCodesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeCodes {
    mimi: u16,
    mimix: u16,
}

impl TypeCodes {
    /// MIMI 65357 (0xFF4D, `M`), MIMIX 65368 (0xFF58, `X`).
    pub const DEFAULT: Self = Self {
        mimi: 0xFF4D,
        mimix: 0xFF58,
    };

    /// The range set aside for private use (RFC 6895 §3.1).
    pub const PRIVATE_USE: RangeInclusive<u16> = 65280..=65534;

    /// The first code that may be given to a record type. Below it are the types that the DNS itself is made of, OPT, and the
    /// question types (128 to 255): taking one of those would break resolution, not only discovery.
    pub const FIRST: u16 = 256;
    /// The last code that may be given; 65535 is reserved.
    pub const LAST: u16 = 65534;

    /// Sets both codes. Codes outside [`PRIVATE_USE`](Self::PRIVATE_USE) are allowed, for the day on which IANA assigns some.
    ///
    /// # Errors
    /// [`TypeCodesError`] when both are the same, or one is not between [`FIRST`](Self::FIRST) and [`LAST`](Self::LAST).
    pub const fn new(mimi: u16, mimix: u16) -> Result<Self, TypeCodesError> {
        if mimi < Self::FIRST || mimi > Self::LAST {
            return Err(TypeCodesError::NotUsable { code: mimi });
        }
        if mimix < Self::FIRST || mimix > Self::LAST {
            return Err(TypeCodesError::NotUsable { code: mimix });
        }
        if mimi == mimix {
            return Err(TypeCodesError::Same { code: mimi });
        }
        Ok(Self { mimi, mimix })
    }

    /// The code of MIMI.
    pub const fn mimi(self) -> u16 {
        self.mimi
    }

    /// The code of MIMIX.
    pub const fn mimix(self) -> u16 {
        self.mimix
    }

    /// `"MIMI"` or `"MIMIX"`, if the code is one of the two.
    pub const fn mnemonic(self, code: u16) -> Option<&'static str> {
        if code == self.mimi {
            Some("MIMI")
        } else if code == self.mimix {
            Some("MIMIX")
        } else {
            None
        }
    }
}

impl Default for TypeCodes {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Why two codes cannot be those of MIMI and MIMIX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeCodesError {
    /// Both record types would have the same code.
    Same {
        /// That code.
        code: u16,
    },
    /// A code below [`TypeCodes::FIRST`] or above [`TypeCodes::LAST`].
    NotUsable {
        /// That code.
        code: u16,
    },
}

impl TypeCodesError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Same { .. } => "same-type-code",
            Self::NotUsable { .. } => "unusable-type-code",
        }
    }
}

impl fmt::Display for TypeCodesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same { code } => write!(
                f,
                "expected different type codes for MIMI and MIMIX, found {code} for both"
            ),
            Self::NotUsable { code } => write!(
                f,
                "expected a type code of {} to {}, found {code}",
                TypeCodes::FIRST,
                TypeCodes::LAST
            ),
        }
    }
}

impl Error for TypeCodesError {}

/// Who else uses a private-use code, as far as we know: `None` when nobody does.
///
/// Two parties on one code read each other's records. This is data for a lint, not a ban: a closed network may not care.
pub const fn squatters(code: u16) -> Option<&'static str> {
    Some(match code {
        65280 => "Technitium (ANAME)",
        65281 => "Technitium (FWD) and Microsoft DNS (WINS)",
        65282 => "Technitium (APP) and Microsoft DNS (WINS-R)",
        65305 => "hickory (ANAME)",
        65400 => "PowerDNS (ADDR)",
        65401 => "PowerDNS and Knot DNS (ALIAS)",
        65402 => "PowerDNS (LUA)",
        65422 => "dnsdist and PowerDNS Recursor (XPF)",
        65433 => "Knot DNS (DELEGPARAM)",
        65533 => "BIND (KEYDATA)",
        65534 => "BIND (signing state of a zone)",
        _ => return None,
    })
}
