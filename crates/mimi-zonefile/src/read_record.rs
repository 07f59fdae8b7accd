//! Records: owner, fields and RDATA of an entry, with what they inherit and what they leave behind.

use crate::directive::DirectiveName;
use crate::error::{Problem, SyntaxErrorKind, name_error_span};
use crate::fields::{Surroundings, read_fields};
use crate::generic;
use crate::interpret::FoundRecord;
use crate::scanner::{Scanner, is_blank};
use crate::state::Known;
use crate::time_to_live::MAX_TTL;
use crate::words::Word;

const SOA: u16 = 6;

impl Scanner {
    /// Reads a record of `text` into [`Scanner::record`]. `line_at` is the place in the window that counts as its start.
    pub(crate) fn read_record(
        &mut self,
        text: &[u8],
        (start, content_end): (usize, usize),
        (window, line_at): (&[u8], usize),
    ) -> Result<(), Problem> {
        let words = self.lexemes.words.as_slice();
        let owner = (!is_blank(text[start])).then(|| words[0]);
        let owner_result = match owner {
            None => self.state.inherit_owner().map_err(|kind| Problem {
                kind,
                span: start..words[0].span().start,
            }),
            Some(word) => self.state.set_owner(word.of(text)).map_err(|error| {
                let kind = self
                    .state
                    .context(&self.settings.types)
                    .name_error(error)
                    .into();
                self.state.lose_owner(self.lines.line_of(window, line_at));
                Problem {
                    kind,
                    span: name_error_span(&error, word),
                }
            }),
        };
        let before_type = usize::from(owner.is_some());
        let around = Surroundings {
            text,
            content_end,
            line: &|| self.lines.line_of(window, line_at),
            types: &self.settings.types,
        };
        let fields = read_fields(&words[before_type..], &around, &mut self.state);
        if let Err(problem) = &fields
            && problem.kind == SyntaxErrorKind::MissingType
        {
            // A lone word may be the debris of another entry.
            self.state.lose_owner(self.lines.line_of(window, line_at));
        }
        // The first error in the line is told.
        owner_result?;
        let fields = fields?;
        let rdata = before_type + fields.length;
        let is_generic = generic::is_generic(&words[rdata..], text);
        if is_generic {
            let words = &words[rdata + 1..];
            generic::decode(words, text, content_end, &mut self.generic)?;
        }
        let ttl = match fields.ttl {
            Some((seconds, _)) => Some(seconds),
            None => self.state.inherited_ttl().map_err(|kind| Problem {
                kind,
                span: fields.type_word.span(),
            })?,
        };
        self.record = FoundRecord {
            start,
            content_end,
            owner,
            ttl: ttl.unwrap_or_default(),
            fields,
            rdata,
            is_generic,
        };
        if ttl.is_none() {
            self.record.ttl = self.ttl_from_soa(window, line_at)?;
        }
        Ok(())
    }

    /// The minimum of an SOA record, which becomes the default TTL.
    fn ttl_from_soa(&mut self, window: &[u8], line_at: usize) -> Result<u32, Problem> {
        let problem = Problem {
            kind: SyntaxErrorKind::NoTtl,
            span: self.record.fields.type_word.span(),
        };
        if self.record.fields.record_type != SOA {
            return Err(problem);
        }
        let wire = self
            .view(window)
            .rdata_wire()
            .ok()
            .flatten()
            .unwrap_or_default();
        let Some(minimum) = wire.last_chunk() else {
            let line = self.lines.line_of(window, line_at);
            self.state.default_ttl = Known::Lost { line };
            return Err(problem);
        };
        // RFC 2181 §8: with the top bit set it means zero.
        let minimum = u32::from_be_bytes(*minimum);
        let seconds = if minimum > MAX_TTL { 0 } else { minimum };
        self.state.default_ttl = Known::Is(seconds);
        Ok(seconds)
    }

    /// Notes what a damaged entry at `start` would have set, as far as its words tell.
    pub(crate) fn lose_all(&mut self, window: &[u8], start: usize) {
        let line = self.lines.line_of(window, start);
        let words = self.lexemes.words.as_slice();
        let blank_owner = is_blank(window[start]);
        let directive = words
            .first()
            .and_then(|&first| DirectiveName::from_word(first, window));
        match directive {
            Some(name) => self.lose_directive(name, window, start),
            None => {
                let rest = words.get(usize::from(!blank_owner)..).unwrap_or_default();
                let around = Surroundings {
                    text: window,
                    content_end: start,
                    line: &|| line,
                    types: &self.settings.types,
                };
                let states_ttl = |words: &[Word]| {
                    words
                        .iter()
                        .any(|word| word.of(window).first().is_some_and(u8::is_ascii_digit))
                };
                if let Err(problem) = read_fields(rest, &around, &mut self.state)
                    && problem.kind == SyntaxErrorKind::MissingType
                    && !states_ttl(rest)
                {
                    self.state.set_last_ttl(Known::Lost { line });
                }
            }
        }
        self.state.lose_owner(line);
    }
}
