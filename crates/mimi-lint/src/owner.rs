//! [`OwnerView`]: the MIMI and MIMIX records of one owner name, and what stands beside them.

use mimi_mssi::Mssi;
use mimi_name::DomainName;

use crate::record::Record;

/// How many records of an RRset are compared with each other; of more, only their number is told.
pub(crate) const MAX_COMPARED: usize = 1024;

/// What stands at one owner name.
pub(crate) struct OwnerView<'a> {
    pub(crate) owner: &'a DomainName,
    /// The MIMI records in the order of the file, at most [`MAX_COMPARED`].
    pub(crate) mimi: Vec<Member<'a>>,
    /// How many MIMI records there are in all.
    pub(crate) mimi_count: usize,
    /// The MIMIX records in the order of the file, at most [`MAX_COMPARED`].
    pub(crate) mimix: Vec<&'a Record>,
    /// The CNAME, if there is one.
    pub(crate) cname: Option<&'a Record>,
    /// The octets of the MIMI RRset in an answer: each record with a compressed owner.
    pub(crate) mimi_octets: usize,
}

/// A record of a MIMI RRset.
pub(crate) struct Member<'a> {
    pub(crate) record: &'a Record,
    /// What it names, if it is usable.
    pub(crate) mssi: Option<Mssi<'a>>,
}
