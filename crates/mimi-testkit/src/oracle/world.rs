//! What an oracle of a test knows, and what it answers.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use mimi_id::Identifier;
use mimi_oracle::lookup::{EvaluationRequest, LookupKey};
use mimi_oracle::{
    BucketBuilder, Entry, Epoch, Parameters, Pin, Place, PublicKeys, Quota, SigningKey, Subject,
};

use super::OracleFlaw;
use super::http::HeardRequest;

const JSON: &str = "application/json";
const OCTETS: &str = "application/octet-stream";

/// The answer to a request, before it is spoilt on its way.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    /// More header fields.
    pub(super) fields: Vec<String>,
    pub(super) body: Vec<u8>,
    /// Whether the body goes on for ever.
    pub(super) is_endless: bool,
}

impl Answer {
    fn new(content_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            content_type,
            fields: Vec::new(),
            body,
            is_endless: false,
        }
    }

    fn problem(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({"code": code, "message": message});
        Self {
            status,
            ..Self::new(JSON, body.to_string().into_bytes())
        }
    }
}

/// The keys of an oracle, its people, and its epoch.
pub(super) struct World {
    flaw: OracleFlaw,
    signing: SigningKey,
    lookup: LookupKey,
    /// Keys that are not the oracle's.
    other_signing: SigningKey,
    other_lookup: LookupKey,
    people: Vec<(Subject, Vec<Vec<u8>>)>,
    buckets: u32,
    current: Mutex<Current>,
}

struct Current {
    parameters: Parameters,
    buckets: Vec<Vec<u8>>,
}

impl World {
    pub(super) fn new(
        flaw: OracleFlaw,
        people: &[(&str, &[&str])],
        buckets: u32,
    ) -> io::Result<Self> {
        let no_key = || io::Error::other("a seed without a key");
        let mut subjects = Vec::new();
        for (identifier, strings) in people {
            let identifier = Identifier::parse(identifier).map_err(io::Error::other)?;
            let subject = Subject::new(&identifier);
            let subject = subject.ok_or_else(|| io::Error::other("a MUI is no subject"))?;
            let strings = strings.iter().map(|one| one.as_bytes().to_vec());
            subjects.push((subject, strings.collect()));
        }
        let signing = SigningKey::from_seed(&[1; 32]).ok_or_else(no_key)?;
        let lookup = LookupKey::from_seed(&[2; 32]).ok_or_else(no_key)?;
        let world = Self {
            flaw,
            current: Mutex::new(Current {
                parameters: Parameters {
                    keys: PublicKeys {
                        signing: signing.public(),
                        lookup: vec![lookup.public()],
                    },
                    epochs: Vec::new(),
                    quota: Quota {
                        burst: 1000,
                        per_day: 1000,
                    },
                },
                buckets: Vec::new(),
            }),
            signing,
            lookup,
            other_signing: SigningKey::from_seed(&[3; 32]).ok_or_else(no_key)?,
            other_lookup: LookupKey::from_seed(&[4; 32]).ok_or_else(no_key)?,
            people: subjects,
            buckets,
        };
        world.build(0)?;
        Ok(world)
    }

    pub(super) fn flaw(&self) -> OracleFlaw {
        self.flaw
    }

    pub(super) fn pin(&self) -> Pin {
        self.lock().parameters.keys.pin()
    }

    pub(super) fn begin_epoch(&self) {
        let number = self.epoch().map_or(0, |epoch| epoch.number + 1);
        // It was possible with the same people before.
        let _ = self.build(number);
    }

