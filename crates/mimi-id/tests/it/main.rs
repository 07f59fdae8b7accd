//! Integration tests: by section of the draft, by decision, by property, and the shared cases.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod conformance;
mod draft;
mod gaps;
mod messages;
mod properties;
mod support;
