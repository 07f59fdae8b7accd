#![doc = include_str!("../README.md")]

pub mod json;
mod text;

pub use text::{Name, Octets, Shown, Source, unescape};
