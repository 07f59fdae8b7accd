//! Times in seconds, with BIND's units: `3600`, `1h30m`, `2W` (any case, any order; a bare number stands alone).

/// The largest TTL (RFC 2181 §8).
pub(crate) const MAX_TTL: u32 = i32::MAX as u32;

/// Why text is not a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeError {
    /// Not digits with units.
    Syntax,
    /// Over the 32 bits of the field, or over [`MAX_TTL`].
    TooLarge,
}

/// Reads a time of up to 32 bits, as SOA fields hold.
pub(crate) fn parse_time(text: &[u8]) -> Result<u32, TimeError> {
    if let Some(seconds) = parse_short(text) {
        return Ok(seconds);
    }
    let mut total: u64 = 0;
    let mut number: Option<u64> = None;
    let mut units = false;
    for &octet in text {
        if octet.is_ascii_digit() {
            let digit = u64::from(octet - b'0');
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            continue;
        }
        let seconds = match octet.to_ascii_lowercase() {
            b'w' => 7 * 24 * 3600,
            b'd' => 24 * 3600,
            b'h' => 3600,
            b'm' => 60,
            b's' => 1,
            _ => return Err(TimeError::Syntax),
        };
        let count = number.take().ok_or(TimeError::Syntax)?;
        total = total.saturating_add(count.saturating_mul(seconds));
        units = true;
    }
    let total = match (number, units) {
        (None, true) => total,
        (Some(seconds), false) => seconds,
        (None, false) | (Some(_), true) => return Err(TimeError::Syntax),
    };
    u32::try_from(total).map_err(|_| TimeError::TooLarge)
}

/// Reads nearly every time there is: up to nine digits.
fn parse_short(text: &[u8]) -> Option<u32> {
    if !(1..=9).contains(&text.len()) {
        return None;
    }
    text.iter().try_fold(0, |sum, octet| {
        let digit = octet.wrapping_sub(b'0');
        (digit <= 9).then(|| 10 * sum + u32::from(digit))
    })
}

/// Reads a TTL, at most 2^31 - 1 seconds.
pub(crate) fn parse_ttl(text: &[u8]) -> Result<u32, TimeError> {
    match parse_time(text) {
        Ok(ttl) if ttl > MAX_TTL => Err(TimeError::TooLarge),
        result => result,
    }
}
