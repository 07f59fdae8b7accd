//! [`DefinitionView`]: a definition string in its record, and fixes of it as fixes of the file.

use std::ops::Range;

use mimi_mssi::{Code, Diagnostic, Intention, Judgement, Severity, Verdict};
use mimi_rr::{Mimi, rfc3597};

use crate::finding::{Finding, Place};
use crate::fix::{Edit, Fix, Safety};
use crate::octet_map::{OctetPlace, Written};
use crate::record::Record;
use crate::rule::Rule;
use crate::sink::Sink;

/// The longest character-string (RFC 1035 §3.3).
const LONGEST_STRING: usize = 255;

/// The definition string of a MIMI record.
pub(crate) struct DefinitionView<'a> {
    pub(crate) record: &'a Record,
    /// The character-strings joined (D1).
    pub(crate) octets: &'a [u8],
    pub(crate) judgement: &'a Judgement<'a>,
    /// Where each octet stands; empty where they stand nowhere.
    places: Vec<OctetPlace>,
}

/// A change of a definition string: what comes in place of which octets of it.
pub(crate) type Change = (Range<usize>, Vec<u8>);

impl<'a> DefinitionView<'a> {
    pub(crate) fn new(record: &'a Record, octets: &'a [u8], judgement: &'a Judgement<'a>) -> Self {
        let rdata = record.rdata.as_deref().unwrap_or_default();
        let places = record
            .map
            .definition_octets(rdata, |span| record.text(span));
        // Each octet has a place, or none can be relied on.
        let places = match places.len() == octets.len() {
            true => places,
            false => Vec::new(),
        };
        Self {
            record,
            octets,
            judgement,
            places,
        }
    }

