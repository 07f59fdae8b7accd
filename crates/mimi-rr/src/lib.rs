#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod character_string;
#[cfg(feature = "hickory")]
pub mod hickory;
mod mimi;
mod mimix;
pub mod record_text;
pub mod rfc3597;
mod type_codes;

pub use character_string::{CharacterStrings, StringTextError};
pub use mimi::{Mimi, MimiRdataError, MimiTextError, definition_string};
pub use mimix::{Mimix, MimixRdataError, MimixTextError};
pub use type_codes::{TypeCodes, TypeCodesError, squatters};
