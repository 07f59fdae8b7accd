//! [`EmailError`]: why a text is not an email address, and where (D48: what is something else says so with a code of its own).

use core::error::Error;
use core::fmt;

use super::MAX_LOCAL_PART_OCTETS;
use crate::MAX_INPUT_OCTETS;
use crate::escape::Shown;
use crate::name::NameError;

/// Why text is not an email address. Positions are octet offsets into the text given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmailError {
    /// Over [`MAX_INPUT_OCTETS`].
    InputTooLong {
        /// The length in octets.
        length: usize,
    },
    /// No `@` after what would be the local part.
    MissingAt,
    /// Nothing before the `@`. (`""@example.com` is legal.)
    EmptyLocalPart {
        /// Where the `@` stands.
        position: usize,
    },
    /// A local part over 512 octets.
    LocalPartTooLong {
        /// The length of its content in octets.
        length: usize,
    },
    /// Nothing after the `@`.
    EmptyDomain,
    /// A dot at the start or the end of a part, or two in a row.
    MisplacedDot {
        /// Where the dot stands.
        position: usize,
    },
    /// A character that cannot stand there.
    UnexpectedCharacter {
        /// Where it stands.
        position: usize,
        /// The character.
        found: char,
    },
    /// A control character.
    ControlCharacter {
        /// Where it stands.
        position: usize,
        /// The character.
        found: char,
    },
    /// The text ends too early.
    UnexpectedEnd,
    /// A quoted string without closing quote.
    UnterminatedQuote {
        /// Where the opening quote stands.
        position: usize,
    },
    /// A comment without closing parenthesis.
    UnterminatedComment {
        /// Where the opening parenthesis stands.
        position: usize,
    },
    /// Words joined by dots that only the obsolete syntax joins (RFC 5322 §4.4): quoted strings, or words with white space or comments.
    ObsoleteSyntax {
        /// Where the dot stands.
        position: usize,
    },
    /// An address in brackets as domain, such as `[192.0.2.1]` (D48).
    DomainLiteral {
        /// Where the bracket stands.
        position: usize,
    },
    /// A group, such as `friends: a@example.com;` (D48).
    Group {
        /// Where the colon stands.
        position: usize,
    },
    /// A display name before an address in angle brackets (D48).
    DisplayName {
        /// Where the bracket stands.
        position: usize,
    },
    /// An address in angle brackets.
    AngleBrackets {
        /// Where the bracket stands.
        position: usize,
    },
    /// A source route, such as `@a.example:b@c.example` (D48).
    SourceRoute {
        /// Where it starts.
        position: usize,
    },
    /// More than one address.
    SeveralAddresses {
        /// Where the separator stands.
        position: usize,
    },
    /// The domain cannot be one (D49).
    Domain(NameError),
    /// Where a `mailto:` URI is due: another scheme, or none.
    NotAMailtoUri,
    /// A `?`, `#` or `/` in a `mailto:` URI: header fields, which may name other people, or not an address.
    UriDelimiter {
        /// Where it stands.
        position: usize,
        /// The delimiter.
        found: char,
    },
    /// `%` without two hexadecimal digits, in a `mailto:` URI.
    BadPercentEncoding {
        /// Where the `%` stands.
        position: usize,
    },
    /// Percent-encoded octets that are not UTF-8.
    NotUtf8 {
        /// Where the first of them stands.
        position: usize,
    },
}

