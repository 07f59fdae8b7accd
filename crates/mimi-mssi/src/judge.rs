//! The judge: what becomes of a definition string, and why (draft §4.3; D8 to D12, D14 to D26, D32).
//!
//! One function serves both entry points; the [`Sink`] decides whether findings are kept or the first error ends the work.
//! The order is that of the [crate] documentation:
//!
//! 0. longer than [`MAX_OCTETS`]: rejected unread;
//! 1. no segment that is not blank: rejected;
//! 2. the first such segment is not `v` = `MIMI1`: ignored, and nothing else is judged;
//! 3. segment by segment from the left: its name, then its value; the 65th tag ends the reading;
//! 4. `a`, then `e`;
//! 5. the optional tags. They cannot refuse a record, so they are looked at in passing, in step 3.

use core::ops::Range;

use crate::priority::priority;
use crate::sink::{Finding, Sink, Unjudged};
use crate::tag::{Known, is_control, is_tag_name};
use crate::taglist::{Padded, Segment, Text, is_blank, segments};
use crate::{Code, MAX_OCTETS, MAX_TAGS, VERSION};

/// The values of the known tags; `None` where a tag is absent, empty or unreadable.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tags<'a> {
    pub(crate) version: Option<&'a str>,
    pub(crate) account: Option<&'a str>,
    pub(crate) endpoint: Option<&'a str>,
    pub(crate) protocol_version: Option<&'a str>,
    pub(crate) priority: Option<u32>,
    pub(crate) service: Option<&'a str>,
    /// Whether there are unknown tags.
    pub(crate) extended: bool,
}

