//! DECISIONS that this crate carries, one module each.

mod d27;
mod d30;
mod d32;
mod d33;
mod d34;
mod d37;
mod d38;
mod d39;
mod d5;
mod d55;
mod d56;
mod d57;
mod d58;
