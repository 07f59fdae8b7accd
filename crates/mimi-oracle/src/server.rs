//! Being an oracle: registrations, epochs, and HTTP over them.

mod store;

pub use store::{RegistrationId, SpentToken, Store, StoreError};
