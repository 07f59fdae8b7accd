//! D54: the view of an endpoint.

mod addresses;
mod hosts;

use mimi_id::{Endpoint, EndpointForm, EndpointPolicy};

use crate::support::name;

fn code(text: &str) -> &'static str {
    Endpoint::parse(text).unwrap_err().code()
}

#[test]
fn the_draft_examples_are_hosts() {
    for text in [
        "mimiserver.example.com",
        "mimi.whatsapp.com",
        "im.telegram.org",
    ] {
        let endpoint = Endpoint::parse(text).unwrap();
        assert_eq!(endpoint.form(), &EndpointForm::Host { host: name(text) });
        assert_eq!(endpoint.as_str(), text);
    }
}

#[test]
fn a_port_and_a_uri_are_seen() {
    let endpoint = Endpoint::parse("Im.Example.org:443").unwrap();
    assert_eq!(
        (endpoint.host(), endpoint.port()),
        (Some(&name("im.example.org")), Some(443))
    );
    assert_eq!(endpoint.as_str(), "Im.Example.org:443");

    let endpoint = Endpoint::parse("https://bücher.example:8443/mimi?x=@").unwrap();
    assert_eq!(
        endpoint.form(),
        &EndpointForm::Uri {
            scheme: "https",
            host: Some(name("xn--bcher-kva.example")),
            port: Some(8443)
        }
    );
    let endpoint = Endpoint::parse("mimi.foo://example.com").unwrap();
    assert_eq!(endpoint.host(), Some(&name("example.com")));
    let endpoint = Endpoint::parse("urn:mimi:provider").unwrap();
    assert_eq!(
        endpoint.form(),
        &EndpointForm::Uri {
            scheme: "urn",
            host: None,
            port: None
        }
    );
}

#[test]
fn anything_else_is_opaque_and_kept() {
    for text in ["provider 7/eu", "mimi.example.com:8443/path", "{\"a\":1}"] {
        let endpoint = Endpoint::parse(text).unwrap();
        assert_eq!(endpoint.form(), &EndpointForm::Opaque, "{text}");
        assert_eq!((endpoint.as_str(), endpoint.host()), (text, None));
    }
}

#[test]
fn refuses_user_information() {
    for text in [
        "u@example.com",
        "https://u:p@example.com/",
        "sip:u@example.com",
        "https://example.com@evil.example/",
    ] {
        assert_eq!(code(text), "user-information", "{text}");
    }
}

#[test]
fn refuses_ip_addresses_in_any_spelling() {
    for text in [
        "192.0.2.1",
        "192.0.2.1:443",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "192.0.2.1.",
        "::1",
        "fe80::1%eth0",
        "[::1]",
        "[::1]:443",
        "https://[::ffff:192.0.2.1]/",
        "https://192.0.2.1:80/",
        "１２７.0.0.1",
        "https://0x7f.1/",
        "dead::beef",
    ] {
        assert_eq!(code(text), "ip-address", "{text}");
    }
}

#[test]
fn refuses_special_use_names() {
    for text in [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "printer.local",
        "x.onion:80",
        "https://a.invalid/",
        "x.test",
        "router.home.arpa",
        "a.internal",
        "ｌｏｃａｌｈｏｓｔ",
    ] {
        assert_eq!(code(text), "special-use-name", "{text}");
    }
    assert_eq!(code("intranet"), "single-label");
}

#[test]
fn refuses_broken_hosts_and_ports() {
    for text in [
        "example.com:0",
        "example.com:65536",
        "example.com:",
        "https://example.com:99999/",
    ] {
        assert_eq!(code(text), "port", "{text}");
    }
    for text in [
        "a..example",
        "https:///example.com",
        "https:example.com",
        ":443",
        "https://exa mple.com/",
        "https://example.com\\@evil.example/",
        "https://exa%6Dple.com/",
    ] {
        assert_eq!(code(text), "host", "{text}");
    }
    assert_eq!(code(""), "empty");
}

#[test]
fn what_is_asked_for_is_allowed() {
    let mut policy = EndpointPolicy::default();
    policy.special_use_names = true;
    let endpoint = Endpoint::parse_with("localhost:8443", policy).unwrap();
    assert_eq!(endpoint.host(), Some(&name("localhost")));
    policy.ip_addresses = true;
    assert_eq!(
        Endpoint::parse_with("[::1]:443", policy).unwrap().form(),
        &EndpointForm::Opaque
    );
    assert!(Endpoint::parse_with("u@example.com", policy).is_err());
    policy.user_information = true;
    assert_eq!(
        Endpoint::parse_with("https://u@example.com/", policy)
            .unwrap()
            .host(),
        Some(&name("example.com"))
    );
}

#[test]
fn faults_of_a_host_in_a_uri_are_placed_in_the_whole_text() {
    let error = Endpoint::parse("https://exa mple.net/path").unwrap_err();
    assert!(error.to_string().ends_with("at octet 11"), "{error}");
}
