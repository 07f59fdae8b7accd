//! Tests of the checker and the command as others use them.

#![expect(clippy::unwrap_used, reason = "helpers stand outside test functions")]

mod zone;
