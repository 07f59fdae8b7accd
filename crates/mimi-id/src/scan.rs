//! Walks text that may be an email address, telling what stands outside quoted strings (RFC 5322 §3.2.4) and comments (§3.2.2).
//!
//! It only looks; [`crate::email`] holds the grammar. Classification (D53) and the naming of what is wrong (D48) use it.

use core::str::CharIndices;

/// A character outside quoted strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Significant {
    pub(crate) position: usize,
    pub(crate) found: char,
    pub(crate) in_comment: bool,
}

/// The characters of `text` outside quoted strings; the quotes themselves are left out.
pub(crate) fn outside_quotes(text: &str) -> OutsideQuotes<'_> {
    OutsideQuotes {
        characters: text.char_indices(),
        in_quotes: false,
        comment_depth: 0,
    }
}

pub(crate) struct OutsideQuotes<'a> {
    characters: CharIndices<'a>,
    in_quotes: bool,
    comment_depth: usize,
}

impl Iterator for OutsideQuotes<'_> {
    type Item = Significant;

    fn next(&mut self) -> Option<Significant> {
        loop {
            let (position, found) = self.characters.next()?;
            let in_comment = self.comment_depth > 0;
            match found {
                // A quoted pair: its second character has no meaning of its own.
                '\\' if self.in_quotes || in_comment => {
                    self.characters.next();
                    continue;
                }
                '"' if !in_comment => {
                    self.in_quotes = !self.in_quotes;
                    continue;
                }
                _ if self.in_quotes => continue,
                '(' => self.comment_depth += 1,
                ')' => self.comment_depth = self.comment_depth.saturating_sub(1),
                _ => {}
            }
            return Some(Significant {
                position,
                found,
                in_comment,
            });
        }
    }
}
