//! What a person reads: who was found, on what, in which order, why something was dropped, what to try next.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use mimi_id::{IdentifierError, Kind};
use mimi_resolver::discovery::{
    BogusReason, Contact, Ending, OracleFailure, Outcome, Question, SecurityFailure, Step,
    TemporaryFailure, TraceEvent,
};

use mimi_resolver::{EndpointCheck, EndpointChecks};

use mimi_output::{Name, Octets, Shown};

const NAME: Style = Style::new().bold();
const SERVICE: Style = AnsiColor::Green.on_default().bold();
const TROUBLE: Style = AnsiColor::Red.on_default().bold();
const ABSENT: Style = AnsiColor::Yellow.on_default().bold();
const DETAIL: Style = Style::new().dimmed();

/// How many dropped records are listed.
const LISTED_DROPS: usize = 10;

/// How many octets of a dropped record are shown.
const SHOWN_OCTETS: usize = 400;

/// The RCODE of a server that does not answer for a name.
const REFUSED: u16 = 5;

pub(super) struct Report<'a> {
    pub(super) input: &'a str,
    pub(super) outcome: &'a Outcome,
    /// What became of the endpoints, if they were checked.
    pub(super) endpoints: Option<&'a EndpointChecks>,
    pub(super) trace: bool,
    /// Whether the embedded server over zone files was asked, rather than the DNS.
    pub(super) from_zone_files: bool,
}

