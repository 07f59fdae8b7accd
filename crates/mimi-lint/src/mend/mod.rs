//! Mending a definition string: from what its author probably meant to the change that says it.
//!
//! What is offered here is tried out by [`DefinitionView::fix`], which refuses what does not help and calls nothing safe that changes
//! whom a usable record reaches.

mod segments;
mod tags;
mod text;

use mimi_mssi::{Code, Diagnostic, Intention};

use crate::definition::{Change, DefinitionView};
use crate::fix::{Fix, Safety};

pub(crate) use self::segments::{remove_segment, respace};
pub(crate) use self::tags::{is_known, where_it_is};
pub(crate) use self::text::{a_labels, decode_html, is_invisible, is_quote, without_quotes};

/// The fix that says what the author of a string meant, where that is known.
pub(crate) fn by_intention(view: &DefinitionView<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let octets = view.octets;
    let span = diagnostic.span();
    let is_of = |code: Code| diagnostic.code() == code;
    let safe = |title: &str, changes: Vec<Change>| view.fix(Safety::Safe, title, changes);
    let unsure = |title: &str, changes: Vec<Change>| view.fix(Safety::Unsafe, title, changes);
    match diagnostic.intention()? {
        Intention::BackslashSemicolon => safe(
            "remove the backslashes before `;`",
            text::remove_before_semicolons(octets, b'\\'),
        ),
        Intention::ByteOrderMark => safe(
            "remove the byte order mark",
            text::remove_characters(octets, |character| character == '\u{FEFF}'),
        ),
        Intention::ColonForEquals if is_of(Code::VersionNotFirst) => {
            let mut changes = tags::version(octets);
            changes.extend(tags::colons(octets, version_end(&changes)));
            safe("write `=` for `:`", changes)
        }
        Intention::ColonForEquals => {
            let mut changes = tags::colons(octets, 0);
            changes.retain(|(at, _)| span.contains(&at.start));
            safe("write `=` for `:`", changes)
        }
        Intention::CommaForSemicolon => safe("write `;` for `,`", tags::separators(octets, b"")),
        Intention::SpaceForSemicolon => {
            safe("write `;` between tags", tags::separators(octets, b""))
        }
        Intention::OnlySemicolon => {
            let found = octets.get(span.start + mimi_mssi::VERSION.len()..span.end)?;
            let found = core::str::from_utf8(found).ok()?;
            let other = found.get(..found.chars().next()?.len_utf8())?.as_bytes();
            unsure("write `;` between tags", tags::separators(octets, other))
        }
        Intention::DigitsOnly => {
            let digits = text::digits(octets.get(span.clone())?)?;
            safe("write the digits alone", vec![(span, digits)])
        }
        Intention::EndpointALabels => {
            let (value, ascii) = a_labels(octets, span.start)?;
            unsure("write the host name as A-labels", vec![(value, ascii)])
        }
        Intention::HtmlEscape => safe("write the plain character", decode_html(octets)),
        Intention::InvisibleCharacter => unsure(
            "remove invisible characters",
            text::remove_characters(octets, is_invisible),
        ),
        Intention::Latin1 => unsure("write Latin-1 as UTF-8", text::utf8(octets)),
        Intention::LeaveOut => safe("remove the tag", remove_segment(octets, span.start)),
        Intention::LineBreak => safe("write a space", text::line_breaks(octets)),
        Intention::Quotes => safe("remove the quotes", without_quotes(octets)),
        Intention::TagCase if is_of(Code::TagCase) => {
            let name = octets.get(span.clone())?.to_ascii_lowercase();
            safe("write the name in lower case", vec![(span, name)])
        }
        Intention::TagCase => {
            let mut changes = tags::version(octets);
            changes.extend(tags::lower_case(octets, version_end(&changes)));
            safe("write names in lower case", changes)
        }
        Intention::Underscore => {
            let name = octets.get(span.clone())?;
            let name = name.iter().map(|octet| match octet {
                octet if octet.is_ascii_alphanumeric() => *octet,
                _ => b'_',
            });
            unsure("write `_`", vec![(span, name.collect())])
        }
        Intention::VersionCase | Intention::VersionTagOmitted => {
            safe("write `v=MIMI1`", tags::version(octets))
        }
        Intention::VersionFirst => safe(
            "move `v=MIMI1` to the front",
            segments::version_to_front(octets),
        ),
        _ => None,
    }
}

/// Where the segment of the version ends, if it is changed.
fn version_end(changes: &[Change]) -> usize {
    changes.first().map_or(0, |(span, _)| span.end)
}
