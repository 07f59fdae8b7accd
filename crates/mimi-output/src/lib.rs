#![doc = include_str!("../README.md")]

#[cfg(feature = "command")]
pub mod command;
pub mod json;
mod text;

pub use text::{Name, Octets, Shown, Source, unescape};