impl Report<'_> {
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{NAME}{}{NAME:#}", Shown(self.input))?;
        match &self.outcome.ending {
            Ending::Found(groups) => {
                for (rank, group) in (1..).zip(groups) {
                    for contact in &group.contacts {
                        write_contact(out, rank, contact)?;
                        if let Some(check) = self.endpoints.and_then(|checks| checks.of(contact)) {
                            write_endpoint(out, check)?;
                        }
                    }
                }
            }
            ending => {
                let style = if self.is_failure() { TROUBLE } else { ABSENT };
                writeln!(
                    out,
                    "  {style}{}{style:#}: {}",
                    headline(ending),
                    self.explanation()
                )?;
                if let Some(advice) = self.advice() {
                    writeln!(out, "  try: {advice}")?;
                }
            }
        }
        self.write_dropped(out)?;
        if let Some(assurance) = &self.outcome.assurance {
            writeln!(out, "  {DETAIL}{assurance}{DETAIL:#}")?;
        }
        if self.trace {
            for entry in self.outcome.trace.entries() {
                writeln!(out, "  {DETAIL}{entry}{DETAIL:#}")?;
            }
        }
        Ok(())
    }

    /// What happened, in a sentence.
    fn explanation(&self) -> String {
        let questions = self.decisive_questions();
        let record = questions
            .first()
            .map_or("MIMI", |question| question.type_name());
        let names: Vec<String> = questions
            .iter()
            .map(|question| self.place(question))
            .collect();
        let (one, names) = (names.len() == 1, names.join(" and "));
        match (&self.outcome.ending, self.outcome.step) {
            (Ending::NoSuchName, _) if one => format!("{names} does not exist"),
            (Ending::NoSuchName, _) => format!("{names} do not exist"),
            (Ending::NoMapping, _) if one => format!("{names} has no {record} record"),
            (Ending::NoMapping, _) => format!("{names} have no {record} record"),
            (Ending::OnlyUnusable, Some(Step::Oracle)) => {
                "the oracle holds no usable record".to_owned()
            }
            (Ending::OnlyUnusable, _) => {
                format!("no {record} record of {names} can be used")
            }
            (Ending::ProviderDeclines, _) => {
                format!("{names} publishes that it takes no part in MIMI discovery")
            }
            (Ending::Unmappable(reason), _) => reason.to_string(),
            (Ending::Invalid(IdentifierError::Mui(error)), _) => error.to_string(),
            (Ending::Invalid(IdentifierError::Email(error)), _) => error.to_string(),
            (Ending::Invalid(IdentifierError::Telephone(error)), _) => error.to_string(),
            (Ending::TemporaryFailure(failure), Some(Step::Oracle)) => {
                let all = self.oracle_failures();
                match all.is_empty() {
                    true => failure.to_string(),
                    false => format!("{failure} ({all})"),
                }
            }
            (Ending::SecurityFailure(failure), Some(Step::Oracle)) => {
                format!("{failure} ({})", self.oracle_failures())
            }
            (Ending::TemporaryFailure(failure), _) => {
                format!("{failure} (asked for the {record} records of {names})")
            }
            (Ending::SecurityFailure(failure), _) => {
                format!("{failure} (the {record} records of {names})")
            }
            _ => String::new(),
        }
    }

    /// What went wrong with each oracle, as `oracle 1: …; oracle 2: …`.
    fn oracle_failures(&self) -> String {
        let entries = self.outcome.trace.entries().iter();
        let failures = entries.filter_map(|entry| match &entry.event {
            event @ TraceEvent::OracleFailed(..) => Some(event.to_string()),
            _ => None,
        });
        failures.collect::<Vec<_>>().join("; ")
    }

    /// The failure of the last oracle that failed.
    fn last_oracle_failure(&self) -> Option<OracleFailure> {
        let entries = self.outcome.trace.entries().iter();
        entries.rev().find_map(|entry| match &entry.event {
            TraceEvent::OracleFailed(_, failure) => Some(*failure),
            _ => None,
        })
    }

    /// The questions that the ending rests on: several MIMIX records lead to several names.
    fn decisive_questions(&self) -> Vec<&Question> {
        let events = || {
            let entries = self.outcome.trace.entries().iter();
            entries.map(|entry| &entry.event)
        };
        let learnt = events().filter_map(|event| match event {
            TraceEvent::Learnt {
                question,
                assurance,
                ..
            } => Some((question, assurance.is_none())),
            _ => None,
        });
        let learnt: Vec<(&Question, bool)> = learnt.collect();
        let late = events().any(|event| matches!(event, TraceEvent::DeadlinePassed));
        let is_failure = self.is_failure();
        let asked = self.outcome.asked.iter();
        let mut decisive: Vec<&Question> = if late {
            let unanswered = |asked: &&Question| learnt.iter().all(|(known, _)| known != asked);
            asked.filter(unanswered).collect()
        } else {
            let at_step = |question: &Question| Some(question.step) == self.outcome.step;
            let learnt = learnt.iter();
            learnt
                .filter(|(question, failed)| at_step(question) && *failed == is_failure)
                .map(|(question, _)| *question)
                .collect()
        };
        if decisive.is_empty() {
            decisive.extend(self.outcome.asked.last());
        }
        decisive
    }

    /// The name of a question, and where its aliases lead.
    fn place(&self, question: &Question) -> String {
        let name = Name(&question.name);
        let entries = self.outcome.trace.entries().iter();
        let alias = entries.rev().find_map(|entry| match &entry.event {
            TraceEvent::Aliased { from, to } if from == &question.name => Some(Name(to)),
            _ => None,
        });
        match alias {
            Some(target) if !self.is_failure() => {
                format!("{target} (for which {name} is an alias)")
            }
            _ => name.to_string(),
        }
    }

    fn is_failure(&self) -> bool {
        let ending = &self.outcome.ending;
        matches!(
            ending,
            Ending::TemporaryFailure(_) | Ending::SecurityFailure(_)
        )
    }

    /// What to do next, where there is something to do.
    fn advice(&self) -> Option<&'static str> {
        match (&self.outcome.ending, self.outcome.step, self.outcome.kind) {
            (Ending::Invalid(error), ..) => error.help(),
            (Ending::Unmappable(reason), ..) => reason.help(),
            (Ending::NoSuchName, Some(Step::Mimix), _) => {
                Some("check the spelling of the email domain")
            }
            (Ending::NoMapping, Some(Step::Mimix), _) | (Ending::ProviderDeclines, ..) => {
                Some("ask the person for their MUI: their email provider offers no MIMI discovery")
            }
            (Ending::NoSuchName | Ending::NoMapping, _, Kind::Mui) => Some(
                "check the spelling; a MUI is found only where a MIMI record stands at exactly this name",
            ),
            (Ending::NoSuchName | Ending::NoMapping, _, Kind::Email) => Some(
                "check the spelling; the provider takes part, and this person has published nothing",
            ),
            (Ending::NoSuchName | Ending::NoMapping, _, Kind::Telephone) => {
                Some("check the number and its country code, or ask the person for their MUI")
            }
            (Ending::OnlyUnusable, ..) => {
                Some("tell the person: the records below need mending (`mimi parse` explains each)")
            }
            (Ending::TemporaryFailure(TemporaryFailure::OracleUnavailable), ..) => {
                Some(advice_on_oracle(self.last_oracle_failure()))
            }
            (Ending::TemporaryFailure(failure), ..) => Some(self.advice_on_failure(*failure)),
            (Ending::SecurityFailure(SecurityFailure::ForgedOracle), ..) => {
                Some(advice_on_oracle(self.last_oracle_failure()))
            }
            (
                Ending::SecurityFailure(SecurityFailure::Bogus(
                    BogusReason::SignatureMissing | BogusReason::DenialMissing,
                )),
                ..,
            ) => Some(
                "ask a server that hands out signatures with --server: this one may leave them out, or somebody on the way does",
            ),
            (Ending::SecurityFailure(_), ..) => Some(
                "do not use an older answer either; tell the person, or ask over another network",
            ),
            _ => None,
        }
    }

    fn advice_on_failure(&self, failure: TemporaryFailure) -> &'static str {
        match (failure, self.from_zone_files) {
            (TemporaryFailure::ServerFailure { rcode: REFUSED }, true) => {
                "the zone files have no zone for this name: add one with --zone"
            }
            (TemporaryFailure::ServerFailure { rcode: REFUSED }, false) => {
                "ask another server with --server: this one does not answer for the name"
            }
            (TemporaryFailure::Tls, _) => {
                "check the name behind `#` in --server and the authorities of --tls-ca; plain DNS is never asked in its place"
            }
            (TemporaryFailure::Lame, true) => {
                "the zone files leave this name to other servers: add its zone with --zone"
            }
            (TemporaryFailure::Lame, false) => {
                "ask another server with --server: those of this zone do not know it"
            }
            (TemporaryFailure::Loop, true) => "mend the aliases in the zone files",
            (failure, _) if !failure.is_worth_a_retry() => {
                "tell the person: what they publish leads nowhere"
            }
            (_, true) => "again in a moment",
            (_, false) => "again in a moment, or ask another server with --server",
        }
    }

    fn write_dropped(&self, out: &mut impl Write) -> io::Result<()> {
        let dropped = &self.outcome.dropped;
        if dropped.is_empty() {
            return Ok(());
        }
        let plural = if dropped.len() == 1 {
            "record"
        } else {
            "records"
        };
        writeln!(out, "  not used: {} {plural}", dropped.len())?;
        for one in dropped.iter().take(LISTED_DROPS) {
            let shown = one.record.get(..SHOWN_OCTETS);
            let rest = if shown.is_some() { "…" } else { "" };
            writeln!(out, "    {}{rest}", Octets(shown.unwrap_or(&one.record)))?;
            let reason = &one.reason;
            writeln!(
                out,
                "      {DETAIL}{} [{}]: {reason}{DETAIL:#}",
                reason.verdict().as_str(),
                reason.code()
            )?;
        }
        if dropped.len() > LISTED_DROPS {
            writeln!(out, "    … and {} more", dropped.len() - LISTED_DROPS)?;
        }
        Ok(())
    }
}

