#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod email;
pub mod endpoint;
mod escape;
mod identifier;
mod kind;
mod mui;
mod name;
mod percent;
mod scan;
mod special_use;
mod telephone;
mod unmappable;
mod uts46;

pub use email::{EmailAddress, EmailError, LocalLabels};
pub use endpoint::{Endpoint, EndpointError, EndpointForm, EndpointPolicy};
pub use identifier::{Identifier, IdentifierError};
pub use kind::Kind;
pub use mui::{Mui, MuiError};
pub use name::NameError;
pub use special_use::{SpecialBlock, special_blocks, special_use};
pub use telephone::{TelephoneError, TelephoneNumber, e164_arpa};
pub use unmappable::Unmappable;

/// The longest text any `parse` function reads, in octets; anything longer is refused unread.
///
/// The longest address that can map to a name needs under 300 octets; the rest is room for comments, escapes and percent-encoding.
pub const MAX_INPUT_OCTETS: usize = 4096;
