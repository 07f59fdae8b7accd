//! Where answers come from: the one trait between the machine and a network.

use std::future::Future;

use mimi_discovery::{Failure, Question, Response};

/// What a question asks of DNSSEC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DnssecRequest {
    /// Nothing. Every proof of the response is [`Proof::Unchecked`](mimi_discovery::Proof::Unchecked).
    #[default]
    Nothing,
    /// The signatures, to validate them here: DO and CD are set (RFC 4035 §3.2.1, RFC 6840 §5.9). RRSIG, NSEC and NSEC3 records come with the
    /// response, and every proof is `Unchecked` still.
    Signatures,
    /// The server's verdict: AD is set in the question (RFC 6840 §5.7), and AD in a response that came over a protected channel makes all its
    /// proofs [`Proof::Secure`](mimi_discovery::Proof::Secure); without it they are `Unchecked`.
    Verdict,
}

/// Answers single questions: the one trait behind which every transport stands.
///
/// [`DnsClient`](crate::DnsClient) asks DNS servers; a host application whose system brings its own DNS implements this instead.
pub trait Upstream: Send + Sync + 'static {
    /// Asks for exactly this name and type, class IN, as an absolute name: no search list, no hosts file, no guessing.
    ///
    /// Sends at most [`limits::SENDINGS`](mimi_discovery::limits::SENDINGS) times (D39), goes over to TCP when an answer is truncated (D7),
    /// and returns negative and failing answers as they came. Dropping the future ends the work.
    ///
    /// # Errors
    /// [`Failure`] when no usable response came.
    fn ask(
        &self,
        question: &Question,
        dnssec: DnssecRequest,
    ) -> impl Future<Output = Result<Response, Failure>> + Send;
}
