//! Octets of unknown origin, made fit for a terminal: what is not printable ASCII becomes `\DDD` (RFC 1035 §5.1).

use core::fmt::{self, Write};

/// Shows printable ASCII as it is, a backslash as `\\`, and any other octet as `\DDD`.
pub(crate) struct Escaped<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &octet in self.0 {
            match octet {
                b'\\' => f.write_str("\\\\")?,
                b' '..=b'~' => f.write_char(char::from(octet))?,
                _ => write!(f, "\\{octet:03}")?,
            }
        }
        Ok(())
    }
}
