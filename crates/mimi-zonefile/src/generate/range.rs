//! The range of a `$GENERATE`: `start-stop` or `start-stop/step`.

use core::ops;

use super::MAX_GENERATED;
use super::error::{GenerateError, GenerateErrorKind};

/// The largest number of a range, and of what an offset makes of it: 2^31 - 1.
pub(super) const MAX_NUMBER: u32 = i32::MAX.cast_unsigned();

/// The numbers to make records of: at least one, at most [`MAX_GENERATED`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    start: u32,
    step: u32,
    count: u32,
}

impl Range {
    /// Reads the range.
    ///
    /// # Errors
    /// [`GenerateError`] when it is none, is empty, or has more than [`MAX_GENERATED`] numbers.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, GenerateError> {
        let error = |kind, span| Err(GenerateError::new(kind, text, span));
        let slash = memchr::memchr(b'/', text);
        let stop_end = slash.unwrap_or(text.len());
        let Some(dash) = memchr::memchr(b'-', &text[..stop_end]) else {
            return error(GenerateErrorKind::BadRange, 0..text.len());
        };
        let start = number(text, 0..dash)?;
        let stop = number(text, dash + 1..stop_end)?;
        let step = match slash {
            Some(slash) => number(text, slash + 1..text.len())?,
            None => 1,
        };
        let Some(distance) = stop.checked_sub(start) else {
            let kind = GenerateErrorKind::RangeReversed { start, stop };
            return error(kind, dash + 1..stop_end);
        };
        let Some(steps) = distance.checked_div(step) else {
            return error(GenerateErrorKind::ZeroStep, stop_end + 1..text.len());
        };
        let count = steps + 1;
        if count > MAX_GENERATED {
            let kind = GenerateErrorKind::TooManyRecords { records: count };
            return error(kind, 0..text.len());
        }
        Ok(Self { start, step, count })
    }

    /// How many numbers there are.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// The number with this index from 0, if there are so many.
    pub(crate) fn nth(&self, index: u32) -> Option<u32> {
        (index < self.count).then(|| self.value(index))
    }

    /// The lowest number.
    pub(super) fn first(&self) -> u32 {
        self.start
    }

    /// The highest number that is reached, which may be below the written one.
    pub(super) fn last(&self) -> u32 {
        self.value(self.count - 1)
    }

    fn value(&self, index: u32) -> u32 {
        self.start + index * self.step
    }
}

/// The number in `span`, decimal digits only.
fn number(text: &[u8], span: ops::Range<usize>) -> Result<u32, GenerateError> {
    let digits = &text[span.clone()];
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        let kind = GenerateErrorKind::BadRange;
        return Err(GenerateError::new(kind, text, 0..text.len()));
    }
    let value = digits.iter().fold(0, |sum: u32, digit| {
        sum.saturating_mul(10)
            .saturating_add(u32::from(digit - b'0'))
    });
    if value > MAX_NUMBER {
        let kind = GenerateErrorKind::NumberTooLarge;
        return Err(GenerateError::new(kind, text, span));
    }
    Ok(value)
}
