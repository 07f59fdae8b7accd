//! Record types and classes by name: the standard mnemonics, `TYPEnnn` and `CLASSnnn` (RFC 3597 §5), the caller's own.

use domain::base::iana::Rtype;

/// The caller's mnemonics. They go before the standard ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mnemonics(Vec<(Box<[u8]>, u16)>);

impl Mnemonics {
    /// Adds a mnemonic, in place of an equal one.
    pub(crate) fn insert(&mut self, mnemonic: &str, record_type: u16) {
        let mnemonic = mnemonic.as_bytes();
        self.0
            .retain(|(known, _)| !known.eq_ignore_ascii_case(mnemonic));
        self.0.push((mnemonic.into(), record_type));
    }

    pub(crate) fn get(&self, text: &[u8]) -> Option<u16> {
        let (_, record_type) = self
            .0
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(text))?;
        Some(*record_type)
    }

    /// The record type that `text` names.
    pub(crate) fn record_type(&self, text: &[u8]) -> Option<u16> {
        if let Some(record_type) = self.get(text) {
            return Some(record_type);
        }
        if let Some(number) = numbered(text, b"TYPE") {
            return Some(number);
        }
        if text.eq_ignore_ascii_case(b"NSAP-PTR") {
            return Some(23);
        }
        Rtype::from_mnemonic(text).map(Rtype::to_int)
    }
}

/// The class that `text` names.
pub(crate) fn class(text: &[u8]) -> Option<u16> {
    const NAMES: [(&[u8], u16); 6] = [
        (b"IN", 1),
        (b"CS", 2),
        (b"CH", 3),
        (b"CHAOS", 3),
        (b"HS", 4),
        (b"HESIOD", 4),
    ];
    NAMES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
        .map(|(_, class)| *class)
        .or_else(|| numbered(text, b"CLASS"))
}

/// Whether a type exists only in messages: 0, OPT, and the range of questions and meta types (RFC 6895 §3.1).
pub(crate) fn is_meta_type(record_type: u16) -> bool {
    matches!(record_type, 0 | 41 | 128..=255)
}

/// Whether a class exists only in messages: 0, NONE and ANY (RFC 6895 §3.2).
pub(crate) fn is_meta_class(class: u16) -> bool {
    matches!(class, 0 | 254 | 255)
}

fn numbered(text: &[u8], prefix: &[u8]) -> Option<u16> {
    let (head, digits) = text.split_at_checked(prefix.len())?;
    if !head.eq_ignore_ascii_case(prefix) {
        return None;
    }
    decimal(digits)
}

/// Reads decimal digits that fit u16.
pub(crate) fn decimal(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    digits.iter().try_fold(0u16, |sum, digit| {
        sum.checked_mul(10)?.checked_add(u16::from(digit - b'0'))
    })
}
