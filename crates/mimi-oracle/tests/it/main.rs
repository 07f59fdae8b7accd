//! What `mimi-oracle/1` promises, on the protocol alone.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod lookups;
