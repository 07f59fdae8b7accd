//! D54: endpoints are resolved within what the discovery left, and only addresses that were looked at come out.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::time::Duration;

use mimi_id::Kind;
use mimi_mssi::OwnedMssi;
use mimi_resolver::discovery::{
    BogusReason, Channel, Contact, Dnssec, Ending, Failure, Outcome, Policy, PriorityGroup, Proof,
    Question, Record, Response, Step, Trace,
};
use mimi_resolver::{EndpointCheck, EndpointChecks, EndpointLimits, check_endpoints};

use crate::support::{name, question};

const A: u16 = 1;
const CNAME: u16 = 5;
const SOA: u16 = 6;
const AAAA: u16 = 28;
const PUBLIC: Ipv4Addr = Ipv4Addr::new(198, 41, 0, 4);

/// A person with an account at each of these endpoints.
fn person(endpoints: &[&str]) -> Outcome {
    let contacts = endpoints.iter().map(|endpoint| Contact {
        mssi: OwnedMssi::builder("me", *endpoint).build().unwrap(),
        name: None,
        wildcard: false,
    });
    let group = PriorityGroup {
        priority: None,
        contacts: contacts.collect(),
    };
    Outcome {
        kind: Kind::Mui,
        ending: Ending::Found(vec![group]),
        step: Some(Step::Mimi),
        asked: vec![question("bob.example", 65357)],
        questions: 1,
        dropped: Vec::new(),
        assurance: None,
        ttl: Some(60),
        trace: Trace::default(),
    }
}

fn record(owner: &str, record_type: u16, rdata: &[u8]) -> Record {
    Record {
        owner: name(owner),
        class: 1,
        record_type,
        ttl: 300,
        rdata: rdata.to_vec(),
        proof: Proof::Unchecked,
    }
}

fn answer(records: Vec<Record>) -> Result<Response, Failure> {
    Ok(Response {
        rcode: 0,
        truncated: false,
        answer: records,
        authority: Vec::new(),
        denial: Proof::Unchecked,
        channel: Channel::Plain,
    })
}

fn absent() -> Result<Response, Failure> {
    let mut response = answer(vec![])?;
    let soa = [&[0; 18][..], &60_u32.to_be_bytes()].concat();
    response.authority = vec![record("example", SOA, &soa)];
    Ok(response)
}

fn ipv4(owner: &str, address: Ipv4Addr) -> Record {
    record(owner, A, &address.octets())
}

/// What a server says, by `name type`; several answers come one after the other, and the last stays.
#[derive(Default)]
struct Dns {
    says: HashMap<String, Vec<Result<Response, Failure>>>,
    asked: Mutex<Vec<String>>,
}

impl Dns {
    fn says(mut self, question: &str, answer: Result<Response, Failure>) -> Self {
        let answers = self.says.entry(question.to_owned()).or_default();
        answers.push(answer);
        self
    }

