//! Tests of mimi-authority: by section of the draft, by decision, by RFC, and over real sockets.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod draft;
mod gaps;
mod load;
mod network;
mod rfc1034;
mod rfc4592;
mod rfc6672;
mod support;
