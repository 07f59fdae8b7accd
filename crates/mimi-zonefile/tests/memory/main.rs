//! What reading takes: memory, allocations, time. A binary of its own, because counting takes the place of the global allocator.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers stand outside test functions"
)]

mod made;
mod records;
mod sizes;
