//! Guesses at what the author of a damaged definition string meant. They are advice and never touch the verdict.

use core::ops::Range;

use crate::tag::Known;
use crate::taglist::{Segment, is_blank, segments};
use crate::{Code, VERSION};

/// What the author of a damaged definition string probably meant.
///
/// A guess, for advice and for fixes; it never touches the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Intention {
    /// Two accounts or two endpoints in one record.
    AccountTwice,
    /// `\;` for `;`: the backslash was not an escape.
    BackslashSemicolon,
    /// `v=MIMIX1`: a mapping for the TXT bridge (D57).
    BridgeMapping,
    /// U+FEFF before the text.
    ByteOrderMark,
    /// `a:alice` for `a=alice`.
    ColonForEquals,
    /// Commas between tags.
    CommaForSemicolon,
    /// A priority that is not a number.
    DigitsOnly,
    /// An endpoint with a host name in Unicode.
    EndpointALabels,
    /// `&amp;` for `&`, or another escape of HTML.
    HtmlEscape,
    /// A character that is not seen, or changes the direction of text.
    InvisibleCharacter,
    /// Text in an eight-bit encoding.
    Latin1,
    /// An optional tag without a value.
    LeaveOut,
    /// A line break where none may be.
    LineBreak,
    /// A backslash that was meant as an escape.
    NoEscapes,
    /// A record of another protocol.
    OtherRecord,
    /// A record of another version.
    OtherVersion,
    /// Tags separated by other punctuation.
    OnlySemicolon,
    /// Quotes, plain or typographic, that became part of the text.
    Quotes,
    /// A semicolon in a value.
    SemicolonEndsValue,
    /// White space between tags.
    SpaceForSemicolon,
    /// A tag name in upper case.
    TagCase,
    /// Punctuation in a tag name.
    Underscore,
    /// `mimi1` for `MIMI1`.
    VersionCase,
    /// `v=MIMI1` behind another tag.
    VersionFirst,
    /// `MIMI1` without `v=`.
    VersionTagOmitted,
}

impl Intention {
    /// The remedy, in one sentence without a full stop.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccountTwice => {
                "a record holds one account at one endpoint; publish one record for each"
            }
            Self::BackslashSemicolon => {
                "there is no escaping: `\\;` is a backslash and then the end of the value"
            }
            Self::BridgeMapping => {
                "this is a MIMIX mapping for the TXT bridge, not a definition string"
            }
            Self::ByteOrderMark => {
                "a byte order mark precedes the text; save it as UTF-8 without one"
            }
            Self::ColonForEquals => "a tag is written `name=value`, with `=` rather than `:`",
            Self::CommaForSemicolon => "tags are separated by `;` rather than `,`",
            Self::DigitsOnly => {
                "a priority is written in digits only, such as `p=1`; lower numbers come first"
            }
            Self::EndpointALabels => "write the host name of an endpoint as A-labels (`xn--...`)",
            Self::HtmlEscape => {
                "an HTML escape such as `&amp;` ends the value at its `;`; publish the plain character"
            }
            Self::InvisibleCharacter => {
                "the text contains an invisible or direction-changing character"
            }
            Self::Latin1 => {
                "this looks like Latin-1 or another eight-bit encoding; publish UTF-8, or better ASCII"
            }
            Self::LeaveOut => "leave the tag out",
            Self::LineBreak => {
                "a line break may stand only around names and values, as CRLF with a space after it"
            }
            Self::NoEscapes => {
                "there is no escaping: in a definition string a backslash is a backslash"
            }
            Self::OtherRecord => "this is a record of another protocol, such as SPF, DKIM or DMARC",
            Self::OtherVersion => "a client of MIMI1 passes over records of another version",
            Self::OnlySemicolon => "tags are separated by `;` and nothing else",
            Self::Quotes => {
                "quotes belong to the zone file, as plain `\"` around the whole string, not to the string"
            }
            Self::SemicolonEndsValue => {
                "a value cannot contain `;`, and there is no way to escape it"
            }
            Self::SpaceForSemicolon => {
                "tags are separated by `;`; white space alone does not end a value"
            }
            Self::TagCase => "tag names are lower case",
            Self::Underscore => "use `_` in place of other punctuation",
            Self::VersionCase => "the version is written `MIMI1`, in upper case",
            Self::VersionFirst => "move `v=MIMI1` to the front",
            Self::VersionTagOmitted => "the version is a tag like the others: write `v=MIMI1`",
        }
    }

    /// Looks at a finding once more, now for its cause.
    pub(crate) fn for_finding(code: Code, input: &[u8], span: &Range<usize>) -> Option<Self> {
        let found = input.get(span.clone())?;
        match code {
            Code::VersionNotFirst => version_not_first(input, found),
            Code::UnknownVersion => unknown_version(found),
            Code::MissingEquals => missing_equals(input, span.start, found),
            Code::BadTagName => bad_tag_name(found),
            Code::MissingAccount => missing_tag(input, Known::Account),
            Code::MissingEndpoint => missing_tag(input, Known::Endpoint),
            Code::InnerWhiteSpace => swallowed_tag(input, span),
            Code::DuplicateTag => {
                matches!(Known::named(found), Some(Known::Account | Known::Endpoint))
                    .then_some(Self::AccountTwice)
            }
            Code::ControlOctet => found
                .iter()
                .any(|octet| matches!(octet, b'\r' | b'\n'))
                .then_some(Self::LineBreak),
            Code::InvalidUtf8 => found
                .first()
                .is_some_and(|&octet| octet >= 0xA0)
                .then_some(Self::Latin1),
            Code::NonAscii => non_ascii(input, span.start, found),
            Code::TagCase => Some(Self::TagCase),
            Code::PriorityNotANumber => Some(Self::DigitsOnly),
            Code::EmptyOptionalValue => Some(Self::LeaveOut),
            _ => None,
        }
    }
}

