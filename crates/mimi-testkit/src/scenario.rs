//! The scenario format as types: one conversation, and how it must end. Its reference is `testdata/scenarios/README.md`.

use serde::{Deserialize, Serialize};

use crate::expect::Expected;
use crate::record::ScriptedRecord;

/// One scripted conversation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Unique and stable: the decision or theme, and a few words.
    pub id: String,
    /// What it shows, in one sentence.
    pub about: String,
    /// The decisions that it proves.
    pub decisions: Vec<String>,
    /// The sections of the draft that it proves.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Whether something works, or something is refused.
    pub polarity: Polarity,
    /// Who can play it.
    pub runners: Vec<Runner>,
    /// What the asking person typed.
    pub identifier: String,
    /// What differs from the default policy.
    #[serde(default)]
    pub policy: PolicyChanges,
    /// The DNS servers in order of preference.
    #[serde(default = "one_scripted_server")]
    pub servers: Vec<ServerKind>,
    /// What comes of each question.
    #[serde(default)]
    pub conversation: Vec<Exchange>,
    /// What each of the user's oracles says, in the user's order.
    #[serde(default)]
    pub oracles: Vec<OracleSays>,
    /// How it must end.
    pub expect: Expected,
}

impl Scenario {
    /// Whether `runner` can play it.
    pub fn is_for(&self, runner: Runner) -> bool {
        self.runners.contains(&runner)
    }
}

fn one_scripted_server() -> Vec<ServerKind> {
    vec![ServerKind::Scripted]
}

/// Whether a scenario shows that something works, or that something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// Something works.
    Positive,
    /// Something is refused, ignored, dropped or not done.
    Negative,
}

/// Who can play a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Runner {
    /// The algorithm alone, its answers handed to it.
    Machine,
    /// A whole resolver, over sockets.
    Resolver,
}

/// What differs from the default policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyChanges {
    /// What to do with DNSSEC.
    pub validation: Option<ValidationWord>,
    /// How long the discovery may take (D39).
    pub deadline_ms: Option<u64>,
    /// Whether to ask for TXT records where the native type has none (D57).
    #[serde(default)]
    pub txt_bridge: bool,
    /// Whether an unproved absence over plain DNS is enough to ask an oracle (D56).
    #[serde(default)]
    pub oracle_on_insecure: bool,
    /// Where telephone numbers stand (D52).
    pub enum_suffix: Option<String>,
}

/// What to do with DNSSEC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidationWord {
    /// Nobody validates.
    Off,
    /// Bogus data fails.
    Validate,
    /// What is not Secure fails.
    Require,
}

/// What a DNS server of the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerKind {
    /// It plays the conversation.
    Scripted,
    /// It plays the conversation, and is asked over TCP only.
    ScriptedTcp,
    /// Nobody listens there.
    Dead,
    /// It hears everything and says nothing.
    Silent,
    /// It answers SERVFAIL to everything.
    Servfail,
    /// It answers REFUSED to everything.
    Refused,
}

/// One question, and what comes of it: an answer or a fault.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// The name asked for, absolute.
    pub name: String,
    /// The type asked for.
    #[serde(rename = "type")]
    pub record_type: String,
    /// How long the answer or the fault is in coming.
    #[serde(default)]
    pub delay_ms: u64,
    /// The answer.
    pub answer: Option<Answer>,
    /// Or why there is none.
    pub fault: Option<Fault>,
    /// What comes back over UDP, sending by sending; the last entry goes for all further ones.
    pub udp: Option<Vec<Vec<Datagram>>>,
    /// The same over TCP.
    pub tcp: Option<Vec<Vec<Datagram>>>,
}

/// A response.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The response code.
    #[serde(default)]
    pub rcode: Rcode,
    /// Whether it says of itself that it is cut short.
    #[serde(default)]
    pub truncated: bool,
    /// The answer section.
    #[serde(default)]
    pub answer: Vec<ScriptedRecord>,
    /// The authority section.
    #[serde(default)]
    pub authority: Vec<ScriptedRecord>,
    /// What validation says of every record that does not say otherwise, and of the denial unless that says otherwise.
    #[serde(default)]
    pub proof: ProofWord,
    /// What validation says of the denial.
    pub denial: Option<ProofWord>,
    /// How the response travelled.
    #[serde(default)]
    pub channel: ChannelWord,
}

/// A response code, by its name or its number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Rcode {
    /// The number.
    Number(u16),
    /// The name of RFC 6895 §2.3.
    Name(RcodeName),
}

impl Default for Rcode {
    fn default() -> Self {
        Self::Name(RcodeName::Noerror)
    }
}

impl Rcode {
    /// The number.
    pub fn number(&self) -> u16 {
        match self {
            Self::Number(number) => *number,
            Self::Name(name) => *name as u16,
        }
    }
}

/// The names of response codes that scenarios use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RcodeName {
    /// No error.
    Noerror = 0,
    /// The server could not read the question.
    Formerr = 1,
    /// The server failed.
    Servfail = 2,
    /// The name does not exist.
    Nxdomain = 3,
    /// The server does not do this.
    Notimp = 4,
    /// The server does not want to.
    Refused = 5,
    /// A DNAME makes the name too long.
    Yxdomain = 6,
    /// The server is not authoritative.
    Notauth = 9,
}

/// Why a question stays without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Nothing came to any of the sendings.
    Timeout,
    /// Nothing comes at all, not even that news: only the deadline ends it.
    Silence,
    /// The network refused.
    Network,
    /// The encrypted channel did not come about.
    Tls,
    /// Only truncated answers came, over TCP too.
    Truncated,
    /// What came is no DNS message.
    Malformed,
    /// Validation found a forgery.
    Bogus,
    /// Validation could not fetch what it needs.
    Indeterminate,
    /// The runner had spent its own budget.
    Budget,
}

/// One message on the wire after a sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Datagram {
    /// The answer.
    Answer,
    /// The answer without its records, and marked as cut short.
    Truncated,
    /// A forged NXDOMAIN under another ID.
    WrongId,
    /// A forged NXDOMAIN for another name.
    WrongQuestion,
    /// A forged NXDOMAIN for another type.
    WrongType,
    /// A forged NXDOMAIN with the case of one letter of the name turned.
    WrongCase,
    /// The question back, as a question.
    Echo,
    /// The right ID, and then no DNS message.
    Garbage,
    /// Octets without the right ID.
    Noise,
    /// The TCP connection is closed.
    Close,
}

/// What an oracle says: definition strings, or that it fails.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OracleSays {
    /// The definition strings that it holds; none when it knows nothing.
    Strings(Vec<String>),
    /// Nothing comes in time.
    Timeout,
    /// The oracle refuses.
    Unavailable,
    /// Its proof does not verify.
    Forged,
    /// Nothing comes at all: only the deadline ends it.
    Silence,
}

/// What validation says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofWord {
    /// Nobody validated.
    #[default]
    Unchecked,
    /// Proved to stand outside of every signed zone.
    Insecure,
    /// Validated.
    Secure,
    /// Should have validated, and did not.
    Bogus,
    /// Could not be decided.
    Indeterminate,
}

/// How a response travelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelWord {
    /// In the clear.
    #[default]
    Plain,
    /// DNS over TLS.
    Dot,
    /// DNS over HTTPS.
    Doh,
    /// DNS over QUIC.
    Doq,
    /// In the clear, on this host.
    Loopback,
}
