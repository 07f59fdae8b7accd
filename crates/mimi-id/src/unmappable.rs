//! [`Unmappable`]: a valid identifier that has no DNS name (D33 keeps this apart from *invalid*).

use core::error::Error;
use core::fmt;

/// Why a valid identifier cannot become a DNS name. Atoms of a local part are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unmappable {
    /// A quoted local part with nothing before, between or after dots (D43).
    EmptyAtom {
        /// Which atom.
        atom: usize,
    },
    /// An atom that is just `*`, and would ask for the wildcard itself (D47).
    WildcardAtom {
        /// Which atom.
        atom: usize,
    },
    /// An atom with a control character (D47).
    ControlCharacter {
        /// Which atom.
        atom: usize,
    },
    /// An ASCII atom that starts with `xn--`, and could be another atom's A-label (D46).
    ReservedPrefix {
        /// Which atom.
        atom: usize,
    },
    /// A non-ASCII atom that UTS 46 refuses (D46).
    RefusedByUts46 {
        /// Which atom.
        atom: usize,
    },
    /// A non-ASCII atom of which UTS 46 changes more than normalisation and case (D46).
    AlteredByUts46 {
        /// Which atom.
        atom: usize,
    },
    /// A non-ASCII atom of which only ASCII remains, which may be somebody else's (D46).
    BecomesAscii {
        /// Which atom.
        atom: usize,
    },
    /// A label over 63 octets (D45).
    AtomTooLong {
        /// Which atom.
        atom: usize,
        /// The length of its label in octets.
        length: usize,
    },
    /// A name over 255 octets in wire form (D45).
    NameTooLong,
    /// The root as target or suffix: the name would be a top-level domain (D36: a MIMIX target of `.` declines).
    RootTarget,
}

impl Unmappable {
    /// A stable code in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptyAtom { .. } => "empty-atom",
            Self::WildcardAtom { .. } => "wildcard-atom",
            Self::ControlCharacter { .. } => "control-character",
            Self::ReservedPrefix { .. } => "reserved-prefix",
            Self::RefusedByUts46 { .. } => "refused-by-uts46",
            Self::AlteredByUts46 { .. } => "altered-by-uts46",
            Self::BecomesAscii { .. } => "becomes-ascii",
            Self::AtomTooLong { .. } => "atom-too-long",
            Self::NameTooLong => "name-too-long",
            Self::RootTarget => "root-target",
        }
    }

    /// Which atom of the local part is at fault, from 0.
    pub const fn atom(&self) -> Option<usize> {
        match *self {
            Self::EmptyAtom { atom }
            | Self::WildcardAtom { atom }
            | Self::ControlCharacter { atom }
            | Self::ReservedPrefix { atom }
            | Self::RefusedByUts46 { atom }
            | Self::AlteredByUts46 { atom }
            | Self::BecomesAscii { atom }
            | Self::AtomTooLong { atom, .. } => Some(atom),
            Self::NameTooLong | Self::RootTarget => None,
        }
    }

    /// What the person may do about it, if anything.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::RootTarget => None,
            _ => Some(
                "the address is valid, but no DNS name is certain to be its alone: ask the person for their MUI",
            ),
        }
    }
}

impl fmt::Display for Unmappable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.atom().map_or(0, |atom| atom.saturating_add(1));
        match self {
            Self::EmptyAtom { .. } => write!(
                f,
                "expected text between the dots of the local part, found none (atom {number})"
            ),
            Self::WildcardAtom { .. } => write!(
                f,
                "expected an atom that names one person, found a lone '*' (atom {number})"
            ),
            Self::ControlCharacter { .. } => write!(
                f,
                "expected printable characters, found a control character (atom {number})"
            ),
            Self::ReservedPrefix { .. } => write!(
                f,
                "expected an atom that no internationalised atom can equal, found the prefix 'xn--' (atom {number})"
            ),
            Self::RefusedByUts46 { .. } => write!(
                f,
                "expected an atom that UTS 46 allows in a label, found one it refuses (atom {number})"
            ),
            Self::AlteredByUts46 { .. } => write!(
                f,
                "expected an atom that UTS 46 changes only in normalisation and case, found one it changes further (atom {number})"
            ),
            Self::BecomesAscii { .. } => write!(
                f,
                "expected a non-ASCII atom to stay one, found one that becomes plain ASCII (atom {number})"
            ),
            Self::AtomTooLong { length, .. } => write!(
                f,
                "expected a label of at most 63 octets, found {length} (atom {number})"
            ),
            Self::NameTooLong => {
                f.write_str("expected a name of at most 255 octets, found a longer one")
            }
            Self::RootTarget => f.write_str("expected a domain to map into, found the root"),
        }
    }
}

impl Error for Unmappable {}
