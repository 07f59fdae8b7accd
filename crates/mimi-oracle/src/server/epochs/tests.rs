//! The life of epochs, as clients, operators and power failures see it.

mod crash;
mod damage;
mod life;
pub(super) mod support;
