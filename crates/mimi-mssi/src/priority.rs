//! The priority `p` (draft §4.3, D26): `1*DIGIT`, at most 4,294,967,295.

use nom::bytes::complete::take_while;
use nom::character::complete::digit1;
use nom::combinator::all_consuming;
use nom::{IResult, Parser};

use crate::Code;

/// The number, if it is one, and what is worth a warning.
pub(crate) struct Priority {
    pub(crate) number: Result<u32, Code>,
    pub(crate) leading_zeros: bool,
    pub(crate) over_65535: bool,
}

/// Reads the text of a `p` that is not empty.
pub(crate) fn priority(text: &[u8]) -> Priority {
    let Ok((significant, zeros)) = digits(text) else {
        return Priority {
            number: Err(Code::PriorityNotANumber),
            leading_zeros: false,
            over_65535: false,
        };
    };
    let number = significant
        .iter()
        .try_fold(0_u32, |sum, digit| {
            sum.checked_mul(10)?.checked_add(u32::from(digit - b'0'))
        })
        .ok_or(Code::PriorityTooLarge);
    Priority {
        number,
        // A number that is dropped needs no advice on its form.
        leading_zeros: number.is_ok() && zeros.len() + significant.len() > 1 && !zeros.is_empty(),
        over_65535: number.is_ok_and(|number| number > u32::from(u16::MAX)),
    }
}

/// Digits only: the significant ones are left over, the zeros before them are the result.
fn digits(text: &[u8]) -> IResult<&[u8], &[u8], ()> {
    let (_, digits) = all_consuming(digit1).parse(text)?;
    take_while(|octet| octet == b'0').parse(digits)
}
