//! The tag-list grammar: the only place that splits `;` and `=` (draft §4.3; RFC 6376 §3.2; D13, D14, D24).
//!
//! ```text
//! tag-list    = segment *( ";" segment )
//! segment     = padded [ "=" padded ]       ; split on the first "=" (D24)
//! padded      = white-space text white-space
//! text        = [ word *( white-space word ) ]
//! word        = 1*( octet that starts no white space )
//! white-space = *( SP / HTAB / fold )
//! fold        = CRLF, if SP or HTAB follows  ; CR and LF elsewhere are octets of a word
//! ```
//!
//! In a left-hand side no octet is `=`, in either side none is `;`. Every octet string matches: the grammar cuts, it does not
//! judge, so nothing is lost and a damaged segment does not hide its neighbours. It reads each octet a bounded number of times.

use core::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_till1, take_while1};
use nom::character::complete::one_of;
use nom::combinator::{all_consuming, not, opt, peek, recognize, rest};
use nom::multi::{many0_count, many1_count};
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// A stretch of the input and where it starts.
#[derive(Clone, Copy, Default)]
pub(crate) struct Text<'a> {
    pub(crate) start: usize,
    pub(crate) octets: &'a [u8],
}

impl Text<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.octets.len()
    }

    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.end()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }
}

/// A text with the white space around it; for a blank all of it stands `before`.
#[derive(Clone, Copy)]
pub(crate) struct Padded<'a> {
    pub(crate) before: Text<'a>,
    pub(crate) text: Text<'a>,
    pub(crate) after: Text<'a>,
}

/// What stands between two semicolons.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'a> {
    /// What precedes the first `=`; everything where there is none.
    pub(crate) name: Padded<'a>,
    /// What follows the first `=`.
    pub(crate) value: Option<Padded<'a>>,
    /// Whether a `;` ends the segment, rather than the end of the input.
    pub(crate) terminated: bool,
}

impl Segment<'_> {
    /// Nothing but white space: an *empty segment* of D18.
    pub(crate) fn is_blank(&self) -> bool {
        self.value.is_none() && self.name.text.is_empty()
    }

    /// The segment without its outer white space.
    pub(crate) fn span(&self) -> Range<usize> {
        let last = self.value.map_or(self.name.text, |value| value.text);
        // With an empty value the `=` is the last octet of the segment.
        self.name.text.start..if last.is_empty() {
            self.name_and_equals().end
        } else {
            last.end()
        }
    }

    /// The `=`; where there is none, the empty span behind the text.
    pub(crate) fn equals(&self) -> Range<usize> {
        let at = self.name.after.end();
        at..at + usize::from(self.value.is_some())
    }

    /// From the name to the `=`, both included.
    pub(crate) fn name_and_equals(&self) -> Range<usize> {
        self.name.text.start..self.equals().end
    }
}

/// The segments of a tag list, in order; together with the semicolons they are the whole input.
pub(crate) fn segments(input: &[u8]) -> Segments<'_> {
    Segments {
        length: input.len(),
        rest: Some(input),
    }
}

/// The iterator of [`segments`].
#[derive(Clone)]
pub(crate) struct Segments<'a> {
    length: usize,
    rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        let input = self.rest.take()?;
        let start = self.length - input.len();
        // `segment` matches every input, so this `?` never ends the list early.
        let (rest, segment) = segment(input, start).ok()?;
        self.rest = segment.terminated.then_some(rest);
        Some(segment)
    }
}

/// Nobody reads the error: every parser that can fail has an alternative.
type Parsed<'a, T> = IResult<&'a [u8], T, ()>;

fn segment(input: &[u8], start: usize) -> Parsed<'_, Segment<'_>> {
    let (after, (content, semicolon)) =
        (take_till(|octet| octet == b';'), opt(tag(&b";"[..]))).parse(input)?;
    let (_, (left, right)) = (
        take_till(|octet| octet == b'='),
        opt(preceded(tag(&b"="[..]), rest)),
    )
        .parse(content)?;
    let (_, name) = padded(left, start)?;
    let value = match right {
        Some(right) => Some(padded(right, start + left.len() + 1)?.1),
        None => None,
    };
    let terminated = semicolon.is_some();
    Ok((
        after,
        Segment {
            name,
            value,
            terminated,
        },
    ))
}

fn padded(input: &[u8], start: usize) -> Parsed<'_, Padded<'_>> {
    let (input, (before, octets, after)) =
        all_consuming((white_space, text, white_space)).parse(input)?;
    let before = Text {
        start,
        octets: before,
    };
    let text = Text {
        start: before.end(),
        octets,
    };
    let after = Text {
        start: text.end(),
        octets: after,
    };
    Ok((
        input,
        Padded {
            before,
            text,
            after,
        },
    ))
}

fn text(input: &[u8]) -> Parsed<'_, &[u8]> {
    // A word is maximal, so the white space in between is never empty.
    recognize(opt((word, many0_count((white_space, word))))).parse(input)
}

fn word(input: &[u8]) -> Parsed<'_, &[u8]> {
    let plain = take_till1(|octet| is_blank(octet) || octet == b'\r');
    let carriage_return = preceded(not(fold), tag(&b"\r"[..]));
    recognize(many1_count(alt((plain, carriage_return)))).parse(input)
}

fn white_space(input: &[u8]) -> Parsed<'_, &[u8]> {
    recognize(many0_count(alt((take_while1(is_blank), fold)))).parse(input)
}

fn fold(input: &[u8]) -> Parsed<'_, &[u8]> {
    recognize((tag(&b"\r\n"[..]), peek(one_of(&b" \t"[..])))).parse(input)
}

/// SP or HTAB (RFC 5234 `WSP`).
pub(crate) fn is_blank(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    fn put_back(input: &[u8]) -> Vec<u8> {
        let mut octets = Vec::new();
        let mut push = |text: Text<'_>| {
            assert_eq!(text.start, octets.len());
            octets.extend_from_slice(text.octets);
        };
        for segment in segments(input) {
            for text in [segment.name.before, segment.name.text, segment.name.after] {
                push(text);
            }
            if let Some(value) = segment.value {
                let equals = segment.equals();
                push(Text {
                    start: equals.start,
                    octets: &input[equals],
                });
                for text in [value.before, value.text, value.after] {
                    push(text);
                }
            }
            if segment.terminated {
                push(Text {
                    start: octets_end(&segment),
                    octets: b";",
                });
            }
        }
        octets
    }

    fn octets_end(segment: &Segment<'_>) -> usize {
        segment
            .value
            .map_or(segment.name.after.end(), |value| value.after.end())
    }

    proptest! {
        #[test]
        fn segments_and_semicolons_are_the_whole_input(
            input in proptest::collection::vec(
                prop_oneof![
                    4 => prop::sample::select(&b"; =\t\r\nva"[..]),
                    1 => any::<u8>(),
                ],
                0..80,
            )
        ) {
            prop_assert_eq!(put_back(&input), input);
        }

        #[test]
        fn text_never_begins_or_ends_with_white_space(
            input in proptest::collection::vec(prop::sample::select(&b"; =\t\r\nva"[..]), 0..80)
        ) {
            for segment in segments(&input) {
                for text in [Some(segment.name.text), segment.value.map(|value| value.text)].into_iter().flatten() {
                    prop_assert!(!text.octets.first().copied().is_some_and(is_blank));
                    prop_assert!(!text.octets.last().copied().is_some_and(is_blank));
                    prop_assert!(!(text.octets.starts_with(b"\r\n ") || text.octets.starts_with(b"\r\n\t")));
                }
            }
        }
    }
}
