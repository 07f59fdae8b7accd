//! Being an oracle, over sockets of this machine: a server, its mail server, and whoever asks it.

#[cfg(feature = "client")]
mod client;
mod follow;
mod http;
mod lookups;
mod oracle;
mod quotas;
mod refusals;
mod registration;
mod silence;
mod telephone;
mod tls;