fn advice_on_oracle(failure: Option<OracleFailure>) -> &'static str {
    match failure {
        Some(OracleFailure::Tls) => "check the host in --oracle and the authorities of --tls-ca",
        Some(OracleFailure::QuotaExceeded) => {
            "later: an oracle limits how many people one client may look up in a day"
        }
        Some(OracleFailure::Malformed) => {
            "check the host and port in --oracle: another server seems to answer there"
        }
        Some(OracleFailure::WrongTime) => "set the clock, or tell the operator of the oracle",
        Some(OracleFailure::OtherKeys) => {
            "compare the key behind `#` in --oracle with the one that the operator publishes; if they are the same, somebody answers in the oracle's place"
        }
        Some(OracleFailure::Forged) => {
            "do not use this oracle: it, or somebody in its place, answers otherwise than its key allows"
        }
        _ => "again in a moment, or name another oracle with --oracle",
    }
}

fn write_contact(out: &mut impl Write, rank: usize, contact: &Contact) -> io::Result<()> {
    let mssi = &contact.mssi;
    write!(out, "  {rank}. ")?;
    if let Some(service) = mssi.service() {
        write!(out, "{SERVICE}{}{SERVICE:#}: ", Shown(service))?;
    }
    write!(out, "{} at {}", Shown(mssi.mssa()), Shown(mssi.mse()))?;
    if let Some(version) = mssi.protocol_version() {
        write!(out, ", protocol version {}", Shown(version))?;
    }
    for (name, value) in mssi.extensions() {
        write!(out, ", {}={}", Shown(name), Shown(value))?;
    }
    writeln!(out)?;
    if contact.wildcard {
        writeln!(
            out,
            "     {DETAIL}from a wildcard record: everybody below that name has this account{DETAIL:#}"
        )?;
    }
    Ok(())
}

fn write_endpoint(out: &mut impl Write, check: &EndpointCheck) -> io::Result<()> {
    match check {
        EndpointCheck::Vetted(vetted) => {
            write!(out, "     {DETAIL}addresses:")?;
            for (index, address) in vetted.addresses.iter().enumerate() {
                write!(out, "{} {address}", if index == 0 { "" } else { "," })?;
            }
            writeln!(out, "{DETAIL:#}")
        }
        EndpointCheck::Refused(refusal) => writeln!(
            out,
            "     {TROUBLE}endpoint refused{TROUBLE:#} [{}]: {refusal}",
            refusal.code()
        ),
        EndpointCheck::Unresolved(failure) => writeln!(
            out,
            "     {ABSENT}endpoint not resolved{ABSENT:#} [{}]: {failure}",
            failure.code()
        ),
    }
}

fn headline(ending: &Ending) -> &'static str {
    match ending {
        Ending::Found(_) => "found",
        Ending::NoSuchName | Ending::NoMapping => "not found",
        Ending::OnlyUnusable => "nothing usable",
        Ending::ProviderDeclines => "declined",
        Ending::Unmappable(_) => "cannot be looked up",
        Ending::Invalid(IdentifierError::Mui(_)) => "not a MUI",
        Ending::Invalid(IdentifierError::Email(_)) => "not an email address",
        Ending::Invalid(IdentifierError::Telephone(_)) => "not a telephone number",
        Ending::TemporaryFailure(_) => "cannot say now",
        Ending::SecurityFailure(_) => "not to be trusted",
        _ => "unknown",
    }
}
