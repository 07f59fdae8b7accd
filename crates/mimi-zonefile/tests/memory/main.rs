//! What reading takes: memory, allocations, time. A binary of its own, because counting takes the place of the global allocator.

mod made;
mod records;
mod sizes;
