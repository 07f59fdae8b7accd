//! The draft, section by section.

mod s4_5;
mod s5_1_1;
