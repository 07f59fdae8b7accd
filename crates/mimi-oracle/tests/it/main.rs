//! What `mimi-oracle/1` promises, on the protocol alone.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[cfg(feature = "client")]
mod client;
mod lookups;
mod rejections;
mod transcript;
mod vectors;
mod world;
