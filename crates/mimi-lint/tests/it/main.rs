//! Tests of mimi-lint.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod draft;
mod findings;
mod shortcut;
mod values;
