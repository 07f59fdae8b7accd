//! [`Rule`]: what can be found, as data. Each stands in a file of its own below `rules`.

use std::fmt;

use crate::definition::DefinitionView;
use crate::level::Level;
use crate::live::LiveView;
use crate::mimi::MimiView;
use crate::mimix::MimixView;
use crate::owner::OwnerView;
use crate::record::RecordView;
use crate::sink::Sink;
use crate::zone::ZoneView;

/// One thing that can be found.
pub struct Rule {
    /// `MIMI` and three digits; never used again for something else.
    pub code: &'static str,
    /// In kebab case; as stable as the code.
    pub name: &'static str,
    /// How much its findings matter, unless configured otherwise.
    pub level: Level,
    /// Whether it is off unless asked for: opinions, and what most zones do on purpose.
    pub is_pedantic: bool,
    /// What it is about, in one line without a full stop.
    pub summary: &'static str,
    /// The section of the draft, the decision or the RFC it rests on: `§4.3`, `D19`, `RFC 9276 §3.1`.
    pub basis: &'static str,
    /// Whether its findings bring fixes.
    pub fix: Fixable,
    pub(crate) check: Check,
}

/// Whether findings of a rule bring fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixable {
    /// Never.
    No,
    /// Where the intention is certain.
    Sometimes,
    /// Always.
    Always,
}

impl Fixable {
    /// `no`, `sometimes` or `always`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Sometimes => "sometimes",
            Self::Always => "always",
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// The definition string of each MIMI record.
    Definition(fn(&DefinitionView<'_>, &mut Sink<'_>)),
    /// Each MIMI record whose definition string is usable.
    Mimi(fn(&MimiView<'_>, &mut Sink<'_>)),
    /// Each MIMIX record.
    Mimix(fn(&MimixView<'_>, &mut Sink<'_>)),
    /// Each record of any type that the checker does not pass over as plain.
    Record(fn(&RecordView<'_>, &mut Sink<'_>)),
    /// All that stands at one owner name.
    Owner(fn(&OwnerView<'_>, &mut Sink<'_>)),
    /// The zone as a whole: what names have to do with each other.
    Zone(fn(&ZoneView<'_>, &mut Sink<'_>)),
    /// Nothing: the checker itself raises it, while it reads.
    Reading,
    /// What was observed of servers.
    Live(fn(&LiveView<'_>, &mut Sink<'_>)),
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({} {})", self.code, self.name)
    }
}
