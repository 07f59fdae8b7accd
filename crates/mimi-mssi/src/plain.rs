//! The short way for plain records: usable ones that need none of the judge's care. It takes a record or leaves it to the judge.
//!
//! The grammar of `taglist` and the judge are normative. This reader accepts a part of what they accept, refuses nothing by itself, and
//! the tests below show that it never differs from them: it is here for speed alone. Names are read octet by octet, since they are short,
//! and values eight octets at a time.

use crate::judge::Tags;
use crate::tag::Known;
use crate::taglist::is_blank;
use crate::{MAX_OCTETS, MAX_TAGS, VERSION};

/// How many unknown tags a plain record has at most: their names are compared one by one.
const MAX_UNKNOWN: usize = 8;
// No tag stands twice in a plain record, so it is never the record's number of tags that is too high.
const _: () = assert!(Known::ALL.len() + MAX_UNKNOWN <= MAX_TAGS);

/// The tags of a plain usable record; `None` when the judge has to look.
pub(crate) fn read(input: &[u8]) -> Option<Tags<'_>> {
    if input.len() > MAX_OCTETS {
        return None;
    }
    let mut cursor = Cursor::new(input)?;
    let mut tags = Tags::default();
    let mut unknown: [&[u8]; MAX_UNKNOWN] = [b""; MAX_UNKNOWN];
    let mut unknown_count = 0;
    while let Some((name, value)) = cursor.tag()? {
        let place = match name {
            // The version comes first, and only then.
            b"v" if tags.version.is_none() && value == VERSION => {
                tags.version = Some(value);
                continue;
            }
            _ if tags.version.is_none() => return None,
            b"v" => return None,
            b"a" => &mut tags.account,
            b"e" => &mut tags.endpoint,
            b"pv" => &mut tags.protocol_version,
            b"s" => &mut tags.service,
            b"p" => {
                if tags.priority.is_some() {
                    return None;
                }
                tags.priority = Some(number(value)?);
                continue;
            }
            _ => {
                if unknown.get(..unknown_count)?.contains(&name) {
                    return None;
                }
                *unknown.get_mut(unknown_count)? = name;
                unknown_count += 1;
                tags.extended = true;
                continue;
            }
        };
        // A second one is damage, and an empty one has rules of its own.
        if place.is_some() || value.is_empty() {
            return None;
        }
        *place = Some(value);
    }
    (tags.account.is_some() && tags.endpoint.is_some()).then_some(tags)
}

/// A number of at most nine digits, which always fits.
fn number(value: &str) -> Option<u32> {
    if value.is_empty() || value.len() > 9 {
        return None;
    }
    value.bytes().try_fold(0, |sum, octet| {
        let digit = octet.wrapping_sub(b'0');
        (digit < 10).then(|| sum * 10 + u32::from(digit))
    })
}

/// How far the input has been read.
struct Cursor<'a> {
    text: &'a str,
    octets: &'a [u8],
    at: usize,
    /// The last eight octets of the input.
    last: u64,
}

impl<'a> Cursor<'a> {
    /// `None` for what is no UTF-8, or too short to be usable.
    fn new(octets: &'a [u8]) -> Option<Self> {
        Some(Self {
            text: core::str::from_utf8(octets).ok()?,
            octets,
            at: 0,
            last: u64::from_le_bytes(*octets.last_chunk()?),
        })
    }

    /// The next tag's name and value, `Some(None)` at the end, `None` where the judge has to look.
    #[inline(always)]
    fn tag(&mut self) -> Option<Option<(&'a [u8], &'a str)>> {
        self.skip(|octet| octet == b';' || is_blank(octet));
        let start = self.at;
        match self.octet() {
            None => return Some(None),
            Some(octet) if octet.is_ascii_alphabetic() => self.at += 1,
            Some(_) => return None,
        }
        self.skip(|octet| octet.is_ascii_alphanumeric() || octet == b'_');
        let name = self.octets.get(start..self.at)?;
        self.skip(is_blank);
        if self.octet() != Some(b'=') {
            return None;
        }
        self.at += 1;
        self.skip(is_blank);
        let start = self.at;
        let mut end = self.end_of_value()?;
        self.at = end;
        while end > start && self.octets.get(end - 1) == Some(&b' ') {
            end -= 1;
        }
        Some(Some((name, self.text.get(start..end)?)))
    }

    /// Where the next semicolon stands, or the end; `None` if a control octet comes first, for the judge to look at. HTAB is one here.
    #[inline(always)]
    fn end_of_value(&self) -> Option<usize> {
        let mut at = self.at;
        loop {
            let stops = stops(self.word(at));
            if stops != 0 {
                at += (stops.trailing_zeros() / 8) as usize;
                return matches!(self.octets.get(at), None | Some(b';')).then_some(at);
            }
            at += 8;
        }
    }

    /// Eight octets, the first one lowest. Behind the end of the input they are zeros, which are control octets.
    #[inline(always)]
    fn word(&self, at: usize) -> u64 {
        let rest = self.octets.get(at..).unwrap_or_default();
        match rest.first_chunk() {
            Some(octets) => u64::from_le_bytes(*octets),
            None => self
                .last
                .checked_shr(64 - 8 * rest.len() as u32)
                .unwrap_or(0),
        }
    }

    fn octet(&self) -> Option<u8> {
        self.octets.get(self.at).copied()
    }

    fn skip(&mut self, condition: impl Fn(u8) -> bool) {
        while self.octet().is_some_and(&condition) {
            self.at += 1;
        }
    }
}

