//! What an oracle, or somebody in its place, may get wrong: each is an error of its own, and none is an entry or an absence.

use std::sync::Arc;
use std::time::Duration;

use mimi_oracle::client::{ExchangeError, LookupError};
use mimi_oracle::lookup::{BlindingError, EvaluationError};
use mimi_oracle::{BucketError, EntryError, ParametersError};
use mimi_testkit::OracleFlaw;

use super::{ALICE, client, client_with, oracle, subject};

async fn refusal(flaw: OracleFlaw) -> LookupError {
    let oracle = oracle(flaw).await;
    client(&oracle).lookup(&subject(ALICE)).await.unwrap_err()
}

/// Refused as something that the holder of the pinned keys did not say.
macro_rules! forgeries {
    ($($name:ident: $flaw:ident => $error:pat,)*) => {$(
        #[tokio::test]
        async fn $name() {
            let error = refusal(OracleFlaw::$flaw).await;
            assert!(matches!(error, $error), "{error:?}");
            assert!(error.is_forgery());
        }
    )*};
}

/// Refused as something that is of no use.
macro_rules! failures {
    ($($name:ident: $flaw:ident => $error:pat,)*) => {$(
        #[tokio::test]
        async fn $name() {
            let error = refusal(OracleFlaw::$flaw).await;
            assert!(matches!(error, $error), "{error:?}");
            assert!(!error.is_forgery());
        }
    )*};
}

forgeries! {
    refuses_parameters_of_another_oracle: OtherKeys => LookupError::Parameters(ParametersError::WrongPin(_)),
    refuses_parameters_that_were_changed: ChangedParameters => LookupError::Parameters(ParametersError::Signature),
    refuses_an_evaluation_with_another_key: OtherLookupKey => LookupError::Blinding(BlindingError::Forged),
    refuses_a_forged_proof: ForgedProof => LookupError::Blinding(BlindingError::Forged | BlindingError::Response(EvaluationError::Proof)),
    refuses_the_identity_element: Identity => LookupError::Blinding(BlindingError::Response(EvaluationError::Element(0))),
    refuses_a_bucket_signed_by_another_key: OtherBucketSigner => LookupError::Bucket(BucketError::Signature),
    refuses_an_entry_signed_by_another_key: OtherEntrySigner => LookupError::Bucket(BucketError::Entry(EntryError::Signature)),
}

failures! {
    refuses_an_entry_that_has_expired: ExpiredEntries => LookupError::Bucket(BucketError::Entry(EntryError::Expired(_))),
    refuses_an_epoch_that_is_over: EpochOver => LookupError::Parameters(ParametersError::NoEpoch),
    refuses_another_number_of_elements: OtherCount => LookupError::Blinding(BlindingError::Answers { asked: 1, answered: 2 }),
    refuses_an_evaluation_that_goes_on: LongEvaluation => LookupError::Evaluation(EvaluationError::Trailing),
    refuses_a_bucket_that_is_too_short: ShortBuckets => LookupError::Bucket(BucketError::Size(65_599)),
    refuses_a_bucket_that_says_it_is_too_long: LongBuckets => LookupError::Exchange(ExchangeError::TooLong { max_octets: 65_600 }),
    stops_reading_a_bucket_without_end: EndlessBuckets => LookupError::Exchange(ExchangeError::TooLong { max_octets: 65_600 }),
    stops_reading_parameters_without_end: EndlessParameters => LookupError::Exchange(ExchangeError::TooLong { max_octets: 16_384 }),
    stops_reading_header_fields_without_end: EndlessHead => LookupError::Exchange(ExchangeError::NotHttp),
    refuses_what_is_not_http: NotHttp => LookupError::Exchange(ExchangeError::NotHttp),
    refuses_compressed_answers: Compressed => LookupError::Exchange(ExchangeError::ContentEncoding),
    refuses_answers_of_another_type: OtherType => LookupError::Exchange(ExchangeError::ContentType),
    refuses_a_host_that_nobody_vouches_for: OtherAuthority => LookupError::Exchange(ExchangeError::Tls(_)),
    tells_when_to_come_back: QuotaExceeded => LookupError::Exchange(ExchangeError::QuotaExceeded { retry_after: Some(77) }),
}

#[tokio::test]
async fn a_redirect_is_not_followed_even_to_where_the_answer_would_be_right() {
    let oracle = oracle(OracleFlaw::Redirects).await;
    let error = client(&oracle).lookup(&subject(ALICE)).await.unwrap_err();
    let LookupError::Exchange(ExchangeError::Status { status: 307, .. }) = error else {
        panic!("{error:?}");
    };
    assert_eq!(oracle.heard().len(), 1);
}

#[tokio::test]
async fn an_epoch_that_is_gone_is_asked_about_once_more_and_no_more() {
    for (flaw, requests) in [(OracleFlaw::EpochGone, 2), (OracleFlaw::NoBuckets, 3)] {
        let oracle = oracle(flaw).await;
        let client = client(&oracle);
        let error = client.lookup(&subject(ALICE)).await.unwrap_err();
        let LookupError::Exchange(ExchangeError::Status { status, problem }) = error else {
            panic!("{error:?}");
        };
        let code = problem.unwrap().code;
        assert!(
            matches!(
                (status, code.as_str()),
                (410, "epoch-over") | (404, "not-found")
            ),
            "{status} {code}"
        );
        assert_eq!(oracle.heard().len(), requests, "{flaw:?}");
    }
}

#[tokio::test]
async fn silence_ends_at_the_time_limit_wherever_it_sets_in() {
    for flaw in [OracleFlaw::SilentAtTls, OracleFlaw::Silent] {
        let oracle = oracle(flaw).await;
        let client = client_with(&oracle, |config| {
            config.timeout = Duration::from_millis(300);
        });
        let error = client.lookup(&subject(ALICE)).await.unwrap_err();
        assert!(
            matches!(error, LookupError::Exchange(ExchangeError::Timeout)),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn nobody_there_is_no_connection() {
    let oracle = oracle(OracleFlaw::None).await;
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let pin = oracle.url().split_once('#').unwrap().1.to_owned();
    let address = format!("https://127.0.0.1:{port}#{pin}").parse().unwrap();
    let tls = super::tls(oracle.authority());
    let client = mimi_oracle::client::OracleClient::new(&address, tls, Default::default());
    let error = client.lookup(&subject(ALICE)).await.unwrap_err();
    assert!(
        matches!(error, LookupError::Exchange(ExchangeError::Connect(_))),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_an_oracle_says_of_its_trouble_is_shown_escaped() {
    let error = refusal(OracleFlaw::Unavailable).await;
    assert_eq!(
        error.to_string(),
        r"the oracle refuses (status 503): Gone\u{1b}[31m\u{202e} fishing. [unavailable]"
    );
}

#[tokio::test]
async fn a_clock_far_behind_finds_no_epoch() {
    let oracle = oracle(OracleFlaw::None).await;
    let client = client_with(&oracle, |config| config.now = Arc::new(|| 1_000_000_000));
    let error = client.lookup(&subject(ALICE)).await.unwrap_err();
    assert!(
        matches!(error, LookupError::Parameters(ParametersError::NoEpoch)),
        "{error:?}"
    );
}
