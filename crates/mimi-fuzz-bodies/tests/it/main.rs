//! Every body over its seeds and over fixed mutations of them, without a fuzzer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod mutation;
mod replay;
