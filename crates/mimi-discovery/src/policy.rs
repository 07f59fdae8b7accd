//! What the asking user wants: the one place where the machine's options and their defaults stand.

use core::time::Duration;

use mimi_id::e164_arpa;
use mimi_name::DomainName;
use mimi_rr::TypeCodes;

use crate::limits;

/// What to do with DNSSEC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Validation {
    /// Nobody validates; results say so.
    Off,
    /// Bogus data fails; insecure data is returned and said to be so.
    Validate,
    /// Anything that is not Secure fails (D55).
    Require,
}

/// How to discover. Start from [`Policy::default`] and set what differs.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The type codes of MIMI and MIMIX (D2). Default: the provisional ones.
    pub type_codes: TypeCodes,
    /// Where telephone numbers stand (RFC 6116 §3.2, D52). Default: `e164.arpa`.
    pub enum_suffix: DomainName,
    /// What to do with DNSSEC. Default: off, since validation is the work of whoever runs the machine.
    pub validation: Validation,
    /// How long the whole discovery may take (D39). Default: [`limits::DEADLINE`].
    pub deadline: Duration,
    /// Whether to ask for TXT records where the native type has none (D57). Default: off, since it is not in the draft.
    pub txt_bridge: bool,
    /// How many oracles the user trusts (D56); the machine names them by index. Default: none.
    pub oracles: usize,
    /// Whether an unproved absence over plain DNS is enough to ask an oracle (D56). Default: no, one forged packet can say it.
    pub oracle_on_insecure: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            type_codes: TypeCodes::default(),
            enum_suffix: e164_arpa(),
            validation: Validation::Off,
            deadline: limits::DEADLINE,
            txt_bridge: false,
            oracles: 0,
            oracle_on_insecure: false,
        }
    }
}

impl Policy {
    /// How many questions one identifier may cost under this policy (D39).
    pub fn question_budget(&self) -> u16 {
        match self.validation {
            Validation::Off => limits::QUESTIONS,
            Validation::Validate | Validation::Require => limits::QUESTIONS_VALIDATING,
        }
    }
}
