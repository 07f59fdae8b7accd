#![doc = include_str!("../README.md")]

pub mod cache;
mod clock;
mod config;
mod convert;
mod dns_client;
mod dnssec;
mod exchange;
mod flights;
mod oracle;
mod resolver;
mod runtime;
mod server;
mod upstream;

pub use cache::{AnswerCache, Cache, CacheStatistics, OutcomeCache};
pub use clock::{Clock, Moment, SleepAware, SystemClock};
pub use config::DnsClientConfig;
pub use dns_client::DnsClient;
pub use dnssec::{TrustAnchorError, TrustAnchors};
pub use oracle::{Oracle, OracleFuture};
pub use resolver::Resolver;
pub use runtime::ConnectedRuntime;
pub use server::{Server, ServerError, Transport};
pub use upstream::{DnssecRequest, Upstream};

pub use mimi_discovery as discovery;

/// Compiles and runs what the README of the workspace shows.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
