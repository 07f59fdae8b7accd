//! [`MimixView`]: a MIMIX record.

use mimi_name::DomainName;

use crate::record::Record;

/// A MIMIX record whose RDATA is a name.
pub(crate) struct MimixView<'a> {
    pub(crate) record: &'a Record,
    pub(crate) target: &'a DomainName,
    /// The zone's name, where it is known.
    pub(crate) apex: Option<&'a DomainName>,
}
