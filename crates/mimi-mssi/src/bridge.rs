//! The target in a TXT record of the bridge, `v=MIMIX1; d=<target>` (D57): a tag list under
//! the structural rules of the definition string (D11, D14, D19 to D21, D24, D32).

use core::error::Error;
use core::fmt;

use crate::tag::{is_control, is_tag_name};
use crate::taglist::{Segment, segments};
use crate::{MAX_OCTETS, MAX_TAGS};

/// Reads the target of a MIMIX bridge record; `None` when the text is of another form, and is to be passed over in silence.
///
/// The value of `d` is returned as it stands; whether it is a domain name is for the caller to say.
///
/// # Errors
/// [`BridgeError`] when the text begins as a bridge record and is broken.
pub fn bridge_target(text: &[u8]) -> Option<Result<&str, BridgeError>> {
    if text.len() > MAX_OCTETS {
        return None; // More than a TXT record can hold.
    }
    let mut tags = segments(text).filter(|segment| !segment.is_blank());
    let (name, value) = tag(&tags.next()?)?;
    if (name, value) != (b"v", b"MIMIX1") {
        return None;
    }
    Some(read_target(tags))
}

fn read_target<'a>(tags: impl Iterator<Item = Segment<'a>>) -> Result<&'a str, BridgeError> {
    let mut names: [&[u8]; MAX_TAGS] = [b"v"; MAX_TAGS];
    let mut target = None;
    for (count, segment) in (1..).zip(tags) {
        let (name, value) = tag(&segment).ok_or(BridgeError::MissingEquals)?;
        if !is_tag_name(name) {
            return Err(BridgeError::TagName);
        }
        if value.iter().copied().any(is_control) {
            return Err(BridgeError::Control);
        }
        if names.iter().take(count).any(|seen| *seen == name) {
            return Err(BridgeError::DuplicateTag);
        }
        *names.get_mut(count).ok_or(BridgeError::TooManyTags)? = name;
        if name == b"d" {
            target = Some(value);
        }
    }
    match target.map(core::str::from_utf8) {
        Some(Ok(target)) if !target.is_empty() => Ok(target),
        _ => Err(BridgeError::NoTarget),
    }
}

/// Name and value of a segment that has both sides of a `=`.
fn tag<'a>(segment: &Segment<'a>) -> Option<(&'a [u8], &'a [u8])> {
    Some((segment.name.text.octets, segment.value?.text.octets))
}

/// Why a TXT record of the bridge names no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BridgeError {
    /// Over [`MAX_TAGS`].
    TooManyTags,
    /// A segment without `=` (D19).
    MissingEquals,
    /// A tag name that is none (D20, D21).
    TagName,
    /// A control octet in a value (D14).
    Control,
    /// A tag that stands twice (D11).
    DuplicateTag,
    /// No `d`, or an empty one, or one that is not UTF-8.
    NoTarget,
}

impl BridgeError {
    /// A stable code in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyTags => "bridge-too-many-tags",
            Self::MissingEquals => "bridge-missing-equals",
            Self::TagName => "bridge-tag-name",
            Self::Control => "bridge-control-octet",
            Self::DuplicateTag => "bridge-duplicate-tag",
            Self::NoTarget => "bridge-no-target",
        }
    }
}

impl fmt::Display for BridgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyTags => write!(f, "expected at most {MAX_TAGS} tags"),
            Self::MissingEquals => f.write_str("expected \"=\" in every segment"),
            Self::TagName => {
                f.write_str("expected tag names of a letter, then letters, digits or \"_\"")
            }
            Self::Control => f.write_str("expected values without control octets"),
            Self::DuplicateTag => f.write_str("expected every tag once, found one twice"),
            Self::NoTarget => {
                f.write_str("expected \"d=\" with the name of a MIMI resolution domain")
            }
        }
    }
}

impl Error for BridgeError {}
