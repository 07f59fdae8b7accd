//! RDATA in the words of its source, on one line.

use mimi_name::DomainName;
use mimi_zonefile::{RdataText, Record};

use crate::zone::presentation::push_octet;

/// RDATA as it was written, and what relative names in it are relative to.
pub(crate) struct SourceText {
    /// The tokens on one line, in printable ASCII.
    pub(crate) tokens: String,
    pub(crate) origin: Option<DomainName>,
}

impl SourceText {
    pub(crate) fn new(record: &Record<'_>) -> Self {
        Self {
            tokens: tokens(record.rdata_text()),
            origin: record.origin().cloned(),
        }
    }
}

/// The tokens on one line, with a space between two unless they touch: `key="value"` is one parameter.
///
/// Octets other than printable ASCII become `\DDD`, also where a backslash stood before them, and in quotes line ends too.
fn tokens(text: RdataText<'_>) -> String {
    let mut line = String::new();
    let mut end = None;
    for token in text.tokens() {
        // By addresses, for the spans of what `$GENERATE` made are all that of the directive.
        let quotes = usize::from(token.quoted);
        let raw = token.raw.as_ptr_range();
        if end.is_some_and(|end| end + quotes != raw.start.addr()) {
            line.push(' ');
        }
        end = Some(raw.end.addr() + quotes);
        let quote = if token.quoted { "\"" } else { "" };
        line.push_str(quote);
        let mut rest = token.raw;
        while let Some((&octet, after)) = rest.split_first() {
            rest = after;
            match (octet, after) {
                (b'\\', [next @ b' '..=b'~', after @ ..]) => {
                    line.push('\\');
                    line.push(char::from(*next));
                    rest = after;
                }
                // The escape of an octet that gets its own.
                (b'\\', [_, ..]) => {}
                _ => push_octet(&mut line, octet),
            }
        }
        line.push_str(quote);
    }
    line
}
