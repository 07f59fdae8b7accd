//! `$INCLUDE path [origin]` (RFC 1035 §5.1): the files it names, confined beneath one folder.
//!
//! A path counts from that folder, as from BIND's and PowerDNS's `directory` and NSD's `zonesdir`, wherever the including file
//! lies. (Knot counts from the including file's folder, so there the two agree for files that lie in the root itself.) An
//! absolute path must begin with the root's. A path holds no backslash: BIND keeps it, Knot takes it for an escape.
//!
//! No file outside is opened, whatever links say and whoever exchanges them meanwhile: on Linux the kernel resolves paths
//! beneath the root (`openat2`), and relative links that stay inside are followed; elsewhere, and where the call is not
//! available, names are opened one by one and no link is followed. Only regular files are read. Pipes and devices are looked at
//! without being opened; one that takes a file's place just then is neither waited for nor read.

#[cfg(feature = "include")]
mod chain;
#[cfg(all(feature = "include", unix))]
mod confined;
#[cfg(all(feature = "include", not(unix)))]
#[path = "unsupported.rs"]
mod confined;
mod error;
#[cfg(feature = "include")]
mod root;
#[cfg(test)]
#[cfg(all(feature = "include", unix))]
mod tests;

#[cfg(feature = "include")]
pub(crate) use chain::IncludeChain;
#[cfg(all(test, feature = "include", unix))]
use chain::IncludedFile;
pub use error::{FileKind, IncludeError, PathError};
#[cfg(feature = "include")]
pub use root::IncludeRoot;

/// The most files that include one another, the first one not counted. NSD has the same.
pub const MAX_INCLUDE_DEPTH: usize = 10;

/// The most `$INCLUDE`s that are followed on behalf of one file: a few files that name each other often are many.
pub const MAX_INCLUDES: u32 = 10_000;

/// The most octets that all of them may have together: 1 GiB.
pub const MAX_INCLUDED_OCTETS: u64 = 1 << 30;
