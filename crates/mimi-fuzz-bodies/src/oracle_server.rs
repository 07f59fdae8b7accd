//! *Whatever a client says to an oracle, or lies in its folder, is read rightly or refused* (mimi-oracle/1 §11), and so is what an oracle says
//! to whoever registers.
//!
//! The first octet says what the others are: a token, secrets, a registration in octets, one that is sealed, the body of a request, a
//! provider, or an answer.

use std::sync::{Arc, LazyLock};

use mimi_id::Identifier;
use mimi_oracle::client::{
    MediaType, OracleClient, OracleClientConfig, RegistrationError, Request, Response,
    ResponseFuture, Transport,
};
use mimi_oracle::limits::MAX_DEFINITION_STRINGS;
use mimi_oracle::server::{
    KeyRing, Provider, Registration, RegistrationRequest, RequestRefused, TokenSecret, Vault,
    VaultError,
};
use mimi_oracle::{Quota, SigningKey, Subject};

const NOW: u64 = 1_800_000_000;

/// What an oracle has, and the tokens that it issued.
struct Oracle {
    tokens: TokenSecret,
    vault: Vault,
    subject: Subject,
    proof: String,
    quota: String,
    sealed: Vec<u8>,
}

static ORACLE: LazyLock<Oracle> = LazyLock::new(|| {
    let identifier = Identifier::parse("alice@example.com").expect("an address");
    let subject = Subject::new(&identifier).expect("an address is a subject");
    let tokens = TokenSecret::new(&[1; 32]);
    let vault = Vault::new(&[2; 32]);
    let quota = Quota {
        burst: 5_000,
        per_day: 50_000,
    };
    let registration = Registration {
        subject: subject.clone(),
        definition_strings: vec![b"v=mimi1; s=mimi.example.net".to_vec()],
        expires: NOW + 86_400,
        provider: None,
    };
    Oracle {
        proof: tokens.issue_proof(&subject, NOW).text,
        quota: tokens.issue_quota(quota, NOW + 86_400),
        sealed: vault.seal(&registration).expect("a short registration"),
        tokens,
        vault,
        subject,
    }
});

/// Reads what an oracle gets.
pub fn check(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else {
        return;
    };
    match choice % 8 {
        0 => token(rest),
        1 => key_ring(rest),
        2 => registration(rest),
        3 => sealed(rest),
        4 => request(rest),
        5 => provider(rest),
        6 => altered(rest),
        _ => answer(rest),
    }
}

/// No token is taken but those that this secret issued, in their one spelling.
fn token(octets: &[u8]) {
    let oracle = &*ORACLE;
    let Ok(text) = str::from_utf8(octets) else {
        return;
    };
    // Nobody but the secret's holder knows a tag of 16 octets, and these are new in each run.
    assert_eq!(oracle.tokens.verify_proof(text, &oracle.subject, NOW), None);
    assert!(oracle.tokens.verify_quota(text, NOW).is_none());
}

/// Tokens of the oracle with characters replaced, and what is sealed with octets changed: place and difference, again and again.
fn altered(octets: &[u8]) {
    let oracle = &*ORACLE;
    let change = |text: &str| {
        let mut changed = text.as_bytes().to_vec();
        for [place, difference] in octets.as_chunks::<2>().0 {
            let place = usize::from(*place) % changed.len();
            changed[place] ^= difference & 0x7f;
        }
        String::from_utf8(changed).expect("still ASCII")
    };
    let proof = change(&oracle.proof);
    let is_taken = oracle
        .tokens
        .verify_proof(&proof, &oracle.subject, NOW)
        .is_some();
    assert_eq!(is_taken, proof == oracle.proof);
    let quota = change(&oracle.quota);
    let is_taken = oracle.tokens.verify_quota(&quota, NOW).is_some();
    assert_eq!(is_taken, quota == oracle.quota);

    let mut sealed = oracle.sealed.clone();
    for [high, low, difference] in octets.as_chunks::<3>().0 {
        let place = usize::from(u16::from_be_bytes([*high, *low])) % sealed.len();
        sealed[place] ^= difference;
    }
    let opened = oracle.vault.open(oracle.vault.id(&oracle.subject), &sealed);
    match opened {
        Ok(registration) => {
            assert_eq!(sealed, oracle.sealed);
            assert_eq!(registration.subject, oracle.subject);
        }
        Err(error) => {
            assert_eq!(error, VaultError::Opening);
            assert_ne!(sealed, oracle.sealed);
        }
    }
}

/// Secrets that are taken have the keys that their pin says, and a current one.
fn key_ring(octets: &[u8]) {
    let ring = match KeyRing::from_json(octets) {
        Ok(ring) => ring,
        Err(error) => return crate::assert_inert(&error.to_string()),
    };
    let public = ring.public();
    assert_eq!(public.pin(), ring.pin());
    assert_eq!(public.lookup.len(), ring.lookup_keys());
    assert!(ring.erased() < ring.lookup_keys());
    assert!(ring.lookup(ring.current()).is_some());
    for (index, public) in (0..).zip(&public.lookup) {
        assert!(ring.lookup(index).is_none_or(|key| key.public() == *public));
    }
    assert!(
        str::from_utf8(octets)
            .is_ok_and(|text| text.contains(&ring.pin().to_string()) || text.contains('\\')),
        "the pin stands in it, if need be with escapes"
    );
    crate::assert_inert(&format!("{ring:?}"));
}

