//! [`FieldScanner`]: the `Scanner` of the `domain` crate over the tokens of one record.
//!
//! It minds what `domain`'s own reader does not: `@` and relative names, the caller's mnemonics in type lists, octets that
//! are not UTF-8, and empty tokens where a number is due.

use core::iter::Peekable;
use core::ops::Range;

use domain::base::charstr::CharStr;
use domain::base::iana::Rtype;
use domain::base::name::Name;
use domain::base::scan::{ConvertSymbols, EntrySymbol, Scanner, ScannerError, Symbol};
use domain::dep::octseq::str::Str;

use crate::escape::unescape;
use crate::fields::Context;
use crate::lexer::Token;
use crate::rdata::MAX_RDATA_LENGTH;
use crate::rdata::error::{FieldError, RdataError, RdataErrorKind};
use crate::record::{RdataText, Tokens};

/// The fields of one record, from left to right.
pub(crate) struct FieldScanner<'c, 'a> {
    text: RdataText<'a>,
    tokens: Peekable<Tokens<'a>>,
    context: &'c Context,
    /// How many tokens were taken.
    taken: usize,
    /// The tokens that name record types.
    types: Range<usize>,
    /// Where the last token taken stands, or the end of the text.
    span: Range<usize>,
}

impl<'c, 'a> FieldScanner<'c, 'a> {
    pub(crate) fn new(text: &RdataText<'a>, form: Rtype, context: &'c Context) -> Self {
        let types = match form {
            Rtype::RRSIG => 0..1,
            Rtype::NSEC => 1..usize::MAX,
            Rtype::NSEC3 => 5..usize::MAX,
            _ => 0..0,
        };
        Self {
            tokens: text.tokens().peekable(),
            context,
            taken: 0,
            types,
            span: text.span(),
            text: text.clone(),
        }
    }

    /// Takes the next token.
    pub(crate) fn token(&mut self) -> Result<Token<'a>, FieldError> {
        match self.tokens.next() {
            Some(token) => {
                self.taken += 1;
                self.span = token.span.clone();
                Ok(token)
            }
            None => {
                let end = self.text.span().end;
                self.span = end..end;
                Err(FieldError(RdataErrorKind::MissingField))
            }
        }
    }

    /// Makes the next token the place of an error.
    pub(crate) fn step_to_next(&mut self) {
        if let Some(token) = self.tokens.peek() {
            self.span = token.span.clone();
        }
    }

    pub(crate) fn error_at_place(&self, error: FieldError) -> RdataError {
        RdataError {
            kind: error.0,
            span: self.span.clone(),
            found: self.text.excerpt(self.span.clone()),
        }
    }

    fn octets(&mut self) -> Result<Vec<u8>, FieldError> {
        Ok(self.token()?.unescape()?.into_owned())
    }

    fn string(&mut self) -> Result<Vec<u8>, FieldError> {
        let octets = self.octets()?;
        if octets.len() > 255 {
            let length = octets.len();
            return Err(FieldError(RdataErrorKind::StringTooLong { length }));
        }
        Ok(octets)
    }
}

/// Calls `op` with each symbol of a token.
///
/// An octet that is not ASCII counts as written in decimal: it stands for itself where any octet may, and is refused where
/// a character is due.
fn for_each_symbol(
    token: &Token<'_>,
    mut op: impl FnMut(Symbol) -> Result<(), FieldError>,
) -> Result<(), FieldError> {
    // Every escape is one, from here on; and an error counts from the token's start.
    token.unescape()?;
    let mut rest = token.raw;
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

impl Scanner for FieldScanner<'_, '_> {
    type Octets = Vec<u8>;
    type OctetsBuilder = Vec<u8>;
    type Name = Name<Vec<u8>>;
    type Error = FieldError;

    fn has_space(&self) -> bool {
        true
    }

    fn continues(&mut self) -> bool {
        self.tokens.peek().is_some()
    }

    fn scan_symbols<F>(&mut self, op: F) -> Result<(), FieldError>
    where
        F: FnMut(Symbol) -> Result<(), FieldError>,
    {
        let token = self.token()?;
        if token.raw.is_empty() {
            // `domain` would read `""` as the number 0.
            return Err(FieldError::custom("expected a number"));
        }
        for_each_symbol(&token, op)
    }

    fn scan_entry_symbols<F>(&mut self, mut op: F) -> Result<(), FieldError>
    where
        F: FnMut(EntrySymbol) -> Result<(), FieldError>,
    {
        while self.continues() {
            let token = self.token()?;
            for_each_symbol(&token, |symbol| op(symbol.into()))?;
            op(EntrySymbol::EndOfToken)?;
        }
        Ok(())
    }

    fn convert_token<C: ConvertSymbols<Symbol, FieldError>>(
        &mut self,
        mut convert: C,
    ) -> Result<Vec<u8>, FieldError> {
        let mut octets = Vec::new();
        let token = self.token()?;
        for_each_symbol(&token, |symbol| {
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
            let token = self.token()?;
            for_each_symbol(&token, |symbol| {
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
        self.octets()
    }

    fn scan_svcb_octets(&mut self) -> Result<Vec<u8>, FieldError> {
        // A quoted value follows its `key=` without white space between them.
        let mut octets = self.octets()?;
        let end = self.span.end;
        if self
            .tokens
            .peek()
            .is_some_and(|next| next.quoted && next.span.start == end)
        {
            octets.extend(self.octets()?);
        }
        Ok(octets)
    }

    fn scan_ascii_str<F, T>(&mut self, op: F) -> Result<T, FieldError>
    where
        F: FnOnce(&str) -> Result<T, FieldError>,
    {
        let index = self.taken;
        let token = self.token()?;
        if self.types.contains(&index)
            && let Some(record_type) = self.context.mnemonics.record_type(token.raw)
        {
            return op(&format!("TYPE{record_type}"));
        }
        let octets = token.unescape()?;
        match core::str::from_utf8(&octets) {
            Ok(text) if text.is_ascii() => op(text),
            _ => Err(FieldError::custom("expected ASCII")),
        }
    }

    fn scan_name(&mut self) -> Result<Name<Vec<u8>>, FieldError> {
        let token = self.token()?;
        let name = self.context.name(&token).map_err(|(error, span)| {
            self.span = span;
            error
        })?;
        Name::from_octets(name.as_wire().to_vec())
            .map_err(|_| FieldError::custom("expected a domain name"))
    }

    fn scan_charstr(&mut self) -> Result<CharStr<Vec<u8>>, FieldError> {
        CharStr::from_octets(self.string()?)
            .map_err(|_| FieldError::custom("expected a string of at most 255 octets"))
    }

    fn scan_string(&mut self) -> Result<Str<Vec<u8>>, FieldError> {
        Str::from_utf8(self.octets()?).map_err(|_| FieldError::custom("expected UTF-8"))
    }

    fn scan_charstr_entry(&mut self) -> Result<Vec<u8>, FieldError> {
        let mut octets = Vec::new();
        loop {
            let string = self.string()?;
            // At most 255, as `string` checked.
            octets.push(string.len() as u8);
            octets.extend(string);
            if octets.len() > MAX_RDATA_LENGTH {
                return Err(FieldError::short_buf());
            }
            if !self.continues() {
                return Ok(octets);
            }
        }
    }

    fn scan_opt_unknown_marker(&mut self) -> Result<bool, FieldError> {
        // Generic form never comes here.
        Ok(false)
    }

    fn octets_builder(&mut self) -> Result<Vec<u8>, FieldError> {
        Ok(Vec::new())
    }
}