    /// What `mimi-mssi` says of one kind.
    pub(crate) fn diagnostics(&self, code: Code) -> impl Iterator<Item = &'a Diagnostic> {
        let of_code = move |diagnostic: &&Diagnostic| diagnostic.code() == code;
        self.judgement.diagnostics().iter().filter(of_code)
    }

    /// Whether an error has the same cause, so that a warning would only repeat it.
    pub(crate) fn has_error_of(&self, intention: Option<Intention>) -> bool {
        let is_same = |diagnostic: &Diagnostic| {
            diagnostic.severity() == Severity::Error && diagnostic.intention() == intention
        };
        intention.is_some() && self.judgement.diagnostics().iter().any(is_same)
    }

    /// A finding for a diagnostic, with its message, place, remedy and second place.
    pub(crate) fn finding(&self, rule: &'static Rule, diagnostic: &Diagnostic) -> Finding {
        let mut finding = Finding::new(rule, self.place(diagnostic.span()), diagnostic.message());
        if let Some(first) = diagnostic.related() {
            finding = finding.with_related(self.place(first), "first here");
        }
        match diagnostic.help() {
            Some(help) => finding.with_help(help),
            None => finding,
        }
    }

    /// Reports all that `mimi-mssi` says of one kind, each with its fix.
    pub(crate) fn report(
        &self,
        rule: &'static Rule,
        code: Code,
        sink: &mut Sink<'_>,
        fix: impl Fn(&Diagnostic) -> Option<Fix>,
    ) {
        for diagnostic in self.diagnostics(code) {
            sink.report(self.finding(rule, diagnostic).with_fix(fix(diagnostic)));
        }
    }

    /// Where octets of the definition string stand in the file.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        self.record.place(self.file_span(span))
    }

    fn file_span(&self, span: Range<usize>) -> Range<usize> {
        let Some(last) = self.places.last() else {
            return self.record.spans.rdata.clone();
        };
        let start = self
            .places
            .get(span.start)
            .map_or(last.span.end, |place| place.span.start);
        let end = match span.end.checked_sub(1).and_then(|end| self.places.get(end)) {
            Some(place) if !span.is_empty() => place.span.end,
            _ => start,
        };
        start..end.max(start)
    }

    /// The span in the definition string of text that was borrowed from it.
    pub(crate) fn span_of(&self, text: &str) -> Range<usize> {
        let start = (text.as_ptr() as usize).saturating_sub(self.octets.as_ptr() as usize);
        let start = start.min(self.octets.len());
        start..(start + text.len()).min(self.octets.len())
    }

    /// The fix of the file that makes these changes of the definition string, in their order.
    ///
    /// `None` where it would not help: the string must become usable, be read further (an ignored one is read to its first tag or its
    /// version only), or have fewer errors than before. And where it would lose something else, such as a comment between words.
    ///
    /// What changes the account or the endpoint of a usable record is never safe.
    pub(crate) fn fix(
        &self,
        safety: Safety,
        title: impl Into<String>,
        mut changes: Vec<Change>,
    ) -> Option<Fix> {
        changes.sort_by_key(|(span, _)| (span.start, span.end));
        let changed = apply(self.octets, &changes)?;
        if changed == self.octets || !self.is_better(&changed) {
            return None;
        }
        let edits = match self.local_edits(&changes) {
            Some(edits) => edits,
            None => vec![self.whole_edit(&changed)?],
        };
        Some(Fix {
            safety: match self.reaches_the_same(&changed) {
                true => safety,
                false => Safety::Unsafe,
            },
            title: title.into(),
            edits,
        })
    }

    /// Whether nobody is reached who was not before, unless nobody was.
    fn reaches_the_same(&self, changed: &[u8]) -> bool {
        let Some(before) = self.judgement.mssi() else {
            return true;
        };
        mimi_mssi::parse_strict(changed)
            .is_ok_and(|after| (after.mssa(), after.mse()) == (before.mssa(), before.mse()))
    }

    /// Whether a string is nearer to being usable.
    pub(crate) fn is_better(&self, changed: &[u8]) -> bool {
        let after = mimi_mssi::parse(changed);
        let errors = |judgement: &Judgement<'_>| {
            let is_error = |diagnostic: &&Diagnostic| diagnostic.severity() == Severity::Error;
            judgement.diagnostics().iter().filter(is_error).count()
        };
        // How far a string is read: to its first tag, to its version, or to its end.
        let depth =
            |judgement: &Judgement<'_>| match judgement.refusal().map(|refusal| refusal.code) {
                Some(Code::VersionNotFirst) => 0,
                Some(Code::UnknownVersion) => 1,
                _ => 2,
            };
        let (was, is) = (depth(self.judgement), depth(&after));
        after.verdict() == Verdict::Usable
            || is > was
            || (is == was && errors(&after) < errors(self.judgement))
    }

    /// Each change where it stands, if each stands within one quoted string that stays short enough.
    fn local_edits(&self, changes: &[Change]) -> Option<Vec<Edit>> {
        if self.record.map.written != Written::Text {
            return None;
        }
        let words = self.record.map.words();
        let mut lengths = vec![0_isize; words.len()];
        for place in &self.places {
            *lengths.get_mut(place.word)? += 1;
        }
        let mut edits = Vec::with_capacity(changes.len());
        for (span, replacement) in changes {
            let before = span.start.checked_sub(1).and_then(|at| self.places.get(at));
            let (start, word) = match (self.places.get(span.start), before) {
                (Some(place), _) => (place.span.start, place.word),
                (None, Some(place)) => (place.span.end, place.word),
                (None, None) => return None,
            };
            let end = match span.is_empty() {
                true => start,
                false => {
                    let last = self.places.get(span.end - 1)?;
                    if last.word != word {
                        return None;
                    }
                    last.span.end
                }
            };
            if !words.get(word)?.is_quoted {
                return None;
            }
            *lengths.get_mut(word)? += replacement.len() as isize - span.len() as isize;
            edits.push(Edit {
                span: start..end,
                replacement: quoted_text(replacement),
            });
        }
        let fits = |length: &isize| (0..=LONGEST_STRING as isize).contains(length);
        lengths.iter().all(fits).then_some(edits)
    }

    /// All of RDATA anew.
    fn whole_edit(&self, changed: &[u8]) -> Option<Edit> {
        let mimi = Mimi::new(changed).ok()?;
        let replacement = match self.record.map.written {
            Written::Generated => return None,
            Written::Text => mimi.to_text(),
            Written::Generic => rfc3597::to_text(mimi.as_rdata()),
        };
        let span = self.record.spans.rdata.clone();
        let excerpt = &self.record.excerpt;
        let end = excerpt.offset + excerpt.text.len();
        if span.start < excerpt.offset || span.end > end {
            return None;
        }
        // What stands between words must be white space, or it would be lost.
        let mut at = span.start;
        for word in self.record.map.words() {
            let between = self.record.text(at..word.span.start);
            if between.iter().any(|octet| b";()\n".contains(octet)) {
                return None;
            }
            at = word.span.end;
        }
        Some(Edit {
            span,
            replacement: replacement.into_bytes(),
        })
    }
}

/// Octets with changes made, which are in order. `None` if they overlap or stand outside.
pub(crate) fn apply(octets: &[u8], changes: &[Change]) -> Option<Vec<u8>> {
    let mut changed = Vec::with_capacity(octets.len());
    let mut at = 0;
    for (span, replacement) in changes {
        changed.extend_from_slice(octets.get(at..span.start)?);
        changed.extend_from_slice(replacement);
        at = span.end.max(span.start);
    }
    changed.extend_from_slice(octets.get(at..)?);
    Some(changed)
}

/// Octets as they are written between quotes (RFC 1035 §5.1, D4).
pub(crate) fn quoted_text(octets: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(octets.len());
    for &octet in octets {
        match octet {
            b'"' | b'\\' => text.extend([b'\\', octet]),
            b' '..=b'~' => text.push(octet),
            _ => text.extend(format!("\\{octet:03}").bytes()),
        }
    }
    text
}