/// Octets are a registration in one form only, and one that is read can be sealed and opened.
fn registration(octets: &[u8]) {
    let vault = &ORACLE.vault;
    // Their padding need not be guessed.
    let mut padded = octets.to_vec();
    padded.resize(octets.len().next_multiple_of(256), 0);
    for octets in [octets, &padded] {
        let Some(registration) = Registration::decode(octets) else {
            continue;
        };
        assert_eq!(registration.encode().as_deref(), Some(octets));
        let sealed = vault.seal(&registration).expect("it had its lengths");
        let id = vault.id(&registration.subject);
        assert_eq!(vault.open(id, &sealed), Ok(registration));
    }
}

/// Nobody but who has the secret seals.
fn sealed(octets: &[u8]) {
    let oracle = &*ORACLE;
    let opened = oracle.vault.open(oracle.vault.id(&oracle.subject), octets);
    let error = opened.expect_err("nobody sealed this");
    assert_eq!(error, VaultError::Opening);
    crate::assert_inert(&error.to_string());
}

/// What the bodies of requests say is about one subject, which reads back; what can be registered has room and a meaning.
fn request(body: &[u8]) {
    let read = [
        RegistrationRequest::proof(body),
        RegistrationRequest::with_token(body),
        RegistrationRequest::set(body),
    ];
    if body.len() > RegistrationRequest::MAX_OCTETS {
        let codes = read.map(|read| read.err().map(|refused| refused.code()));
        return assert_eq!(codes, [Some("body-too-long"); 3]);
    }
    for request in read {
        let request = match request {
            Ok(request) => request,
            Err(refused) => {
                refusal(&refused);
                continue;
            }
        };
        let again = Identifier::parse(&request.subject.to_uri()).expect("its own spelling");
        assert_eq!(Subject::new(&again).as_ref(), Some(&request.subject));
        assert_eq!(again.kind(), request.kind);
        match request.check() {
            Ok(()) => {
                let strings = &request.definition_strings;
                assert!((1..=MAX_DEFINITION_STRINGS).contains(&strings.len()));
                assert!(
                    strings
                        .iter()
                        .all(|text| mimi_mssi::parse_strict(text).is_ok())
                );
            }
            Err(refused) => refusal(&refused),
        }
        // What was read is kept as it was read.
        let registration = Registration {
            subject: request.subject,
            definition_strings: request.definition_strings,
            expires: NOW,
            provider: None,
        };
        if let Some(octets) = registration.encode() {
            assert_eq!(Registration::decode(&octets), Some(registration));
        }
    }
}

fn refusal(refused: &RequestRefused) {
    crate::assert_inert(&refused.to_string());
    crate::assert_inert(refused.code());
}

/// A provider has a name that can be shown anywhere.
fn provider(octets: &[u8]) {
    let Ok(text) = str::from_utf8(octets) else {
        return;
    };
    match text.parse::<Provider>() {
        Ok(provider) => {
            assert!((1..=64).contains(&provider.name().len()));
            crate::assert_inert(provider.name());
            assert!(text.starts_with(&format!("{}=", provider.name())));
        }
        Err(error) => crate::assert_inert(&error.to_string()),
    }
}

/// An oracle that always says the same.
struct Saying(Response);

impl Transport for Saying {
    fn send<'a>(&'a self, _: &'a Request) -> ResponseFuture<'a> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

/// The octets are a status, what header fields say, and a body: an answer is read, or refused in printable words.
fn answer(octets: &[u8]) {
    let Some(([high, low, fields], body)) = octets.split_first_chunk::<3>() else {
        return;
    };
    let (retry_after, body) = match fields & 4 {
        0 => (None, body),
        _ => body
            .split_at_checked(4)
            .map_or((None, body), |(text, body)| {
                (Some(text.escape_ascii().to_string()), body)
            }),
    };
    let content_type = match fields & 3 {
        0 => None,
        1 => Some(MediaType::Octets),
        _ => Some(MediaType::Json),
    };
    let response = Response {
        status: u16::from_be_bytes([*high, *low]),
        content_type: content_type.map(|media_type| media_type.as_str().to_owned()),
        content_encoding: (fields & 8 != 0).then(|| "gzip".to_owned()),
        cache_control: None,
        retry_after,
        body: body.to_vec(),
    };
    let is_readable = matches!(response.status, 200 | 202)
        && response.content_encoding.is_none()
        && content_type == Some(MediaType::Json);
    let mut config = OracleClientConfig::default();
    config.now = Arc::new(|| NOW);
    let pin = mimi_oracle::PublicKeys {
        signing: SigningKey::from_seed(&[1; 32])
            .expect("any seed will do")
            .public(),
        lookup: vec![[3; 32]],
    }
    .pin();
    let client = OracleClient::over(Arc::new(Saying(response)), pin, config);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without sockets needs nothing");
    runtime.block_on(async {
        let subject = &ORACLE.subject;
        let outcomes: [Result<(), RegistrationError>; 4] = [
            client.request_proof(subject).await.map(drop),
            client.show(subject, "token").await.map(drop),
            client.set(subject, "token", &[], None).await.map(drop),
            client.remove(subject, "token").await.map(drop),
        ];
        for outcome in outcomes {
            match outcome {
                Ok(()) => assert!(is_readable),
                Err(error) => {
                    crate::assert_inert(&error.to_string());
                    crate::assert_inert(error.code().unwrap_or_default());
                }
            }
        }
        let error = client.lookup(subject).await;
        let error = error.expect_err("nobody has the keys of this pin");
        crate::assert_inert(&error.to_string());
    });
}
