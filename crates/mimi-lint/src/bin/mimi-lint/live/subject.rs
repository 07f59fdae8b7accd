//! From a name or an identifier to all that is observed on its behalf.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::thread;

use mimi_id::{Endpoint, Identifier};
use mimi_lint::Settings;
use mimi_lint::observations::{Host, Question, Reason, Server, Subject, Zone};
use mimi_name::DomainName;
use mimi_rr::Mimi;

use super::exchange::{Asker, NoReply};
use super::observe::{Plan, observe};
use super::render::{type_name, types};
use super::servers::{Authority, Found, Whom, addresses, of_type};

/// How many MIMIX records are followed (D34), and aliases (D37).
const MOST_STEPS: usize = 12;

/// How many hosts of endpoints are looked up.
const MOST_HOSTS: usize = 16;

/// One name to ask about.
struct Step {
    name: DomainName,
    record_types: Vec<u16>,
    /// The target of a MIMIX record that the name stands below.
    target: Option<DomainName>,
}

/// A zone whose servers are being asked.
struct Open {
    apex: DomainName,
    servers: Vec<Authority>,
    zone: Zone,
}

/// Observes.
pub(super) struct Observer<'a> {
    pub(super) asker: &'a Asker,
    pub(super) whom: &'a Whom,
    pub(super) settings: &'a Settings,
}

impl Observer<'_> {
    /// All about one identifier.
    ///
    /// # Errors
    /// Why nothing can be asked about it, as a sentence.
    pub(super) fn subject(&self, input: &str) -> Result<Subject, String> {
        let shown = || mimi_output::Shown(input).to_string();
        let identifier =
            Identifier::parse(input).map_err(|error| format!("{}: {error}", shown()))?;
        let codes = self.settings.types;
        let first = match &identifier {
            Identifier::Mui(mui) => Step {
                name: mui.name().clone(),
                record_types: vec![codes.mimi(), codes.mimix()],
                target: None,
            },
            Identifier::Email(address) => {
                address
                    .labels()
                    .map_err(|error| format!("{}: {error}", shown()))?;
                Step {
                    name: address.domain().clone(),
                    record_types: vec![codes.mimix()],
                    target: None,
                }
            }
            Identifier::Telephone(number) => Step {
                name: number
                    .enum_name(&self.settings.enum_suffix)
                    .map_err(|error| format!("{}: {error}", shown()))?,
                record_types: vec![codes.mimi()],
                target: None,
            },
            _ => {
                return Err(format!(
                    "{}: this kind of identifier is not known here",
                    shown()
                ));
            }
        };
        let mut subject = Subject {
            input: input.into(),
            ..Subject::default()
        };
        let mut zones: Vec<Open> = Vec::new();
        let mut asked = Vec::new();
        let mut steps = VecDeque::from([first]);
        while let Some(step) = steps.pop_front() {
            if asked.contains(&step.name) || asked.len() >= MOST_STEPS {
                continue;
            }
            asked.push(step.name.clone());
            let found = match self.whom.find(self.asker, &step.name) {
                Ok(found) => found,
                Err(failure) => {
                    subject.failures.push(failure);
                    continue;
                }
            };
            let is_mimix_step = step.record_types.contains(&codes.mimix());
            let zone = self.ask(found, &step, &mut zones, &mut subject);
            for (name, target) in leads(zone, &step, &identifier, is_mimix_step) {
                let record_types = match target {
                    Some(_) => vec![codes.mimi()],
                    None => step.record_types.clone(),
                };
                let target = target.or_else(|| step.target.clone());
                steps.push_back(Step {
                    name,
                    record_types,
                    target,
                });
            }
        }
        subject.zones = zones.into_iter().map(|open| open.zone).collect();
        self.hosts(&mut subject);
        Ok(subject)
    }

    /// Asks all servers of a zone, at the same time.
    fn ask<'z>(
        &self,
        found: Found,
        step: &Step,
        zones: &'z mut Vec<Open>,
        subject: &mut Subject,
    ) -> &'z Zone {
        let codes = self.settings.types;
        let at = match zones.iter().position(|open| open.apex == found.apex) {
            Some(at) => at,
            None => {
                subject.failures.extend(found.failures);
                zones.push(Open::new(found.apex, found.servers, found.has_ds));
                zones.len() - 1
            }
        };
        // The position was found or made just now.
        #[expect(
            clippy::indexing_slicing,
            reason = "the position is that of an element"
        )]
        let open = &mut zones[at];
        let is_below_target = step.target.is_some();
        for &record_type in &step.record_types {
            open.zone.questions.push(Question {
                name: step.name.to_string(),
                record_type: type_name(record_type, codes),
                is_below_target,
                is_needed: step.record_types.first() == Some(&record_type),
            });
        }
        let beside = match &step.target {
            Some(target) => Some(target.clone()),
            None if step.name == open.apex => Some(open.apex.clone()),
            None => step.name.parent(),
        };
        let label = format!("mimi-lint-{:016x}", rand::random::<u64>());
        let probe = beside.filter(|beside| beside.is_within(&open.apex));
        let probe = probe.and_then(|beside| beside.prepend(label.as_bytes()).ok());
        let plan = Plan {
            apex: &open.apex,
            codes,
            questions: step
                .record_types
                .iter()
                .map(|record_type| (step.name.clone(), *record_type))
                .collect(),
            probe: probe.map(|name| (name, is_below_target)),
        };
        thread::scope(|scope| {
            for (authority, server) in open.servers.iter().zip(&mut open.zone.servers) {
                let plan = &plan;
                scope.spawn(move || observe(self.asker, authority.address, plan, server));
            }
        });
        &open.zone
    }

    /// Looks up the hosts of all usable endpoints.
    fn hosts(&self, subject: &mut Subject) {
        let answers = subject.zones.iter().flat_map(|zone| {
            let answers = zone.servers.iter().flat_map(|server| &server.answers);
            answers.flat_map(|answer| &answer.records)
        });
        let mut hosts: Vec<(DomainName, String)> = Vec::new();
        for line in answers {
            let Some(host) = endpoint(line) else { continue };
            if hosts.iter().all(|(known, _)| *known != host) && hosts.len() < MOST_HOSTS {
                hosts.push((host, line.clone()));
            }
        }
        for (name, record) in hosts {
            let (host, trouble) = self.host(&name, record);
            subject.hosts.push(host);
            // Trouble on the way leaves the host open. That a server does not answer for others' names is none.
            if let Some(error) = trouble {
                let resolver = self.whom.resolvers.first().copied();
                let failure = self.asker.failure(resolver, &name, types::A, error);
                subject.failures.push(failure);
            }
        }
    }

    fn host(&self, name: &DomainName, record: String) -> (Host, Option<NoReply>) {
        let mut found = Vec::<IpAddr>::new();
        let mut trouble = None;
        let mut is_known = true;
        for record_type in [types::A, types::AAAA] {
            match self.whom.resolve(self.asker, name, record_type) {
                Ok(reply) => {
                    let message = &reply.message;
                    let has_soa = of_type(&message.authority, types::SOA).next().is_some();
                    let before = found.len();
                    found.extend(addresses(message));
                    // D58.
                    is_known &= found.len() > before || has_soa;
                }
                Err(error) => {
                    is_known = false;
                    let is_elsewhere = matches!(
                        error.reason,
                        Reason::Lame | Reason::Refused | Reason::NotAuthoritative
                    );
                    if !is_elsewhere {
                        trouble = Some(error);
                    }
                }
            }
        }
        let host = Host {
            name: name.to_string(),
            record,
            addresses: found.iter().map(IpAddr::to_string).collect(),
            is_known,
        };
        (host, trouble)
    }
}

