//! [`Resolver`]: runs the discovery machine on tokio.

use futures_util::stream::{FuturesUnordered, StreamExt};
use mimi_discovery::{Action, Discovery, OracleFailure, Outcome, Policy};
use mimi_id::Identifier;
use std::time::Duration;
use tokio::time::Instant;

use crate::flights::Flights;
use crate::upstream::Upstream;

/// Discovers identifiers through one upstream, under one policy.
///
/// Share it between tasks: equal questions asked at the same time are sent once.
pub struct Resolver<U> {
    flights: Flights<U>,
    policy: Policy,
}

impl<U: Upstream> Resolver<U> {
    /// A resolver over this upstream.
    ///
    /// This version asks no oracles and validates nothing itself: it sets [`Policy::oracles`] to 0.
    pub fn new(upstream: U, policy: Policy) -> Self {
        Self {
            flights: Flights::new(upstream),
            policy: Policy {
                oracles: 0,
                ..policy
            },
        }
    }

    /// The policy of every discovery.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Discovers what a person typed; text that is no identifier has the outcome *invalid*.
    pub async fn discover_text(&self, text: &str) -> Outcome {
        match Identifier::parse(text) {
            Ok(identifier) => self.discover(identifier).await,
            Err(error) => Outcome::invalid(error),
        }
    }

    /// Discovers an identifier. Always ends, at the policy's deadline at the latest (D39).
    pub async fn discover(&self, identifier: Identifier) -> Outcome {
        let start = Instant::now();
        let mut machine = Discovery::new(identifier, self.policy.clone(), Duration::ZERO);
        let mut awaited = FuturesUnordered::new();
        loop {
            while let Some(action) = machine.poll_action() {
                match action {
                    Action::Ask(id, question) => {
                        let ticket = self.flights.join(question);
                        awaited.push(async move { (id, ticket.await) });
                    }
                    Action::AskOracle(request) => {
                        let answer = Err(OracleFailure::Unavailable);
                        machine.handle_oracle(request, answer, start.elapsed());
                    }
                    // The machine may learn new actions; one that is not known here is waited out.
                    _ => {}
                }
            }
            machine = match machine.into_outcome() {
                Ok(outcome) => return outcome,
                Err(machine) => *machine,
            };
            let due = machine.poll_timeout().unwrap_or_default();
            // A duration, not an instant: a deadline may lie beyond the end of the clock.
            let left = due.saturating_sub(start.elapsed());
            tokio::select! {
                Some((id, answer)) = awaited.next() => match &*answer {
                    Ok(response) => machine.handle_response(id, response, start.elapsed()),
                    Err(failure) => machine.handle_failure(id, *failure, start.elapsed()),
                },
                () = tokio::time::sleep(left) => {
                    machine.handle_timeout(start.elapsed());
                }
            }
        }
    }
}
