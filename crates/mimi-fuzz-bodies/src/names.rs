//! *Text that is accepted as an identifier has one name of at most 255 octets, reads back from its URI as the same identifier, and shares
//! its name with nobody whose canonical key differs* (draft §4.1, §5.1.1, §5.2.1; D43 to D54; RFC 1035 §5.1).
//!
//! Each line of the input is a text of its own, and every two of them are compared.

use core::fmt::Display;
use core::net::IpAddr;

use mimi_id::{
    EmailAddress, Endpoint, EndpointPolicy, Identifier, Kind, Mui, TelephoneNumber, e164_arpa,
};
use mimi_name::DomainName;

use crate::assert_inert;

/// More would make the comparison of all pairs slow without teaching anything.
const LINES: usize = 8;

/// Reads each line as an identifier, as an endpoint and as a domain name.
pub fn check(data: &[u8]) {
    let lines = || data.split(|&octet| octet == b'\n').take(LINES);
    let mut names: Vec<DomainName> = Vec::new();
    let mut identifiers: Vec<Accepted> = Vec::new();
    for line in lines() {
        names.extend(check_domain_name(line));
        if let Ok(text) = core::str::from_utf8(line) {
            check_endpoint(text);
            identifiers.extend(check_identifier(text));
        }
    }
    for a in &names {
        for b in &names {
            check_order(a, b);
        }
    }
    for (index, a) in identifiers.iter().enumerate() {
        for b in identifiers.iter().skip(index + 1) {
            check_pair(a, b);
        }
    }
}

/// An identifier, its name if it has one, and its canonical key.
struct Accepted {
    identifier: Identifier,
    name: Option<DomainName>,
    key: String,
}

fn check_identifier(text: &str) -> Option<Accepted> {
    let identifier = match Identifier::parse(text) {
        Ok(identifier) => identifier,
        Err(error) => {
            assert_eq!(error.kind(), Kind::classify(text));
            assert!(
                error
                    .position()
                    .is_none_or(|position| position <= text.len())
            );
            assert_inert(&error.to_string());
            return None;
        }
    };
    assert_eq!(identifier.kind(), Kind::classify(text));
    let name = name_of(&identifier);
    let key = identifier.canonical_key();
    let uri = identifier.to_uri();
    assert_inert(&uri);
    assert_same(&identifier, &Identifier::parse(&uri), &name);
    // `Display` is for people; it hides nothing and reads back, too.
    let shown = identifier.to_string();
    assert!(!shown.chars().any(misleads), "{shown:?}");
    for plain in [identifier.to_plain_text(), shown] {
        let again = match &identifier {
            Identifier::Mui(_) => Mui::parse(&plain).map(Identifier::Mui).ok(),
            Identifier::Email(_) => EmailAddress::parse(&plain).map(Identifier::Email).ok(),
            Identifier::Telephone(_) => TelephoneNumber::parse(&plain)
                .map(Identifier::Telephone)
                .ok(),
            _ => return None,
        };
        // A MUI in Unicode is shown with its ASCII form beside it, which no parser takes for one text.
        if again.is_some() || !matches!(identifier, Identifier::Mui(_)) {
            let again = again.ok_or("does not read back");
            assert_same(&identifier, &again, &name);
        }
    }
    // ASCII case never tells two people apart.
    let upper = Identifier::parse(&text.to_ascii_uppercase()).expect("case changes nothing");
    assert_eq!(upper.canonical_key(), key);
    assert_eq!(name_of(&upper), name);
    Some(Accepted {
        identifier,
        name,
        key,
    })
}

fn assert_same<E: core::fmt::Debug>(
    identifier: &Identifier,
    again: &Result<Identifier, E>,
    name: &Option<DomainName>,
) {
    let again = again.as_ref().expect("an accepted identifier reads back");
    assert!(again == identifier, "reads back as another identifier");
    assert_eq!(again.canonical_key(), identifier.canonical_key());
    assert_eq!(&name_of(again), name);
}

/// The name to ask for MIMI records: for an email address that below a fixed target.
fn name_of(identifier: &Identifier) -> Option<DomainName> {
    let target = DomainName::parse_absolute("mimi.example.net").unwrap();
    let name = match identifier {
        Identifier::Mui(mui) => Some(mui.name().clone()),
        Identifier::Email(address) => {
            assert!(address.domain().label_count() >= 2);
            let name = address.name_under(&target);
            if let Err(reason) = &name {
                assert_inert(&reason.to_string());
            }
            name.ok().inspect(|name| {
                assert!(name.is_within(&target) && *name != target);
            })
        }
        Identifier::Telephone(number) => {
            let name = number.enum_name(&e164_arpa()).unwrap();
            assert_eq!(name.label_count(), number.digits().len() + 2);
            Some(name)
        }
        _ => None,
    };
    if let Some(name) = &name {
        assert!(name.as_wire().len() <= DomainName::MAX_LENGTH);
        assert!(
            name.labels().next() != Some(b"*"),
            "a wildcard is nobody's name"
        );
        check_name(name);
    }
    name
}

