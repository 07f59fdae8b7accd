//! Why validation failed, for people who have to mend it.

use core::fmt;

/// Why a chain of trust does not hold: the first break, seen from the trust anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BogusReason {
    /// Every signature is past its expiration (RFC 4034 §3.1.5).
    SignatureExpired,
    /// Every signature begins in the future; or the clock here is wrong.
    SignatureNotYetValid,
    /// Data of a signed zone came without a signature.
    SignatureMissing,
    /// A signature whose fields cannot belong to the data: labels, signer or algorithm (RFC 4035 §5.3.1).
    SignatureMalformed,
    /// A signature by a known key does not match the data.
    SignatureInvalid,
    /// No key of the zone has the tag and algorithm of the signatures.
    KeyMissing,
    /// No key of the zone matches the DS records of its parent.
    DsMismatch,
    /// No key of the topmost zone is a trust anchor.
    NoTrustedKey,
    /// An absence came without a proof (NSEC, NSEC3).
    DenialMissing,
    /// The proof of an absence does not prove it.
    DenialInvalid,
    /// Something else does not hold.
    Unexplained,
}

impl BogusReason {
    /// The stable word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignatureExpired => "signature-expired",
            Self::SignatureNotYetValid => "signature-not-yet-valid",
            Self::SignatureMissing => "signature-missing",
            Self::SignatureMalformed => "signature-malformed",
            Self::SignatureInvalid => "signature-invalid",
            Self::KeyMissing => "key-missing",
            Self::DsMismatch => "ds-mismatch",
            Self::NoTrustedKey => "no-trusted-key",
            Self::DenialMissing => "denial-missing",
            Self::DenialInvalid => "denial-invalid",
            Self::Unexplained => "unexplained",
        }
    }
}

impl fmt::Display for BogusReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignatureExpired => "its signatures have expired",
            Self::SignatureNotYetValid => {
                "its signatures are not valid yet, or the clock here is wrong"
            }
            Self::SignatureMissing => "a signature is missing in a signed zone",
            Self::SignatureMalformed => "a signature cannot belong to the data",
            Self::SignatureInvalid => "a signature does not match the data",
            Self::KeyMissing => "the zone has no key for its signatures",
            Self::DsMismatch => "no key of the zone matches the DS records of its parent",
            Self::NoTrustedKey => "no key of the topmost zone is a trust anchor",
            Self::DenialMissing => "the absence comes without a proof in a signed zone",
            Self::DenialInvalid => "the proof of the absence does not prove it",
            Self::Unexplained => "the chain of trust does not hold",
        })
    }
}
