//! One lookup: the records of one type at one name, followed through aliases over as many questions as that takes.

use alloc::vec::Vec;
use core::fmt;

use mimi_name::DomainName;

use crate::answer::{alias_at, denial_ttl, is_from_wildcard, rrset_at};
use crate::assurance::{Assurance, Channel, Dnssec, Proof, Via};
use crate::bogus::BogusReason;
use crate::limits;
use crate::message::{Failure, Response, effective_ttl};
use crate::outcome::{SecurityFailure, TemporaryFailure};

const NOERROR: u16 = 0;
const NXDOMAIN: u16 = 3;

/// A lookup under way.
#[derive(Clone)]
pub(crate) struct Lookup {
    record_type: u16,
    via: Via,
    require_secure: bool,
    /// Every name so far: the first is the one looked up, the last the one that is asked for now.
    names: Vec<DomainName>,
    /// What the links so far are worth; `None` before the first answer.
    assurance: Option<Assurance>,
    ttl: u32,
}

/// What a lookup came to.
#[derive(Clone)]
pub(crate) struct Finding {
    pub(crate) result: LookupResult,
    pub(crate) assurance: Option<Assurance>,
    pub(crate) ttl: Option<u32>,
    /// Where the aliases led, in order; empty when there were none.
    pub(crate) aliases: Vec<DomainName>,
}

impl Finding {
    /// The same result, worth no more than the native finding that led to it (D55, D57).
    pub(crate) fn after(self, native: &Self) -> Self {
        let links = [native.assurance, self.assurance];
        Self {
            assurance: links.into_iter().flatten().reduce(Assurance::weakest),
            ttl: native.ttl.min(self.ttl),
            ..self
        }
    }
}

/// The end of a lookup.
#[derive(Clone)]
pub(crate) enum LookupResult {
    /// The RDATA of every record, and whether a signature shows that a wildcard made them.
    Records { rdata: Vec<Vec<u8>>, wildcard: bool },
    /// The name does not exist.
    NoSuchName,
    /// The name exists without the type.
    NoData,
    /// Nothing can be said now.
    Temporary(TemporaryFailure),
    /// The answer cannot be trusted.
    Security(SecurityFailure),
}

impl fmt::Display for LookupResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Records { rdata, wildcard } => {
                let plural = if rdata.len() == 1 { "" } else { "s" };
                write!(f, "{} record{plural}", rdata.len())?;
                if *wildcard {
                    f.write_str(", made from a wildcard")?;
                }
                Ok(())
            }
            Self::NoSuchName => f.write_str("no such name"),
            Self::NoData => f.write_str("the name exists without this type"),
            Self::Temporary(failure) => failure.fmt(f),
            Self::Security(failure) => failure.fmt(f),
        }
    }
}

/// What to do after a response.
pub(crate) enum Next {
    /// Ask for this name: an alias leads there, and the response does not go on.
    Ask(DomainName),
    /// The lookup is over.
    Done(Finding),
}

impl Lookup {
    pub(crate) fn new(name: DomainName, record_type: u16, via: Via, require_secure: bool) -> Self {
        Self {
            record_type,
            via,
            require_secure,
            names: alloc::vec![name],
            assurance: None,
            ttl: u32::MAX,
        }
    }

    /// Takes the response to the name asked for last.
    pub(crate) fn handle_response(&mut self, response: &Response) -> Next {
        match self.read(response) {
            Ok(Some(result)) => Next::Done(self.finish(result)),
            Ok(None) => Next::Ask(self.current().clone()),
            Err(result) => Next::Done(self.fail(result)),
        }
    }

    /// The finding when no response came.
    pub(crate) fn handle_failure(&self, failure: Failure) -> Finding {
        self.fail(match failure {
            Failure::Timeout => LookupResult::Temporary(TemporaryFailure::Timeout),
            Failure::Network => LookupResult::Temporary(TemporaryFailure::Network),
            Failure::Tls => LookupResult::Temporary(TemporaryFailure::Tls),
            Failure::Truncated => LookupResult::Temporary(TemporaryFailure::Truncated),
            Failure::Malformed => LookupResult::Temporary(TemporaryFailure::Malformed),
            Failure::Indeterminate => LookupResult::Temporary(TemporaryFailure::Indeterminate),
            Failure::Budget => LookupResult::Temporary(TemporaryFailure::Budget),
            Failure::Bogus(reason) => LookupResult::Security(SecurityFailure::Bogus(reason)),
        })
    }

