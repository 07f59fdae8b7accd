//! Integration tests, all through the binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod baseline;
mod config;
mod exit_codes;
mod fix;
mod folder;
mod human;
mod paths;
mod rule_list;
