//! [`Finding`]: what was found, as data. Renderers come later.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use mimi_name::DomainName;

use crate::fix::Fix;
use crate::level::Level;
use crate::rule::Rule;

/// Something that a rule found.
///
/// Texts are one sentence without a full stop. They may quote what a file holds; renderers escape them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it matters, as configured.
    pub level: Level,
    /// What is wrong: "expected X, found Y".
    pub message: String,
    /// Where.
    pub place: Place,
    /// The owner of the records it is about, where it is about those of one.
    pub owner: Option<DomainName>,
    /// What to see at the place, if the message does not say it.
    pub label: Option<String>,
    /// Other places to look at.
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
    /// How the file would be mended.
    pub fix: Option<Fix>,
}

/// Another place to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub label: String,
}

/// A place in a source.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The lines around it.
    pub excerpt: Arc<Excerpt>,
    /// The octets of the source that are meant; empty where something is missing.
    pub span: Range<usize>,
}

/// Whole lines of a source.
#[derive(PartialEq, Eq)]
pub struct Excerpt {
    /// What they are from.
    pub source: Arc<Source>,
    /// The offset in the source of the first octet.
    pub offset: usize,
    /// The number of the first line, from 1.
    pub line: usize,
    /// The lines without the last line end.
    pub text: Vec<u8>,
}

/// What findings are about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// A path as given, `-` for standard input, or `dns:` and a name for what servers say.
    pub name: String,
    /// Whether it is a file that a fix can change.
    pub is_file: bool,
}

impl Place {
    /// The line and the column of its start, from 1; columns count octets.
    pub fn line_column(&self) -> (usize, usize) {
        self.line_column_of(self.span.start)
    }

    /// The line and the column behind its end.
    pub fn end_line_column(&self) -> (usize, usize) {
        self.line_column_of(self.span.end)
    }

    /// What of the excerpt's text is meant.
    pub fn in_excerpt(&self) -> Range<usize> {
        let within = |offset: usize| {
            let offset = offset.saturating_sub(self.excerpt.offset);
            offset.min(self.excerpt.text.len())
        };
        within(self.span.start)..within(self.span.end.max(self.span.start))
    }

    fn line_column_of(&self, offset: usize) -> (usize, usize) {
        let text = &self.excerpt.text;
        let offset = offset.saturating_sub(self.excerpt.offset).min(text.len());
        let (line, column) = mimi_zonefile::line_column(text, offset);
        (self.excerpt.line + line - 1, column)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place")
            .field("source", &self.excerpt.source)
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text may identify a person.
        f.debug_struct("Excerpt")
            .field("source", &self.source)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.name)
    }
}
