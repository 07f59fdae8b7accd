//! By section of draft-bertola-mimi-discovery-00.

mod s4_3;
mod s4_5;
mod s6;
