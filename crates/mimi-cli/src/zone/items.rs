//! The records and comments of a file, and everything wrong with them.

use mimi_zonefile::{Entry, Record};

use crate::text::Source as Piece;
use crate::zone::data::Data;
use crate::zone::problem::Problem;
use crate::zone::source::Source;

/// One line to be.
#[expect(clippy::large_enum_variant, reason = "nearly all items are records")]
pub(crate) enum Item<'a> {
    /// A comment on a line of its own, without its semicolon.
    Comment(String),
    Record(Converted<'a>),
}

/// A record, its RDATA read.
pub(crate) struct Converted<'a> {
    pub(crate) record: Record<'a>,
    pub(crate) data: Data<'a>,
    /// The comment behind it, without its semicolon.
    pub(crate) comment: Option<String>,
}

/// Reads a file to its end.
pub(crate) fn read<'a>(source: &'a Source<'_>) -> (Vec<Item<'a>>, Vec<Problem>) {
    let mut items = Vec::new();
    let mut problems = Vec::new();
    for entry in source.zone_file().entries() {
        match entry {
            Ok(Entry::Record(record)) => match Data::read(&record, source.codes) {
                Ok(data) => {
                    problems.extend(data.warning(&record, source.codes));
                    items.push(Item::Record(Converted {
                        record,
                        data,
                        comment: None,
                    }));
                }
                Err(problem) => problems.push(problem),
            },
            Ok(Entry::Comment(comment)) => {
                let text = shown_comment(comment.text);
                match items.last_mut() {
                    Some(Item::Record(last)) if comment.span.start < last.record.span.end => {
                        // Inside parentheses, where it explains a line that will not be one.
                    }
                    Some(Item::Record(last))
                        if on_one_line(source, last.record.span.end, comment.span.start) =>
                    {
                        last.comment = Some(text);
                    }
                    _ => items.push(Item::Comment(text)),
                }
            }
            // Directives went into the records.
            Ok(_) => {}
            Err(error) => problems.push(error.into()),
        }
    }
    (items, problems)
}

fn on_one_line(source: &Source<'_>, from: usize, to: usize) -> bool {
    let between = source.octets.get(from..to).unwrap_or_default();
    !between.contains(&b'\n')
}

/// A comment without its semicolon, fit for a terminal.
///
/// Unlike elsewhere, punctuation that is drawn for what it is stays: the comment goes back into a zone file.
fn shown_comment(text: &[u8]) -> String {
    let text = text.strip_prefix(b";").unwrap_or(text).trim_ascii_end();
    let mut shown = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\t' => shown.push(' '),
                // Latin-1 without the soft hyphen; dashes, quotation marks, dots.
                '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}' | '\u{2010}'..='\u{2027}' => {
                    shown.push(character);
                }
                _ => shown
                    .push_str(&Piece(character.encode_utf8(&mut [0; 4]).as_bytes()).to_string()),
            }
        }
        shown.push_str(&Piece(chunk.invalid()).to_string());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown_comment;

    #[test]
    fn comments_keep_what_is_drawn_for_what_it_is() {
        let comment = "; §4.5\t\u{2013} l’été, 東京\u{1b}[31m\u{202e}\u{ad} \r";
        assert_eq!(
            shown_comment(comment.as_bytes()),
            r" §4.5 – l’été, 東京\027[31m\226\128\174\194\173"
        );
        assert_eq!(shown_comment(b";caf\xe9"), r"caf\233");
    }
}
