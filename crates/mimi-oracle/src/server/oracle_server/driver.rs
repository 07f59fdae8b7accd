//! Drives the epochs: builds the next when it is due, and lets the store forget what has expired.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, watch};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::server::epochs::{PublishError, Step};
use crate::server::events::Event;
use crate::server::http::Service;
use crate::server::metrics::to_gauge;

/// How often it is told how far a build is.
const PROGRESS: Duration = Duration::from_secs(5);

/// How often the clock is looked at, since clocks get set.
const LOOK: Duration = Duration::from_secs(10);

/// Steps whenever a step is due, until it is told to stop.
pub(super) async fn drive(
    service: Arc<Service>,
    wake: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let now = service.now();
        let due = service.publisher.due(now);
        let wait = if due > now {
            LOOK.min(Duration::from_secs(due - now))
        } else {
            match step(&service).await {
                Ok(()) => Duration::ZERO,
                Err(StepError::Publish(PublishError::Canceled)) => return,
                Err(StepError::Publish(error)) => {
                    service.tell(&Event::EpochFailed(error));
                    // The publisher says when it is due again.
                    Duration::ZERO
                }
                Err(StepError::Interrupted) => LOOK,
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

/// Why a step did not end well.
pub(super) enum StepError {
    Publish(PublishError),
    /// The thread ended.
    Interrupted,
}

/// Does what is due, and says so.
pub(super) async fn step(service: &Arc<Service>) -> Result<(), StepError> {
    let stepping = service.clone();
    let stepped = spawn_blocking(move || {
        let now = stepping.now();
        let store = &stepping.registrar.store;
        if let Err(error) = store.purge(now) {
            stepping.tell(&Event::StoreFailed(error));
        }
        let told = Mutex::new(Instant::now());
        stepping.publisher.step(now, &|progress| {
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
