//! Tests of mimi-lint, most of them through the binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod baseline;
mod config;
mod definition;
#[cfg(feature = "live")]
mod dns_server;
mod documents;
mod draft;
mod exit_codes;
mod findings;
mod fix;
mod fixtures;
mod folder;
mod formats;
mod human;
mod inert;
#[cfg(feature = "live")]
mod live;
mod owners;
mod paths;
mod rule_list;
mod several_zones;
mod shortcut;
mod values;
mod zone;
