#![doc = include_str!("../README.md")]

mod gather;
mod load;
mod problem;
mod record;
mod reply;
mod server;
mod tcp;
mod zone;
mod zone_set;

pub use gather::SNIPPET_TTL;
pub use problem::{LoadProblem, LoadProblemKind, Place, ProblemSeverity};
pub use record::{Record, Rrset};
pub use reply::{MAX_UDP_LENGTH, MIN_UDP_LENGTH};
pub use server::{RunningServer, Server};
pub use tcp::{IDLE_TIMEOUT, MAX_CONNECTIONS};
pub use zone::{Match, Zone};
pub use zone_set::{Answer, MAX_ALIASES, Outcome, ZoneSet};
