//! Tests of mimi-resolver: scripted conversations over real sockets on loopback, and the parts that need no network.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[cfg(feature = "oracle")]
mod blinded_oracles;
mod cache;
mod deadlines;
mod encrypted;
mod endpoints;
mod entropy;
mod failover;
mod forged_flood;
mod forgeries;
mod network;
mod oracles;
mod reliability;
mod scenarios;
mod sendings;
mod server_text;
mod signed;
mod single_flight;
mod stripped;
mod support;
mod validator;
mod verdicts;
mod wire;
