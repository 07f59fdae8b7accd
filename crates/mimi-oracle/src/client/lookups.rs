//! Lookups: parameters, one evaluation, buckets.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::error::{ExchangeError, LookupError};
use super::exchange::Exchanger;
use super::transport::{MediaType, Method, Request, Response};
use crate::bucket::Bucket;
use crate::entry::Entry;
use crate::limits::{BUCKET_OCTETS, MAX_BATCH, MAX_PARAMETERS_OCTETS, PARAMETERS_MAX_AGE};
use crate::lookup::{Blinding, EvaluationResponse};
use crate::parameters::{Epoch, Parameters, ParametersError};
use crate::pin::Pin;
use crate::place::Place;
use crate::subject::Subject;

/// What a lookup comes to: the entry of a subject, or that the oracle has none.
pub(super) type Answer = Result<Option<Entry>, LookupError>;

/// Parameters, and until when they may be used.
pub(super) struct Kept {
    parameters: Arc<Parameters>,
    until: Instant,
}

/// The parameters of the oracle, kept for as long as it allows.
pub(super) struct KeptParameters {
    pin: Pin,
    // Held while they are fetched, so that lookups at the same time fetch them once.
    kept: tokio::sync::Mutex<Option<Kept>>,
}

impl KeptParameters {
    pub(super) fn new(pin: Pin) -> Self {
        Self {
            pin,
            kept: tokio::sync::Mutex::default(),
        }
    }

    /// The parameters, and whether they were fetched just now.
    async fn get(&self, exchanger: &Exchanger) -> Result<(Arc<Parameters>, bool), LookupError> {
        let mut kept = self.kept.lock().await;
        if let Some(one) = &*kept
            && Instant::now() < one.until
            && one.parameters.epoch_at((exchanger.config.now)()).is_ok()
        {
            return Ok((Arc::clone(&one.parameters), false));
        }
        *kept = None;
        let request = Request {
            method: Method::Get,
            path: "/.well-known/mimi-oracle".to_owned(),
            accept: MediaType::Json,
            bearer: None,
            max_octets: MAX_PARAMETERS_OCTETS,
            is_repeatable: true,
        };
        let response = exchanger.send(&request).await?;
        let parameters = Arc::new(Parameters::from_json(&response.body, &self.pin)?);
        *kept = Some(Kept {
            parameters: Arc::clone(&parameters),
            until: Instant::now() + max_age(&response),
        });
        Ok((parameters, true))
    }

    async fn forget(&self, parameters: &Arc<Parameters>) {
        let mut kept = self.kept.lock().await;
        // Somebody else may have fetched newer ones meanwhile.
        kept.take_if(|one| Arc::ptr_eq(&one.parameters, parameters));
    }
}

/// How long an answer may be kept.
fn max_age(response: &Response) -> Duration {
    let directives = response.cache_control.as_deref().unwrap_or_default();
    let mut directives = directives.split(',').map(str::trim);
    let seconds = directives.find_map(|directive| directive.strip_prefix("max-age="));
    let seconds = seconds
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or(0);
    Duration::from_secs(PARAMETERS_MAX_AGE.min(seconds))
}

/// How many subjects may be in one batch: more than the quota allows at once would never be served.
pub(super) async fn largest_batch(
    exchanger: &Exchanger,
    kept: &KeptParameters,
) -> Result<usize, LookupError> {
    if exchanger.config.quota_token.is_some() {
        // What that allows, only its issuer knows.
        return Ok(MAX_BATCH);
    }
    let (parameters, _) = kept.get(exchanger).await?;
    let burst = usize::try_from(parameters.quota.burst).unwrap_or(MAX_BATCH);
    Ok(burst.clamp(1, MAX_BATCH))
}

/// Looks subjects up, at most [`MAX_BATCH`], no two of them the same. Where the epoch of kept parameters
/// turns out to be over, once more with new ones.
pub(super) async fn look_up(
    exchanger: &Exchanger,
    kept: &KeptParameters,
    subjects: &[Subject],
) -> Result<Vec<Answer>, LookupError> {
    loop {
        let (parameters, are_new) = kept.get(exchanger).await?;
        let answers = look_up_with(exchanger, &parameters, subjects).await;
        let is_over = |error: &LookupError| match error {
            LookupError::Exchange(error) => error.is_epoch_over(),
            _ => false,
        };
        let is_epoch_over = match &answers {
            Ok(answers) => answers
                .iter()
                .filter_map(|one| one.as_ref().err())
                .any(is_over),
            Err(error) => is_over(error),
        };
        if !is_epoch_over {
            return answers;
        }
        kept.forget(&parameters).await;
        if are_new {
            return answers;
        }
    }
}

