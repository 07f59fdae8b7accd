//! Tests of mimi-name, by the RFC section or decision that they prove.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod gaps;
mod properties;
mod rfc1035;
mod rfc4034;
