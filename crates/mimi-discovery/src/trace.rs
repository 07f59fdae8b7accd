//! What happened, in order, for a person to read.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use mimi_name::DomainName;

use crate::assurance::Assurance;
use crate::message::OracleFailure;
use crate::oracle::OraclePermission;
use crate::question::Question;

/// The events of one discovery. Their number is bounded by its question budget.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Trace {
    entries: Vec<TraceEntry>,
}

impl Trace {
    /// The events in order.
    pub fn entries(&self) -> &[TraceEntry] {
        &self.entries
    }

    /// The same events, behind one that says how old they are.
    pub(crate) fn aged(&self, age: Duration) -> Self {
        let kept = TraceEntry {
            at: Duration::ZERO,
            event: TraceEvent::Kept(age),
        };
        let entries = self.entries.iter().cloned();
        Self {
            entries: core::iter::once(kept).chain(entries).collect(),
        }
    }

    pub(crate) fn push(&mut self, at: Duration, event: TraceEvent) {
        self.entries.push(TraceEntry { at, event });
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trace({} entries)", self.entries.len())
    }
}

/// One event, and when it happened.
#[derive(Clone, PartialEq, Eq)]
pub struct TraceEntry {
    /// Time since the discovery began.
    pub at: Duration,
    /// What happened.
    pub event: TraceEvent,
}

impl fmt::Display for TraceEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>7.1} ms  {}",
            self.at.as_secs_f64() * 1000.0,
            self.event
        )
    }
}

/// What happened. The names inside are personal data: `Display` shows them, and there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TraceEvent {
    /// A question was asked.
    Asked(Question),
    /// Aliases were followed.
    Aliased {
        /// The name that was asked for.
        from: DomainName,
        /// Where its aliases lead.
        to: DomainName,
    },
    /// A lookup is over.
    Learnt {
        /// What was looked up.
        question: Question,
        /// What it came to, in a few words.
        finding: String,
        /// How sure that is.
        assurance: Option<Assurance>,
    },
    /// The MIMIX step chose these MIMI resolution domains.
    Targets(Vec<DomainName>),
    /// Records were not used.
    Dropped(usize),
    /// Oracles were considered.
    Oracle(OraclePermission),
    /// The oracle of this index was asked.
    AskedOracle(usize),
    /// The oracle of this index has this many definition strings.
    OracleAnswered(usize, usize),
    /// The oracle of this index gave no answer.
    OracleFailed(usize, OracleFailure),
    /// The outcome is an older one; what follows happened this long ago.
    Kept(Duration),
    /// The deadline passed.
    DeadlinePassed,
    /// The discovery ended so.
    Ended(&'static str),
}

impl fmt::Display for TraceEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked(question) => write!(f, "asked {question}"),
            Self::Aliased { from, to } => write!(f, "{from} is an alias that leads to {to}"),
            Self::Learnt {
                question,
                finding,
                assurance,
            } => {
                write!(f, "{question}: {finding}")?;
                match assurance {
                    Some(assurance) => write!(f, " ({assurance})"),
                    None => Ok(()),
                }
            }
            Self::Targets(names) => {
                f.write_str("MIMI resolution domain")?;
                for (index, name) in names.iter().enumerate() {
                    write!(f, "{} {name}", if index == 0 { "" } else { "," })?;
                }
                Ok(())
            }
            Self::Dropped(1) => f.write_str("1 record not used"),
            Self::Dropped(count) => write!(f, "{count} records not used"),
            Self::Oracle(permission) => permission.fmt(f),
            Self::AskedOracle(index) => write!(f, "asked oracle {}", index + 1),
            Self::OracleAnswered(index, 0) => write!(f, "oracle {} knows nothing", index + 1),
            Self::OracleAnswered(index, 1) => {
                write!(f, "oracle {} has 1 definition string", index + 1)
            }
            Self::OracleAnswered(index, count) => {
                write!(f, "oracle {} has {count} definition strings", index + 1)
            }
            Self::OracleFailed(index, failure) => write!(f, "oracle {}: {failure}", index + 1),
            Self::Kept(age) => {
                write!(
                    f,
                    "nothing was asked: known since {} s, when",
                    age.as_secs()
                )
            }
            Self::DeadlinePassed => f.write_str("the deadline passed"),
            Self::Ended(how) => write!(f, "ended: {how}"),
        }
    }
}