async fn look_up_with(
    exchanger: &Exchanger,
    parameters: &Arc<Parameters>,
    subjects: &[Subject],
) -> Result<Vec<Answer>, LookupError> {
    let epoch = parameters.epoch_at((exchanger.config.now)())?;
    let key = parameters.lookup_key(epoch);
    let key = key.ok_or(ParametersError::Member("epochs"))?;
    let blinding = Blinding::new(subjects)?;
    let token = exchanger.config.quota_token.as_ref();
    let request = Request {
        method: Method::Post {
            content_type: MediaType::Octets,
            body: blinding.request(epoch.number).encode(),
        },
        path: "/v1/evaluate".to_owned(),
        accept: MediaType::Octets,
        bearer: token.map(|token| token.as_str().to_owned()),
        max_octets: EvaluationResponse::MAX_OCTETS,
        is_repeatable: true,
    };
    let response = exchanger.send(&request).await?;
    let response = EvaluationResponse::decode(&response.body).map_err(LookupError::Evaluation)?;
    let outputs = blinding.finalize(&response, key)?;

    let places: Vec<Place> = outputs.iter().map(|one| Place::new(one, epoch)).collect();
    // Which subjects lie in each bucket.
    let mut buckets: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, place) in places.iter().enumerate() {
        buckets.entry(place.bucket()).or_default().push(number);
    }
    let search = Search {
        parameters,
        epoch,
        now: (exchanger.config.now)(),
    };
    let mut answers: Vec<Answer> = vec![Ok(None); subjects.len()];
    let mut found = |index: u32, octets: Result<Vec<u8>, LookupError>| {
        // Once for all whose entries may lie in it: a signature over 64 KiB is most of the work.
        let bucket = search.verify(index, octets.as_deref());
        for number in buckets.get(&index).into_iter().flatten() {
            let (Some(place), Some(subject)) = (places.get(*number), subjects.get(*number)) else {
                continue;
            };
            if let Some(answer) = answers.get_mut(*number) {
                *answer = search.find(&bucket, place, subject);
            }
        }
    };
    // Of several, in the order of their numbers, which says nothing of the order of the subjects.
    let mut indices: Vec<u32> = places.iter().map(Place::bucket).collect();
    indices.sort_unstable();
    indices.dedup();
    if let [index] = *indices {
        found(index, fetch(exchanger, epoch.number, index).await);
        return Ok(answers);
    }
    let mut fetches = JoinSet::new();
    for index in indices {
        if fetches.len() >= exchanger.config.concurrency.max(1)
            && let Some(Ok((index, octets))) = fetches.join_next().await
        {
            found(index, octets);
        }
        let (exchanger, number) = (exchanger.clone(), epoch.number);
        fetches.spawn(async move { (index, fetch(&exchanger, number, index).await) });
    }
    while let Some(fetched) = fetches.join_next().await {
        if let Ok((index, octets)) = fetched {
            found(index, octets);
        }
    }
    Ok(answers)
}

/// What is needed to find an entry in a bucket.
struct Search<'a> {
    parameters: &'a Parameters,
    epoch: &'a Epoch,
    now: u64,
}

impl Search<'_> {
    fn verify<'a>(
        &self,
        index: u32,
        octets: Result<&'a [u8], &LookupError>,
    ) -> Result<Bucket<'a>, LookupError> {
        let octets = octets.map_err(LookupError::clone)?;
        Ok(Bucket::verify(octets, self.parameters, self.epoch, index)?)
    }

    fn find(
        &self,
        bucket: &Result<Bucket<'_>, LookupError>,
        place: &Place,
        subject: &Subject,
    ) -> Answer {
        let bucket = bucket.as_ref().map_err(LookupError::clone)?;
        Ok(bucket.find(place, self.parameters, subject, self.epoch, self.now)?)
    }
}

async fn fetch(exchanger: &Exchanger, epoch: u64, index: u32) -> Result<Vec<u8>, LookupError> {
    let request = Request {
        method: Method::Get,
        path: format!("/v1/bucket/{epoch}/{index}"),
        accept: MediaType::Octets,
        bearer: None,
        max_octets: BUCKET_OCTETS,
        is_repeatable: true,
    };
    let response = exchanger.send(&request).await;
    response
        .map(|response| response.body)
        .map_err(ExchangeError::into)
}
