//! Record types and classes by name: the standard mnemonics, `TYPEnnn` and `CLASSnnn` (RFC 3597 §5), the caller's own.

use domain::base::iana::Rtype;

/// How the RDATA of a private type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// One or more character-strings, as in TXT.
    Strings,
    /// One domain name, as in CNAME.
    Name,
    /// Some other way: only `\# length hex` has octets, other text is passed on as text.
    Unknown,
}

/// The caller's types. Their mnemonics go before the standard ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct PrivateTypes(Vec<PrivateType>);

#[derive(Clone, Debug)]
struct PrivateType {
    mnemonic: Box<[u8]>,
    record_type: u16,
    form: Form,
}

impl PrivateTypes {
    /// Adds a type, in place of one with an equal mnemonic.
    pub(crate) fn insert(&mut self, mnemonic: &str, record_type: u16, form: Form) {
        let mnemonic = mnemonic.as_bytes();
        self.0
            .retain(|known| !known.mnemonic.eq_ignore_ascii_case(mnemonic));
        self.0.push(PrivateType {
            mnemonic: mnemonic.into(),
            record_type,
            form,
        });
    }

    /// How RDATA of the type is written, if the caller said so.
    pub(crate) fn form(&self, record_type: u16) -> Option<Form> {
        let known = self
            .0
            .iter()
            .find(|known| known.record_type == record_type)?;
        Some(known.form)
    }

    /// The private type that `text` names.
    pub(crate) fn get(&self, text: &[u8]) -> Option<u16> {
        let known = self
            .0
            .iter()
            .find(|known| known.mnemonic.eq_ignore_ascii_case(text))?;
        Some(known.record_type)
    }

    /// The record type that `text` names.
    pub(crate) fn record_type(&self, text: &[u8]) -> Option<u16> {
        if let Some(record_type) = self.get(text) {
            return Some(record_type);
        }
        // The search through the registry takes longer than all the rest of a short record.
        Some(match text {
            b"A" => 1,
            b"NS" => 2,
            b"TXT" => 16,
            b"AAAA" => 28,
            b"NSEC" => 47,
            b"RRSIG" => 46,
            b"NSEC3" => 50,
            _ => return numbered(text, b"TYPE").or_else(|| standard(text)),
        })
    }
}

fn standard(text: &[u8]) -> Option<u16> {
    if text.eq_ignore_ascii_case(b"NSAP-PTR") {
        return Some(23);
    }
    Rtype::from_mnemonic(text).map(Rtype::to_int)
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
    if text == b"IN" {
        return Some(1);
    }
    if !matches!(text.first(), Some(b'I' | b'i' | b'C' | b'c' | b'H' | b'h')) {
        return None;
    }
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
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u16, |sum, digit| {
        let value = digit.wrapping_sub(b'0');
        if value > 9 {
            return None;
        }
        sum.checked_mul(10)?.checked_add(u16::from(value))
    })
}
