//! [`OctetMap`]: which octets of the file each octet of RDATA stands in.

use std::ops::Range;

use mimi_zonefile::Rdata;

/// How RDATA is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Written {
    /// As character-strings, or what else the type's text form is.
    #[default]
    Text,
    /// As `\# length hex…`.
    Generic,
    /// Made by `$GENERATE`: it stands nowhere.
    Generated,
}

/// A word of RDATA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands, quotes included, in octets of the file.
    pub(crate) span: Range<usize>,
    pub(crate) is_quoted: bool,
}

/// Which octets of the file each octet of RDATA stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OctetMap {
    pub(crate) written: Written,
    /// The words, those of generic form with `\#` and the length.
    words: Vec<Word>,
}

/// Where an octet of a definition string stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OctetPlace {
    pub(crate) span: Range<usize>,
    /// Which word it is part of.
    pub(crate) word: usize,
}

impl Word {
    /// Where the text between the quotes, if there are any, stands.
    pub(crate) fn text_span(&self) -> Range<usize> {
        let quote = usize::from(self.is_quoted);
        self.span.start + quote..self.span.end - quote
    }
}

impl OctetMap {
    /// Reads the words of a record in place of those that are there.
    pub(crate) fn read(&mut self, read: &mimi_zonefile::Record<'_>) {
        self.words.clear();
        self.words
            .extend(read.rdata_text().tokens().map(|token| Word {
                span: token.span,
                is_quoted: token.quoted,
            }));
        // All words of a generated record have the span of the directive.
        self.written = if read.type_span() == read.span() {
            Written::Generated
        } else if matches!(read.rdata, Rdata::Generic(_)) {
            Written::Generic
        } else {
            Written::Text
        };
    }

    /// The words of RDATA, `\#` and length included.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// From the first word to the last.
    pub(crate) fn span(&self) -> Option<Range<usize>> {
        Some(self.words.first()?.span.start..self.words.last()?.span.end)
    }

    /// Where each octet of the definition string stands: RDATA without its length octets. Empty when it stands nowhere.
    ///
    /// `text` gives the octets of the file.
    pub(crate) fn definition_octets<'t>(
        &self,
        rdata: &[u8],
        text: impl Fn(Range<usize>) -> &'t [u8],
    ) -> Vec<OctetPlace> {
        let mut places = Vec::with_capacity(rdata.len());
        match self.written {
            Written::Generated => {}
            Written::Text => {
                for (word, at) in self.words.iter().enumerate() {
                    let raw = text(at.text_span());
                    let spans = escaped(raw, at.text_span().start);
                    places.extend(spans.map(|span| OctetPlace { span, word }));
                }
            }
            Written::Generic => {
                let mut next_length = 0;
                for (at, place) in digits(&self.words).into_iter().enumerate() {
                    if at == next_length {
                        let length = rdata.get(at).copied().unwrap_or_default();
                        next_length = at + 1 + usize::from(length);
                    } else {
                        places.push(place);
                    }
                }
            }
        }
        places
    }
}

/// Where each octet stands that text means (RFC 1035 §5.1: `\DDD`, `\X`).
fn escaped(raw: &[u8], start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let length = match raw.get(at..)? {
            [] => return None,
            [b'\\', a, b, c, ..] if [a, b, c].iter().all(|octet| octet.is_ascii_digit()) => 4,
            [b'\\', _, ..] => 2,
            _ => 1,
        };
        let from = start + at;
        at += length;
        Some(from..from + length)
    })
}

/// Where each octet stands that hexadecimal digits mean, two digits an octet, wherever words end.
fn digits(words: &[Word]) -> Vec<OctetPlace> {
    // `\#` and the length come first.
    let all = words.iter().enumerate().skip(2).flat_map(|(word, text)| {
        text.text_span().map(move |at| OctetPlace {
            span: at..at + 1,
            word,
        })
    });
    let mut octets = Vec::new();
    let mut high: Option<OctetPlace> = None;
    for digit in all {
        match high.take() {
            None => high = Some(digit),
            Some(first) => octets.push(OctetPlace {
                span: first.span.start..digit.span.end,
                word: first.word,
            }),
        }
    }
    octets
}
