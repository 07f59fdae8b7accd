#![doc = include_str!("../README.md")]

#[cfg(feature = "encrypted")]
mod encrypted;
mod expect;
mod load;
mod machine;
#[cfg(feature = "oracle")]
mod mail;
#[cfg(feature = "network")]
pub mod network;
#[cfg(feature = "oracle")]
mod oracle;
#[cfg(feature = "encrypted")]
mod plain_listener;
mod record;
mod reply;
mod scenario;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "signed")]
pub mod signed;

#[cfg(feature = "encrypted")]
pub use encrypted::{CERTIFICATE_NAME, EncryptedDns, EncryptedTransport, Flaw, PemCertificate};
pub use expect::{Account, Difference, Expected, ExpectedAssurance, Observed};
pub use load::{LoadError, ScenarioFault, scenarios};
pub use machine::{RunError, policy_of, run_machine};
#[cfg(feature = "oracle")]
pub use mail::{Mail, MailMood, MailServer};
#[cfg(feature = "oracle")]
pub use oracle::{HeardRequest, OracleFlaw, ScriptedOracle};
#[cfg(feature = "encrypted")]
pub use plain_listener::{Heard, Manner, PlainListener};
pub use record::{RecordError, ScriptedRecord, type_code};
pub use reply::ScriptedReply;
pub use scenario::{
    Answer, ChannelWord, Datagram, Exchange, Fault, OracleSays, Polarity, PolicyChanges, ProofWord,
    Rcode, RcodeName, Runner, Scenario, ServerKind, ValidationWord,
};
#[cfg(feature = "server")]
pub use server::{Overheard, ScriptedDns, ServerTransport};