    fn current(&self) -> &DomainName {
        // `names` starts with one name and only grows.
        self.names.last().unwrap_or(&self.names[0])
    }

    /// Reads the response along its aliases: the end of the lookup, or `None` to ask for the name they led to.
    fn read(&mut self, response: &Response) -> Result<Option<LookupResult>, LookupResult> {
        let temporary = |failure| Err(LookupResult::Temporary(failure));
        if response.truncated {
            return temporary(TemporaryFailure::Truncated);
        }
        if !matches!(response.rcode, NOERROR | NXDOMAIN) {
            return temporary(TemporaryFailure::ServerFailure {
                rcode: response.rcode,
            });
        }
        let names_before = self.names.len();
        loop {
            let name = self.current().clone();
            let records = rrset_at(response, &name, self.record_type);
            if !records.is_empty() {
                if response.rcode == NXDOMAIN {
                    return temporary(TemporaryFailure::Malformed);
                }
                for record in &records {
                    self.link(record.proof, response.channel, record.ttl)?;
                }
                return Ok(Some(LookupResult::Records {
                    rdata: records.iter().map(|record| record.rdata.clone()).collect(),
                    wildcard: is_from_wildcard(response, &name, self.record_type),
                }));
            }
            match alias_at(response, &name).map_err(LookupResult::Temporary)? {
                Some(alias) => {
                    self.link(alias.proof, response.channel, alias.ttl)?;
                    self.follow(alias.target)?;
                }
                None => break,
            }
        }
        let soa_ttl = denial_ttl(response, self.current());
        if response.rcode == NXDOMAIN {
            self.link(response.denial, response.channel, soa_ttl.unwrap_or(0))?;
            return Ok(Some(LookupResult::NoSuchName));
        }
        if soa_ttl.is_some() || response.denial == Proof::Secure {
            self.link(response.denial, response.channel, soa_ttl.unwrap_or(0))?;
            return Ok(Some(LookupResult::NoData));
        }
        if self.names.len() > names_before {
            return Ok(None);
        }
        // A denial whose proof was stripped or could not be checked is that, and not a broken delegation (D55, D59).
        if matches!(response.denial, Proof::Bogus | Proof::Indeterminate) {
            self.link(response.denial, response.channel, 0)?;
        }
        temporary(TemporaryFailure::Lame)
    }

    fn follow(&mut self, target: DomainName) -> Result<(), LookupResult> {
        if self.names.contains(&target) || self.names.len() > limits::ALIASES {
            return Err(LookupResult::Temporary(TemporaryFailure::Loop));
        }
        self.names.push(target);
        Ok(())
    }

    /// Adds a link to the chain, or says why the chain cannot be used.
    fn link(&mut self, proof: Proof, channel: Channel, ttl: u32) -> Result<(), LookupResult> {
        let dnssec = match proof {
            Proof::Unchecked => Dnssec::Unchecked,
            Proof::Insecure => Dnssec::Insecure,
            Proof::Secure => Dnssec::Secure,
            Proof::Bogus => {
                let failure = SecurityFailure::Bogus(BogusReason::Unexplained);
                return Err(LookupResult::Security(failure));
            }
            Proof::Indeterminate => {
                return Err(LookupResult::Temporary(TemporaryFailure::Indeterminate));
            }
        };
        if self.require_secure && dnssec != Dnssec::Secure {
            return Err(LookupResult::Security(SecurityFailure::NotSecure));
        }
        let link = Assurance {
            dnssec,
            channel,
            via: self.via,
        };
        self.assurance = Some(self.assurance.map_or(link, |before| before.weakest(link)));
        self.ttl = self.ttl.min(effective_ttl(ttl));
        Ok(())
    }

    fn finish(&self, result: LookupResult) -> Finding {
        Finding {
            result,
            assurance: self.assurance,
            ttl: Some(self.ttl),
            aliases: self.names.iter().skip(1).cloned().collect(),
        }
    }

    /// A failure carries no assurance and is not worth keeping.
    fn fail(&self, result: LookupResult) -> Finding {
        Finding {
            assurance: None,
            ttl: None,
            ..self.finish(result)
        }
    }
}