/// Judges a whole definition string.
pub(crate) fn judge<'a, S: Sink<'a>>(input: &'a [u8], sink: &mut S) -> Result<Tags<'a>, S::Stop> {
    let nothing = Tags::default();
    if input.len() > MAX_OCTETS {
        report(sink, Code::StringTooLong, MAX_OCTETS..input.len())?;
        return Ok(nothing);
    }
    let Some(first) = segments(input).find(|segment| !segment.is_blank()) else {
        report(sink, Code::NoTags, 0..input.len())?;
        return Ok(nothing);
    };
    if let Some((code, span)) = misversion(&first) {
        report(sink, code, span)?;
        return Scan::new(input, &mut Unjudged(sink)).run();
    }
    Scan::new(input, sink).run()
}

/// What keeps the first tag from being `v=MIMI1` (D8, D9).
fn misversion(first: &Segment<'_>) -> Option<(Code, Range<usize>)> {
    let value = first.value.map(|value| value.text);
    match value {
        Some(value) if first.name.text.octets == Known::Version.name().as_bytes() => {
            if value.octets == VERSION.as_bytes() {
                None
            } else if value.is_empty() {
                Some((Code::UnknownVersion, first.name_and_equals()))
            } else {
                Some((Code::UnknownVersion, value.span()))
            }
        }
        _ => Some((Code::VersionNotFirst, first.span())),
    }
}

fn report<'a, S: Sink<'a>>(sink: &mut S, code: Code, span: Range<usize>) -> Result<(), S::Stop> {
    sink.report(Finding {
        code,
        span,
        first: None,
    })
}

/// The name of a tag, once it has been judged.
enum Name<'a> {
    Known(Known),
    /// A second `v`, `a`, …: the first one counts as what was read.
    KnownAgain,
    Unknown(&'a str),
    Unreadable,
}

/// Steps 3 to 5: one pass over the segments.
struct Scan<'a, 's, S> {
    input: &'a [u8],
    sink: &'s mut S,
    tags: Tags<'a>,
    /// Tags so far, the known and the others.
    count: usize,
    /// Where each known tag was named.
    known: [Option<Range<usize>>; Known::ALL.len()],
    /// The names of the unknown tags, the first `unknown_count` of them.
    unknown: [Text<'a>; MAX_TAGS],
    unknown_count: usize,
    /// `a=` and `e=` without a value.
    empty_account: Option<Range<usize>>,
    empty_endpoint: Option<Range<usize>>,
    /// The empty segments since the last tag, and whether one of them holds a line break.
    blanks: Option<(Range<usize>, bool)>,
    /// Whether step 3 refuses the record.
    damaged: bool,
}

impl<'a, 's, S: Sink<'a>> Scan<'a, 's, S> {
    fn new(input: &'a [u8], sink: &'s mut S) -> Self {
        Self {
            input,
            sink,
            tags: Tags::default(),
            count: 0,
            known: [const { None }; Known::ALL.len()],
            unknown: [Text::default(); MAX_TAGS],
            unknown_count: 0,
            empty_account: None,
            empty_endpoint: None,
            blanks: None,
            damaged: false,
        }
    }

    fn run(mut self) -> Result<Tags<'a>, S::Stop> {
        for segment in segments(self.input) {
            if segment.is_blank() {
                self.blank(&segment)?;
                continue;
            }
            self.end_of_blanks()?;
            if self.count == MAX_TAGS {
                self.damage(
                    Code::TooManyTags,
                    segment.name.text.start..self.input.len(),
                    None,
                )?;
                break;
            }
            self.count += 1;
            self.segment(&segment)?;
        }
        self.required()?;
        Ok(self.tags)
    }

    /// D17, D18: an empty segment is worth a warning, unless it is what follows the last `;`.
    fn blank(&mut self, segment: &Segment<'a>) -> Result<(), S::Stop> {
        let space = segment.name.before;
        if !segment.terminated {
            self.end_of_blanks()?;
            return self.white_space(space);
        }
        let (start, folded) = match &self.blanks {
            Some((blanks, folded)) => (blanks.start, *folded),
            None => (space.start, false),
        };
        if !folded {
            self.white_space(space)?;
        }
        self.blanks = Some((start..space.end() + 1, folded || is_folded(space)));
        Ok(())
    }

    /// One warning for neighbouring empty segments, however many.
    fn end_of_blanks(&mut self) -> Result<(), S::Stop> {
        match self.blanks.take() {
            Some((span, _)) => self.note(Code::EmptySegment, span),
            None => Ok(()),
        }
    }

    fn segment(&mut self, segment: &Segment<'a>) -> Result<(), S::Stop> {
        let Padded {
            before,
            text,
            after,
        } = segment.name;
        self.white_space(before)?;
        if self.count == 1 && !before.is_empty() {
            self.note(Code::WhiteSpaceBeforeVersion, before.span())?;
        }
        let Some(value) = segment.value else {
            if self.readable(text)?.is_some() {
                self.damage(Code::MissingEquals, text.span(), None)?;
            }
            return self.white_space(after);
        };
        let name = self.name(segment)?;
        self.white_space(after)?;
        self.white_space(value.before)?;
        if let Some(readable) = self.readable(value.text)? {
            self.tag(&name, segment.name_and_equals(), value.text, readable)?;
        }
        self.white_space(value.after)
    }

    /// D10, D11, D12, D20, D21.
    fn name(&mut self, segment: &Segment<'a>) -> Result<Name<'a>, S::Stop> {
        let text = segment.name.text;
        if text.is_empty() {
            self.damage(Code::EmptyTagName, segment.equals(), None)?;
            return Ok(Name::Unreadable);
        }
        let Some(readable) = self.readable(text)? else {
            return Ok(Name::Unreadable);
        };
        if !is_tag_name(text.octets) {
            self.damage(Code::BadTagName, text.span(), None)?;
            return Ok(Name::Unreadable);
        }
        if let Some(known) = Known::named(text.octets) {
            let seen = &mut self.known[known as usize];
            if let Some(first) = seen.clone() {
                self.damage(Code::DuplicateTag, text.span(), Some(first))?;
                return Ok(Name::KnownAgain);
            }
            *seen = Some(text.span());
            return Ok(Name::Known(known));
        }
        self.tags.extended = true;
        let (earlier, free) = self.unknown.split_at_mut(self.unknown_count);
        if let Some(first) = earlier.iter().find(|name| name.octets == text.octets) {
            let first = first.span();
            self.damage(Code::DuplicateTag, text.span(), Some(first))?;
        } else if let Some(slot) = free.first_mut() {
            *slot = text;
            self.unknown_count += 1;
            let code = match Known::resembling(text.octets) {
                Some(_) => Code::TagCase,
                None => Code::UnknownTag,
            };
            self.note(code, text.span())?;
        }
        Ok(Name::Unknown(readable))
    }

    /// D22, D29 and, for an unknown tag, D12.
    fn tag(
        &mut self,
        name: &Name<'a>,
        name_and_equals: Range<usize>,
        text: Text<'a>,
        readable: &'a str,
    ) -> Result<(), S::Stop> {
        let known = match *name {
            Name::Known(known) => known,
            Name::Unknown(name) => {
                self.oddities(text)?;
                self.sink.extension(name, readable);
                return Ok(());
            }
            Name::KnownAgain | Name::Unreadable => return Ok(()),
        };
        if text.is_empty() {
            match known {
                Known::Account => self.empty_account = Some(name_and_equals),
                Known::Endpoint => self.empty_endpoint = Some(name_and_equals),
                Known::ProtocolVersion | Known::Priority | Known::Service => {
                    self.note(Code::EmptyOptionalValue, name_and_equals)?;
                }
                // Judged in step 2.
                Known::Version => {}
            }
            return Ok(());
        }
        let place = match known {
            Known::Priority => return self.priority(text),
            Known::Version => &mut self.tags.version,
            Known::Account => &mut self.tags.account,
            Known::Endpoint => &mut self.tags.endpoint,
            Known::ProtocolVersion => &mut self.tags.protocol_version,
            Known::Service => &mut self.tags.service,
        };
        *place = Some(readable);
        self.oddities(text)
    }

    /// D26. The value is a number or nothing, so D15 and D25 have no say in it.
    fn priority(&mut self, text: Text<'a>) -> Result<(), S::Stop> {
        let priority = priority(text.octets);
        match priority.number {
            Ok(number) => self.tags.priority = Some(number),
            Err(code) => self.note(code, text.span())?,
        }
        if priority.leading_zeros {
            self.note(Code::PriorityLeadingZeros, text.span())?;
        }
        if priority.over_65535 {
            self.note(Code::PriorityOver65535, text.span())?;
        }
        Ok(())
    }

    /// Step 4. A segment that could not be read may have been the one that seems to be missing.
    fn required(&mut self) -> Result<(), S::Stop> {
        let complete = !self.damaged;
        let end = self.input.len();
        for (known, empty, if_empty, if_missing) in [
            (
                Known::Account,
                self.empty_account.take(),
                Code::EmptyAccount,
                Code::MissingAccount,
            ),
            (
                Known::Endpoint,
                self.empty_endpoint.take(),
                Code::EmptyEndpoint,
                Code::MissingEndpoint,
            ),
        ] {
            if let Some(span) = empty {
                self.note(if_empty, span)?;
            } else if complete && self.known[known as usize].is_none() {
                self.note(if_missing, end..end)?;
            }
        }
        Ok(())
    }

    /// The text as UTF-8 without control octets, or the first octets that are neither (D14, D25).
    fn readable(&mut self, text: Text<'a>) -> Result<Option<&'a str>, S::Stop> {
        if let Ok(readable) = core::str::from_utf8(text.octets)
            && !text.octets.iter().copied().any(is_control)
        {
            return Ok(Some(readable));
        }
        let mut start = text.start;
        for chunk in text.octets.utf8_chunks() {
            if let Some(span) = first_run(chunk.valid().as_bytes(), start, is_control) {
                self.damage(Code::ControlOctet, span, None)?;
                break;
            }
            start += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                let span = start..start + chunk.invalid().len();
                self.damage(Code::InvalidUtf8, span, None)?;
                break;
            }
        }
        Ok(None)
    }

    /// D15, D25: kept, and worth a warning.
    fn oddities(&mut self, text: Text<'a>) -> Result<(), S::Stop> {
        if !S::KEEPS_WARNINGS {
            return Ok(());
        }
        if let Some(span) = first_run(text.octets, text.start, is_blank) {
            self.note(Code::InnerWhiteSpace, span)?;
        }
        if let Some(span) = first_run(text.octets, text.start, |octet| !octet.is_ascii()) {
            self.note(Code::NonAscii, span)?;
        }
        Ok(())
    }

    /// D14: white space that contains a line break.
    fn white_space(&mut self, space: Text<'a>) -> Result<(), S::Stop> {
        if S::KEEPS_WARNINGS && is_folded(space) {
            self.note(Code::FoldedWhiteSpace, space.span())?;
        }
        Ok(())
    }

    fn note(&mut self, code: Code, span: Range<usize>) -> Result<(), S::Stop> {
        report(self.sink, code, span)
    }

    /// Reports what refuses the record in step 3.
    fn damage(
        &mut self,
        code: Code,
        span: Range<usize>,
        first: Option<Range<usize>>,
    ) -> Result<(), S::Stop> {
        self.damaged = true;
        self.sink.report(Finding { code, span, first })
    }
}

/// Whether white space contains a line break.
fn is_folded(space: Text<'_>) -> bool {
    space.octets.contains(&b'\r')
}

/// The first run of octets that satisfy a condition; offsets count from `start`.
fn first_run(octets: &[u8], start: usize, condition: impl Fn(u8) -> bool) -> Option<Range<usize>> {
    let from = octets.iter().position(|&octet| condition(octet))?;
    let run = octets[from..].iter().take_while(|&&octet| condition(octet));
    Some(start + from..start + from + run.count())
}
