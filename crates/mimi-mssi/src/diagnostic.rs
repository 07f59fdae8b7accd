//! A finding for people: where, what was expected, what was found, and what its author probably meant.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::fmt;
use core::ops::Range;

use crate::escape::Escaped;
use crate::intention::Intention;
use crate::sink::Finding;
use crate::{Code, MAX_OCTETS, MAX_TAGS, Severity, VERSION};

/// How many octets of the input a message quotes.
const EXCERPT: usize = 40;

/// Something worth saying about a definition string.
///
/// [`Display`](fmt::Display) writes the message. [`Debug`](fmt::Debug) leaves out what was found, which may be personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostic {
    code: Code,
    span: Range<usize>,
    related: Option<Range<usize>>,
    found: Box<[u8]>,
    shortened: bool,
    intention: Option<Intention>,
}

impl Diagnostic {
    pub(crate) fn new(input: &[u8], finding: Finding) -> Self {
        let Finding { code, span, first } = finding;
        let found = input.get(span.clone()).unwrap_or_default();
        let excerpt = found.get(..EXCERPT).unwrap_or(found);
        Self {
            code,
            intention: Intention::for_finding(code, input, &span),
            found: excerpt.into(),
            shortened: excerpt.len() < found.len(),
            span,
            related: first,
        }
    }

    /// What it is about.
    pub fn code(&self) -> Code {
        self.code
    }

    /// How much it matters: that of its code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Where, in octets from the start of the string. Empty where something is missing.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// A second place to look at: for a duplicate, the name of the first tag.
    pub fn related(&self) -> Option<Range<usize>> {
        self.related.clone()
    }

    /// One sentence without a full stop; octets that are not printable ASCII appear as `\DDD`.
    pub fn message(&self) -> String {
        self.to_string()
    }

    /// What the author probably meant.
    pub fn intention(&self) -> Option<Intention> {
        self.intention
    }

    /// What the author probably meant, or should do instead: the remedy of [`Diagnostic::intention`].
    pub fn help(&self) -> Option<&'static str> {
        self.intention.map(Intention::as_str)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Found(self);
        match self.code {
            Code::StringTooLong => {
                write!(
                    f,
                    "expected at most {MAX_OCTETS} octets, found {}",
                    self.span.end
                )
            }
            Code::NoTags => write!(f, "expected `v={VERSION}`, found no tag"),
            Code::VersionNotFirst => {
                write!(f, "expected `v={VERSION}` as the first tag, found {found}")
            }
            Code::UnknownVersion => write!(f, "expected version `{VERSION}`, found {found}"),
            Code::ControlOctet => {
                write!(
                    f,
                    "expected text without control octets, found {found} at octet {}",
                    self.span.start
                )
            }
            Code::InvalidUtf8 => {
                write!(
                    f,
                    "expected UTF-8, found {found} at octet {}",
                    self.span.start
                )
            }
            Code::MissingEquals => write!(f, "expected `name=value`, found {found}"),
            Code::EmptyTagName => f.write_str("expected a tag name before `=`, found none"),
            Code::BadTagName => write!(
                f,
                "expected a tag name (a letter, then letters, digits or `_`), found {found}"
            ),
            Code::DuplicateTag => {
                write!(f, "expected each tag once, found {found} again")?;
                match &self.related {
                    Some(first) => write!(f, " (first at octet {})", first.start),
                    None => Ok(()),
                }
            }
            Code::TooManyTags => write!(
                f,
                "expected at most {MAX_TAGS} tags, found one more at octet {}",
                self.span.start
            ),
            Code::MissingAccount => {
                f.write_str("expected a tag `a` with the account label, found none")
            }
            Code::EmptyAccount => write!(f, "expected an account label, found {found} without one"),
            Code::MissingEndpoint => {
                f.write_str("expected a tag `e` with the service endpoint, found none")
            }
            Code::EmptyEndpoint => {
                write!(f, "expected a service endpoint, found {found} without one")
            }
            Code::WhiteSpaceBeforeVersion => {
                write!(f, "expected `v={VERSION}` at once, found white space first")
            }
            Code::FoldedWhiteSpace => {
                write!(
                    f,
                    "expected no line break, found white space {found} with one"
                )
            }
            Code::InnerWhiteSpace => {
                write!(
                    f,
                    "expected a value without white space, found {found} in it; it is kept"
                )
            }
            Code::EmptySegment => write!(f, "expected a tag, found {found}"),
            Code::TagCase => {
                write!(
                    f,
                    "expected a tag name in lower case, found {found}, which is another, unknown tag"
                )
            }
            Code::NonAscii => write!(f, "expected ASCII, found {found}; it is kept"),
            Code::EmptyOptionalValue => write!(
                f,
                "expected a value, found {found} without one; the tag counts as absent"
            ),
            Code::PriorityNotANumber => {
                write!(
                    f,
                    "expected digits, found {found}; the priority counts as absent"
                )
            }
            Code::PriorityTooLarge => write!(
                f,
                "expected a priority of at most {}, found {found}; it counts as absent",
                u32::MAX
            ),
            Code::PriorityLeadingZeros => {
                write!(f, "expected no leading zeros, found {found}")
            }
            Code::PriorityOver65535 => {
                write!(f, "expected a priority of at most 65535, found {found}")
            }
            Code::UnknownTag => write!(f, "found {found}, a tag that {VERSION} does not define"),
        }
    }
}

impl fmt::Debug for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnostic")
            .field("code", &self.code)
            .field("span", &self.span)
            .field("related", &self.related)
            .field("intention", &self.intention)
            .finish_non_exhaustive()
    }
}

/// The text at fault, quoted and escaped.
struct Found<'a>(&'a Diagnostic);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dots = if self.0.shortened { "..." } else { "" };
        write!(f, "`{}{dots}`", Escaped(&self.0.found))
    }
}
