//! What an owner of MIMI records stands for: a telephone number below the suffix of ENUM, or a name that somebody types.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use mimi_mssi::Verdict;
use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use crate::fix::{Edit, Fix, Safety};
use crate::record::{Record, RecordView};
use crate::settings::Settings;

/// Names longer than this, in characters, are not typed without mistakes: nobody's mailbox is longer (RFC 5321 §4.5.3.1.1).
pub(crate) const LONGEST_TO_TYPE: usize = 64;

/// The most digits of a telephone number (ITU-T E.164 §6.2.1).
pub(crate) const MOST_DIGITS: usize = 15;

/// Country codes of two and three digits. Beside them there are 1 and 7.
const COUNTRY_CODES: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 \
    81 82 84 86 90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 \
    239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 \
    297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 379 380 381 382 383 385 386 387 389 420 \
    421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 \
    681 682 683 685 686 687 688 689 690 691 692 800 808 850 852 853 855 856 870 878 880 881 882 883 886 888 960 961 962 963 964 965 \
    966 967 968 970 971 972 973 974 975 976 977 979 991 992 993 994 995 996 997 998";

/// What is below the suffix of ENUM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EnumShape<'a> {
    /// A number, or the start of one.
    Number,
    /// A label that is not of digits.
    NotDigits(&'a [u8]),
    /// A label of several digits.
    SeveralDigits(&'a [u8]),
    /// More digits than a number has.
    TooLong(usize),
    /// The number is most likely written forwards.
    Forwards,
    /// The number starts with a zero.
    LeadingZero,
}

/// The labels of an owner below the suffix of ENUM, a leading `*` left out. `None` elsewhere.
pub(crate) fn enum_labels<'a>(owner: &'a DomainName, settings: &Settings) -> Option<Vec<&'a [u8]>> {
    let e164_arpa = mimi_id::e164_arpa();
    let mut suffixes = [&settings.enum_suffix, &e164_arpa].into_iter();
    let suffix = suffixes.find(|suffix| owner.is_within(suffix))?;
    let below = owner.label_count() - suffix.label_count();
    let is_wildcard = |(index, label): &(usize, &[u8])| *index == 0 && *label == b"*";
    let labels = owner.labels().take(below).enumerate();
    Some(
        labels
            .filter(|label| !is_wildcard(label))
            .map(|(_, label)| label)
            .collect(),
    )
}

/// What is wrong with the labels below the suffix of ENUM (RFC 6116 §3.2, D52): the first fault of them.
pub(crate) fn enum_shape<'a>(labels: &[&'a [u8]]) -> EnumShape<'a> {
    let is_digits = |label: &&[u8]| label.iter().all(u8::is_ascii_digit);
    if let Some(label) = labels.iter().find(|label| !is_digits(label)) {
        return EnumShape::NotDigits(label);
    }
    if let Some(label) = labels.iter().find(|label| label.len() > 1) {
        return EnumShape::SeveralDigits(label);
    }
    if labels.len() > MOST_DIGITS {
        return EnumShape::TooLong(labels.len());
    }
    let forwards = labels.concat();
    let read: Vec<u8> = forwards.iter().rev().copied().collect();
    if !is_plausible(&read) && is_plausible(&forwards) {
        return EnumShape::Forwards;
    }
    match read.first() {
        Some(b'0') => EnumShape::LeadingZero,
        _ => EnumShape::Number,
    }
}

/// Whether digits may be a whole number with its country code. No numbering plan is asked beyond the length of those of code 1.
fn is_plausible(digits: &[u8]) -> bool {
    let starts = |code: &str| digits.starts_with(code.as_bytes());
    match digits {
        [b'1', area, ..] => digits.len() == 11 && (b'2'..=b'9').contains(area),
        [b'7', ..] => digits.len() == 11,
        _ => digits.len() >= 7 && COUNTRY_CODES.split_whitespace().any(starts),
    }
}

/// The fix of an owner that is written out with these labels in front: others in their place.
pub(crate) fn owner_fix(
    record: &Record,
    title: &str,
    found: &[&[u8]],
    wanted: &[u8],
) -> Option<Fix> {
    let span = record.spans.owner.clone();
    let text = record.text(span.clone());
    let found = found.join(&b'.');
    let rest = text.strip_prefix(found.as_slice())?;
    if !matches!(rest.first(), None | Some(b'.')) {
        return None;
    }
    Some(Fix {
        safety: Safety::Unsafe,
        title: title.into(),
        edits: vec![Edit {
            span: span.start..span.start + found.len(),
            replacement: wanted.to_vec(),
        }],
    })
}

