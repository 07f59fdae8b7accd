#![doc = include_str!("../README.md")]

mod asking;
#[cfg(feature = "oracle")]
mod blinded_oracle;
pub mod cache;
mod certificate_authorities;
mod clock;
mod config;
mod convert;
mod dns_client;
mod dnssec;
mod encrypted;
mod endpoint;
mod exchange;
mod flights;
mod health;
mod oracle;
mod request;
mod resolver;
mod runtime;
mod server;
mod server_error;
mod tls;
mod upstream;

#[cfg(feature = "oracle")]
pub use blinded_oracle::BlindedOracle;
pub use cache::{AnswerCache, Cache, CacheStatistics, OutcomeCache};
pub use certificate_authorities::{CertificateAuthorities, CertificateAuthoritiesError};
pub use clock::{Clock, Moment, SleepAware, SystemClock};
pub use config::DnsClientConfig;
pub use convert::read_response;
pub use dns_client::{DnsClient, DnsClientError};
pub use dnssec::{TrustAnchorError, TrustAnchors};
pub use endpoint::{
    EndpointCheck, EndpointChecks, EndpointFailure, EndpointLimits, EndpointRefusal,
    VettedEndpoint, check_endpoints,
};
pub use oracle::{Oracle, OracleFuture};
pub use resolver::Resolver;
pub use runtime::ConnectedRuntime;
pub use server::{Server, Transport};
pub use server_error::ServerError;
pub use upstream::{DnssecRequest, Upstream};

pub use mimi_discovery as discovery;
#[cfg(feature = "oracle")]
pub use mimi_oracle::client as oracle_client;

/// Compiles and runs what the README of the workspace shows.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
