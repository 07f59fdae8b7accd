//! Tests of mimi-discovery, by the section of the draft or the decision that they prove.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod draft;
mod gaps;
mod properties;
mod regression;
mod scenarios;
mod script;
