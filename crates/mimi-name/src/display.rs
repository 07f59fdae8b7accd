//! Names as text in the portable escapes of D4: every octet that is not a letter, digit, `-`, `_` or a lone `*` is `\DDD`.
//!
//! BIND and NSD read more octets bare than Knot does; this subset is read alike by all of them.

use core::fmt;

use crate::name::DomainName;

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_root() {
            return f.write_str(".");
        }
        for label in self.labels() {
            fmt_label(f, label)?;
            f.write_str(".")?;
        }
        Ok(())
    }
}

fn fmt_label(f: &mut fmt::Formatter<'_>, label: &[u8]) -> fmt::Result {
    if label == b"*" {
        return f.write_str("*");
    }
    for &octet in label {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_') {
            write!(f, "{}", char::from(octet))?;
        } else {
            write!(f, "\\{octet:03}")?;
        }
    }
    Ok(())
}

impl fmt::Debug for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}
