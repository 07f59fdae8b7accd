//! Tests of mimi-name, by the RFC section or decision that they prove.

mod gaps;
mod properties;
mod rfc1035;
mod rfc4034;
