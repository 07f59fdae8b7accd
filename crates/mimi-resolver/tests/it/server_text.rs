//! How servers are written: `udp://`, `tcp://`, addresses alone, and what is refused.

use mimi_resolver::discovery::Channel;
use mimi_resolver::{Server, Transport};

fn written(text: &str) -> String {
    text.parse::<Server>().unwrap().to_string()
}

#[test]
fn an_address_alone_is_udp_at_port_53() {
    assert_eq!(written("192.0.2.1"), "udp://192.0.2.1:53");
    assert_eq!(written("192.0.2.1:5353"), "udp://192.0.2.1:5353");
    assert_eq!(written("2001:db8::1"), "udp://[2001:db8::1]:53");
    assert_eq!(written("[2001:db8::1]"), "udp://[2001:db8::1]:53");
    assert_eq!(written("[2001:db8::1]:5353"), "udp://[2001:db8::1]:5353");
}

#[test]
fn a_scheme_says_how_it_is_asked() {
    let tcp: Server = "tcp://192.0.2.1".parse().unwrap();
    assert_eq!(tcp.transport, Transport::Tcp);
    assert_eq!(tcp.to_string(), "tcp://192.0.2.1:53");
    let udp: Server = "UDP://[::1]:5353/".parse().unwrap();
    assert_eq!(udp.transport, Transport::Udp);
    assert_eq!(udp.to_string(), "udp://[::1]:5353");
}

#[test]
fn encrypted_servers_have_ports_paths_and_certificate_names() {
    for (text, expected) in [
        ("tls://192.0.2.1", "tls://192.0.2.1:853"),
        ("TLS://[2001:db8::1]:8853/", "tls://[2001:db8::1]:8853"),
        (
            "tls://192.0.2.1#DNS.Example.NET.",
            "tls://192.0.2.1:853#dns.example.net",
        ),
        ("https://192.0.2.1", "https://192.0.2.1:443/dns-query"),
        (
            "https://192.0.2.1/#dns.example.net",
            "https://192.0.2.1:443/dns-query#dns.example.net",
        ),
        ("https://192.0.2.1:8443/a/b", "https://192.0.2.1:8443/a/b"),
        (
            "https://[2001:db8::1]#dns.example.net",
            "https://[2001:db8::1]:443/dns-query#dns.example.net",
        ),
        (
            "quic://2001:db8::1#dns.example.net",
            "quic://[2001:db8::1]:853#dns.example.net",
        ),
    ] {
        assert_eq!(written(text), expected);
    }
    let server: Server = "https://192.0.2.1/q#dns.example.net".parse().unwrap();
    assert_eq!(server.transport, Transport::Https);
    assert_eq!(server.path(), Some("/q"));
    assert_eq!(server.certificate_name(), Some("dns.example.net"));
    let server: Server = "tls://192.0.2.1".parse().unwrap();
    assert_eq!((server.path(), server.certificate_name()), (None, None));
}

#[test]
fn what_is_written_is_read_again() {
    for text in [
        "udp://192.0.2.1:53",
        "tcp://[2001:db8::1]:5353",
        "tls://192.0.2.1:853#dns.example.net",
        "https://192.0.2.1:443/dns-query",
        "quic://[2001:db8::1]:853",
    ] {
        assert_eq!(written(text), text);
    }
}

#[test]
fn only_addresses_of_this_host_are_loopback() {
    for (text, channel) in [
        ("127.0.0.1", Channel::Loopback),
        ("127.9.9.9:5353", Channel::Loopback),
        ("tcp://[::1]", Channel::Loopback),
        ("::ffff:127.0.0.1", Channel::Loopback),
        ("192.0.2.1", Channel::Plain),
        ("10.0.0.1", Channel::Plain),
        ("::ffff:192.0.2.1", Channel::Plain),
        // Encrypted is encrypted, wherever it goes.
        ("tls://127.0.0.1", Channel::Tls),
        ("https://192.0.2.1", Channel::Https),
        ("quic://[::1]", Channel::Quic),
    ] {
        assert_eq!(text.parse::<Server>().unwrap().channel(), channel, "{text}");
    }
}

#[test]
fn refuses_what_names_no_server_and_says_why() {
    let texts = [
        "",
        "dns.example",
        "udp://dns.example",
        "udp://",
        "192.0.2.1:0",
        "192.0.2.1:65536",
        "192.0.2.1:",
        "192.0.2.256",
        "2001:db8::1]:53",
        "[192.0.2.1",
        "[2001:db8::1]53",
        "udp://192.0.2.1/path",
        " 192.0.2.1",
        "fe80::1%eth0",
        "192.0.2.1#dns.example.net",
        "udp://192.0.2.1#dns.example.net",
        "tls://dns.example.net",
        "tls://192.0.2.1/path",
        "tls://192.0.2.1#",
        "tls://192.0.2.1#192.0.2.1",
        "tls://192.0.2.1#dns..example",
        "tls://192.0.2.1#b\u{fc}cher.example",
        "tls://192.0.2.1#dns.example.net/path",
        "quic://192.0.2.1:0",
        "https://192.0.2.1/dns-query{?dns}",
        "https://192.0.2.1/dns-query?ct",
        "https://192.0.2.1/two words",
        "https://[2001:db8::1]",
        "http://192.0.2.1",
        "ftp://192.0.2.1",
        "://192.0.2.1",
    ];
    let refused: Vec<String> = texts
        .iter()
        .map(|text| match text.parse::<Server>() {
            Ok(server) => panic!("{text:?} became {server}"),
            Err(error) => format!("{text:?}: {error}"),
        })
        .collect();
    insta::assert_snapshot!(refused.join("\n"));
}
