#![doc = include_str!("../README.md")]

mod bucket;
#[cfg(feature = "client")]
pub mod client;
mod encoding;
mod entry;
mod hkdf;
pub mod limits;
pub mod lookup;
mod object;
mod parameters;
mod pin;
mod place;
#[cfg(feature = "server")]
pub mod server;
mod signing;
mod subject;

pub use bucket::{Bucket, BucketBuilder, BucketError};
pub use entry::{Entry, EntryError};
pub use parameters::{Epoch, Parameters, ParametersError, Quota};
pub use pin::{Pin, PinError, PublicKeys};
pub use place::Place;
pub use signing::{SigningKey, is_signed_by};
pub use subject::Subject;
