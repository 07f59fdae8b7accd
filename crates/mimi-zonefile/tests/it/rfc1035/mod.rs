//! RFC 1035, Domain Names: Implementation and Specification.

mod s5_1;
mod s5_2;
mod s5_3;
