//! The examples of the draft, by section.

mod s4_5;
mod s5_1_1;
mod s5_2_1;
