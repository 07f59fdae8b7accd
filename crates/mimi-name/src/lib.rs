#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod display;
mod error;
mod name;
mod text;

pub use error::{LabelError, TextError, TextErrorKind, WireError};
pub use name::{DomainName, Labels};