/// The fix that puts another type in place of the one written: by its number where the file does so too.
pub(crate) fn type_fix(record: &Record, name: &str, code: u16) -> Option<Fix> {
    let span = record.spans.record_type.clone();
    if span == record.spans.all {
        return None;
    }
    let by_number = |text: &[u8]| {
        text.get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"TYPE"))
    };
    let wanted = match by_number(record.text(span.clone())) {
        true => format!("TYPE{code}"),
        false => name.into(),
    };
    Some(Fix {
        safety: Safety::Unsafe,
        title: format!("write {wanted} as the type"),
        edits: vec![Edit {
            span,
            replacement: wanted.into_bytes(),
        }],
    })
}

/// The owner of a MIMI record if it is a name that somebody types: no telephone number, no wildcard.
pub(crate) fn mui<'a>(view: &RecordView<'a>, settings: &Settings) -> Option<&'a DomainName> {
    let owner = &view.record.owner;
    let is_mui = view.record.record_type == settings.types.mimi()
        && owner.labels().next() != Some(b"*")
        && enum_labels(owner, settings).is_none();
    is_mui.then_some(owner)
}

/// The owner of a MIMI record if it is a telephone number: its labels below the suffix.
pub(crate) fn telephone<'a>(view: &RecordView<'a>, settings: &Settings) -> Option<Vec<&'a [u8]>> {
    let is_mimi = view.record.record_type == settings.types.mimi();
    is_mimi.then(|| enum_labels(&view.record.owner, settings))?
}

/// A label's Unicode form if it is an A-label; `Some(None)` if it is called one and is none (RFC 5890 §2.3.2.1).
pub(crate) fn unicode_label(label: &[u8]) -> Option<Option<String>> {
    let start = label.get(..4)?;
    start.eq_ignore_ascii_case(b"xn--").then(|| decode(label))
}

fn decode(label: &[u8]) -> Option<String> {
    let mapper = Uts46::new();
    let (unicode, outcome) = mapper.to_unicode(label, AsciiDenyList::EMPTY, Hyphens::Allow);
    outcome.ok()?;
    let back = to_a_label(&unicode)?;
    let is_same = back.as_bytes().eq_ignore_ascii_case(label) && !unicode.is_ascii();
    is_same.then(|| unicode.into_owned())
}

/// The A-label of a label in Unicode, if it has one.
pub(crate) fn to_a_label(label: &str) -> Option<String> {
    let ascii = Uts46::new().to_ascii(
        label.as_bytes(),
        AsciiDenyList::EMPTY,
        Hyphens::Allow,
        DnsLength::Ignore,
    );
    ascii.ok().map(|ascii| ascii.into_owned())
}

/// The Unicode forms of the labels that are A-labels.
pub(crate) fn unicode_labels(name: &DomainName) -> impl Iterator<Item = String> + '_ {
    name.labels().filter_map(unicode_label).flatten()
}

/// Whether a record is a MIMI or a MIMIX record.
pub(crate) fn is_of_mimi(record: &Record, settings: &Settings) -> bool {
    [settings.types.mimi(), settings.types.mimix()].contains(&record.record_type)
}

/// Whether a record of a type above 255 that is not MIMI or MIMIX holds a definition string, with or without the lengths of
/// character-strings.
pub(crate) fn is_definition_elsewhere(record: &Record, types: TypeCodes) -> bool {
    if record.record_type <= 255 || [types.mimi(), types.mimix()].contains(&record.record_type) {
        return false;
    }
    // Nothing but blanks is refused, too, and is no definition string.
    let is_definition = |text: &[u8]| {
        let judgement = mimi_mssi::parse(text);
        judgement.tags().v.is_some() && judgement.verdict() != Verdict::Ignored
    };
    let rdata = record.rdata.as_deref().unwrap_or_default();
    let text = record.definition_string();
    text.is_some_and(|text| is_definition(&text)) || is_definition(rdata)
}
