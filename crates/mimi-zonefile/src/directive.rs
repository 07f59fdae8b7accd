//! Directives: `$ORIGIN` and `$INCLUDE` (RFC 1035 §5.1), `$TTL` (RFC 2308 §4), BIND's `$GENERATE`; in any case.

use core::ops::Range;

use mimi_name::DomainName;

/// A directive that took effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Directive {
    /// What it says.
    pub kind: DirectiveKind,
    /// Where it stands, in octets.
    pub span: Range<usize>,
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
}

/// The name of a known directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DirectiveName {
    Origin,
    Ttl,
    Include,
    Generate,
}

impl DirectiveName {
    /// The directive that a bare token names.
    pub(crate) fn from_token(text: &[u8]) -> Option<Self> {
        const NAMES: [(&[u8], DirectiveName); 4] = [
            (b"$ORIGIN", DirectiveName::Origin),
            (b"$TTL", DirectiveName::Ttl),
            (b"$INCLUDE", DirectiveName::Include),
            (b"$GENERATE", DirectiveName::Generate),
        ];
        NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text))
            .map(|(_, directive)| *directive)
    }
}
