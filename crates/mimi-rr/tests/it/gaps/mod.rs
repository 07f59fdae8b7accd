//! One module per decision of docs/spec/gaps.md.

mod d1;
mod d2;
mod d3;
mod d36;
mod d4;