/// The same name only with the same key, and the other way round.
fn check_pair(a: &Accepted, b: &Accepted) {
    // Different kinds and domains never meet below one target.
    match (&a.identifier, &b.identifier) {
        (Identifier::Mui(_), Identifier::Mui(_))
        | (Identifier::Telephone(_), Identifier::Telephone(_)) => {}
        (Identifier::Email(a), Identifier::Email(b)) if a.domain() == b.domain() => {}
        _ => return,
    }
    if let (Some(name_a), Some(name_b)) = (&a.name, &b.name) {
        assert_eq!(name_a == name_b, a.key == b.key, "{name_a} and {name_b}");
    }
}

/// What makes text look like other text: controls, and the marks that reorder or hide.
fn misleads(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        )
        || matches!(character, '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

fn check_endpoint(text: &str) {
    let mut everything = EndpointPolicy::default();
    everything.user_information = true;
    everything.ip_addresses = true;
    everything.special_use_names = true;
    let lenient = Endpoint::parse_with(text, everything);
    match Endpoint::parse(text) {
        Ok(endpoint) => {
            assert_eq!(endpoint.as_str(), text);
            assert!(lenient.is_ok(), "leave to do more must not refuse");
            if let Some(host) = endpoint.host() {
                check_name(host);
                let host = host.to_string();
                let host = host.trim_end_matches('.');
                assert!(host.contains('.'), "a search list would complete {host}");
                assert!(host.parse::<IpAddr>().is_err(), "an address: {host}");
                assert!(!host.ends_with(".localhost") && !host.ends_with(".local"));
            }
        }
        Err(error) => assert_inert(&error.to_string()),
    }
    if let Ok(endpoint) = lenient {
        assert_eq!(endpoint.as_str(), text);
        if let Some(host) = endpoint.host() {
            check_name(host);
        }
    }
}

fn check_domain_name(text: &[u8]) -> Option<DomainName> {
    let root = DomainName::root();
    let origin = DomainName::parse_absolute("origin.example").unwrap();
    let read = |origin: Option<&DomainName>| {
        let name = DomainName::from_text(text, origin);
        match &name {
            Ok(name) => check_name(name),
            Err(error) => check_text_error(error.position(), error, text),
        }
        name.ok()
    };
    let (absolute, below_root, below_origin) = (read(None), read(Some(&root)), read(Some(&origin)));
    if let Some(absolute) = &absolute {
        for other in [&below_root, &below_origin] {
            let other = other.as_ref().expect("an absolute name needs no origin");
            assert!(other.eq_case(absolute));
        }
    }
    if let (None, Some(name)) = (&absolute, &below_origin) {
        assert!(name.is_within(&origin));
    }
    below_root
}

fn check_text_error(position: usize, error: &impl Display, text: &[u8]) {
    assert!(position <= text.len());
    assert_inert(&error.to_string());
}

fn check_name(name: &DomainName) {
    let text = name.to_string();
    assert_inert(&text);
    assert!(text.ends_with('.'));
    assert!(DomainName::parse_absolute(&text).is_ok_and(|again| again.eq_case(name)));
    assert!(DomainName::from_text(text.as_bytes(), None).is_ok_and(|again| again.eq_case(name)));
    assert!(DomainName::from_wire(name.as_wire()).is_ok_and(|again| again.eq_case(name)));
    assert!(DomainName::from_labels(name.labels()).is_ok_and(|again| again.eq_case(name)));
    assert_eq!(name.label_count(), name.labels().count());
    assert_eq!(name.is_root(), name.parent().is_none());
    if let Some(parent) = name.parent() {
        assert!(name.is_within(&parent) && !parent.is_within(name));
        let label = name.labels().next().unwrap();
        assert!(parent.prepend(label).is_ok_and(|again| again.eq_case(name)));
    }
    assert_eq!(&name.to_lowercase(), name);
}

/// Order is that of RFC 4034 §6.1, told by a computation of another kind.
fn check_order(a: &DomainName, b: &DomainName) {
    let key = |name: &DomainName| {
        let mut labels: Vec<Vec<u8>> = name.labels().map(<[u8]>::to_ascii_lowercase).collect();
        labels.reverse();
        labels
    };
    assert_eq!(a.cmp(b), key(a).cmp(&key(b)));
    assert_eq!(a == b, a.cmp(b).is_eq());
    assert_eq!(a.is_within(b), key(a).starts_with(&key(b)));
    if let Ok(joined) = a.under(b) {
        assert!(joined.is_within(b));
        assert_eq!(joined.label_count(), a.label_count() + b.label_count());
    }
}
