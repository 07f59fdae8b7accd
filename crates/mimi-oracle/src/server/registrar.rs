//! What becomes of registrations: tokens sent and checked, changes stored, and what of them is published.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use mimi_id::Kind;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::epochs::{Publication, Publications, Publisher};
use super::events::{Event, EventSink};
use super::http::{Problem, RegistrationRequest, Service};
use super::providers::Providers;
use super::quota::ProofQuota;
use super::senders::{ProofSender, SendError};
use super::store::{Endorsement, Registration, SpentToken, Store, StoreError, Vault};
use super::token::TokenSecret;
use crate::subject::Subject;

/// Requests that may wait for the store at the same time.
pub(crate) const STORE_REQUESTS: u32 = 32;

/// What registering needs.
pub(crate) struct Registrar {
    pub(crate) publisher: Arc<Publisher>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) tokens: Arc<TokenSecret>,
    pub(crate) providers: Arc<Providers>,
    pub(crate) proofs: ProofQuota,
    pub(crate) email: Option<Arc<dyn ProofSender>>,
    pub(crate) telephone: Option<Arc<dyn ProofSender>>,
    /// Seconds for which a registration is published.
    pub(crate) lifetime: u64,
    /// [`STORE_REQUESTS`] permits; all are there when nothing is in flight.
    pub(crate) in_flight: Arc<Semaphore>,
}

/// What is registered.
pub(crate) struct Shown {
    pub(crate) definition_strings: Vec<Vec<u8>>,
    pub(crate) expires: u64,
    pub(crate) provider: Option<String>,
}

impl From<Registration> for Shown {
    fn from(registration: Registration) -> Self {
        Self {
            definition_strings: registration.definition_strings,
            expires: registration.expires,
            provider: registration.provider.map(|provider| provider.name),
        }
    }
}

impl Service {
    /// Sends a token; until when it is taken.
    pub(crate) async fn send_proof(
        &self,
        subject: &Subject,
        kind: Kind,
        client: Option<IpAddr>,
    ) -> Result<u64, Problem> {
        let registrar = self.registrar()?;
        let sender = match kind {
            Kind::Email => &registrar.email,
            Kind::Telephone => &registrar.telephone,
            _ => &None,
        };
        let sender = sender.as_ref().ok_or(Problem::KindNotServed(kind))?;
        let now = self.now();
        registrar
            .proofs
            .admit(subject, client, now)
            .map_err(Problem::Refused)?;
        let token = registrar.tokens.issue_proof(subject, now);
        let sent = sender.send(subject, &token).await;
        self.metrics.count_proof(kind.as_str(), sent.is_ok());
        sent.map_err(|error| {
            self.tell(&Event::ProofNotSent { kind, error });
            match error {
                SendError::Unreachable => Problem::Unreachable,
                _ => Problem::NotSent,
            }
        })?;
        Ok(token.expires)
    }

    /// What is registered for a subject, if anything is.
    pub(crate) async fn show(
        &self,
        request: RegistrationRequest,
    ) -> Result<Option<Shown>, Problem> {
        self.spent(&request)?;
        let subject = request.subject;
        let now = self.now();
        let registration = self
            .on_store(move |store, vault| {
                let id = vault.id(&subject);
                let Some(sealed) = store.get(id)? else {
                    return Ok(None);
                };
                vault
                    .open(id, &sealed)
                    .map(Some)
                    .map_err(|error| StoreError::Database(Box::new(error)))
            })
            .await?;
        Ok(registration
            .filter(|registration| now < registration.expires)
            .map(Shown::from))
    }

    /// Registers.
    pub(crate) async fn set(&self, request: RegistrationRequest) -> Result<Shown, Problem> {
        let registrar = self.registrar()?;
        let spent = self.spent(&request)?;
        request.check()?;
        let provider = request.provider.map(|(name, signature)| Endorsement {
            name,
            signature,
            nonce: spent.nonce,
        });
        let registration = Registration {
            subject: request.subject,
            definition_strings: request.definition_strings,
            expires: self.now().saturating_add(registrar.lifetime),
            provider,
        };
        if !registrar.providers.vouch_for(&registration) {
            return Err(Problem::Provider);
        }
        let registration = self
            .on_store(move |store, vault| {
                let sealed = vault
                    .seal(&registration)
                    .map_err(|error| StoreError::Database(Box::new(error)))?;
                let id = vault.id(&registration.subject);
                store.put(id, &sealed, registration.expires, spent)?;
                Ok(registration)
            })
            .await?;
        Ok(registration.into())
    }

    /// Removes what is registered; whether something was.
    pub(crate) async fn remove(&self, request: RegistrationRequest) -> Result<bool, Problem> {
        let spent = self.spent(&request)?;
        self.on_store(move |store, vault| store.remove(vault.id(&request.subject), spent))
            .await
    }

    /// When a change that was made takes effect.
    pub(crate) fn effective(&self) -> Result<u64, Problem> {
        let registrar = self.registrar()?;
        Ok(registrar.publisher.next_begins(self.now()))
    }

    fn spent(&self, request: &RegistrationRequest) -> Result<SpentToken, Problem> {
        let registrar = self.registrar()?;
        registrar
            .tokens
            .verify_proof(&request.token, &request.subject, self.now())
            .ok_or(Problem::Token)
    }

    /// Runs something on the store. It goes on to its end even if whoever asked is gone.
    async fn on_store<T: Send + 'static>(
        &self,
        run: impl FnOnce(&dyn Store, &Vault) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let registrar = self.registrar()?;
        let permit = registrar.in_flight.clone().acquire_owned().await;
        let permit = permit.map_err(|_| Problem::Busy)?;
        let (store, vault) = (registrar.store.clone(), registrar.vault.clone());
        let ran = spawn_blocking(move || {
            let _permit = permit;
            run(store.as_ref(), &vault)
        });
        let outcome = ran.await.map_err(|_| Problem::Busy)?;
        outcome.map_err(|error| match error {
            StoreError::TokenSpent => Problem::TokenSpent,
            error => {
                self.tell(&Event::StoreFailed(error));
                Problem::Store
            }
        })
    }
}

/// What of the registrations is published.
pub(crate) struct Registered {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) providers: Arc<Providers>,
    pub(crate) events: EventSink,
}

impl Publications for Registered {
    fn for_each(
        &self,
        now: u64,
        show: &mut dyn FnMut(Publication),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let mut unreadable = 0_u64;
        let mut disowned = 0_u64;
        self.store.for_each(now, &mut |id, sealed| {
            let Ok(registration) = self.vault.open(id, &sealed) else {
                unreadable += 1;
                return;
            };
            if !self.providers.vouch_for(&registration) {
                disowned += 1;
                return;
            }
            show(Publication {
                subject: registration.subject,
                definition_strings: registration.definition_strings,
                expires: registration.expires,
            });
        })?;
        if unreadable > 0 {
            (self.events)(&Event::RegistrationsUnreadable(unreadable));
        }
        if disowned > 0 {
            (self.events)(&Event::RegistrationsOfFormerProviders(disowned));
        }
        Ok(())
    }

    fn count(&self) -> u64 {
        self.store.count().unwrap_or_default()
    }
}

impl fmt::Debug for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Registered(..)")
    }
}
