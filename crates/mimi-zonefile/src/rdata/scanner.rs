//! [`FieldScanner`]: the `Scanner` of the `domain` crate over the words of one record.
//!
//! It minds what `domain`'s own reader does not: `@` and relative names, the caller's mnemonics in type lists, octets that
//! are not UTF-8, and empty words where a number is due.

use core::ops::Range;
use core::str::FromStr;
use std::borrow::Cow;

use domain::base::charstr::CharStr;
use domain::base::iana::Rtype;
use domain::base::name::Name;
use domain::base::scan::{ConvertSymbols, EntrySymbol, Scanner, ScannerError, Symbol};
use domain::dep::octseq::str::Str;
use mimi_name::DomainName;

use crate::error::name_error_span;
use crate::escape::unescape;
use crate::rdata::MAX_RDATA_LENGTH;
use crate::rdata::error::{FieldError, RdataError, RdataErrorKind};
use crate::rdata::layout::{self, Layout};
use crate::rdata::svcb;
use crate::record::RdataText;
use crate::state::Context;
use crate::words::Word;

/// The fields of one record, from left to right.
pub(crate) struct FieldScanner<'s> {
    text: RdataText<'s>,
    words: &'s [Word],
    context: Context<'s>,
    /// How many words were taken.
    taken: usize,
    layout: Layout,
    /// Where in the entry's text the last word taken stands, or the end of the RDATA.
    place: Range<usize>,
}

impl<'s> FieldScanner<'s> {
    pub(crate) fn new(text: RdataText<'s>, form: Rtype) -> Self {
        Self {
            context: text.entry.context(),
            words: text.words(),
            taken: 0,
            layout: Layout::of(form),
            place: text.range(),
            text,
        }
    }

    fn peek(&self) -> Option<Word> {
        self.words.get(self.taken).copied()
    }

    /// Takes the next word.
    fn word(&mut self) -> Result<Word, FieldError> {
        match self.peek() {
            Some(word) => {
                self.taken += 1;
                self.place = word.span();
                Ok(word)
            }
            None => {
                let end = self.text.range().end;
                self.place = end..end;
                Err(FieldError(RdataErrorKind::MissingField))
            }
        }
    }

