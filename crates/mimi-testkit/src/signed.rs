//! Zones signed here, soundly or broken on purpose, and a server that answers from them as a recursive resolver would.
//!
//! [`SignedWorld`] is a root with what hangs below it: a top-level domain, a provider, people, telephone numbers. [`broken::ALL`] lists
//! what can be wrong with one, each with the verdict that a validator owes it; [`hostile::ALL`] what an authority can make a validator
//! work on. [`WorldServer`] plays any of them on loopback, and counts what it was asked.

pub mod broken;
mod build;
mod denial;
pub mod hostile;
mod key;
mod lookup;
mod message;
mod plan;
mod record;
mod server;
mod signature;
mod sound;
mod text;
mod world;
mod zone;

pub use broken::{Breakage, Verdict};
pub use hostile::Hostility;
pub use key::{Key, tag_of};
pub use lookup::Reply;
pub use plan::{Ds, Plan, Signing, ZonePlan};
pub use record::{ResourceRecord, data, name, types};
pub use server::{Counts, WorldServer};
pub use signature::Signature;
pub use world::{Question, SignedWorld, WorldError};
pub use zone::{Denial, Nsec3, RecordSet, Zone};
