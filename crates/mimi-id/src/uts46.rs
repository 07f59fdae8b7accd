//! Internationalised labels by UTS 46, non-transitional (D46, D49, D50).
//!
//! Whole domain names take the full mapping: registries hand out names under it, so full-width letters or ideographic dots in a typed name
//! mean the name that everybody else's software reaches. Mailbox names have no such registry: two that the mapping merges may be two
//! people. An atom of a local part is therefore mapped only where nothing but normalisation (NFC) and letter case changes, which
//! [`atom_label`] checks with a computation of its own.

use alloc::borrow::Cow;
use alloc::string::String;

use icu_normalizer::ComposingNormalizerBorrowed;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// All of ASCII but letters, digits, `-`, `_` and the dot (D50, D51).
const NAME_DENY_LIST: AsciiDenyList = AsciiDenyList::new(true, "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~");

/// The ACE prefix (RFC 5890 §2.3.2.5).
const ACE_PREFIX: &str = "xn--";

/// A name as typed to ASCII: A-labels, lower case. Lengths and empty labels are not checked. `None` if UTS 46 refuses the name.
pub(crate) fn name_to_ascii(text: &str) -> Option<String> {
    Uts46::new()
        .to_ascii(
            text.as_bytes(),
            NAME_DENY_LIST,
            Hyphens::Allow,
            DnsLength::Ignore,
        )
        .ok()
        .map(Cow::into_owned)
}

/// The Unicode form of a name in ASCII, if it differs and leads back to exactly this name.
pub(crate) fn name_to_unicode(ascii: &str) -> Option<String> {
    let (unicode, outcome) =
        Uts46::new().to_unicode(ascii.as_bytes(), NAME_DENY_LIST, Hyphens::Allow);
    outcome.ok()?;
    let back = name_to_ascii(&unicode)?;
    (!unicode.is_ascii() && back.eq_ignore_ascii_case(ascii)).then(|| unicode.into_owned())
}

/// Whether a label starts with the ACE prefix, in any case.
pub(crate) fn has_ace_prefix(label: &[u8]) -> bool {
    label
        .get(..ACE_PREFIX.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(ACE_PREFIX.as_bytes()))
}

/// A non-ASCII atom that maps to a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MappedAtom {
    /// The A-label.
    pub(crate) label: String,
    /// What the A-label encodes: one form for all atoms that share the label.
    pub(crate) unicode: String,
}

/// Why a non-ASCII atom has no label of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtomFault {
    /// UTS 46 refuses it.
    Refused,
    /// UTS 46 changes more than normalisation and case.
    Altered,
    /// What remains is ASCII, so it may be somebody else's atom.
    BecomesAscii,
}

/// Maps one non-ASCII atom (no dots) to an A-label (D46).
///
/// ASCII other than letters and digits passes through, as in an ASCII atom (D44): Punycode copies ASCII unchanged, so atoms that differ
/// in it get labels that differ in it.
///
/// Two atoms get the same label only if they are the same after NFC and lower-casing: the label is the Punycode of `unicode` (Punycode is
/// injective), and `unicode` folds to what the atom folds to.
pub(crate) fn atom_label(atom: &str) -> Result<MappedAtom, AtomFault> {
    let mapper = Uts46::new();
    let label = mapper
        .to_ascii(
            atom.as_bytes(),
            AsciiDenyList::EMPTY,
            Hyphens::Allow,
            DnsLength::Ignore,
        )
        .map_err(|_| AtomFault::Refused)?;
    let (unicode, outcome) =
        mapper.to_unicode(label.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow);
    outcome.map_err(|_| AtomFault::Refused)?;
    if fold(&unicode) != fold(atom) {
        return Err(AtomFault::Altered);
    }
    if unicode.is_ascii() {
        return Err(AtomFault::BecomesAscii);
    }
    // What is left to prove is that the label encodes `unicode` and nothing else.
    let encoded = idna::punycode::encode_str(&unicode).ok_or(AtomFault::Refused)?;
    if label.strip_prefix(ACE_PREFIX) != Some(encoded.as_str()) {
        return Err(AtomFault::Altered);
    }
    let unicode = unicode.into_owned();
    Ok(MappedAtom {
        label: label.into_owned(),
        unicode,
    })
}

/// NFC of the lower case. The lower-casing knows the final sigma, so that an upper-case sigma at the end of a word, which could be either
/// lower-case letter, folds to something that UTS 46 does not produce, and is refused.
fn fold(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&text.to_lowercase())
        .into_owned()
}