    /// Takes the next word, as written, where quotes mean nothing: BIND and Knot refuse them there.
    pub(crate) fn raw(&mut self) -> Result<&'s [u8], FieldError> {
        let word = self.word()?;
        if word.is_quoted() {
            return Err(FieldError(RdataErrorKind::Quoted));
        }
        Ok(word.of(self.text.entry.octets()))
    }

    /// Takes the next word, quoted or not, its escapes decoded.
    pub(crate) fn octets(&mut self) -> Result<Cow<'s, [u8]>, FieldError> {
        let word = self.word()?;
        Ok(unescape(word.of(self.text.entry.octets()))?)
    }

    /// Takes an IP address, which knows no escapes.
    pub(crate) fn address<A: FromStr>(&mut self, expected: &'static str) -> Result<A, FieldError> {
        let raw = self.raw()?;
        core::str::from_utf8(raw)
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or(FieldError::custom(expected))
    }

    /// Checks what `domain` passes and servers refuse.
    pub(crate) fn check(&mut self, form: Rtype) -> Result<(), FieldError> {
        if self.words.len() < self.layout.least {
            self.taken = self.words.len();
            self.word()?;
        }
        if form == Rtype::NSEC3
            && let Some(hash) = self.words.get(4)
            && !layout::is_whole_base32(hash.of(self.text.entry.octets()))
        {
            self.place = hash.span();
            return Err(FieldError::custom("expected a hash in base32hex"));
        }
        if matches!(form, Rtype::SVCB | Rtype::HTTPS) {
            svcb::check(self.text).map_err(|(word, reason)| {
                self.place = word.span();
                FieldError::custom(reason)
            })?;
        }
        Ok(())
    }

    /// Takes a character-string (RFC 1035 §3.3).
    pub(crate) fn string(&mut self) -> Result<Cow<'s, [u8]>, FieldError> {
        let octets = self.octets()?;
        if octets.len() > 255 {
            let length = octets.len();
            return Err(FieldError(RdataErrorKind::StringTooLong { length }));
        }
        Ok(octets)
    }

    /// Takes a name and appends its wire form.
    pub(crate) fn append_name(&mut self, octets: &mut Vec<u8>) -> Result<(), FieldError> {
        let raw = self.raw()?;
        let word = self.words[self.taken - 1];
        DomainName::append_text(raw, self.context.origin(), octets).map_err(|error| {
            self.place = name_error_span(&error, word);
            self.context.name_error(error).into()
        })
    }

    /// Takes all that is left as character-strings, one at least, and appends their wire form.
    pub(crate) fn append_strings(&mut self, octets: &mut Vec<u8>) -> Result<(), FieldError> {
        let start = octets.len();
        loop {
            let string = self.string()?;
            // At most 255, as `string` checked.
            octets.push(string.len() as u8);
            octets.extend_from_slice(&string);
            if octets.len() - start > MAX_RDATA_LENGTH {
                return Err(FieldError::short_buf());
            }
            if self.peek().is_none() {
                return Ok(());
            }
        }
    }

    /// Makes the next word the place of an error.
    pub(crate) fn step_to_next(&mut self) {
        if let Some(word) = self.peek() {
            self.place = word.span();
        }
    }

    pub(crate) fn error_at_place(&self, error: FieldError) -> RdataError {
        let entry = self.text.entry;
        RdataError {
            kind: error.0,
            span: entry.span(self.place.clone()),
            place: entry.place(self.place.start),
            found: entry.excerpt(self.place.clone()),
        }
    }
}

/// Calls `op` with each symbol of a word.
///
/// An octet that is not ASCII counts as written in decimal: it stands for itself where any octet may, and is refused where
/// a character is due.
fn for_each_symbol(
    raw: &[u8],
    mut op: impl FnMut(Symbol) -> Result<(), FieldError>,
) -> Result<(), FieldError> {
    // Every escape is one, from here on; and an error counts from the word's start.
    unescape(raw)?;
    let mut rest = raw;
    while let Some((&octet, after)) = rest.split_first() {
        let length = match (octet, after) {
            (b'\\', [b'0'..=b'9', ..]) => 4.min(rest.len()),
            (b'\\', _) => 2.min(rest.len()),
            _ => 1,
        };
        let (text, after) = rest.split_at(length);
        rest = after;
        let symbol = if octet == b'\\' {
            let value = unescape(text)?.first().copied().unwrap_or_default();
            if length == 4 {
                Symbol::DecimalEscape(value)
            } else {
                Symbol::SimpleEscape(value)
            }
        } else if octet.is_ascii() {
            Symbol::Char(char::from(octet))
        } else {
            Symbol::DecimalEscape(octet)
        };
        op(symbol)?;
    }
    Ok(())
}