    fn lock(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn epoch(&self) -> Option<Epoch> {
        self.lock().parameters.epochs.first().cloned()
    }

    /// Builds the buckets of an epoch that has this number at least.
    fn build(&self, at_least: u64) -> io::Result<()> {
        let now = now();
        let (number, ends) = match self.flaw {
            OracleFlaw::EpochOver => (now - 7200, now - 3600),
            _ => (at_least.max(now - 60), now + 3600),
        };
        let epoch = Epoch {
            number,
            ends,
            key: 0,
            salt: [number.to_le_bytes()[0]; 16],
            buckets: self.buckets,
        };
        let mut builders: Vec<_> = (0..self.buckets)
            .map(|_| BucketBuilder::default())
            .collect();
        for (subject, definition_strings) in &self.people {
            let entry = Entry {
                definition_strings: definition_strings.clone(),
                expires: match self.flaw {
                    OracleFlaw::ExpiredEntries => now - 1,
                    _ => now + 1800,
                },
            };
            let signer = match self.flaw {
                OracleFlaw::OtherEntrySigner => &self.other_signing,
                _ => &self.signing,
            };
            let octets = entry.sign(signer, subject, number);
            let octets = octets.map_err(io::Error::other)?;
            let output = self.lookup.evaluate(subject);
            let output = output.ok_or_else(|| io::Error::other("no output"))?;
            let place = Place::new(&output, &epoch);
            let builder = builders.get_mut(place.bucket() as usize);
            let builder = builder.ok_or_else(|| io::Error::other("no bucket"))?;
            builder.insert(&place, &octets).map_err(io::Error::other)?;
        }
        let signer = match self.flaw {
            OracleFlaw::OtherBucketSigner => &self.other_signing,
            _ => &self.signing,
        };
        let finish = |(index, builder): (u32, BucketBuilder)| builder.finish(signer, &epoch, index);
        let buckets = (0..).zip(builders).map(finish).collect();
        let mut current = self.lock();
        current.buckets = buckets;
        current.parameters.epochs = vec![epoch];
        Ok(())
    }

    pub(super) fn answer(&self, request: &HeardRequest) -> Answer {
        match self.flaw {
            OracleFlaw::QuotaExceeded if request.line.starts_with("POST") => {
                let mut answer = Answer::problem(429, "quota-exceeded", "Ask less often.");
                answer.fields.push("retry-after: 77".to_owned());
                return answer;
            }
            OracleFlaw::Unavailable => {
                return Answer::problem(503, "unavailable", "Gone\u{1b}[31m\u{202e} fishing.");
            }
            OracleFlaw::Redirects if !request.line.contains("elsewhere") => {
                let (_, path) = request.line.split_once(' ').unwrap_or_default();
                return Answer {
                    status: 307,
                    fields: vec![format!("location: {path}?elsewhere")],
                    ..Answer::new(JSON, Vec::new())
                };
            }
            _ => {}
        }
        let line = request.line.trim_end_matches("?elsewhere");
        match line {
            "GET /.well-known/mimi-oracle" => self.parameters(),
            "POST /v1/evaluate" => self.evaluation(&request.body),
            "POST /v1/proof" => {
                let body = br#"{"sent":"email","token_expires":4000000000}"#;
                Answer {
                    status: 202,
                    ..Answer::new(JSON, body.to_vec())
                }
            }
            _ if line.starts_with("POST /v1/registration/") => registration(line, &request.body),
            _ => match line.strip_prefix("GET /v1/bucket/") {
                Some(place) => self.bucket(place),
                None => Answer::problem(404, "not-found", "There is nothing."),
            },
        }
    }

    fn parameters(&self) -> Answer {
        let mut parameters = self.lock().parameters.clone();
        let signer = match self.flaw {
            OracleFlaw::OtherKeys => {
                parameters.keys.signing = self.other_signing.public();
                &self.other_signing
            }
            _ => &self.signing,
        };
        let mut body = parameters.to_json(signer);
        if self.flaw == OracleFlaw::ChangedParameters {
            let text = String::from_utf8_lossy(&body).replace("1000", "1001");
            body = text.into_bytes();
        }
        Answer {
            fields: vec!["cache-control: public, max-age=300".to_owned()],
            is_endless: self.flaw == OracleFlaw::EndlessParameters,
            ..Answer::new(JSON, body)
        }
    }

    fn evaluation(&self, body: &[u8]) -> Answer {
        let malformed = || Answer::problem(400, "malformed-request", "This is no request.");
        let Ok(request) = EvaluationRequest::decode(body) else {
            return malformed();
        };
        let is_current = self
            .epoch()
            .is_some_and(|epoch| epoch.number == request.epoch);
        if !is_current || self.flaw == OracleFlaw::EpochGone {
            return Answer::problem(410, "epoch-over", "Fetch the parameters anew.");
        }
        let key = match self.flaw {
            OracleFlaw::OtherLookupKey => &self.other_lookup,
            _ => &self.lookup,
        };
        let Ok(mut response) = key.evaluate_blinded(&request) else {
            return malformed();
        };
        match self.flaw {
            OracleFlaw::ForgedProof => {
                let [first, ..] = &mut response.proof;
                *first ^= 1;
            }
            OracleFlaw::Identity => response.elements.fill([0; 32]),
            OracleFlaw::OtherCount => response.elements.push([0; 32]),
            _ => {}
        }
        let mut octets = response.encode();
        if self.flaw == OracleFlaw::LongEvaluation {
            octets.push(0);
        }
        Answer {
            fields: vec!["cache-control: no-store".to_owned()],
            ..Answer::new(OCTETS, octets)
        }
    }

    fn bucket(&self, place: &str) -> Answer {
        let current = self.lock();
        let found = place.split_once('/').and_then(|(epoch, index)| {
            let number = current.parameters.epochs.first()?.number;
            let bucket = current.buckets.get(index.parse::<usize>().ok()?)?;
            (epoch == number.to_string()).then(|| bucket.clone())
        });
        match found {
            Some(mut octets) if self.flaw != OracleFlaw::NoBuckets => {
                match self.flaw {
                    OracleFlaw::ShortBuckets => drop(octets.pop()),
                    OracleFlaw::LongBuckets => octets.push(0),
                    _ => {}
                }
                Answer {
                    is_endless: self.flaw == OracleFlaw::EndlessBuckets,
                    ..Answer::new(OCTETS, octets)
                }
            }
            _ => Answer::problem(404, "not-found", "There is no such bucket."),
        }
    }
}

/// The token `good` may do everything.
fn registration(line: &str, body: &[u8]) -> Answer {
    let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let member = |name| body.get(name).cloned().unwrap_or_default();
    if member("token") != "good" {
        return Answer::problem(401, "token-refused", "Ask for a new token.\u{1b}[2J");
    }
    let answer = if line.ends_with("/remove") {
        serde_json::json!({"removed": true, "effective": 4_000_000_000_u64})
    } else {
        let strings = match member("definition_strings") {
            serde_json::Value::Null => serde_json::json!([]),
            strings => strings,
        };
        serde_json::json!({
            "definition_strings": strings, "expires": 4_100_000_000_u64,
            "provider": null, "effective": 4_000_000_000_u64,
        })
    };
    Answer::new(JSON, answer.to_string().into_bytes())
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
