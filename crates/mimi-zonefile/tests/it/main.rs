//! One test binary: by RFC section, by dialect, by what goes wrong.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers stand outside test functions"
)]

mod damage;
mod dialect;
mod differential;
mod errors;
mod every_error;
mod generate;
#[cfg(feature = "include")]
mod includes;
mod limits;
mod lines;
mod parts;
mod properties;
mod rdata;
mod recovery;
mod rfc1035;
mod rfc2308;
mod rfc3597;
mod seen;
mod stream;
mod support;