impl EmailError {
    /// A stable code in kebab case; faults of the domain start with `domain-`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InputTooLong { .. } => "input-too-long",
            Self::MissingAt => "missing-at",
            Self::EmptyLocalPart { .. } => "empty-local-part",
            Self::LocalPartTooLong { .. } => "local-part-too-long",
            Self::EmptyDomain => "empty-domain",
            Self::MisplacedDot { .. } => "misplaced-dot",
            Self::UnexpectedCharacter { .. } => "unexpected-character",
            Self::ControlCharacter { .. } => "control-character",
            Self::UnexpectedEnd => "unexpected-end",
            Self::UnterminatedQuote { .. } => "unterminated-quote",
            Self::UnterminatedComment { .. } => "unterminated-comment",
            Self::ObsoleteSyntax { .. } => "obsolete-syntax",
            Self::DomainLiteral { .. } => "domain-literal",
            Self::Group { .. } => "group",
            Self::DisplayName { .. } => "display-name",
            Self::AngleBrackets { .. } => "angle-brackets",
            Self::SourceRoute { .. } => "source-route",
            Self::SeveralAddresses { .. } => "several-addresses",
            Self::Domain(error) => domain_code(error),
            Self::NotAMailtoUri => "not-a-mailto-uri",
            Self::UriDelimiter { .. } => "uri-delimiter",
            Self::BadPercentEncoding { .. } => "bad-percent-encoding",
            Self::NotUtf8 { .. } => "not-utf8",
        }
    }

    /// The octet offset of the fault in the text given, where it has one.
    pub const fn position(&self) -> Option<usize> {
        match *self {
            Self::EmptyLocalPart { position }
            | Self::MisplacedDot { position }
            | Self::UnexpectedCharacter { position, .. }
            | Self::ControlCharacter { position, .. }
            | Self::UnterminatedQuote { position }
            | Self::UnterminatedComment { position }
            | Self::ObsoleteSyntax { position }
            | Self::DomainLiteral { position }
            | Self::Group { position }
            | Self::DisplayName { position }
            | Self::AngleBrackets { position }
            | Self::SourceRoute { position }
            | Self::SeveralAddresses { position }
            | Self::UriDelimiter { position, .. }
            | Self::BadPercentEncoding { position }
            | Self::NotUtf8 { position } => Some(position),
            Self::Domain(error) => error.position(),
            _ => None,
        }
    }

    /// What to do about it, where there is a remedy.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::MissingAt => Some("write name@example.com"),
            Self::MisplacedDot { .. } => {
                Some("each dot stands between two words; the domain takes no final dot")
            }
            Self::ObsoleteSyntax { .. } => {
                Some("quote the whole local part once, and leave no space around dots")
            }
            Self::DomainLiteral { .. } => Some("use an address at a domain name"),
            Self::DisplayName { .. } | Self::AngleBrackets { .. } => {
                Some("write only the address between the angle brackets")
            }
            Self::SourceRoute { .. } => Some("write only the address after the last colon"),
            Self::Group { .. } | Self::SeveralAddresses { .. } => {
                Some("write one address at a time")
            }
            Self::Domain(error) => error.help(),
            Self::NotAMailtoUri => Some("write mailto: and the address"),
            Self::UriDelimiter { .. } => {
                Some("write only the address; one of its own characters is percent-encoded")
            }
            Self::BadPercentEncoding { .. } => {
                Some("write % and two hexadecimal digits; a percent sign itself is %25")
            }
            _ => None,
        }
    }

    /// The same error at another position.
    pub(crate) fn relocate(self, place: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::EmptyLocalPart { position } => Self::EmptyLocalPart {
                position: place(position),
            },
            Self::MisplacedDot { position } => Self::MisplacedDot {
                position: place(position),
            },
            Self::UnexpectedCharacter { position, found } => Self::UnexpectedCharacter {
                position: place(position),
                found,
            },
            Self::ControlCharacter { position, found } => Self::ControlCharacter {
                position: place(position),
                found,
            },
            Self::UnterminatedQuote { position } => Self::UnterminatedQuote {
                position: place(position),
            },
            Self::UnterminatedComment { position } => Self::UnterminatedComment {
                position: place(position),
            },
            Self::ObsoleteSyntax { position } => Self::ObsoleteSyntax {
                position: place(position),
            },
            Self::DomainLiteral { position } => Self::DomainLiteral {
                position: place(position),
            },
            Self::Group { position } => Self::Group {
                position: place(position),
            },
            Self::DisplayName { position } => Self::DisplayName {
                position: place(position),
            },
            Self::AngleBrackets { position } => Self::AngleBrackets {
                position: place(position),
            },
            Self::SourceRoute { position } => Self::SourceRoute {
                position: place(position),
            },
            Self::SeveralAddresses { position } => Self::SeveralAddresses {
                position: place(position),
            },
            Self::Domain(error) => Self::Domain(error.relocate(place)),
            // No position, or found before the text was decoded.
            other => other,
        }
    }
}

