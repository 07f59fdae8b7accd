//! The draft, section by section.

mod s3;
mod s4_2;
mod s4_4;
mod s5_1_1;
mod s5_1_2;
mod s5_2_1;
