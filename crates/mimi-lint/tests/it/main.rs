//! Integration tests, all through the binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[cfg(feature = "live")]
mod dns_server;
#[cfg(feature = "live")]
mod live;
