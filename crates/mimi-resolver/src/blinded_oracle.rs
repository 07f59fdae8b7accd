//! [`BlindedOracle`]: an oracle that does not learn who is looked for, asked by the protocol `mimi-oracle/1`.

use std::fmt;
use std::sync::Arc;

use mimi_discovery::{OracleAnswer, OracleFailure};
use mimi_id::Identifier;
use mimi_oracle::client::{
    ExchangeError, LookupError, OracleAddress, OracleClient, OracleClientConfig,
};
use mimi_oracle::{ParametersError, Subject};

use crate::certificate_authorities::CertificateAuthorities;
use crate::oracle::{Oracle, OracleFuture};
use crate::tls;

/// One oracle of `mimi-oracle/1`, known by its pinned key.
///
/// A MUI is never looked up there (§4.4), and nothing is sent. Give the same one to several resolvers: it keeps connections.
pub struct BlindedOracle {
    client: OracleClient,
    now: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl BlindedOracle {
    /// An oracle that is asked over HTTPS. The authorities vouch for its host, the pin of the address for what it says.
    ///
    /// # Errors
    /// None that a caller could cause: TLS of this build that cannot be set up.
    pub fn new(
        address: &OracleAddress,
        authorities: &CertificateAuthorities,
        config: OracleClientConfig,
    ) -> Result<Self, rustls::Error> {
        let now = Arc::clone(&config.now);
        Ok(Self::over(Self::client(address, authorities, config)?, now))
    }

    /// The client alone, to ask the oracle without asking DNS first, or to register there.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn client(
        address: &OracleAddress,
        authorities: &CertificateAuthorities,
        config: OracleClientConfig,
    ) -> Result<OracleClient, rustls::Error> {
        let tls = tls::client_config(authorities)?;
        Ok(OracleClient::new(address, tls, config))
    }

    /// An oracle behind a client of the caller's, such as one over a relay, and the clock of that client.
    pub fn over(client: OracleClient, now: Arc<dyn Fn() -> u64 + Send + Sync>) -> Self {
        Self { client, now }
    }

    async fn look_up(&self, identifier: &Identifier) -> Result<OracleAnswer, OracleFailure> {
        let Some(subject) = Subject::new(identifier) else {
            return Ok(OracleAnswer::default());
        };
        match self.client.lookup(&subject).await {
            Ok(Some(entry)) => {
                let left = entry.expires.saturating_sub((self.now)());
                Ok(OracleAnswer {
                    definition_strings: entry.definition_strings,
                    ttl: u32::try_from(left).unwrap_or(u32::MAX),
                })
            }
            Ok(None) => Ok(OracleAnswer::default()),
            // A registration that ran out is one no more.
            Err(error) if error.is_expired() => Ok(OracleAnswer::default()),
            Err(error) => Err(failure(&error)),
        }
    }
}

impl Oracle for BlindedOracle {
    fn ask<'a>(&'a self, identifier: &'a Identifier) -> OracleFuture<'a> {
        Box::pin(self.look_up(identifier))
    }
}

impl fmt::Debug for BlindedOracle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

/// What an error of the client is to the machine.
fn failure(error: &LookupError) -> OracleFailure {
    match error {
        LookupError::Parameters(ParametersError::WrongPin(_)) => OracleFailure::OtherKeys,
        error if error.is_forgery() => OracleFailure::Forged,
        LookupError::Exchange(error) => match error {
            ExchangeError::Timeout => OracleFailure::Timeout,
            ExchangeError::Tls(_) => OracleFailure::Tls,
            ExchangeError::QuotaExceeded { .. } => OracleFailure::QuotaExceeded,
            ExchangeError::NotHttp
            | ExchangeError::TooLong { .. }
            | ExchangeError::ContentType
            | ExchangeError::ContentEncoding
            | ExchangeError::Status {
                status: 300..=399, ..
            } => OracleFailure::Malformed,
            _ => OracleFailure::Unavailable,
        },
        LookupError::Parameters(ParametersError::NoEpoch) => OracleFailure::WrongTime,
        _ => OracleFailure::Malformed,
    }
}