fn version_not_first(input: &[u8], found: &[u8]) -> Option<Intention> {
    if let Some(hint) = stray_character(found) {
        return Some(hint);
    }
    let (name, rest) = name_prefix(found);
    if Known::resembling(name) == Some(Known::Version) {
        return match rest.first() {
            Some(b':') => Some(Intention::ColonForEquals),
            Some(b'=') if name != b"v" => Some(Intention::TagCase),
            _ => Some(Intention::VersionTagOmitted),
        };
    }
    if name.eq_ignore_ascii_case(VERSION.as_bytes()) {
        return Some(Intention::VersionTagOmitted);
    }
    segments(input)
        .any(|segment| is_version_tag(&segment))
        .then_some(Intention::VersionFirst)
}

fn is_version_tag(segment: &Segment<'_>) -> bool {
    segment.name.text.octets == Known::Version.name().as_bytes()
        && segment
            .value
            .is_some_and(|value| value.text.octets == VERSION.as_bytes())
}

fn unknown_version(found: &[u8]) -> Option<Intention> {
    const OTHERS: [&[u8]; 6] = [
        b"spf1",
        b"DKIM1",
        b"DMARC1",
        b"STSv1",
        b"TLSRPTv1",
        b"BIMI1",
    ];
    if let Some(hint) = stray_character(found) {
        return Some(hint);
    }
    if found.eq_ignore_ascii_case(VERSION.as_bytes()) {
        return Some(Intention::VersionCase);
    }
    if found.starts_with(b"MIMIX") {
        return Some(Intention::BridgeMapping);
    }
    if let Some(rest) = found.strip_prefix(VERSION.as_bytes()) {
        return match rest {
            [b',', ..] => Some(Intention::CommaForSemicolon),
            [b'\\', ..] => Some(Intention::BackslashSemicolon),
            [first, ..] if is_blank(*first) => Some(Intention::SpaceForSemicolon),
            [first, ..] if !first.is_ascii_alphanumeric() && *first != b'.' => {
                Some(Intention::OnlySemicolon)
            }
            _ => Some(Intention::OtherVersion),
        };
    }
    if OTHERS.iter().any(|other| found.starts_with(other)) {
        return Some(Intention::OtherRecord);
    }
    found
        .starts_with(b"MIMI")
        .then_some(Intention::OtherVersion)
}

fn missing_equals(input: &[u8], start: usize, found: &[u8]) -> Option<Intention> {
    if let Some(hint) = stray_character(found) {
        return Some(hint);
    }
    if let (name, [b':', ..]) = name_prefix(found)
        && !name.is_empty()
    {
        return Some(Intention::ColonForEquals);
    }
    let before = input.get(..start)?;
    let semicolon = before.iter().rposition(|&octet| octet == b';')?;
    match before.get(..semicolon)? {
        [.., b'\\'] => Some(Intention::BackslashSemicolon),
        value if ends_with_html_escape(value) => Some(Intention::HtmlEscape),
        _ => Some(Intention::SemicolonEndsValue),
    }
}

