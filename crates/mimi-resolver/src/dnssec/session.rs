//! What validation learns and spends for one identifier: each question once, all from one budget (D39).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mimi_discovery::{Failure, Question, Step};
use mimi_name::DomainName;
use tokio::sync::OnceCell;

use super::limits;
use crate::cache::Answer;
use crate::flights::Flights;
use crate::upstream::{DnssecRequest, Upstream};

type Heard = HashMap<(DomainName, u16), Arc<OnceCell<Answer>>>;

/// One identifier under validation.
pub(crate) struct Session<U> {
    flights: Flights<U>,
    questions: u16,
    questions_left: AtomicU16,
    signatures_left: AtomicU16,
    heard: Mutex<Heard>,
}

impl<U: Upstream> Session<U> {
    /// `questions` is what the identifier may cost in all: its own questions, and those for keys and proofs.
    pub(crate) fn new(flights: Flights<U>, questions: u16) -> Self {
        Self {
            flights,
            questions,
            questions_left: AtomicU16::new(questions),
            signatures_left: AtomicU16::new(limits::SIGNATURES),
            heard: Mutex::default(),
        }
    }

    /// The response to a question, asked at most once. [`Failure::Budget`] when no question is left.
    pub(super) async fn ask(&self, name: &DomainName, record_type: u16) -> Answer {
        let cell = {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(heard.entry((name.clone(), record_type)).or_default())
        };
        let answer = cell.get_or_init(|| async {
            if !take(&self.questions_left, 1) {
                return Arc::new(Err(Failure::Budget));
            }
            let question = question(name, record_type);
            self.flights.ask(question, DnssecRequest::Signatures).await
        });
        Arc::clone(answer.await)
    }

    /// Forgets an answer that validation found wanting, so that whoever asks later hears the upstream itself, and not a forgery once more.
    pub(super) fn forget(&self, name: &DomainName, record_type: u16) {
        let question = question(name, record_type);
        self.flights.forget(&question, DnssecRequest::Signatures);
    }

    /// How many questions were spent.
    pub(crate) fn questions_spent(&self) -> u16 {
        self.questions
            .saturating_sub(self.questions_left.load(Ordering::Relaxed))
    }

    /// Whether so many signatures may still be handed to the validator; if so they are spent.
    pub(super) fn take_signatures(&self, count: u16) -> bool {
        take(&self.signatures_left, count)
    }
}

fn question(name: &DomainName, record_type: u16) -> Question {
    Question {
        name: name.clone(),
        record_type,
        step: Step::Mimi,
    }
}

fn take(left: &AtomicU16, count: u16) -> bool {
    let less = |before: u16| before.checked_sub(count);
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
        .is_ok()
}
