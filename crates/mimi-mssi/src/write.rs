//! Writing a definition string: strict about what it publishes (D13, D23, D25, D32).

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::escape::Escaped;
use crate::tag::{Known, is_tag_name};
use crate::taglist::is_blank;
use crate::{MAX_OCTETS, MAX_TAGS, OwnedMssi};

/// Collects the values of an MSSI to be published; from [`OwnedMssi::builder`].
///
/// ```
/// let mssi = mimi_mssi::OwnedMssi::builder("myname99", "im.telegram.org")
///     .priority(1)
///     .service("telegram")
///     .build()?;
/// assert_eq!(mssi.to_string(), "v=MIMI1; a=myname99; e=im.telegram.org; p=1; s=telegram");
/// # Ok::<(), mimi_mssi::WriteError>(())
/// ```
#[derive(Clone)]
pub struct Builder {
    mssi: OwnedMssi,
    non_ascii: bool,
}

impl Builder {
    pub(crate) fn new(mssa: String, mse: String) -> Self {
        Self {
            mssi: OwnedMssi {
                mssa,
                mse,
                protocol_version: None,
                priority: None,
                service: None,
                extensions: Vec::new(),
            },
            non_ascii: false,
        }
    }

    /// Sets the highest protocol version that the endpoint speaks (`pv`).
    #[must_use]
    pub fn protocol_version(mut self, version: impl Into<String>) -> Self {
        self.mssi.protocol_version = Some(version.into());
        self
    }

    /// Sets the priority (`p`): lower comes first. A reader warns about one over 65535 (D26).
    #[must_use]
    pub fn priority(mut self, priority: u32) -> Self {
        self.mssi.priority = Some(priority);
        self
    }

    /// Sets the kind of service (`s`); see [`registry`](crate::registry).
    #[must_use]
    pub fn service(mut self, service: impl Into<String>) -> Self {
        self.mssi.service = Some(service.into());
        self
    }

    /// Adds a tag that the draft does not define. Its value may be empty.
    #[must_use]
    pub fn extension(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.mssi.extensions.push((name.into(), value.into()));
        self
    }

    /// Allows characters outside ASCII in every value but the endpoint, whose host is written as A-labels (D25).
    #[must_use]
    pub fn allow_non_ascii(mut self) -> Self {
        self.non_ascii = true;
        self
    }

    /// Checks everything.
    ///
    /// # Errors
    ///
    /// The first reason, in the order of the canonical form, why these values cannot be published; limits come last.
    pub fn build(self) -> Result<OwnedMssi, WriteError> {
        let Self { mssi, non_ascii } = self;
        for (known, value) in [
            (Known::Account, Some(&mssi.mssa)),
            (Known::Endpoint, Some(&mssi.mse)),
            (Known::ProtocolVersion, mssi.protocol_version.as_ref()),
            (Known::Service, mssi.service.as_ref()),
        ] {
            let Some(value) = value else { continue };
            let tag = known.name();
            if value.is_empty() {
                return Err(WriteError::EmptyValue { tag: tag.into() });
            }
            check_value(tag, value, non_ascii && known != Known::Endpoint)?;
        }
        let mut names = Vec::with_capacity(mssi.extensions.len());
        for (name, value) in &mssi.extensions {
            check_name(name)?;
            check_value(name, value, non_ascii)?;
            names.push(name);
        }
        names.sort_unstable();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(WriteError::DuplicateTag {
                tag: pair[0].clone(),
            });
        }
        check_limits(&mssi)?;
        Ok(mssi)
    }
}

impl fmt::Debug for Builder {
    /// Redacted, as is that of [`OwnedMssi`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Builder").field(&self.mssi).finish()
    }
}

fn check_name(name: &str) -> Result<(), WriteError> {
    if !is_tag_name(name.as_bytes()) {
        Err(WriteError::BadTagName { name: name.into() })
    } else if Known::resembling(name.as_bytes()).is_some() {
        Err(WriteError::ReservedTagName { name: name.into() })
    } else {
        Ok(())
    }
}

fn check_value(tag: &str, value: &str, non_ascii: bool) -> Result<(), WriteError> {
    let octets = value.as_bytes();
    let outer = |octet: Option<&u8>| octet.copied().is_some_and(is_blank);
    if outer(octets.first()) || outer(octets.last()) {
        return Err(WriteError::OuterWhiteSpace { tag: tag.into() });
    }
    for (position, character) in value.char_indices() {
        let tag = || String::from(tag);
        if character == ';' {
            return Err(WriteError::Semicolon {
                tag: tag(),
                position,
            });
        }
        // Unlike a reader, a writer has no use for HTAB or the C1 controls either.
        if character.is_control() {
            return Err(WriteError::Control {
                tag: tag(),
                position,
            });
        }
        if !character.is_ascii() && !non_ascii {
            return Err(WriteError::NonAscii {
                tag: tag(),
                position,
                character,
            });
        }
    }
    Ok(())
}

