//! Tests of mimi-rr: by section of the draft, by decision, by test vector, and round trips.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod conformance;
mod draft;
mod gaps;
#[cfg(feature = "hickory")]
mod hickory;
mod messages;
mod round_trips;
mod text;
