//! RFC 3597, Handling of Unknown DNS Resource Record Types.

mod s4;
mod s5;
