//! One module per decision of docs/spec/gaps.md.

mod d37;
mod d38;
mod d4;
mod d44;
mod d58;
