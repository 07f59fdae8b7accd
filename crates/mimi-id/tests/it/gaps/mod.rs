//! What the draft leaves open: one module per decision.

mod d31;
mod d40;
mod d41;
mod d42;
mod d43;
mod d44;
mod d45;
mod d46;
mod d47;
mod d48;
mod d49;
mod d50;
mod d51;
mod d52;
mod d53;
mod d54;
