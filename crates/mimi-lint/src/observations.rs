//! [`Observations`]: what name servers said, as plain data, so that it can be kept and judged again.
//!
//! Names are absolute and written as in master files (RFC 1035 §5.1); records are lines of a master file. Nothing here was judged.

/// What [`Observations::schema`] says.
pub const OBSERVATIONS_SCHEMA: &str = "mimi-lint-observations/1";

/// What was observed in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Observations {
    /// [`OBSERVATIONS_SCHEMA`].
    pub schema: String,
    /// When, in seconds since 1970.
    pub at: u64,
    /// What was asked about.
    pub subjects: Vec<Subject>,
}

/// A name or an identifier, and all that was asked on its behalf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Subject {
    /// As given.
    pub input: String,
    /// The zones that were reached, in the order in which they were.
    pub zones: Vec<Zone>,
    /// The hosts of endpoints.
    pub hosts: Vec<Host>,
    /// What could not be learnt before a zone was reached.
    pub failures: Vec<Failure>,
}

/// A zone, as its servers say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Zone {
    /// Its name.
    pub apex: String,
    /// What its servers were asked, apart from questions about the zone itself.
    pub questions: Vec<Question>,
    /// Whether the zone above has DS records for it; `None` where nobody was asked or nobody said.
    pub has_ds: Option<bool>,
    /// Its servers.
    pub servers: Vec<Server>,
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Question {
    /// The name.
    pub name: String,
    /// The type: `MIMI`, `MIMIX`.
    pub record_type: String,
    /// Whether the name is that of a user below the target of a MIMIX record.
    pub is_below_target: bool,
    /// Whether callers find nothing when this has no records.
    pub is_needed: bool,
}

/// One server of a zone at one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Server {
    /// Its name in the NS record; `None` when its address was given.
    pub name: Option<String>,
    /// Address and port.
    pub address: String,
    /// The zone's SOA record as a line.
    pub soa: Option<String>,
    /// The serial number of it.
    pub serial: Option<u32>,
    /// Whether the zone has DNSKEY records.
    pub has_dnskey: Option<bool>,
    /// What it answered to the zone's questions.
    pub answers: Vec<Answer>,
    /// What it answered to names that nobody can have published.
    pub probes: Vec<Probe>,
    /// Whether it gives the whole zone away.
    pub transfer: Transfer,
    /// What it left open.
    pub failures: Vec<Failure>,
}

/// A usable answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Answer {
    /// The name asked for.
    pub name: String,
    /// The type asked for.
    pub record_type: String,
    /// Whether the name exists.
    pub exists: bool,
    /// Whether it had to be asked for over TCP.
    pub is_truncated: bool,
    /// The records as lines, without signatures.
    pub records: Vec<String>,
    /// The signatures over them.
    pub signatures: Vec<Signature>,
}

/// An RRSIG record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Signature {
    /// Its owner.
    pub owner: String,
    /// The type that it covers.
    pub covers: String,
    /// From when it counts, in seconds since 1970 modulo 2³² (RFC 4034 §3.1.5).
    pub inception: u32,
    /// Until when.
    pub expiration: u32,
}

/// The answer to a name made up at random.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Probe {
    /// The name. Its first label starts with `mimi-lint-`.
    pub name: String,
    /// Whether it stands directly below the target of a MIMIX record, where users stand.
    pub is_below_target: bool,
    /// The MIMI and MIMIX records that came back, as lines.
    pub records: Vec<String>,
    /// The proofs of absence that came back.
    pub denials: Vec<Denial>,
}

/// A record that proves an absence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)
)]
pub enum Denial {
    /// NSEC (RFC 4034 §4).
    Nsec {
        /// Its owner.
        owner: String,
        /// The next name.
        next: String,
    },
    /// NSEC3 (RFC 5155 §3).
    Nsec3 {
        /// Its owner.
        owner: String,
        /// How often names are hashed once more.
        iterations: u16,
    },
}

/// Whether a server gives the whole zone to whoever asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)
)]
pub enum Transfer {
    /// It was not asked, or gave no clear answer.
    #[default]
    Unknown,
    /// It refused.
    Refused,
    /// It began to.
    Open {
        /// How many records came before it was stopped.
        records: u64,
    },
}

/// The host of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// The MIMI record that names it, as a line.
    pub record: String,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Whether both A and AAAA were answered. Otherwise addresses may be missing.
    pub is_known: bool,
}

/// Something that the network left open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Failure {
    /// The server that was asked, by address and port; empty where there was none.
    pub server: String,
    /// The name asked for.
    pub name: String,
    /// The type asked for.
    pub record_type: String,
    /// Whether it was asked over TCP because its answer over UDP was cut short.
    pub is_tcp: bool,
    /// What happened.
    pub reason: Reason,
}

/// Why a question has no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "cli",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing came in time.
    Timeout,
    /// Nobody listens, or there is no way there.
    Unreachable,
    /// SERVFAIL.
    ServerFailure,
    /// REFUSED.
    Refused,
    /// NOTAUTH.
    NotAuthoritative,
    /// Another response code than NOERROR and NXDOMAIN.
    OtherCode,
    /// What came back is no DNS message, or ends early.
    Malformed,
    /// The server does not answer for the zone: no authority, or a referral.
    Lame,
    /// No server is known.
    NoServers,
    /// So many questions were asked that the rest was left.
    Budget,
}

impl Reason {
    /// What happened, as the second half of a sentence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "nothing came in time",
            Self::Unreachable => "nobody listens there",
            Self::ServerFailure => "SERVFAIL",
            Self::Refused => "REFUSED",
            Self::NotAuthoritative => "NOTAUTH",
            Self::OtherCode => "another response code",
            Self::Malformed => "something that is no whole DNS message",
            Self::Lame => "an answer without authority",
            Self::NoServers => "no server to ask",
            Self::Budget => "more questions than are asked for one identifier",
        }
    }
}

impl Observations {
    /// Whether the network left something open, so that what was found may not be all.
    pub fn are_inconclusive(&self) -> bool {
        self.subjects.iter().any(|subject| {
            let of_zone = |zone: &Zone| {
                zone.servers.is_empty()
                    || zone
                        .servers
                        .iter()
                        .any(|server| !server.failures.is_empty())
            };
            !subject.failures.is_empty() || subject.zones.iter().any(of_zone)
        })
    }
}
