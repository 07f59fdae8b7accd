//! Who registered what, was told so, and may have been without an answer when the server was killed.

use std::sync::atomic::{AtomicBool, Ordering};

use mimi_id::Identifier;
use mimi_oracle::Subject;
use mimi_oracle::client::{OracleClient, RegistrationError};
use mimi_testkit::MailServer;
use tokio::runtime::{Builder, Runtime};

/// What somebody wants registered, nothing if removed, and the token for it.
struct Change {
    strings: Vec<String>,
    token: String,
}

struct Person {
    address: String,
    /// The last change that was acknowledged.
    acknowledged: Option<Change>,
    /// A change without an answer.
    pending: Option<Change>,
}

/// Everybody, in the order of their first registration.
#[derive(Default)]
pub(super) struct People(Vec<Person>);

/// Registers two people, changes the first, removes the second, and again.
pub(super) fn write(
    client: &OracleClient,
    mail: &MailServer,
    prefix: &str,
    steps: u64,
    stop: &AtomicBool,
) -> People {
    let runtime = runtime();
    let mut people = Vec::new();
    for step in 0..steps {
        let strings = match step % 4 {
            3 => Vec::new(),
            kind => (0..=kind).map(|n| string(prefix, step, n)).collect(),
        };
        let mut person = match step % 4 {
            0 | 1 => Person {
                address: format!("{prefix}s{step}@example.com"),
                acknowledged: None,
                pending: None,
            },
            // The first of the two, and then the second.
            _ => people.remove(people.len() - 2),
        };
        let result = runtime.block_on(person.change(client, mail, strings));
        people.push(person);
        if let Err(error) = result {
            assert!(stop.load(Ordering::SeqCst), "{prefix} {step}: {error}");
            break;
        }
    }
    People(people)
}

/// Of different lengths, so that people take one slot or several.
fn string(prefix: &str, step: u64, n: u64) -> String {
    let filler = "x".repeat(usize::try_from(step * 37 % 300).unwrap());
    format!("v=MIMI1; a={prefix}s{step}n{n}{filler}; e=im.example.org")
}

impl Person {
    fn subject(&self) -> Subject {
        Subject::new(&Identifier::parse(&self.address).unwrap()).unwrap()
    }

    /// Has a token sent, and uses it.
    async fn change(
        &mut self,
        client: &OracleClient,
        mail: &MailServer,
        strings: Vec<String>,
    ) -> Result<(), RegistrationError> {
        client.request_proof(&self.subject()).await?;
        let mail = mail.last_to(&self.address).unwrap();
        let token = mail.token().unwrap().to_owned();
        let change = self.pending.insert(Change { strings, token });
        let subject = Subject::new(&Identifier::parse(&self.address).unwrap()).unwrap();
        change.send(client, &subject).await?;
        self.acknowledged = self.pending.take();
        Ok(())
    }

    /// What was acknowledged, if anything.
    fn strings(&self) -> &[String] {
        let change = self.acknowledged.as_ref();
        change.map_or(&[], |change| &change.strings)
    }
}

impl Change {
    async fn send(
        &self,
        client: &OracleClient,
        subject: &Subject,
    ) -> Result<(), RegistrationError> {
        if self.strings.is_empty() {
            client.remove(subject, &self.token).await.map(drop)
        } else {
            let set = client.set(subject, &self.token, &self.strings, None);
            set.await.map(drop)
        }
    }

    /// What the oracle has, as it shows it to who has the token, spent or not.
    async fn shown(&self, client: &OracleClient, subject: &Subject) -> Vec<String> {
        let shown = client.show(subject, &self.token).await.unwrap();
        shown.definition_strings
    }

    async fn must_be_spent(&self, client: &OracleClient, subject: &Subject) {
        let refused = self.send(client, subject).await.unwrap_err();
        assert_eq!(refused.code(), Some("token-spent"));
    }
}

impl People {
    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Checks everybody after a kill. A change without an answer is made, and its token spent, or neither; then it is made now. Returns how
    /// many there were.
    pub(super) fn settle(&mut self, client: &OracleClient) -> u32 {
        let runtime = runtime();
        let mut count = 0;
        for person in &mut self.0 {
            let subject = person.subject();
            if let Some(change) = &person.pending {
                count += 1;
                let shown = runtime.block_on(change.shown(client, &subject));
                if shown == change.strings {
                    runtime.block_on(change.must_be_spent(client, &subject));
                } else {
                    assert_eq!(shown, person.strings(), "{}", person.address);
                    runtime.block_on(change.send(client, &subject)).unwrap();
                }
                person.acknowledged = person.pending.take();
            }
        }
        self.check(client, usize::MAX);
        count
    }

    /// Checks up to so many, spread over all: what was acknowledged is there, and its token is spent. Returns how many there are.
    pub(super) fn check(&self, client: &OracleClient, most: usize) -> usize {
        let runtime = runtime();
        let step = self.0.len() / most + 1;
        for person in self.0.iter().step_by(step) {
            // Nobody else has a token.
            if let Some(change) = &person.acknowledged {
                let subject = person.subject();
                let shown = runtime.block_on(change.shown(client, &subject));
                assert_eq!(shown, change.strings, "{}", person.address);
                runtime.block_on(change.must_be_spent(client, &subject));
            }
        }
        self.0.len()
    }

    /// Looks everybody up: they are found as they were registered last.
    pub(super) fn look_up(&self, client: &OracleClient) {
        let subjects: Vec<Subject> = self.0.iter().map(Person::subject).collect();
        let runtime = runtime();
        let expected: Vec<&[String]> = self.0.iter().map(Person::strings).collect();
        let answers = runtime.block_on(client.lookup_all(&subjects));
        let found = answers.into_iter().map(|answer| {
            let entry = answer.unwrap();
            let strings = entry.map(|entry| entry.definition_strings);
            let text = |octets| String::from_utf8(octets).unwrap();
            let strings = strings.unwrap_or_default().into_iter().map(text);
            strings.collect::<Vec<_>>()
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}
