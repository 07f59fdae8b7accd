//! Integration tests, all through the binary: by section of the draft, by decision, by what users and scripts rely on.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod conformance;
mod dnssec;
mod documents;
mod draft;
mod encrypted;
mod failures;
mod gaps;
mod name;
mod oracle;
mod oracles;
mod outcomes;
mod parse;
mod schemas;
mod serve;
mod streams;
mod support;
mod terminal;
mod usage;
mod zone;
mod zone_files;
