//! Text of unknown origin, made fit for a terminal.

use std::fmt::{self, Write};

use mimi_name::DomainName;

/// Octets in the form that `mimi parse` reads in its input lines: printable ASCII as it is, a backslash as `\\`, other octets as `\DDD`.
pub struct Octets<'a>(pub &'a [u8]);

impl fmt::Display for Octets<'_> {
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

/// Text with letters and digits of any script as they are, and every other character outside ASCII by its code point: no control, no
/// change of direction, nothing invisible gets through.
pub struct Shown<'a>(pub &'a str);

/// Whether a character is drawn, in its place, as what it is.
fn is_plain(character: char) -> bool {
    // The Hangul fillers are letters by their category, and drawn as nothing.
    let filler = matches!(character, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    matches!(character, ' '..='~') || (character.is_alphanumeric() && !filler)
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if is_plain(character) {
                f.write_char(character)?;
            } else {
                write!(f, "{}", character.escape_unicode())?;
            }
        }
        Ok(())
    }
}

/// A piece of a file: a backslash and the letters of any script as they are, what no terminal should get as `\DDD`.
pub struct Source<'a>(pub &'a [u8]);

impl fmt::Display for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for character in chunk.valid().chars() {
                if is_plain(character) {
                    f.write_char(character)?;
                } else {
                    let mut buffer = [0; 4];
                    Octets(character.encode_utf8(&mut buffer).as_bytes()).fmt(f)?;
                }
            }
            Octets(chunk.invalid()).fmt(f)?;
        }
        Ok(())
    }
}

/// A name as people write it: without the final dot.
pub struct Name<'a>(pub &'a DomainName);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(if self.0.is_root() {
            &text
        } else {
            text.trim_end_matches('.')
        })
    }
}

/// Undoes [`Octets`]: `\DDD` and `\\` stand for octets; a backslash before anything else is itself.
pub fn unescape(line: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some((&first, after)) = rest.split_first() {
        let (octet, taken) = match (first, after) {
            (b'\\', [b'\\', ..]) => (b'\\', 2),
            (b'\\', [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', ..]) => {
                let digits = [a, b, c].into_iter();
                let value = digits.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
                u8::try_from(value).map_or((first, 1), |octet| (octet, 4))
            }
            _ => (first, 1),
        };
        octets.push(octet);
        rest = rest.get(taken..).unwrap_or_default();
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_round_trip() {
        let all: Vec<u8> = (0..=255).collect();
        let shown = Octets(&all).to_string();
        assert!(shown.bytes().all(|octet| matches!(octet, b' '..=b'~')));
        assert_eq!(unescape(shown.as_bytes()), all);
    }

    #[test]
    fn a_backslash_before_anything_else_is_itself() {
        for text in [r"a\;b", r"\12", r"\256", r"\"] {
            assert_eq!(unescape(text.as_bytes()), text.as_bytes());
        }
    }

    #[test]
    fn shown_text_has_nothing_invisible() {
        let shown = Shown("Zoë\u{1b}[2J\u{202e}\u{200b}\u{85}é").to_string();
        assert_eq!(shown, "Zoë\\u{1b}[2J\\u{202e}\\u{200b}\\u{85}é");
        let fillers = "\u{115f}\u{1160}\u{3164}\u{ffa0}";
        assert_eq!(
            Shown(fillers).to_string(),
            r"\u{115f}\u{1160}\u{3164}\u{ffa0}"
        );
    }

    #[test]
    fn a_piece_of_a_file_keeps_its_backslashes_and_letters() {
        let piece = b"b\xc3\xbcro \\# \xe2\x80\xae\xff\x1b\xe3\x85\xa4";
        let shown = r"büro \# \226\128\174\255\027\227\133\164";
        assert_eq!(Source(piece).to_string(), shown);
    }

    #[test]
    fn names_are_shown_without_their_final_dot() {
        let name = |text| Name(&DomainName::parse_absolute(text).unwrap()).to_string();
        assert_eq!(name("a.example."), "a.example");
        assert_eq!(name("a\\.example"), r"a\046example");
        assert_eq!(name("."), ".");
    }
}