/// The code of a domain's fault.
const fn domain_code(error: &NameError) -> &'static str {
    match error {
        NameError::Empty => "empty-domain",
        NameError::EmptyLabel { .. } => "domain-empty-label",
        NameError::SingleLabel => "domain-single-label",
        NameError::LabelTooLong { .. } => "domain-label-too-long",
        NameError::NameTooLong { .. } => "domain-name-too-long",
        NameError::UnexpectedCharacter { .. } => "domain-unexpected-character",
        NameError::BadEscape { .. } => "domain-bad-escape",
        NameError::EscapesWithUnicode { .. } => "domain-escapes-with-unicode",
        NameError::RefusedByUts46 => "domain-refused-by-uts46",
        NameError::IpAddress => "domain-ip-address",
        NameError::NumericTopLevel => "domain-numeric-top-level",
        NameError::WildcardLabel { .. } => "domain-wildcard-label",
    }
}

impl fmt::Display for EmailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::InputTooLong { length } => write!(
                f,
                "expected at most {MAX_INPUT_OCTETS} octets, found {length}"
            ),
            Self::MissingAt => f.write_str("expected an '@' after the local part, found none"),
            Self::EmptyLocalPart { position } => write!(
                f,
                "expected a local part before the '@' at octet {position}, found none"
            ),
            Self::LocalPartTooLong { length } => write!(
                f,
                "expected a local part of at most {MAX_LOCAL_PART_OCTETS} octets, found {length}"
            ),
            Self::EmptyDomain => f.write_str("expected a domain after the '@', found none"),
            Self::MisplacedDot { position } => write!(
                f,
                "expected a dot between two words, found one without at octet {position}"
            ),
            Self::UnexpectedCharacter { position, found } => write!(
                f,
                "expected an address such as name@example.com, found {} at octet {position}",
                Shown(found)
            ),
            Self::ControlCharacter { position, found } => write!(
                f,
                "expected printable characters, found {} at octet {position}",
                Shown(found)
            ),
            Self::UnexpectedEnd => f.write_str("expected more of an address, found its end"),
            Self::UnterminatedQuote { position } => write!(
                f,
                "expected a closing quote for the one at octet {position}, found none"
            ),
            Self::UnterminatedComment { position } => write!(
                f,
                "expected a closing parenthesis for the one at octet {position}, found none"
            ),
            Self::ObsoleteSyntax { position } => write!(
                f,
                "expected a dot between plain words, found obsolete syntax at octet {position}"
            ),
            Self::DomainLiteral { position } => write!(
                f,
                "expected a domain name, found a domain literal at octet {position}"
            ),
            Self::Group { position } => write!(
                f,
                "expected one address, found a group with its colon at octet {position}"
            ),
            Self::DisplayName { position } => write!(
                f,
                "expected a bare address, found a display name before octet {position}"
            ),
            Self::AngleBrackets { position } => write!(
                f,
                "expected a bare address, found an angle bracket at octet {position}"
            ),
            Self::SourceRoute { position } => write!(
                f,
                "expected a bare address, found a source route at octet {position}"
            ),
            Self::SeveralAddresses { position } => write!(
                f,
                "expected one address, found a separator at octet {position}"
            ),
            Self::Domain(error) => write!(f, "in the domain: {error}"),
            Self::NotAMailtoUri => f.write_str("expected a mailto: URI, found another text"),
            Self::UriDelimiter { position, found } => write!(
                f,
                "expected only an address after 'mailto:', found {} at octet {position}",
                Shown(found)
            ),
            Self::BadPercentEncoding { position } => write!(
                f,
                "expected two hexadecimal digits after the '%' at octet {position}"
            ),
            Self::NotUtf8 { position } => write!(
                f,
                "expected percent-encoded UTF-8, found other octets at octet {position}"
            ),
        }
    }
}

impl Error for EmailError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Domain(error) => Some(error),
            _ => None,
        }
    }
}
