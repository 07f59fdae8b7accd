//! Where answers come from: the one trait between the machine and a network.

use std::future::Future;

use mimi_discovery::{Failure, Question, Response};

/// Answers single questions.
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
    fn ask(&self, question: &Question) -> impl Future<Output = Result<Response, Failure>> + Send;
}
