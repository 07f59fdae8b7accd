//! The tags of §4.3, and what may be a tag name (D10, D21).

/// A tag that the draft defines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Version,
    Account,
    Endpoint,
    ProtocolVersion,
    Priority,
    Service,
}

impl Known {
    /// Every known tag, in the order in which the writer emits them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Version,
        Self::Account,
        Self::Endpoint,
        Self::ProtocolVersion,
        Self::Priority,
        Self::Service,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Version => "v",
            Self::Account => "a",
            Self::Endpoint => "e",
            Self::ProtocolVersion => "pv",
            Self::Priority => "p",
            Self::Service => "s",
        }
    }

    /// The tag of exactly this name (D10).
    pub(crate) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"v" => Some(Self::Version),
            b"a" => Some(Self::Account),
            b"e" => Some(Self::Endpoint),
            b"pv" => Some(Self::ProtocolVersion),
            b"p" => Some(Self::Priority),
            b"s" => Some(Self::Service),
            _ => None,
        }
    }

    /// The tag that this name would be, if case did not matter.
    pub(crate) fn resembling(name: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|known| known.name().as_bytes().eq_ignore_ascii_case(name))
    }
}

/// `ALPHA *(ALPHA / DIGIT / "_")` (D21).
pub(crate) fn is_tag_name(name: &[u8]) -> bool {
    let mut octets = name.iter();
    octets.next().is_some_and(u8::is_ascii_alphabetic)
        && octets.all(|&octet| octet.is_ascii_alphanumeric() || octet == b'_')
}

/// A control octet other than HTAB (D14); as part of white space it never reaches a name or a value.
pub(crate) fn is_control(octet: u8) -> bool {
    octet.is_ascii_control() && octet != b'\t'
}
