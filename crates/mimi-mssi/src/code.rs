//! What can be wrong with a definition string: one stable code each, with its severity, verdict and origin.

use core::fmt;

use crate::Verdict;

/// How much a [`Diagnostic`](crate::Diagnostic) matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// The record is used, though not all of it, or not as its author may expect.
    Warning,
    /// The record is not used.
    Error,
}

impl Severity {
    /// `info`, `warning` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

struct Entry {
    name: &'static str,
    severity: Severity,
    verdict: Verdict,
    origin: &'static str,
    summary: &'static str,
}

/// One row per code, so that none can lack a name, a severity or a place in [`Code::ALL`].
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $verdict:ident $origin:literal $summary:literal;)+) => {
        /// What a diagnostic is about. The kebab-case form is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`: ", $summary)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of judgement.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            const fn entry(self) -> Entry {
                match self {
                    $(Self::$variant => Entry {
                        name: $name,
                        severity: Severity::$severity,
                        verdict: Verdict::$verdict,
                        origin: $origin,
                        summary: $summary,
                    },)+
                }
            }
        }
    };
}

codes! {
    // (0) and (1): is there anything to read?
    StringTooLong "string-too-long" Error Rejected "D32" "more than 65,535 octets";
    NoTags "no-tags" Error Rejected "§4.3, step 1" "nothing but white space and semicolons";
    // (2) is it ours?
    VersionNotFirst "version-not-first" Error Ignored "§4.3, D8" "the first tag is not `v`";
    UnknownVersion "unknown-version" Error Ignored "§4.3, D9" "`v` is not exactly `MIMI1`";
    // (3) is it whole?
    ControlOctet "control-octet" Error Rejected "D14" "a control octet where only folded white space may have one";
    InvalidUtf8 "invalid-utf8" Error Rejected "D25" "octets that are not UTF-8";
    MissingEquals "missing-equals" Error Rejected "D19" "a segment without `=`";
    EmptyTagName "empty-tag-name" Error Rejected "D20" "nothing before the `=`";
    BadTagName "bad-tag-name" Error Rejected "D21" "a tag name that is not a letter and then letters, digits or `_`";
    DuplicateTag "duplicate-tag" Error Rejected "D11" "the same tag twice";
    TooManyTags "too-many-tags" Error Rejected "D32" "more than 64 tags";
    // (4) has it both halves of the identifier?
    MissingAccount "missing-account" Error Rejected "§4.3" "no tag `a`";
    EmptyAccount "empty-account" Error Rejected "D22" "`a` has no value";
    MissingEndpoint "missing-endpoint" Error Rejected "§4.3" "no tag `e`";
    EmptyEndpoint "empty-endpoint" Error Rejected "D22" "`e` has no value";
    // Accepted, and better mended.
    WhiteSpaceBeforeVersion "white-space-before-version" Warning Usable "D16" "white space before `v`";
    FoldedWhiteSpace "folded-white-space" Warning Usable "D14" "a line break inside the white space around a name or value";
    InnerWhiteSpace "inner-white-space" Warning Usable "D15" "a space or tab inside a value, kept";
    EmptySegment "empty-segment" Warning Usable "D18" "a semicolon too many";
    TagCase "tag-case" Warning Usable "D10" "an unknown tag that differs from a known one only in case";
    NonAscii "non-ascii" Warning Usable "D25" "a value with characters outside ASCII, kept";
    // (5) optional tags
    EmptyOptionalValue "empty-optional-value" Warning Usable "D22" "`p`, `pv` or `s` has no value and counts as absent";
    PriorityNotANumber "priority-not-a-number" Warning Usable "D26" "`p` is not made of digits and counts as absent";
    PriorityTooLarge "priority-too-large" Warning Usable "D26" "`p` exceeds 4294967295 and counts as absent";
    PriorityLeadingZeros "priority-leading-zeros" Warning Usable "D26" "`p` begins with a needless zero";
    PriorityOver65535 "priority-over-65535" Warning Usable "D26" "`p` exceeds 65535, which other software may cap";
    UnknownTag "unknown-tag" Info Usable "D12" "a tag that the draft does not define, kept";
}

impl Code {
    /// The stable name, in kebab case.
    pub const fn as_str(self) -> &'static str {
        self.entry().name
    }

    /// How much it matters.
    pub const fn severity(self) -> Severity {
        self.entry().severity
    }

    /// What becomes of the record: *usable* unless the severity is [`Severity::Error`].
    pub const fn verdict(self) -> Verdict {
        self.entry().verdict
    }

    /// The section of the draft, or the decision, that it comes from.
    pub const fn origin(self) -> &'static str {
        self.entry().origin
    }

    /// What it means, in one line.
    pub const fn summary(self) -> &'static str {
        self.entry().summary
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
