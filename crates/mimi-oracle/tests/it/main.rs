//! What `mimi-oracle/1` promises, on the protocol alone.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod lookups;
mod rejections;
#[cfg(feature = "server")]
mod store;
mod transcript;
mod vectors;
mod world;