/// Marks control octets and semicolons with their highest bit. The lowest mark is always right; those above it may be false.
///
/// A subtraction borrows from the next octet only where it leaves a mark.
fn stops(word: u64) -> u64 {
    /// The octet in all eight places.
    const fn all(octet: u8) -> u64 {
        u64::from_le_bytes([octet; 8])
    }
    let zeros = |word: u64| word.wrapping_sub(all(1)) & !word;
    let below_space = word.wrapping_sub(all(b' ')) & !word;
    (below_space | zeros(word ^ all(b';')) | zeros(word ^ all(0x7F))) & all(0x80)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use crate::Mssi;
    use crate::judge::judge;
    use crate::sink::Strict;

    /// Whatever the short way takes, the judge takes, and reads the same in it.
    fn assert_agreement(input: &[u8]) -> Result<bool, TestCaseError> {
        let Some(tags) = super::read(input) else {
            return Ok(false);
        };
        let judged = judge(input, &mut Strict);
        let Ok(judged) = judged else {
            return Err(TestCaseError::fail(
                "the judge refuses what the short way takes",
            ));
        };
        prop_assert_eq!(tags.version, judged.version);
        prop_assert_eq!(tags.extended, judged.extended);
        prop_assert!(Mssi::new(input, &tags) == Mssi::new(input, &judged));
        Ok(true)
    }

    fn shaped() -> impl Strategy<Value = Vec<u8>> {
        let name = prop_oneof![
            6 => prop::sample::select(&["v", "a", "e", "p", "pv", "s"][..]).prop_map(String::from),
            1 => prop::sample::select(&["V", "x", "x_1", "1", "", "é", "a b"][..]).prop_map(String::from),
        ];
        let value = prop_oneof![
            4 => "[ -~]{0,12}",
            2 => prop::sample::select(&["MIMI1", "1", "4294967296", "007", "", "é", "a\tb", "\r\n x", "\u{7f}"][..])
                .prop_map(String::from),
        ];
        let blank = prop::sample::select(&["", "", " ", "\t", "\r\n "][..]);
        let segment = prop_oneof![
            9 => (blank.clone(), name, blank.clone(), value, blank.clone())
                .prop_map(|(a, name, b, value, c)| [a, &name, b, "=", &value, c].concat()),
            1 => blank.prop_map(String::from),
        ];
        prop::collection::vec(segment, 0..12).prop_map(|segments| {
            let mut text = String::from("v=MIMI1; a=bob; e=m.example;");
            text.push_str(&segments.join(";"));
            text.into_bytes()
        })
    }

    /// The first octet that ends a value, found the slow way.
    fn first_stop(octets: &[u8]) -> Option<usize> {
        let is_stop = |octet: &u8| *octet == b';' || octet.is_ascii_control();
        octets.iter().position(is_stop)
    }

    proptest! {
        #[test]
        fn the_lowest_mark_is_at_the_first_stop(
            octets in prop::array::uniform8(prop_oneof![any::<u8>(), prop::sample::select(&b";:<\x1f !~\x7f\x80\xbb"[..])])
        ) {
            let marks = super::stops(u64::from_le_bytes(octets));
            let lowest = (marks != 0).then(|| (marks.trailing_zeros() / 8) as usize);
            prop_assert_eq!(lowest, first_stop(&octets));
        }

        #[test]
        fn the_short_way_never_differs_from_the_judge(input in shaped(), cut in 0_usize..40) {
            assert_agreement(&input)?;
            // And without some of what makes the record usable.
            assert_agreement(input.get(cut..).unwrap_or_default())?;
        }

        #[test]
        fn the_short_way_never_differs_on_anything(input in prop::collection::vec(any::<u8>(), 0..64)) {
            assert_agreement(&input)?;
        }
    }

    #[test]
    fn the_examples_of_the_draft_go_the_short_way() {
        for input in [
            "v=MIMI1; a=myuser; e=mimiserver.example.com",
            "v=MIMI1; p=2; a=+15551234567; e=mimi.whatsapp.com; s=whatsapp",
            "v=MIMI1; p=1; a=myname99; e=im.telegram.org; s=telegram",
            " v = MIMI1 ;; a=bücher; e=m.example; pv=1; x=1; y=;",
        ] {
            assert!(assert_agreement(input.as_bytes()).unwrap(), "{input}");
        }
    }

    #[test]
    fn everything_unusual_is_left_to_the_judge() {
        let many: String = (0..9)
            .map(|number| alloc::format!("; x{number}=1"))
            .collect();
        let many = alloc::format!("v=MIMI1; a=b; e=m{many}");
        for input in [
            "",
            ";",
            "v=MIMI2; a=b; e=m",
            "a=b; v=MIMI1; e=m",
            "v=MIMI1; a=b",
            "v=MIMI1; a=; e=m",
            "v=MIMI1; a=b; a=b; e=m",
            "v=MIMI1; v=MIMI1; a=b; e=m",
            "v=MIMI1; a=b; e=m; p=x",
            "v=MIMI1; a=b; e=m; p=4294967295",
            "v=MIMI1; a=b; e=m; p=1; p=1",
            "v=MIMI1; a=b; e=m; x=1; x=2",
            "v=MIMI1; a=b; e=m; junk",
            "v=MIMI1; a=b\r\n ; e=m",
            "v=MIMI1; a=b; e=m; 1=x",
            &many,
        ] {
            assert!(super::read(input.as_bytes()).is_none(), "{input}");
        }
    }
}
