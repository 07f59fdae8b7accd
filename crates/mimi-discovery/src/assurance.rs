//! How sure a result is: the weakest link over its whole chain (D55).

use core::fmt;

/// What DNSSEC validation says of one RRset, or of one denial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// Nobody validated.
    Unchecked,
    /// Proved to stand outside of every signed zone.
    Insecure,
    /// Validated up to a trust anchor.
    Secure,
    /// Should have validated, and did not.
    Bogus,
    /// Could not be decided, since a DS or DNSKEY could not be fetched (D59).
    Indeterminate,
}

/// What DNSSEC says of a result. Ordered from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dnssec {
    /// Nobody validated.
    Unchecked,
    /// Proved to stand outside of every signed zone.
    Insecure,
    /// Validated up to a trust anchor.
    Secure,
}

impl Dnssec {
    /// The stable word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Insecure => "insecure",
            Self::Secure => "secure",
        }
    }
}

/// How answers travelled. Ordered from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// UDP or TCP in the clear: anybody on the way can read it, and forge what is not signed.
    Plain,
    /// An oracle over HTTPS, its answer bound to a pinned key.
    Oracle,
    /// DNS over TLS (RFC 7858).
    Tls,
    /// DNS over HTTPS (RFC 8484).
    Https,
    /// DNS over QUIC (RFC 9250).
    Quic,
    /// In the clear to an address of this host: it never left the machine.
    Loopback,
}

impl Channel {
    /// The stable word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Oracle => "oracle",
            Self::Tls => "dot",
            Self::Https => "doh",
            Self::Quic => "doq",
            Self::Loopback => "loopback",
        }
    }

    /// Whether nobody between client and resolver can forge an answer: encrypted, or never on a network (D56).
    pub fn is_protected(self) -> bool {
        self != Self::Plain
    }
}

/// What a result was learnt through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// MIMIX and MIMI records.
    Dns,
    /// The TXT bridge, for at least one step (D57).
    Txt,
    /// An oracle (§5.1.2, §5.2.2).
    Oracle,
}

impl Via {
    /// The stable word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Txt => "txt",
            Self::Oracle => "oracle",
        }
    }
}

/// How sure a result is (D55). Made by joining the links of its chain, each as weak as its weakest part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Assurance {
    /// What DNSSEC says of the whole chain: MIMIX, each alias, MIMI.
    pub dnssec: Dnssec,
    /// The weakest channel that part of the chain travelled over.
    pub channel: Channel,
    /// What the result was learnt through.
    pub via: Via,
}

impl Assurance {
    /// The assurance of a chain that holds both links.
    #[must_use]
    pub fn weakest(self, other: Self) -> Self {
        Self {
            dnssec: self.dnssec.min(other.dnssec),
            channel: self.channel.min(other.channel),
            via: self.via.max(other.via),
        }
    }
}

impl fmt::Display for Assurance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dnssec = match self.dnssec {
            Dnssec::Unchecked => "not validated",
            Dnssec::Insecure => "not signed",
            Dnssec::Secure => "validated by DNSSEC",
        };
        let channel = match self.channel {
            Channel::Plain => "asked in the clear",
            Channel::Oracle => "told by an oracle",
            Channel::Tls => "asked over DNS over TLS",
            Channel::Https => "asked over DNS over HTTPS",
            Channel::Quic => "asked over DNS over QUIC",
            Channel::Loopback => "asked on this host",
        };
        write!(f, "{dnssec}, {channel}")?;
        if self.via == Via::Txt {
            f.write_str(", found in TXT records")?;
        }
        Ok(())
    }
}
