//! Where the parts of a definition string stand, for tools that change one without reading it anew.

use core::ops::Range;

use crate::taglist::segments;

/// Where a segment and its parts stand, in octets from the start of the string.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TagSpans {
    /// All that stands between two semicolons, white space included.
    pub segment: Range<usize>,
    /// What precedes the first `=`, without outer white space; the whole text where there is no `=`.
    pub name: Range<usize>,
    /// What follows the first `=`, without outer white space (D24).
    pub value: Option<Range<usize>>,
    /// Whether a `;` follows at the end of the segment.
    pub is_terminated: bool,
}

impl TagSpans {
    /// Whether there is nothing but white space (D18).
    pub fn is_blank(&self) -> bool {
        self.value.is_none() && self.name.is_empty()
    }

    /// From the name to the end of the value.
    pub fn text(&self) -> Range<usize> {
        let last = self.value.as_ref().unwrap_or(&self.name);
        self.name.start..last.end
    }
}

/// Cuts a definition string into its segments, blank ones included, without judging them.
///
/// ```
/// let spans: Vec<_> = mimi_mssi::tag_spans(b"v=MIMI1; a = bob").collect();
/// assert_eq!(spans[1].segment, 8..16);
/// assert_eq!((&spans[1].name, &spans[1].value), (&(9..10), &Some(13..16)));
/// ```
pub fn tag_spans(input: &[u8]) -> impl Iterator<Item = TagSpans> + '_ {
    segments(input).map(|segment| {
        let last = segment.value.unwrap_or(segment.name);
        TagSpans {
            segment: segment.name.before.start..last.after.end(),
            name: segment.name.text.span(),
            value: segment.value.map(|value| value.text.span()),
            is_terminated: segment.terminated,
        }
    })
}