impl Scanner for FieldScanner<'_> {
    type Octets = Vec<u8>;
    type OctetsBuilder = Vec<u8>;
    type Name = Name<Vec<u8>>;
    type Error = FieldError;

    fn has_space(&self) -> bool {
        true
    }

    fn continues(&mut self) -> bool {
        self.peek().is_some()
    }

    fn scan_symbols<F>(&mut self, op: F) -> Result<(), FieldError>
    where
        F: FnMut(Symbol) -> Result<(), FieldError>,
    {
        let raw = self.raw()?;
        if raw.is_empty() {
            // `domain` would read `""` as the number 0.
            return Err(FieldError::custom("expected a number"));
        }
        for_each_symbol(raw, op)
    }

    fn scan_entry_symbols<F>(&mut self, mut op: F) -> Result<(), FieldError>
    where
        F: FnMut(EntrySymbol) -> Result<(), FieldError>,
    {
        while self.continues() {
            let raw = self.raw()?;
            for_each_symbol(raw, |symbol| op(symbol.into()))?;
            op(EntrySymbol::EndOfToken)?;
        }
        Ok(())
    }

    fn convert_token<C: ConvertSymbols<Symbol, FieldError>>(
        &mut self,
        mut convert: C,
    ) -> Result<Vec<u8>, FieldError> {
        let mut octets = Vec::new();
        let raw = self.raw()?;
        for_each_symbol(raw, |symbol| {
            if let Some(data) = convert.process_symbol(symbol)? {
                octets.extend_from_slice(data);
            }
            Ok(())
        })?;
        if let Some(data) = convert.process_tail()? {
            octets.extend_from_slice(data);
        }
        Ok(octets)
    }

    fn convert_entry<C: ConvertSymbols<EntrySymbol, FieldError>>(
        &mut self,
        mut convert: C,
    ) -> Result<Vec<u8>, FieldError> {
        let mut octets = Vec::new();
        while self.continues() {
            let raw = self.raw()?;
            for_each_symbol(raw, |symbol| {
                if let Some(data) = convert.process_symbol(symbol.into())? {
                    octets.extend_from_slice(data);
                }
                Ok(())
            })?;
        }
        if let Some(data) = convert.process_tail()? {
            octets.extend_from_slice(data);
        }
        Ok(octets)
    }

    fn scan_octets(&mut self) -> Result<Vec<u8>, FieldError> {
        Ok(self.octets()?.into_owned())
    }

    fn scan_svcb_octets(&mut self) -> Result<Vec<u8>, FieldError> {
        // A quoted value follows its `key=` without white space between them.
        let mut octets = self.octets()?.into_owned();
        let end = self.place.end;
        if self
            .peek()
            .is_some_and(|next| next.is_quoted() && next.span().start == end)
        {
            octets.extend_from_slice(&self.octets()?);
        }
        Ok(octets)
    }

    fn scan_ascii_str<F, T>(&mut self, op: F) -> Result<T, FieldError>
    where
        F: FnOnce(&str) -> Result<T, FieldError>,
    {
        let index = self.taken;
        let raw = self.raw()?;
        if self.layout.algorithm == Some(index)
            && let Some(number) = layout::algorithm(raw)
        {
            return op(&number.to_string());
        }
        if self.layout.types.contains(&index)
            && let Some(record_type) = self.context.types.record_type(raw)
        {
            return op(&format!("TYPE{record_type}"));
        }
        let octets = unescape(raw)?;
        match core::str::from_utf8(&octets) {
            Ok(text) if text.is_ascii() => op(text),
            _ => Err(FieldError::custom("expected ASCII")),
        }
    }

    fn scan_name(&mut self) -> Result<Name<Vec<u8>>, FieldError> {
        let mut octets = Vec::new();
        self.append_name(&mut octets)?;
        Name::from_octets(octets).map_err(|_| FieldError::custom("expected a domain name"))
    }

    fn scan_charstr(&mut self) -> Result<CharStr<Vec<u8>>, FieldError> {
        CharStr::from_octets(self.string()?.into_owned())
            .map_err(|_| FieldError::custom("expected a string of at most 255 octets"))
    }

    fn scan_string(&mut self) -> Result<Str<Vec<u8>>, FieldError> {
        Str::from_utf8(self.octets()?.into_owned())
            .map_err(|_| FieldError::custom("expected UTF-8"))
    }

    fn scan_charstr_entry(&mut self) -> Result<Vec<u8>, FieldError> {
        let mut octets = Vec::new();
        self.append_strings(&mut octets)?;
        Ok(octets)
    }

    fn scan_opt_unknown_marker(&mut self) -> Result<bool, FieldError> {
        // Generic form never comes here.
        Ok(false)
    }

    fn octets_builder(&mut self) -> Result<Vec<u8>, FieldError> {
        Ok(Vec::new())
    }
}
