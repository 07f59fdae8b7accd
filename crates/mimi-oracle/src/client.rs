//! Asking an oracle: [`OracleClient`].
//!
//! A lookup is three requests over one connection: the parameters (kept for up to five minutes), one evaluation, one bucket. Nothing in the
//! first two depends on the identifier, and of the third only the number of the bucket. No redirect is followed, nothing compressed is
//! read, every answer has a bound, and a lookup is over after five seconds.
//!
//! Outputs of the oblivious function are *not* kept between lookups, though they would hold as long as the key: an address book in memory that
//! opens entries is worth more to a thief than a second evaluation costs.
//!
//! The oracle sees from which address a request comes. An application that wants to hide that gives a [`Transport`] of its own. Oblivious
//! HTTP is not built in: the crate that is kept for it brings a second crypto backend.

mod address;
mod config;
mod error;
mod exchange;
mod https;
mod lookups;
mod problem;
mod registration;
mod transport;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use rustls::ClientConfig;
use tokio::time::timeout;

pub use address::{OracleAddress, OracleAddressError};
pub use config::{OracleClientConfig, QuotaToken, QuotaTokenError};
pub use error::{ExchangeError, LookupError};
pub use https::HttpsTransport;
pub use problem::{MAX_PROBLEM_OCTETS, Problem};
pub use registration::{
    ProofChannel, ProofSent, ProviderSignature, Registration, RegistrationError, Removal,
};
pub use transport::{MediaType, Method, Request, Response, ResponseFuture, Transport};

use self::exchange::Exchanger;
use self::lookups::{KeptParameters, largest_batch, look_up};
use crate::entry::Entry;
use crate::pin::Pin;
use crate::subject::Subject;

/// A client of one oracle. Share it: it keeps connections and parameters.
pub struct OracleClient {
    exchanger: Exchanger,
    parameters: KeptParameters,
}

impl OracleClient {
    /// A client that asks over HTTPS. `tls` says who may vouch for the host; the oracle itself is known by its pin.
    pub fn new(address: &OracleAddress, tls: ClientConfig, config: OracleClientConfig) -> Self {
        let transport = Arc::new(HttpsTransport::new(address, tls));
        Self::over(transport, *address.pin(), config)
    }

    /// A client that asks over a transport of the caller's.
    pub fn over(transport: Arc<dyn Transport>, pin: Pin, config: OracleClientConfig) -> Self {
        Self {
            exchanger: Exchanger { transport, config },
            parameters: KeptParameters::new(pin),
        }
    }

    /// The entry of a subject, checked against the pin in every part; `None` where the oracle has none.
    ///
    /// # Errors
    /// [`LookupError`], at the latest after [`OracleClientConfig::timeout`].
    pub async fn lookup(&self, subject: &Subject) -> Result<Option<Entry>, LookupError> {
        let subjects = std::slice::from_ref(subject);
        let all = look_up(&self.exchanger, &self.parameters, subjects);
        let answers = timeout(self.exchanger.config.timeout, all).await;
        let answers = answers.unwrap_or(Err(ExchangeError::Timeout.into()))?;
        answers.into_iter().next().unwrap_or(Ok(None))
    }

    /// The entries of many subjects, in their order, as of an address book. A subject that comes twice is looked up once, each bucket is fetched
    /// once, and as many are evaluated with one proof as the quota allows at once, up to [`MAX_BATCH`](crate::limits::MAX_BATCH): some tenth of a second of computing.
    ///
    /// The oracle sees how many there are and which buckets are fetched.
    pub async fn lookup_all(
        &self,
        subjects: &[Subject],
    ) -> Vec<Result<Option<Entry>, LookupError>> {
        let mut numbers: HashMap<&Subject, usize> = HashMap::new();
        let mut distinct: Vec<Subject> = Vec::new();
        for subject in subjects {
            numbers.entry(subject).or_insert_with(|| {
                distinct.push(subject.clone());
                distinct.len() - 1
            });
        }
        let size = match largest_batch(&self.exchanger, &self.parameters).await {
            Ok(size) => size,
            Err(error) => return subjects.iter().map(|_| Err(error.clone())).collect(),
        };
        let mut answers = Vec::with_capacity(distinct.len());
        for batch in distinct.chunks(size) {
            match look_up(&self.exchanger, &self.parameters, batch).await {
                Ok(of_batch) => answers.extend(of_batch),
                Err(error) => answers.extend(batch.iter().map(|_| Err(error.clone()))),
            }
        }
        let answer = |subject| {
            let number = numbers.get(subject)?;
            answers.get(*number).cloned()
        };
        let in_order = subjects
            .iter()
            .map(|subject| answer(subject).unwrap_or(Ok(None)));
        in_order.collect()
    }

    /// Asks for a token, which goes to whoever holds the identifier.
    ///
    /// # Errors
    /// [`RegistrationError`].
    pub async fn request_proof(&self, subject: &Subject) -> Result<ProofSent, RegistrationError> {
        self.exchanger.request_proof(subject).await
    }

    /// What is registered. Does not spend the token.
    ///
    /// # Errors
    /// [`RegistrationError`].
    pub async fn show(
        &self,
        subject: &Subject,
        token: &str,
    ) -> Result<Registration, RegistrationError> {
        self.exchanger.show(subject, token).await
    }

    /// Registers definition strings in the place of all that was there. Spends the token.
    ///
    /// # Errors
    /// [`RegistrationError`].
    pub async fn set(
        &self,
        subject: &Subject,
        token: &str,
        definition_strings: &[String],
        provider: Option<&ProviderSignature>,
    ) -> Result<Registration, RegistrationError> {
        let exchanger = &self.exchanger;
        exchanger
            .set(subject, token, definition_strings, provider)
            .await
    }

    /// Removes what is registered. Spends the token.
    ///
    /// # Errors
    /// [`RegistrationError`].
    pub async fn remove(
        &self,
        subject: &Subject,
        token: &str,
    ) -> Result<Removal, RegistrationError> {
        self.exchanger.remove(subject, token).await
    }
}

impl fmt::Debug for OracleClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OracleClient")
            .field("config", &self.exchanger.config)
            .finish_non_exhaustive()
    }
}
