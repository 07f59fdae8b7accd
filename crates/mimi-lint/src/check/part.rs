//! [`Part`]: what was learnt from a part of a file, and how two parts that stand one behind the other are joined.

use mimi_name::DomainName;

use crate::check::facts::{Facts, Keeping};
use crate::check::group::Group;
use crate::check::ignores::Ignore;
use crate::finding::Finding;
use crate::zone::Landmarks;

/// What was learnt from a part of a file.
pub(crate) struct Part {
    /// In the order of the file, apart from those about owners.
    pub(crate) findings: Vec<Finding>,
    pub(crate) facts: Facts,
    pub(crate) landmarks: Landmarks,
    pub(crate) ignores: Vec<Ignore>,
    /// The names of further zones in the same file.
    pub(crate) apexes: Vec<DomainName>,
    /// The records of the first owner, which may go on from the part before.
    pub(crate) head: Option<Group>,
    /// The records of the last owner, which may go on in the part behind; none when it is the first one.
    pub(crate) tail: Option<Group>,
    /// How many records there are.
    pub(crate) records: u64,
    /// The line of the first record.
    pub(crate) first_record_line: Option<usize>,
    /// The first line of the last entry. Comments behind it may still ignore what was found from there on.
    pub(crate) last_line: usize,
    /// Why the file could not be read on.
    pub(crate) failure: Option<std::io::ErrorKind>,
}

impl Part {
    pub(crate) fn new(keeping: &Keeping) -> Self {
        Self {
            findings: Vec::new(),
            facts: Facts::of_part(keeping),
            landmarks: Landmarks::default(),
            ignores: Vec::new(),
            apexes: Vec::new(),
            head: None,
            tail: None,
            records: 0,
            first_record_line: None,
            last_line: 0,
            failure: None,
        }
    }
}