    fn answer(&self, question: &Question) -> Result<Response, Failure> {
        let question = question.to_string();
        let mut asked = self.asked.lock().unwrap();
        let before = asked.iter().filter(|one| **one == question).count();
        let answers = self.says.get(&question);
        asked.push(question);
        match answers {
            None => absent(),
            Some(answers) => answers[before.min(answers.len() - 1)].clone(),
        }
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    async fn check(&self, outcome: &Outcome, policy: &Policy) -> EndpointChecks {
        let limits = EndpointLimits::after(outcome, policy, Duration::ZERO);
        let ask = |question: Question| async move { self.answer(&question) };
        check_endpoints(outcome, limits, ask).await
    }

    /// What becomes of one endpoint, in words.
    async fn says_of(&self, endpoint: &str) -> String {
        let outcome = person(&[endpoint]);
        let checks = self.check(&outcome, &Policy::default()).await;
        words(checks.of(&outcome.groups()[0].contacts[0]).unwrap())
    }
}

fn words(check: &EndpointCheck) -> String {
    match check {
        EndpointCheck::Vetted(vetted) => format!("vetted {:?}", vetted.addresses),
        EndpointCheck::Refused(refusal) => format!("refused {}", refusal.code()),
        EndpointCheck::Unresolved(failure) => format!("unresolved {}", failure.code()),
    }
}

fn all_words(checks: &EndpointChecks) -> Vec<String> {
    checks.iter().map(|(_, check)| words(check)).collect()
}

#[tokio::test]
async fn addresses_of_both_families_are_vetted_and_pinned() {
    let dns = Dns::default()
        .says("im.example. A", answer(vec![ipv4("im.example", PUBLIC)]))
        .says(
            "im.example. AAAA",
            answer(vec![record(
                "im.example",
                AAAA,
                &[0x26, 6, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            )]),
        );
    let outcome = person(&["im.example:443"]);
    let checks = dns.check(&outcome, &Policy::default()).await;
    let Some(EndpointCheck::Vetted(vetted)) = checks.of(&outcome.groups()[0].contacts[0]) else {
        panic!("{checks:?}");
    };
    let addresses: Vec<String> = vetted.addresses.iter().map(ToString::to_string).collect();
    assert_eq!(addresses, ["198.41.0.4", "2606:4700::1"]);
    assert_eq!((vetted.port, vetted.ttl), (Some(443), 300));
    let assurance = vetted.assurance.unwrap();
    assert_eq!(assurance.dnssec, Dnssec::Unchecked);
    assert_eq!(assurance.channel, Channel::Plain);
}

#[tokio::test]
async fn aliases_are_followed_over_several_questions() {
    let dns = Dns::default()
        .says(
            "im.example. A",
            answer(vec![record(
                "im.example",
                CNAME,
                name("far.example").as_wire(),
            )]),
        )
        .says("far.example. A", answer(vec![ipv4("far.example", PUBLIC)]));
    assert_eq!(dns.says_of("im.example").await, "vetted [198.41.0.4]");
    assert_eq!(dns.asked(), 3);
}

#[tokio::test]
async fn never_resolves_a_host_again_whose_addresses_change() {
    let public = answer(vec![ipv4("im.example", PUBLIC)]);
    let local = answer(vec![ipv4("im.example", Ipv4Addr::LOCALHOST)]);
    let rebinding = || Dns::default().says("im.example. A", public.clone());
    let dns = rebinding().says("im.example. A", local.clone());
    // The addresses that were looked at come out, whatever the server says next.
    assert_eq!(dns.says_of("im.example").await, "vetted [198.41.0.4]");
    assert_eq!(dns.asked(), 2);
    assert_eq!(
        dns.says_of("im.example").await,
        "refused special-use-address"
    );
    // Two accounts at one host have one answer.
    let dns = rebinding().says("im.example. A", local);
    let outcome = person(&["im.example:1", "im.example:2"]);
    let checks = dns.check(&outcome, &Policy::default()).await;
    assert_eq!(all_words(&checks), ["vetted [198.41.0.4]"; 2]);
    assert_eq!(dns.asked(), 2);
}

#[tokio::test]
async fn refuses_a_host_for_one_special_address_among_several() {
    let both = vec![
        ipv4("im.example", PUBLIC),
        ipv4("im.example", Ipv4Addr::new(10, 0, 0, 1)),
    ];
    let dns = Dns::default().says("im.example. A", answer(both));
    assert_eq!(
        dns.says_of("im.example").await,
        "refused special-use-address"
    );
    // Even where the other family could not be asked.
    let dns = Dns::default()
        .says("im.example. AAAA", Err(Failure::Timeout))
        .says(
            "im.example. A",
            answer(vec![ipv4("im.example", Ipv4Addr::LOCALHOST)]),
        );
    assert_eq!(
        dns.says_of("im.example").await,
        "refused special-use-address"
    );
}

#[tokio::test]
async fn never_vets_one_family_while_the_other_fails() {
    let half = |failure| {
        Dns::default()
            .says("im.example. A", answer(vec![ipv4("im.example", PUBLIC)]))
            .says("im.example. AAAA", failure)
    };
    for (failure, code) in [
        (Err(Failure::Timeout), "timeout"),
        (Err(Failure::Bogus(BogusReason::SignatureExpired)), "bogus"),
        (answer(vec![]), "lame"),
        (
            answer(vec![record("im.example", AAAA, &[1, 2, 3, 4])]),
            "malformed",
        ),
    ] {
        let found = half(failure).says_of("im.example").await;
        assert_eq!(found, format!("unresolved {code}"));
    }
}

#[tokio::test]
async fn fails_where_aliases_go_round() {
    let to = |owner: &str, target: &str| answer(vec![record(owner, CNAME, name(target).as_wire())]);
    let dns = Dns::default()
        .says("im.example. A", to("im.example", "far.example"))
        .says("far.example. A", to("far.example", "im.example"));
    assert_eq!(dns.says_of("im.example").await, "unresolved loop");
}

#[tokio::test]
async fn never_asks_more_than_the_discovery_left() {
    let hosts: Vec<String> = (0..64)
        .map(|number| format!("im{number:02}.example"))
        .collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let outcome = person(&hosts);
    let dns = Dns::default();
    let checks = dns.check(&outcome, &Policy::default()).await;
    // Eight hosts, and A and AAAA of each.
    assert_eq!(dns.asked(), 16);
    let found = all_words(&checks);
    assert_eq!(found[..8], ["unresolved no-address"; 8]);
    assert_eq!(found[8..], ["unresolved budget"; 56]);

    let mut spent = outcome;
    spent.questions = 21;
    let dns = Dns::default();
    let checks = dns.check(&spent, &Policy::default()).await;
    assert_eq!(dns.asked(), 2);
    assert_eq!(all_words(&checks)[1..], ["unresolved budget"; 63]);
}

#[tokio::test]
async fn never_spends_the_share_of_another_host() {
    // A chain of aliases, one a question, that is longer than the share of one host in eight.
    let to = |owner: &str, target: &str| answer(vec![record(owner, CNAME, name(target).as_wire())]);
    let mut dns = Dns::default()
        .says("a.example. A", to("a.example", "b.example"))
        .says("b.example. A", answer(vec![ipv4("b.example", PUBLIC)]));
    assert_eq!(dns.says_of("a.example").await, "vetted [198.41.0.4]");
    let hosts = ["a", "c", "d", "e", "f", "g", "h", "i"].map(|host| format!("{host}.example"));
    for host in &hosts[1..] {
        dns = dns.says(&format!("{host}. A"), answer(vec![ipv4(host, PUBLIC)]));
    }
    let outcome = person(&hosts.each_ref().map(String::as_str));
    let found = all_words(&dns.check(&outcome, &Policy::default()).await);
    assert_eq!(found[0], "unresolved budget");
    assert_eq!(found[1..], ["vetted [198.41.0.4]"; 7]);
}

#[tokio::test(start_paused = true)]
async fn ends_at_the_deadline_of_the_discovery() {
    let outcome = person(&["im.example"]);
    let elapsed = Duration::from_secs(14);
    let limits = EndpointLimits::after(&outcome, &Policy::default(), elapsed);
    let start = tokio::time::Instant::now();
    let checks = check_endpoints(&outcome, limits, |_| std::future::pending()).await;
    assert_eq!(all_words(&checks), ["unresolved timeout"]);
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test]
async fn never_vets_what_is_not_secure_where_that_is_required() {
    let policy = Policy {
        validation: mimi_resolver::discovery::Validation::Require,
        ..Policy::default()
    };
    let outcome = person(&["im.example"]);
    let mut secure = answer(vec![ipv4("im.example", PUBLIC)]).unwrap();
    let dns = Dns::default().says("im.example. A", Ok(secure.clone()));
    let found = all_words(&dns.check(&outcome, &policy).await);
    assert_eq!(found, ["unresolved not-secure"]);
    secure.answer[0].proof = Proof::Secure;
    let denial = Response {
        denial: Proof::Secure,
        ..absent().unwrap()
    };
    let dns = Dns::default()
        .says("im.example. A", Ok(secure))
        .says("im.example. AAAA", Ok(denial));
    let found = all_words(&dns.check(&outcome, &policy).await);
    assert_eq!(found, ["vetted [198.41.0.4]"]);
}

#[tokio::test]
async fn never_asks_about_a_text_that_is_refused() {
    let dns = Dns::default();
    for (text, code) in [
        ("127.0.0.1", "refused ip-address"),
        ("u@im.example", "refused user-information"),
        ("a.localhost", "refused special-use-name"),
        ("urn:mimi:x", "refused no-host"),
    ] {
        assert_eq!(dns.says_of(text).await, code);
    }
    let outcome = Outcome {
        ending: Ending::NoMapping,
        ..person(&[])
    };
    let checks = dns.check(&outcome, &Policy::default()).await;
    assert_eq!(checks.iter().count(), 0);
    assert_eq!(dns.asked(), 0);
}
