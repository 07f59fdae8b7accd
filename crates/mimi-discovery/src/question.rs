//! What the machine asks for: one name, one exact type, class IN (D5).

use core::fmt;

use mimi_name::DomainName;

/// The step of the algorithm that a question, a dropped record or an outcome belongs to (D33).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// From an email domain to its MIMI resolution domain (§5.1.1).
    Mimix,
    /// From a name to its MIMI records (§4.4).
    Mimi,
    /// The bridge for DNS hosts that take no unknown type (D57).
    Txt,
    /// The fallback of §5.1.2 and §5.2.2.
    Oracle,
    /// After a discovery: from an endpoint to its addresses (D54).
    Endpoint,
}

impl Step {
    /// The stable word for this step in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mimix => "mimix",
            Self::Mimi => "mimi",
            Self::Txt => "txt",
            Self::Oracle => "oracle",
            Self::Endpoint => "endpoint",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Tells the questions of one [`Discovery`](crate::Discovery) apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub(crate) u32);

/// One question: an absolute name and the code of the type, to be asked as it is, with class IN.
///
/// `Debug` does not show the name: it says who is being looked for. [`fmt::Display`] does.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// The name to ask for.
    pub name: DomainName,
    /// The code of the type to ask for.
    pub record_type: u16,
    /// What the question is for.
    pub step: Step,
}

impl Question {
    /// The word for the type: MIMIX, MIMI or TXT; A or AAAA for an endpoint.
    pub fn type_name(&self) -> &'static str {
        match self.step {
            Step::Endpoint if self.record_type == 1 => "A",
            Step::Endpoint => "AAAA",
            Step::Mimix => "MIMIX",
            Step::Mimi | Step::Oracle => "MIMI",
            Step::Txt => "TXT",
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.type_name())
    }
}

impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question")
            .field("labels", &self.name.label_count())
            .field("record_type", &self.record_type)
            .field("step", &self.step)
            .finish()
    }
}