/// Whether the octets end with what an HTML escape has before its `;`, such as `&amp` or `&#39`.
fn ends_with_html_escape(octets: &[u8]) -> bool {
    const LONGEST: usize = 10;
    let escape = octets
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|&&octet| octet.is_ascii_alphanumeric() || octet == b'#')
        .count();
    escape > 0 && octets.iter().rev().nth(escape) == Some(&b'&')
}

fn bad_tag_name(found: &[u8]) -> Option<Intention> {
    if let Some(hint) = stray_character(found) {
        return Some(hint);
    }
    if found.contains(&b'\\') {
        return Some(Intention::NoEscapes);
    }
    if found.iter().copied().any(is_blank) {
        return Some(Intention::SpaceForSemicolon);
    }
    let punctuation = |octet: &u8| matches!(octet, b'-' | b'.' | b'/' | b':' | b'+');
    (found.first().is_some_and(u8::is_ascii_alphabetic) && found.iter().any(punctuation))
        .then_some(Intention::Underscore)
}

/// Was the tag swallowed by another value, or written in upper case?
fn missing_tag(input: &[u8], known: Known) -> Option<Intention> {
    let name = known.name().as_bytes();
    for segment in segments(input) {
        let Some(value) = segment.value else { continue };
        if segment.name.text.octets.eq_ignore_ascii_case(name) {
            return Some(Intention::TagCase);
        }
        let value = value.text.octets;
        for (at, window) in value.windows(name.len() + 1).enumerate() {
            if window.strip_prefix(name) != Some(b"=") {
                continue;
            }
            let separator = separator(value.get(..at)?);
            if separator.is_some() {
                return separator;
            }
        }
    }
    None
}

/// What stands between two tags in place of a semicolon, at the end of the text before the second one.
fn separator(before: &[u8]) -> Option<Intention> {
    match before.iter().rfind(|&&octet| !is_blank(octet))? {
        b',' => Some(Intention::CommaForSemicolon),
        _ if before.last().copied().is_some_and(is_blank) => Some(Intention::SpaceForSemicolon),
        _ => None,
    }
}

/// Whether a known tag, which the string lacks otherwise, follows white space in a value.
fn swallowed_tag(input: &[u8], white_space: &Range<usize>) -> Option<Intention> {
    let (name, rest) = name_prefix(input.get(white_space.end..)?);
    let is_there = |segment: Segment<'_>| segment.name.text.octets == name;
    if Known::named(name).is_none() || !rest.starts_with(b"=") || segments(input).any(is_there) {
        return None;
    }
    separator(input.get(..white_space.end)?)
}

fn non_ascii(input: &[u8], start: usize, found: &[u8]) -> Option<Intention> {
    if let Some(hint) = stray_character(found) {
        return Some(hint);
    }
    segments(input)
        .find(|segment| segment.span().contains(&start))
        .filter(|segment| segment.name.text.octets == Known::Endpoint.name().as_bytes())
        .map(|_| Intention::EndpointALabels)
}

/// A byte order mark, a quote or an invisible character, which nobody puts there on purpose.
fn stray_character(found: &[u8]) -> Option<Intention> {
    if found.starts_with("\u{FEFF}".as_bytes()) {
        return Some(Intention::ByteOrderMark);
    }
    let text = core::str::from_utf8(found).ok()?;
    let quote = |c| matches!(c, '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}');
    if text.starts_with('"') || text.contains(quote) {
        return Some(Intention::Quotes);
    }
    let invisible = |c| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    text.contains(invisible)
        .then_some(Intention::InvisibleCharacter)
}

/// The letters and digits at the start, and what follows them and any white space.
fn name_prefix(found: &[u8]) -> (&[u8], &[u8]) {
    let end = found
        .iter()
        .position(|octet| !octet.is_ascii_alphanumeric() && *octet != b'_')
        .unwrap_or(found.len());
    let (name, rest) = found.split_at(end);
    (name, rest.trim_ascii_start())
}
