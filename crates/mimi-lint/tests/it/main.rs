//! Tests of `mimi-lint` through its binary.

#[cfg(feature = "live")]
mod dns_server;
#[cfg(feature = "live")]
mod live;
