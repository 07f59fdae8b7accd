//! [`Oracle`]: whom the machine may ask where DNS says that there is nothing (§5.1.2, §5.2.2, D56).

use std::future::Future;
use std::pin::Pin;

use mimi_discovery::{OracleAnswer, OracleFailure};
use mimi_id::Identifier;

/// What becomes of asking an oracle.
pub type OracleFuture<'a> =
    Pin<Box<dyn Future<Output = Result<OracleAnswer, OracleFailure>> + Send + 'a>>;

/// One oracle that the user trusts.
///
/// It is asked only where D56 allows it, one oracle after the other, until one knows the identifier.
pub trait Oracle: Send + Sync + 'static {
    /// Asks for the definition strings of an identifier. Dropping the future ends the work.
    fn ask<'a>(&'a self, identifier: &'a Identifier) -> OracleFuture<'a>;
}
