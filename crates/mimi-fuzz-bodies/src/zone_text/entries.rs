//! Every entry of a file: where it stands, and what it says.

use mimi_zonefile::{DirectiveKind, Entry, LineIndex, ZoneReader, line_column};

use super::cover::Cover;
use super::{lies_in, records};
use crate::assert_inert;

pub(super) fn check(data: &[u8], reader: &ZoneReader) {
    let lines = LineIndex::new(data);
    let mut cover = Cover::new(data);
    let mut comments_end = 0;
    // What `$GENERATE` makes stands where the directive does.
    let mut generate = 0..0;
    let mut entries = reader.entries(data);
    let mut again = reader.entries(data);
    while let Some(entry) = entries.next() {
        match entry {
            Ok(Entry::Record(record)) => {
                let start = record.span().start;
                let place = record.place(start);
                assert_eq!((place.line, place.column), lines.line_column(start));
                if record.span() == generate {
                    records::check_generated(&record);
                } else {
                    cover.entry(record.span());
                    records::check(data, &record);
                }
                let same = again.next_record().unwrap().unwrap();
                records::assert_same(&same, &record);
            }
            Ok(Entry::Directive(directive)) => {
                lies_in(&directive.argument_span, &directive.span);
                if matches!(directive.kind, DirectiveKind::Generate { .. }) {
                    generate = directive.span.clone();
                }
                cover.entry(directive.span);
            }
            Ok(Entry::Comment(comment)) => {
                assert!(comments_end <= comment.span.start, "comments overlap");
                comments_end = comment.span.end;
                assert_eq!(comment.text, &data[comment.span.clone()]);
                assert!(comment.text.starts_with(b";") && !comment.text.contains(&b'\n'));
                cover.comment(comment.span);
            }
            Ok(_) => {}
            Err(error) => {
                assert_inert(&error.to_string());
                lies_in(&error.span, &(0..data.len()));
                let start = error.span.start;
                assert_eq!(lines.line_column(start), line_column(data, start));
                let place = (error.place.line, error.place.column);
                assert_eq!(place, lines.line_column(start));
                if error.entry != generate {
                    cover.given_up(error.entry.clone());
                }
                assert_eq!(again.next_record().unwrap().unwrap_err(), error);
            }
        }
    }
    assert!(again.next_record().is_none());
    assert!(entries.next().is_none(), "there is nothing behind the end");
    cover.finish();
    records::check_written(data, reader);
}
