//! Which kind of identifier a text is (D53).

use core::fmt;

use crate::percent::strip_scheme;
use crate::scan::outside_quotes;

/// The three kinds of identifier of the draft (§2: MUI, and two XUIs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A MIMI User Identifier (§4.1).
    Mui,
    /// An email address (§5.1).
    Email,
    /// A telephone number (§5.2).
    Telephone,
}

impl Kind {
    /// Tells the kind from the form alone (D53), so that every text has exactly one kind; parsing it may still fail.
    ///
    /// `mimi:` is a MUI, `mailto:` an email address, `tel:` or a leading `+` a telephone number, text with an `@` outside quotes an
    /// email address, and anything else a MUI. Nothing is trimmed.
    pub fn classify(text: &str) -> Self {
        if strip_scheme(text, "mimi").is_some() {
            Self::Mui
        } else if strip_scheme(text, "mailto").is_some() {
            Self::Email
        } else if strip_scheme(text, "tel").is_some() || text.starts_with('+') {
            Self::Telephone
        } else if outside_quotes(text).any(|c| c.found == '@') {
            Self::Email
        } else {
            Self::Mui
        }
    }

    /// `mui`, `email` or `telephone`: also the prefix of canonical keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mui => "mui",
            Self::Email => "email",
            Self::Telephone => "telephone",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
