//! Drives the epochs: builds the next when it is due, and lets the store forget what has expired; or follows those of another server.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, watch};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::server::epochs::{Follower, PublishError, Seen, Step};
use crate::server::events::Event;
use crate::server::http::{Role, Service};
use crate::server::metrics::to_gauge;
use crate::server::registrar::Registrar;

/// How often it is told how far a build is.
const PROGRESS: Duration = Duration::from_secs(5);

/// How often the clock is looked at, since clocks get set.
const LOOK: Duration = Duration::from_secs(10);

/// How often a follower looks into its folder.
const FOLLOW: Duration = Duration::from_secs(3);

/// Steps whenever a step is due, or follows, until it is told to stop.
pub(super) async fn drive(
    service: Arc<Service>,
    wake: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let wait = match &service.role {
            Role::Publisher(registrar) => match publish(&service, registrar).await {
                Some(wait) => wait,
                None => return,
            },
            Role::Follower(follower) => {
                look(&service, follower).await;
                FOLLOW
            }
        };
        tokio::select! {
            () = sleep(wait) => {}
            () = wake.notified() => {}
            // Also where the other end is gone.
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Steps if a step is due; how long to wait then, `None` where no step will ever be due again.
async fn publish(service: &Arc<Service>, registrar: &Registrar) -> Option<Duration> {
    let now = service.now();
    let due = registrar.publisher.due(now);
    if due > now {
        return Some(LOOK.min(Duration::from_secs(due - now)));
    }
    match step(service, registrar).await {
        Ok(()) => Some(Duration::ZERO),
        Err(StepError::Publish(PublishError::Canceled)) => None,
        Err(StepError::Publish(error)) => {
            service.tell(&Event::EpochFailed(error));
            // The publisher says when it is due again.
            Some(Duration::ZERO)
        }
        Err(StepError::Interrupted) => Some(LOOK),
    }
}

/// Looks what another server has published, and says so.
pub(super) async fn look(service: &Service, follower: &Arc<Follower>) {
    let (follower, now) = (follower.clone(), service.now());
    let Ok(seen) = spawn_blocking(move || follower.look(now)).await else {
        return;
    };
    let Seen {
        served,
        has_new_keys,
        damages,
        failed,
        is_idle,
    } = seen;
    if has_new_keys {
        service.tell(&Event::KeysFollowed);
    }
    for damage in &damages {
        service.tell(&Event::EpochDamaged(damage));
    }
    if let Some(error) = failed {
        service.tell(&Event::FollowFailed(error));
    }
    if let Some(served) = served {
        let epochs = service.served.epochs().announced(now);
        let buckets = epochs.last().map_or(0, |epoch| epoch.buckets);
        service.metrics.epoch_buckets.set(buckets.into());
        service.tell(&Event::EpochsFollowed(served));
    }
    if is_idle {
        service.tell(&Event::NothingToServe);
    }
}

/// Why a step did not end well.
pub(super) enum StepError {
    Publish(PublishError),
    /// The thread ended.
    Interrupted,
}

/// Does what is due, and says so.
pub(super) async fn step(service: &Arc<Service>, registrar: &Registrar) -> Result<(), StepError> {
    let stepping = service.clone();
    let (store, publisher) = (registrar.store.clone(), registrar.publisher.clone());
    let stepped = spawn_blocking(move || {
        let now = stepping.now();
        if let Err(error) = store.purge(now) {
            stepping.tell(&Event::StoreFailed(error));
        }
        let told = Mutex::new(Instant::now());
        publisher.step(now, &|progress| {
            // Whoever else is telling now says it as well.
            if let Ok(mut told) = told.try_lock()
                && told.elapsed() >= PROGRESS
            {
                *told = Instant::now();
                stepping.tell(&Event::EpochBuilding(progress));
            }
        })
    });
    match stepped.await {
        Ok(Ok(done)) => {
            tell(service, done);
            Ok(())
        }
        Ok(Err(error)) => {
            service.metrics.build_failures.inc();
            Err(StepError::Publish(error))
        }
        Err(_) => Err(StepError::Interrupted),
    }
}

fn tell(service: &Service, step: Step) {
    if let Some(published) = step.built {
        let metrics = &service.metrics;
        metrics.builds.inc();
        metrics.build_seconds.set(to_gauge(published.seconds));
        metrics.epoch_entries.set(to_gauge(published.entries));
        metrics.epoch_buckets.set(published.epoch.buckets.into());
        service.tell(&Event::EpochBuilt(published));
    }
    if !step.removed.is_empty() {
        service.tell(&Event::EpochsRemoved(step.removed));
    }
    if step.erased {
        service.tell(&Event::KeysErased);
    }
}
