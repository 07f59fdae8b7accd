//! The records of one `$GENERATE`, one after the other, and what all of a file may come to.

use super::error::{GenerateError, GenerateErrorKind};
use super::{MAX_GENERATED_IN_FILE, MAX_GENERATED_OCTETS, Range, Template};
use crate::words::Word;

/// What the directives of a file have made so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Generated {
    records: u64,
    octets: u64,
}

impl Generated {
    /// What both come to; `None` when that is too much.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let sum = Self {
            records: self.records.saturating_add(other.records),
            octets: self.octets.saturating_add(other.octets),
        };
        let fits = sum.records <= MAX_GENERATED_IN_FILE && sum.octets <= MAX_GENERATED_OCTETS;
        fits.then_some(sum)
    }
}

/// A directive that is being expanded.
#[derive(Clone, Debug)]
pub(crate) struct Generation {
    range: Range,
    /// How many records were made.
    made: u32,
    owner: Template,
    /// What stands between owner and RDATA, as written.
    fields: Box<[u8]>,
    field_count: usize,
    rdata: Template,
    /// Where the directive stands in the window.
    pub(crate) span: (usize, usize),
}

impl Generation {
    /// Reads the words of a directive, its name first.
    pub(crate) fn read(
        words: &[Word],
        text: &[u8],
        span: (usize, usize),
    ) -> Result<Self, GenerateError> {
        let [_, range_word, owner_word, fields @ .., rdata_word] = words else {
            return Err(GenerateError::new(
                GenerateErrorKind::Incomplete,
                text,
                span.1..span.1,
            ));
        };
        if fields.is_empty() {
            let end = span.1..span.1;
            return Err(GenerateError::new(GenerateErrorKind::Incomplete, text, end));
        }
        let quoted = [range_word, owner_word]
            .into_iter()
            .chain(fields)
            .find(|word| word.is_quoted());
        if let Some(word) = quoted {
            return Err(GenerateError::new(
                GenerateErrorKind::Quoted,
                text,
                word.span(),
            ));
        }
        let in_word = |word: &Word| {
            let start = word.range().start;
            move |error: GenerateError| GenerateError {
                span: start + error.span.start..start + error.span.end,
                ..error
            }
        };
        let range = Range::parse(range_word.of(text)).map_err(in_word(range_word))?;
        let owner = Template::owner(owner_word.of(text), &range).map_err(in_word(owner_word))?;
        let quoted = rdata_word.is_quoted();
        let rdata =
            Template::rdata(rdata_word.of(text), quoted, &range).map_err(in_word(rdata_word))?;
        Ok(Self {
            range,
            made: 0,
            owner,
            fields: fields
                .iter()
                .map(|word| word.of(text))
                .collect::<Vec<_>>()
                .join(&b' ')
                .into(),
            field_count: fields.len(),
            rdata,
            span,
        })
    }

    /// How many records there are.
    pub(crate) fn records(&self) -> u32 {
        self.range.count()
    }

    /// Which word of a record is the first of its RDATA.
    pub(crate) fn rdata_index(&self) -> usize {
        1 + self.field_count
    }

    /// What all its records come to at most.
    pub(crate) fn size(&self) -> Generated {
        let longest = self.owner.longest() + self.fields.len() + self.rdata.longest() + 2;
        let records = u64::from(self.range.count());
        Generated {
            records,
            octets: records.saturating_mul(longest as u64),
        }
    }

    /// Writes the next record in place of what `text` held; whether there was one.
    pub(crate) fn next(&mut self, text: &mut Vec<u8>) -> bool {
        let Some(value) = self.range.nth(self.made) else {
            return false;
        };
        self.made += 1;
        text.clear();
        self.owner.expand(value, text);
        text.push(b' ');
        text.extend_from_slice(&self.fields);
        text.push(b' ');
        self.rdata.expand(value, text);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Generated, MAX_GENERATED_IN_FILE, MAX_GENERATED_OCTETS};

    #[test]
    fn what_a_file_generates_is_bounded_in_records_and_in_octets() {
        let generated = |records, octets| Generated { records, octets };
        let one = generated(1, 1);
        assert_eq!(one.plus(one), Some(generated(2, 2)));
        assert_eq!(generated(MAX_GENERATED_IN_FILE, 1).plus(one), None);
        assert_eq!(generated(1, MAX_GENERATED_OCTETS).plus(one), None);
        assert_eq!(generated(u64::MAX, u64::MAX).plus(one), None);
    }
}
