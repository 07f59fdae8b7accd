//! The records and comments of a file, and everything wrong with them.

use std::ops::Range;

use mimi_name::DomainName;
use mimi_rr::TypeCodes;
use mimi_zonefile::{Comment, Entry, Rdata, Record};

use crate::zone::data::Data;
use crate::zone::problem::Problem;
use crate::zone::source::Source;
use crate::zone::source_text::SourceText;
use mimi_output::Source as Piece;

/// One line to be.
pub(crate) enum Item {
    /// A comment on a line of its own, without its semicolon.
    Comment(String),
    Record(Converted),
}

/// A record, its RDATA read.
pub(crate) struct Converted {
    pub(crate) owner: DomainName,
    /// In seconds.
    pub(crate) ttl: u32,
    pub(crate) class: u16,
    pub(crate) record_type: u16,
    pub(crate) data: Data,
    /// The source's words for RDATA of other types than ours, unless they are `\# length hex`.
    pub(crate) source: Option<SourceText>,
    /// Where it stands in the file.
    pub(crate) span: Range<usize>,
    /// The comment behind it, without its semicolon.
    pub(crate) comment: Option<String>,
}

impl Converted {
    pub(crate) fn new(record: &Record<'_>, data: Data) -> Self {
        let source = match (&data, &record.rdata) {
            (Data::Octets(_) | Data::Text, Rdata::Text(_)) => Some(SourceText::new(record)),
            _ => None,
        };
        Self {
            owner: record.owner.clone(),
            ttl: record.ttl,
            class: record.class,
            record_type: record.record_type,
            data,
            source,
            span: record.span(),
            comment: None,
        }
    }
}

/// Reads a file to its end.
pub(crate) fn read(source: &Source<'_>, octets: &[u8]) -> (Vec<Item>, Vec<Problem>) {
    let mut reading = Reading {
        octets,
        codes: source.codes,
        items: Vec::new(),
        problems: Vec::new(),
        comment_end: None,
    };
    let mut entries = source.reader().entries(octets);
    while let Some(entry) = entries.next() {
        match entry {
            Ok(Entry::Record(record)) => reading.record(&record),
            Ok(Entry::Comment(comment)) => reading.comment(&comment),
            // Directives went into the records.
            Ok(_) => {}
            Err(error) => reading.problems.push(error.into()),
        }
    }
    (reading.items, reading.problems)
}

struct Reading<'s> {
    octets: &'s [u8],
    codes: TypeCodes,
    items: Vec<Item>,
    problems: Vec<Problem>,
    /// Where the last comment ended.
    comment_end: Option<usize>,
}

impl Reading<'_> {
    fn record(&mut self, record: &Record<'_>) {
        match Data::read(record, self.codes) {
            Ok(data) => {
                self.problems.extend(data.warning(record, self.codes));
                self.items.push(Item::Record(Converted::new(record, data)));
            }
            Err(error) => self.problems.push(error.into()),
        }
    }

    fn comment(&mut self, comment: &Comment<'_>) {
        // Of a very long one, this is the next part.
        let goes_on = self.comment_end.replace(comment.span.end) == Some(comment.span.start);
        let text = if goes_on {
            comment.text
        } else {
            comment.text.strip_prefix(b";").unwrap_or(comment.text)
        };
        let text = shown_comment(text);
        let on_one_line = |end: usize| {
            let between = self.octets.get(end..comment.span.start);
            !between.unwrap_or_default().contains(&b'\n')
        };
        match self.items.last_mut() {
            Some(Item::Record(last)) if comment.span.start < last.span.end => {
                // Inside parentheses, where it explains a line that will not be one.
            }
            Some(Item::Comment(last)) if goes_on => last.push_str(&text),
            Some(Item::Record(last)) if on_one_line(last.span.end) => {
                last.comment.get_or_insert_default().push_str(&text);
            }
            _ => self.items.push(Item::Comment(text)),
        }
    }
}

/// A comment, with or without its semicolon, fit for a terminal.
///
/// Unlike elsewhere, punctuation that is drawn for what it is stays: the comment goes back into a zone file.
pub(crate) fn shown_comment(text: &[u8]) -> String {
    let text = text.trim_ascii_end();
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
        let comment = " §4.5\t\u{2013} l’été, 東京\u{1b}[31m\u{202e}\u{ad} \r";
        assert_eq!(
            shown_comment(comment.as_bytes()),
            r" §4.5 – l’été, 東京\027[31m\226\128\174\194\173"
        );
        assert_eq!(shown_comment(b"caf\xe9"), r"caf\233");
    }
}
