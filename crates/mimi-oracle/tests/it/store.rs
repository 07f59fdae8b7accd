//! What every store of registrations promises, and what each promises besides.

mod conformance;
mod killed;
#[cfg(all(feature = "postgres", unix))]
mod postgres;
mod sqlite;

use mimi_oracle::server::{RegistrationId, SpentToken};

/// An id by number.
fn id(number: u64) -> RegistrationId {
    RegistrationId(sealed(!number, 32).try_into().unwrap())
}

/// Octets that look random, and are of this number alone.
fn sealed(number: u64, octets: usize) -> Vec<u8> {
    let mut state = number ^ 0x5DEE_CE66_D1CE_4E5B;
    let mut sealed = Vec::with_capacity(octets + 8);
    while sealed.len() < octets {
        // xorshift64*
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        sealed.extend(state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_be_bytes());
    }
    sealed.truncate(octets);
    sealed
}

/// A token by number.
fn token(number: u64) -> SpentToken {
    SpentToken {
        nonce: number.to_be_bytes(),
        expires: 10_000,
    }
}
