//! How characters taken from input are shown in messages: never raw, so that a message cannot carry a control sequence or a forged line.

use core::fmt;

/// A character for a message: printable ASCII in quotes, anything else by its code point.
#[derive(Clone, Copy)]
pub(crate) struct Shown(pub(crate) char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ' ' => f.write_str("a space"),
            '\'' => f.write_str("an apostrophe"),
            c if c.is_ascii_graphic() => write!(f, "'{c}'"),
            c => write!(f, "U+{:04X}", u32::from(c)),
        }
    }
}
