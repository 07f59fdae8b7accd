//! What a person reads: who was found, on what, in which order, why something was dropped, what to try next.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use mimi_id::Kind;
use mimi_resolver::discovery::{Contact, Ending, Outcome, Step, TemporaryFailure};

use crate::text::{Octets, Shown};

const NAME: Style = Style::new().bold();
const SERVICE: Style = AnsiColor::Green.on_default().bold();
const TROUBLE: Style = AnsiColor::Red.on_default().bold();
const ABSENT: Style = AnsiColor::Yellow.on_default().bold();
const DETAIL: Style = Style::new().dimmed();

/// How many dropped records are listed.
const LISTED_DROPS: usize = 10;

pub(super) struct Report<'a> {
    pub(super) input: &'a str,
    pub(super) outcome: &'a Outcome,
    pub(super) trace: bool,
}

impl Report<'_> {
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{NAME}{}{NAME:#}", Shown(self.input))?;
        match &self.outcome.ending {
            Ending::Found(groups) => {
                for (rank, group) in (1..).zip(groups) {
                    for contact in &group.contacts {
                        write_contact(out, rank, contact)?;
                    }
                }
            }
            ending => {
                let style = match ending {
                    Ending::TemporaryFailure(_) | Ending::SecurityFailure(_) => TROUBLE,
                    _ => ABSENT,
                };
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
        let asked = self.outcome.asked.last();
        let name = asked.map_or_else(String::new, |question| question.name.to_string());
        let record = asked.map_or("MIMI", |question| question.type_name());
        match (&self.outcome.ending, self.outcome.step) {
            (Ending::NoSuchName, _) => format!("{name} does not exist"),
            (Ending::NoMapping, _) => format!("{name} has no {record} record"),
            (Ending::OnlyUnusable, Some(Step::Oracle)) => {
                "the oracle holds no usable record".to_owned()
            }
            (Ending::OnlyUnusable, _) => {
                format!("{name} has {record} records, and none can be used")
            }
            (Ending::ProviderDeclines, _) => {
                format!("{name} publishes that it takes no part in MIMI discovery")
            }
            (Ending::Unmappable(reason), _) => reason.to_string(),
            (Ending::Invalid(error), _) => error.to_string(),
            (Ending::TemporaryFailure(failure), Some(Step::Oracle)) => failure.to_string(),
            (Ending::TemporaryFailure(failure), _) => {
                format!("{failure} (asking for {name} {record})")
            }
            (Ending::SecurityFailure(failure), _) => format!("{failure} ({name} {record})"),
            _ => String::new(),
        }
    }

    /// What to do next, where there is something to do.
    fn advice(&self) -> Option<&'static str> {
        match (&self.outcome.ending, self.outcome.step, self.outcome.kind) {
            (Ending::Invalid(error), ..) => error.help(),
            (Ending::Unmappable(reason), ..) => reason.help(),
            (Ending::NoSuchName | Ending::NoMapping, Some(Step::Mimix), _)
            | (Ending::ProviderDeclines, ..) => {
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
            (Ending::TemporaryFailure(failure), ..) => match failure {
                TemporaryFailure::Lame => Some(
                    "ask another server with --server; the server of this zone does not know it",
                ),
                failure if failure.is_worth_a_retry() => {
                    Some("again in a moment, or ask another server with --server")
                }
                _ => Some("tell the person: what they publish leads nowhere"),
            },
            (Ending::SecurityFailure(_), ..) => Some(
                "do not use an older answer either; tell the person, or ask over another network",
            ),
            _ => None,
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
            writeln!(out, "    {}", Octets(&one.record))?;
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

fn headline(ending: &Ending) -> &'static str {
    match ending {
        Ending::Found(_) => "found",
        Ending::NoSuchName | Ending::NoMapping => "not found",
        Ending::OnlyUnusable => "nothing usable",
        Ending::ProviderDeclines => "declined",
        Ending::Unmappable(_) => "cannot be looked up",
        Ending::Invalid(_) => "not an identifier",
        Ending::TemporaryFailure(_) => "cannot say now",
        Ending::SecurityFailure(_) => "not to be trusted",
        _ => "unknown",
    }
}
