//! Machine output: JSON in ASCII, so that no text from the network reaches a terminal raw.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};

/// Writes a value as one line without its line feed.
pub fn write<W: Write>(out: W, value: &impl Serialize) -> io::Result<()> {
    value
        .serialize(&mut Serializer::with_formatter(out, AsciiFormatter))
        .map_err(io::Error::from)
}

/// Compact JSON with every character outside printable ASCII as `\uXXXX`.
struct AsciiFormatter;

impl Formatter for AsciiFormatter {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut units = [0; 2];
        for character in fragment.chars() {
            if matches!(character, ' '..='~') {
                out.write_all(&[character as u8])?;
            } else {
                for unit in character.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        CompactFormatter.write_char_escape(out, escape)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn strings_are_ascii_and_mean_the_same() {
        let text = "a\u{7f}\"\\\n\u{1b}é\u{202e}😀";
        let mut written = Vec::new();
        super::write(&mut written, &text).unwrap();
        assert!(written.iter().all(|octet| matches!(octet, b' '..=b'~')));
        assert_eq!(serde_json::from_slice::<String>(&written).unwrap(), text);
    }
}
