//! Directives: `$ORIGIN` and `$INCLUDE` (RFC 1035 §5.1), `$TTL` (RFC 2308 §4), BIND's `$GENERATE`; in any case.

use core::ops::Range;

use mimi_name::DomainName;

use crate::place::Place;
use crate::words::Word;

/// A directive that took effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Directive {
    /// What it says.
    pub kind: DirectiveKind,
    /// The directive as written, with comments and line ends inside parentheses.
    pub text: Box<[u8]>,
    /// Where it stands, in octets of the file.
    pub span: Range<usize>,
    /// The line and column of `span`.
    pub place: Place,
    /// Where its argument stands.
    pub argument_span: Range<usize>,
}

/// What a directive says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DirectiveKind {
    /// `$ORIGIN name`: what relative names get appended from here on. A relative argument got the earlier origin.
    Origin(DomainName),
    /// `$TTL time`: the TTL in seconds of later records that state none.
    Ttl(u32),
    /// `$INCLUDE path [origin]`: the entries of that file come after it.
    Include {
        /// The path as written, without quotes.
        path: Box<[u8]>,
        /// The origin at the start of the file, where it is not the one in force.
        origin: Option<DomainName>,
    },
    /// `$GENERATE range owner [TTL] [class] type RDATA`: the records come after it.
    Generate {
        /// How many records there are.
        records: u32,
    },
}

/// The name of a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DirectiveName {
    Origin,
    Ttl,
    Include,
    Generate,
    /// Nobody knows it.
    Unknown,
}

impl DirectiveName {
    /// The directive that a word names; `None` if it does not start with `$`, or is quoted.
    #[inline]
    pub(crate) fn from_word(word: Word, text: &[u8]) -> Option<Self> {
        let raw = word.of(text);
        if word.is_quoted() || raw.first() != Some(&b'$') {
            return None;
        }
        Some(Self::from_text(raw))
    }

    #[cold]
    fn from_text(raw: &[u8]) -> Self {
        const NAMES: [(&[u8], DirectiveName); 4] = [
            (b"$ORIGIN", DirectiveName::Origin),
            (b"$TTL", DirectiveName::Ttl),
            (b"$INCLUDE", DirectiveName::Include),
            (b"$GENERATE", DirectiveName::Generate),
        ];
        let known = NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(raw))
            .map(|(_, directive)| *directive);
        known.unwrap_or(Self::Unknown)
    }
}
