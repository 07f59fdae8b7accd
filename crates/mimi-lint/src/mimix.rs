//! [`MimixView`]: a MIMIX record.

use mimi_name::DomainName;

use crate::record::Record;

/// A MIMIX record whose RDATA is a name.
pub(crate) struct MimixView<'a> {
    pub(crate) record: &'a Record,
    pub(crate) target: &'a DomainName,
}