fn check_limits(mssi: &OwnedMssi) -> Result<(), WriteError> {
    let optional = [
        mssi.protocol_version.is_some(),
        mssi.priority.is_some(),
        mssi.service.is_some(),
    ];
    let tags = 3 + optional.into_iter().filter(|&set| set).count() + mssi.extensions.len();
    if tags > MAX_TAGS {
        return Err(WriteError::TooManyTags { tags });
    }
    let octets = mssi.to_string().len();
    if octets > MAX_OCTETS {
        return Err(WriteError::TooLong { octets });
    }
    Ok(())
}

/// Why an MSSI cannot be published. Positions count octets from the start of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// `a`, `e`, `pv` or `s` has no value (D22).
    EmptyValue {
        /// The tag.
        tag: String,
    },
    /// A value begins or ends with a space or tab, which a reader would trim (D13, D23).
    OuterWhiteSpace {
        /// The tag.
        tag: String,
    },
    /// A value contains `;`, which would end it; there is no escaping (D23).
    Semicolon {
        /// The tag.
        tag: String,
        /// Where in the value.
        position: usize,
    },
    /// A value contains a control character (D23).
    Control {
        /// The tag.
        tag: String,
        /// Where in the value.
        position: usize,
    },
    /// A value contains a character outside ASCII without leave, or the endpoint contains one at all (D25).
    NonAscii {
        /// The tag.
        tag: String,
        /// Where in the value.
        position: usize,
        /// The character.
        character: char,
    },
    /// The name of an extension is not a letter and then letters, digits or `_` (D21).
    BadTagName {
        /// The name.
        name: String,
    },
    /// The name of an extension is one that the draft defines, or differs from it only in case (D10).
    ReservedTagName {
        /// The name.
        name: String,
    },
    /// Two extensions have the same name (D11).
    DuplicateTag {
        /// The name.
        tag: String,
    },
    /// There are more than [`MAX_TAGS`] tags, `v` included (D32).
    TooManyTags {
        /// How many.
        tags: usize,
    },
    /// The canonical form is longer than [`MAX_OCTETS`] (D32).
    TooLong {
        /// How long.
        octets: usize,
    },
}

impl WriteError {
    /// The stable name, in kebab case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptyValue { .. } => "empty-value",
            Self::OuterWhiteSpace { .. } => "outer-white-space",
            Self::Semicolon { .. } => "semicolon",
            Self::Control { .. } => "control",
            Self::NonAscii { .. } => "non-ascii",
            Self::BadTagName { .. } => "bad-tag-name",
            Self::ReservedTagName { .. } => "reserved-tag-name",
            Self::DuplicateTag { .. } => "duplicate-tag",
            Self::TooManyTags { .. } => "too-many-tags",
            Self::TooLong { .. } => "too-long",
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn shown(name: &str) -> Escaped<'_> {
            Escaped(name.as_bytes())
        }
        match self {
            Self::EmptyValue { tag } => {
                write!(f, "expected a value for `{}`, found none", shown(tag))
            }
            Self::OuterWhiteSpace { tag } => write!(
                f,
                "expected a value for `{}` without white space around it, which would be lost",
                shown(tag)
            ),
            Self::Semicolon { tag, position } => write!(
                f,
                "expected a value for `{}` without `;`, found one at octet {position}; it cannot be escaped",
                shown(tag)
            ),
            Self::Control { tag, position } => write!(
                f,
                "expected printable text for `{}`, found a control character at octet {position}",
                shown(tag)
            ),
            Self::NonAscii {
                tag,
                position,
                character,
            } => {
                write!(
                    f,
                    "expected ASCII for `{}`, found U+{:04X} at octet {position}",
                    shown(tag),
                    u32::from(*character)
                )?;
                if tag == Known::Endpoint.name() {
                    f.write_str("; write the host name as A-labels")?;
                }
                Ok(())
            }
            Self::BadTagName { name } => write!(
                f,
                "expected a tag name (a letter, then letters, digits or `_`), found `{}`",
                shown(name)
            ),
            Self::ReservedTagName { name } => write!(
                f,
                "expected the name of an extension, found `{}`, which is kept for a tag of MIMI1",
                shown(name)
            ),
            Self::DuplicateTag { tag } => {
                write!(f, "expected each tag once, found `{}` twice", shown(tag))
            }
            Self::TooManyTags { tags } => {
                write!(f, "expected at most {MAX_TAGS} tags, found {tags}")
            }
            Self::TooLong { octets } => {
                write!(f, "expected at most {MAX_OCTETS} octets, found {octets}")
            }
        }
    }
}

impl core::error::Error for WriteError {}
