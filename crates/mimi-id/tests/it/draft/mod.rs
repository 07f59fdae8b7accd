//! The draft's own sections and examples.

mod s4_1;
mod s5_1_1;
mod s5_2_1;
