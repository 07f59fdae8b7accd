//! A transport of the application's own, as over a relay: the same checks hold, whatever it brings.

use std::sync::{Arc, Mutex};

use mimi_oracle::client::{
    ExchangeError, HttpsTransport, LookupError, OracleAddress, OracleClient, OracleClientConfig,
    Request, Response, ResponseFuture, Transport,
};
use mimi_testkit::OracleFlaw;

use super::{ALICE, oracle, subject, tls};

/// Passes everything on, and changes answers.
struct Relay<F> {
    inner: HttpsTransport,
    paths: Mutex<Vec<String>>,
    change: F,
}

impl<F: Fn(&mut Response) + Send + Sync + 'static> Transport for Relay<F> {
    fn send<'a>(&'a self, request: &'a Request) -> ResponseFuture<'a> {
        self.paths.lock().unwrap().push(request.path.clone());
        Box::pin(async move {
            let mut response = self.inner.send(request).await?;
            (self.change)(&mut response);
            Ok(response)
        })
    }
}

async fn look_up_through(
    change: impl Fn(&mut Response) + Send + Sync + 'static,
) -> (usize, Result<bool, LookupError>) {
    let oracle = oracle(OracleFlaw::None).await;
    let address: OracleAddress = oracle.url().parse().unwrap();
    let relay = Arc::new(Relay {
        inner: HttpsTransport::new(&address, tls(oracle.authority())),
        paths: Mutex::default(),
        change,
    });
    let transport = Arc::clone(&relay) as Arc<dyn Transport>;
    let client = OracleClient::over(transport, *address.pin(), OracleClientConfig::default());
    let found = client.lookup(&subject(ALICE)).await;
    let requests = relay.paths.lock().unwrap().len();
    (requests, found.map(|entry| entry.is_some()))
}

#[tokio::test]
async fn a_lookup_goes_through_a_transport_of_the_callers() {
    let (requests, found) = look_up_through(|_| {}).await;
    assert!(found.unwrap());
    assert_eq!(requests, 3);
}

#[tokio::test]
async fn a_transport_that_reads_too_much_is_not_believed() {
    let (_, found) = look_up_through(|response| response.body.resize(70_000, b' ')).await;
    assert!(
        matches!(
            found,
            Err(LookupError::Exchange(ExchangeError::TooLong { .. }))
        ),
        "{found:?}"
    );
}
