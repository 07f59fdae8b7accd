//! How an [`OracleClient`](super::OracleClient) asks: every option, each default with its reason.

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Options of an [`OracleClient`](super::OracleClient).
#[derive(Clone)]
#[non_exhaustive]
pub struct OracleClientConfig {
    /// How long the lookup of one subject may take, whatever it needs; of many subjects, each request. 5 s (THREATS A27): somebody waits
    /// for it, after DNS has been asked.
    pub timeout: Duration,
    /// How many buckets of a batch are fetched at the same time, each over a connection of its own: 4, so that nobody's server is pressed.
    pub concurrency: usize,
    /// A token that raises the quota. It tells the oracle who asks, and goes with evaluations only.
    pub quota_token: Option<QuotaToken>,
    /// The time in seconds since 1970: by default this machine's.
    pub now: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl Default for OracleClientConfig {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(5),
            concurrency: 4,
            quota_token: None,
            now: Arc::new(|| {
                let since = SystemTime::now().duration_since(UNIX_EPOCH);
                since.unwrap_or_default().as_secs()
            }),
        }
    }
}

impl fmt::Debug for OracleClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OracleClientConfig")
            .field("timeout", &self.timeout)
            .field("concurrency", &self.concurrency)
            .field("quota_token", &self.quota_token)
            .finish_non_exhaustive()
    }
}

/// The longest quota token that is sent.
const MAX_TOKEN_CHARACTERS: usize = 256;

/// A token that an oracle issued to somebody who may ask more often. `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct QuotaToken(String);

impl QuotaToken {
    /// As it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for QuotaToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QuotaToken(..)")
    }
}

impl FromStr for QuotaToken {
    type Err = QuotaTokenError;

    fn from_str(text: &str) -> Result<Self, QuotaTokenError> {
        let is_base64 = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
        let fits = (1..=MAX_TOKEN_CHARACTERS).contains(&text.len());
        if fits && text.bytes().all(is_base64) {
            Ok(Self(text.to_owned()))
        } else {
            Err(QuotaTokenError)
        }
    }
}

/// A text that is no quota token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaTokenError;

impl fmt::Display for QuotaTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a quota token has up to {MAX_TOKEN_CHARACTERS} characters of A-Z, a-z, 0-9, - and _; copy it anew from the operator of the oracle"
        )
    }
}

impl Error for QuotaTokenError {}
