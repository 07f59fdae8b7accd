//! [`LiveView`]: what rules about servers look at, and where their findings stand.

use std::collections::HashSet;
use std::io::{self, Read};
use std::sync::Arc;

use crate::check::{CheckError, Checker};
use crate::finding::{Excerpt, Finding, Place, Source};
use crate::observations::{Answer, Observations, Probe, Server, Subject, Zone};
use crate::rule::Check;
use crate::rules;
use crate::sink::Sink;

/// One subject of a run.
pub(crate) struct LiveView<'a> {
    pub(crate) subject: &'a Subject,
    /// When, in seconds since 1970.
    pub(crate) at: u64,
}

impl<'a> LiveView<'a> {
    /// Every server with its zone.
    pub(crate) fn servers(&self) -> impl Iterator<Item = (&'a Zone, &'a Server)> + use<'a> {
        let zones = self.subject.zones.iter();
        zones.flat_map(|zone| zone.servers.iter().map(move |server| (zone, server)))
    }

    /// Every answer with who gave it.
    pub(crate) fn answers(
        &self,
    ) -> impl Iterator<Item = (&'a Zone, &'a Server, &'a Answer)> + use<'a> {
        self.servers()
            .flat_map(|(zone, server)| server.answers.iter().map(move |one| (zone, server, one)))
    }

    /// The first answer of each zone to a made-up name that a rule is about.
    pub(crate) fn probes(
        &self,
        is_meant: impl Fn(&Probe) -> bool + Copy,
    ) -> impl Iterator<Item = (&'a Zone, &'a Server, &'a Probe)> {
        self.subject.zones.iter().filter_map(move |zone| {
            zone.servers.iter().find_map(|server| {
                let probe = server.probes.iter().find(|probe| is_meant(probe))?;
                Some((zone, server, probe))
            })
        })
    }
}

/// A line that stands for a question or a record, all of it meant.
pub(crate) fn place(zone: &str, server: Option<&str>, line: impl Into<String>) -> Place {
    let text = line.into().into_bytes();
    let span = 0..text.len();
    let source = Source::dns(zone, server);
    Place {
        excerpt: Arc::new(Excerpt {
            source,
            offset: 0,
            line: 1,
            text,
        }),
        span,
    }
}

/// The place of a question that was put to a server.
pub(crate) fn question_place(zone: &Zone, server: &Server, name: &str, record_type: &str) -> Place {
    place(
        &zone.apex,
        Some(&server.address),
        question(name, record_type),
    )
}

/// A question as the line of a master file that it asks for.
pub(crate) fn question(name: &str, record_type: &str) -> String {
    format!("{name} IN {record_type}")
}

/// The place of a server: its NS record, or the question for one where its address was given.
pub(crate) fn server_place(zone: &Zone, server: &Server) -> Place {
    let line = match &server.name {
        Some(name) => format!("{} IN NS {name}", zone.apex),
        None => question(&zone.apex, "SOA"),
    };
    place(&zone.apex, Some(&server.address), line)
}

impl Source {
    /// What a server says of a zone, or all of its servers.
    pub fn dns(zone: &str, server: Option<&str>) -> Arc<Self> {
        let zone = match zone.strip_suffix('.') {
            None | Some("") => zone,
            Some(zone) => zone,
        };
        Self::stream(match server {
            Some(server) => format!("dns:{zone}@{server}"),
            None => format!("dns:{zone}"),
        })
    }
}

impl Checker {
    /// Checks what was observed: the records with all rules for single records and owners, the rest with those about servers.
    ///
    /// # Errors
    /// None but those of [`Checker::check`], which text in memory does not have.
    pub fn check_observations(
        &self,
        observations: &Observations,
        report: &mut dyn FnMut(Finding),
    ) -> Result<(), CheckError> {
        // Subjects share zones: what was found in one on behalf of two of them is told once.
        let mut told = HashSet::new();
        let mut report = |finding: Finding| {
            let excerpt = &finding.place.excerpt;
            let what = (
                finding.rule.code,
                excerpt.source.name.clone(),
                excerpt.text.clone(),
                finding.place.span.clone(),
                finding.message.clone(),
            );
            if told.insert(what) {
                report(finding);
            }
        };
        let report: &mut dyn FnMut(Finding) = &mut report;
        for subject in &observations.subjects {
            let mut seen = HashSet::new();
            for zone in &subject.zones {
                for server in &zone.servers {
                    // Servers that say the same are judged once.
                    let text = zone_text(server, &mut seen);
                    if text.is_empty() {
                        continue;
                    }
                    let source = Source::dns(&zone.apex, Some(&server.address));
                    let open = || -> io::Result<Box<dyn Read + Send>> {
                        Ok(Box::new(io::Cursor::new(text.clone().into_bytes())))
                    };
                    self.check_excerpt(&source, &open, report)?;
                }
            }
            self.judge_servers(subject, observations.at, report);
        }
        Ok(())
    }

    fn judge_servers(&self, subject: &Subject, at: u64, report: &mut dyn FnMut(Finding)) {
        let view = LiveView { subject, at };
        let mut findings = Vec::new();
        let mut sink = Sink::new(self.settings(), &mut findings);
        for rule in rules::RULES {
            if let Check::Live(check) = rule.check
                && sink.wants(rule)
            {
                check(&view, &mut sink);
            }
        }
        findings.into_iter().for_each(report);
    }
}

/// The records that no server gave before, as the text of a part of a zone; empty when there are none.
fn zone_text<'a>(server: &'a Server, seen: &mut HashSet<(&'a str, &'a [String])>) -> String {
    let mut text = String::new();
    let mut lines = HashSet::new();
    for answer in &server.answers {
        if !seen.insert((&answer.name, &answer.records)) {
            continue;
        }
        for line in &answer.records {
            if lines.insert(line) {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    match &server.soa {
        Some(soa) if !text.is_empty() => format!("{soa}\n{text}"),
        _ => text,
    }
}
