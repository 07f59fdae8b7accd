//! `$GENERATE range owner [ttl] [class] type rdata`, BIND's directive: one record for each number of a range.
//!
//! What comes out here is what BIND 9.18 makes of the same text. Where it takes text by accident of its `scanf` (a word behind
//! the range, numbers that wrap, a base left over from an earlier `${…}`), that is an error instead.
//!
//! | in owner and RDATA | becomes |
//! |---|---|
//! | `$` | the number; an error behind a `${…}` with an offset, which BIND would add and others would not |
//! | `${offset}`, `${offset,width}`, `${offset,width,base}` | the number plus the offset, with zeros in front up to the width |
//! | `$$` | `$` |
//! | a backslash and the octet behind it | the same two: `\$` is a `$` for whoever reads the result |
//! | `\"` in RDATA between quotes | `"` |
//!
//! The base is `d`, `o`, `x`, `X`, or `n` and `N`: hexadecimal digits with a dot between them, the lowest first, where the width
//! counts the dots and an even one ends with a dot. A negative number has its sign in `d`, and is taken modulo 2^32 elsewhere.
//!
//! The owner is the text of a name. RDATA is one token, whose expanded text is read as if it stood in a file: a quoted token
//! may hold several fields and parentheses. A comment in it is an error: BIND would cut the RDATA there.

mod error;
mod generation;
mod range;
mod template;
#[cfg(test)]
mod tests;

pub use error::GenerateErrorKind;

pub(crate) use error::GenerateError;
pub(crate) use generation::{Generated, Generation};
pub(crate) use range::Range;
pub(crate) use template::Template;

/// The most records of one directive.
pub const MAX_GENERATED: u32 = 65_536;

/// The most records of all directives of a file.
pub const MAX_GENERATED_IN_FILE: u64 = 1 << 20;

/// The most octets of text of all of them: 256 MiB. Each record counts as long as the longest of its directive.
pub const MAX_GENERATED_OCTETS: u64 = 256 << 20;
