//! D39: at most 12 sendings of one question, over all servers and transports, and not all at once.

use mimi_resolver::discovery::{Failure, limits};
use mimi_resolver::{DnsClientConfig, DnssecRequest, Upstream};
use mimi_rr::TypeCodes;
use mimi_testkit::ServerKind::{Dead, Scripted, Silent};
use tokio::time::Instant;

use crate::support::{Servers, WAIT, bob, question, short_waits};

const LIMIT: usize = limits::SENDINGS as usize;

async fn ask(servers: &Servers, config: DnsClientConfig) -> Result<u16, Failure> {
    let question = question("bob.example", TypeCodes::DEFAULT.mimi());
    let answer = servers
        .client(config)
        .ask(&question, DnssecRequest::Nothing)
        .await;
    // What is on its way arrives.
    tokio::time::sleep(WAIT).await;
    answer.map(|response| response.rcode)
}

#[tokio::test]
async fn never_sends_a_question_more_than_twelve_times() {
    let servers = Servers::start(&[Silent, Silent, Silent], &[]).await;
    assert_eq!(ask(&servers, short_waits()).await, Err(Failure::Timeout));
    let counts = servers.counts();
    assert!(counts.iter().sum::<usize>() <= LIMIT, "{counts:?}");
    assert!(counts.iter().all(|count| *count >= 3), "{counts:?}");
}

#[tokio::test]
async fn never_sends_more_when_told_to() {
    let servers = Servers::start(&[Silent], &[]).await;
    let mut config = short_waits();
    config.sendings = 100;
    config.first_wait = WAIT / 4;
    config.longest_wait = WAIT / 4;
    assert_eq!(ask(&servers, config).await, Err(Failure::Timeout));
    let counts = servers.counts();
    assert!((LIMIT - 2..=LIMIT).contains(&counts[0]), "{counts:?}");
}

#[tokio::test]
async fn sends_less_when_told_to() {
    let servers = Servers::start(&[Silent], &[]).await;
    let mut config = short_waits();
    config.sendings = 2;
    assert_eq!(ask(&servers, config).await, Err(Failure::Timeout));
    let counts = servers.counts();
    assert!((1..=2).contains(&counts[0]), "{counts:?}");
}

#[tokio::test]
async fn udp_and_tcp_share_the_sendings() {
    let exchanges = bob(serde_json::json!({"udp": [["truncated"]], "tcp": [[]]}));
    let servers = Servers::scripted(&exchanges).await;
    assert_eq!(ask(&servers, short_waits()).await, Err(Failure::Timeout));
    let counts = servers.counts();
    assert!((LIMIT - 2..=LIMIT).contains(&counts[0]), "{counts:?}");
}

/// A server whose every answer cannot be read is not sent the question as fast as it answers.
#[tokio::test]
async fn never_hammers_a_server_that_answers_what_cannot_be_read() {
    for kind in ["garbage", "wrong-case", "echo"] {
        let servers = Servers::scripted(&bob(serde_json::json!({"udp": [[kind]]}))).await;
        let start = Instant::now();
        assert_eq!(ask(&servers, short_waits()).await, Err(Failure::Malformed));
        let sendings = u32::try_from(servers.overheard().len()).unwrap();
        assert!(
            start.elapsed() >= WAIT * (sendings - 1),
            "{kind}: {sendings} sendings"
        );
    }
}

/// With waits and a deadline in the proportion of the defaults, a failure that comes at once does not become a timeout.
#[tokio::test]
async fn a_failure_that_comes_at_once_is_told_before_the_deadline() {
    let mut config = DnsClientConfig::default();
    config.first_wait /= 4;
    config.longest_wait /= 4;
    for (sendings, kind, failure) in [
        (
            serde_json::json!({"udp": [["garbage"]]}),
            Scripted,
            Failure::Malformed,
        ),
        (serde_json::json!({}), Dead, Failure::Network),
    ] {
        let servers = Servers::start(&[kind], &bob(sendings)).await;
        let asking = ask(&servers, config.clone());
        let answer = tokio::time::timeout(limits::DEADLINE / 4, asking).await;
        assert_eq!(answer, Ok(Err(failure)));
    }
}
