//! What can be wrong with a name: in wire form, as labels, or as text.

use core::error::Error;
use core::fmt;

use crate::name::DomainName;

/// Why octets are not an uncompressed name in wire form. Positions are octet offsets into what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WireError {
    /// The octets end before the root label.
    EndsEarly {
        /// Where the unfinished label starts.
        position: usize,
    },
    /// A compression pointer (RFC 1035 §4.1.4), where none is allowed.
    Compressed {
        /// Where the pointer stands.
        position: usize,
        /// Its first octet.
        octet: u8,
    },
    /// A label type that is neither a plain label nor a pointer (RFC 6891 §5).
    UnknownLabelType {
        /// Where the label starts.
        position: usize,
        /// Its first octet.
        octet: u8,
    },
    /// The name exceeds [`DomainName::MAX_LENGTH`].
    TooLong {
        /// Where the label starts that does not fit.
        position: usize,
    },
    /// Octets follow the root label.
    TrailingOctets {
        /// Where they start.
        position: usize,
    },
}

impl WireError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EndsEarly { .. } => "name-ends-early",
            Self::Compressed { .. } => "name-compressed",
            Self::UnknownLabelType { .. } => "unknown-label-type",
            Self::TooLong { .. } => "name-too-long",
            Self::TrailingOctets { .. } => "octets-after-name",
        }
    }

    /// The octet offset at which reading failed.
    pub fn position(&self) -> usize {
        match *self {
            Self::EndsEarly { position }
            | Self::Compressed { position, .. }
            | Self::UnknownLabelType { position, .. }
            | Self::TooLong { position }
            | Self::TrailingOctets { position } => position,
        }
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsEarly { position } => write!(
                f,
                "expected a name closed by the root label, found the end of the octets in the label at octet {position}"
            ),
            Self::Compressed { position, octet } => write!(
                f,
                "expected an uncompressed name, found a compression pointer (0x{octet:02X}) at octet {position}"
            ),
            Self::UnknownLabelType { position, octet } => write!(
                f,
                "expected a label length of 0 to 63, found 0x{octet:02X} at octet {position}"
            ),
            Self::TooLong { position } => write!(
                f,
                "expected a name of at most {} octets, which the label at octet {position} exceeds",
                DomainName::MAX_LENGTH
            ),
            Self::TrailingOctets { position } => write!(
                f,
                "expected nothing after the name, found more octets at octet {position}"
            ),
        }
    }
}

impl Error for WireError {}

/// Why labels do not make a name. Indices count labels from the left, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LabelError {
    /// A label without octets.
    Empty {
        /// Which label.
        index: usize,
    },
    /// A label over [`DomainName::MAX_LABEL_LENGTH`].
    LabelTooLong {
        /// Which label.
        index: usize,
        /// Its length in octets; where reading stopped early, the octets read so far.
        length: usize,
    },
    /// The labels exceed [`DomainName::MAX_LENGTH`] together.
    NameTooLong {
        /// The first label that does not fit.
        index: usize,
    },
}

impl LabelError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty-label",
            Self::LabelTooLong { .. } => "label-too-long",
            Self::NameTooLong { .. } => "name-too-long",
        }
    }
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { index } => write!(
                f,
                "expected a label of 1 to {} octets, found an empty one (label {})",
                DomainName::MAX_LABEL_LENGTH,
                index + 1
            ),
            Self::LabelTooLong { index, length } => write!(
                f,
                "expected a label of 1 to {} octets, found {length} (label {})",
                DomainName::MAX_LABEL_LENGTH,
                index + 1
            ),
            Self::NameTooLong { index } => write!(
                f,
                "expected a name of at most {} octets in wire form, which label {} exceeds",
                DomainName::MAX_LENGTH,
                index + 1
            ),
        }
    }
}

impl Error for LabelError {}

/// Why text is not a name, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextError {
    position: usize,
    kind: TextErrorKind,
}

/// What is wrong with the text of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextErrorKind {
    /// No text at all.
    Empty,
    /// Two dots in a row, or a dot at the start.
    EmptyLabel,
    /// A backslash that no octet, or fewer than three digits, follow.
    UnfinishedEscape,
    /// `\DDD` above 255.
    EscapeOver255 {
        /// The number written.
        value: u16,
    },
    /// A relative name, or `@`, where no origin is known.
    RelativeWithoutOrigin,
    /// The labels do not make a name.
    Label(LabelError),
}

impl TextError {
    pub(crate) fn new(position: usize, kind: TextErrorKind) -> Self {
        Self { position, kind }
    }

    /// The octet offset into the text at which reading failed.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What is wrong.
    pub fn kind(&self) -> TextErrorKind {
        self.kind
    }

    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self.kind {
            TextErrorKind::Empty => "empty-name",
            TextErrorKind::EmptyLabel => "empty-label",
            TextErrorKind::UnfinishedEscape => "unfinished-escape",
            TextErrorKind::EscapeOver255 { .. } => "escape-over-255",
            TextErrorKind::RelativeWithoutOrigin => "relative-without-origin",
            TextErrorKind::Label(error) => error.code(),
        }
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TextErrorKind::Empty => f.write_str("expected a name, found nothing"),
            TextErrorKind::EmptyLabel => write!(
                f,
                "expected a label before the dot at octet {}, found none",
                self.position
            ),
            TextErrorKind::UnfinishedEscape => write!(
                f,
                "expected three decimal digits or one other character after the backslash at octet {}",
                self.position
            ),
            TextErrorKind::EscapeOver255 { value } => write!(
                f,
                "expected an escape of \\000 to \\255, found \\{value} at octet {}",
                self.position
            ),
            TextErrorKind::RelativeWithoutOrigin => f.write_str(
                "expected an absolute name (with a final dot), found a relative one, and no origin is known",
            ),
            TextErrorKind::Label(error) => write!(f, "{error}, at octet {}", self.position),
        }
    }
}

impl Error for TextError {}
