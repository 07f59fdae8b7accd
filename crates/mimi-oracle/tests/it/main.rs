//! What `mimi-oracle/1` promises: the protocol alone, and being an oracle over sockets.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[cfg(feature = "client")]
mod client;
mod lookups;
mod rejections;
#[cfg(all(feature = "server", unix))]
mod server;
#[cfg(feature = "server")]
mod store;
mod transcript;
mod vectors;
mod world;
