#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod bridge;
mod canonical;
mod code;
mod diagnostic;
mod escape;
mod intention;
mod judge;
mod judgement;
mod mssi;
mod owned;
mod plain;
mod priority;
pub mod registry;
mod sink;
mod spans;
mod tag;
mod taglist;
mod verdict;
mod write;

pub use bridge::{BridgeError, bridge_target};
pub use canonical::parse_canonical;
pub use code::{Code, Severity};
pub use diagnostic::Diagnostic;
pub use intention::Intention;
pub use judgement::{Judgement, ReadTags, parse};
pub use mssi::{Mssi, parse_strict};
pub use owned::OwnedMssi;
pub use spans::{TagSpans, tag_spans};
pub use verdict::{Refusal, Verdict};
pub use write::{Builder, WriteError};

/// The only version of the definition string (draft §4.3).
pub const VERSION: &str = "MIMI1";

/// The longest definition string that is read, in octets (D32): what RDLENGTH can say.
pub const MAX_OCTETS: usize = 65_535;

/// The most tags that are read from one definition string, `v` included, empty segments not (D32).
pub const MAX_TAGS: usize = 64;
