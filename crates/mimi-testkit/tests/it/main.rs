//! Tests of the scenario files and of what reads them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod coverage;
mod format;
#[cfg(feature = "signed")]
mod signed;
