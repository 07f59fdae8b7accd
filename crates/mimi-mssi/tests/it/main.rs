//! The integration tests of `mimi-mssi`, arranged as the draft and the decisions are.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, helpers included, a failed unwrap is a failed test"
)]

mod conformance;
mod draft;
mod gaps;
mod messages;
mod properties;