impl Open {
    fn new(apex: DomainName, servers: Vec<Authority>, has_ds: Option<bool>) -> Self {
        let observed = servers.iter().map(|server| Server {
            name: server.name.as_ref().map(DomainName::to_string),
            address: server.address.to_string(),
            ..Server::default()
        });
        let zone = Zone {
            apex: apex.to_string(),
            has_ds,
            servers: observed.collect(),
            ..Zone::default()
        };
        Self {
            apex,
            servers,
            zone,
        }
    }
}

/// Where the answers to a step lead: aliases, and the targets of MIMIX records with the name of the user below them.
fn leads(
    zone: &Zone,
    step: &Step,
    identifier: &Identifier,
    is_mimix_step: bool,
) -> Vec<(DomainName, Option<DomainName>)> {
    let mut leads = Vec::new();
    let answers = zone.servers.iter().flat_map(|server| &server.answers);
    let asked = step.name.to_string();
    for line in answers
        .filter(|answer| answer.name == asked)
        .flat_map(|answer| &answer.records)
    {
        if let Some(alias) = data(line, "CNAME")
            && let Ok(alias) = DomainName::parse_absolute(alias)
        {
            leads.push((alias, None));
        }
        if let Identifier::Email(address) = identifier
            && is_mimix_step
            && let Some(target) = data(line, "MIMIX")
            && let Ok(target) = DomainName::parse_absolute(target)
            && !target.is_root()
            && let Ok(name) = address.name_under(&target)
        {
            leads.push((name, Some(target)));
        }
    }
    leads
}

/// The host of a usable MIMI record's endpoint, where it is one that can be looked up.
fn endpoint(line: &str) -> Option<DomainName> {
    let mimi = Mimi::from_text(data(line, "MIMI")?.as_bytes()).ok()?;
    let mssi = mimi.mssi().ok()?;
    let endpoint = Endpoint::parse(mssi.mse()).ok()?;
    endpoint.host().cloned()
}

/// What stands behind the type in a line as we write them, if it is of that type.
fn data<'a>(line: &'a str, record_type: &str) -> Option<&'a str> {
    let mut words = line.splitn(5, ' ').skip(3);
    let found = words.next()?;
    (found == record_type).then(|| words.next())?
}
