//! Hosts as attackers spell them, and hosts as everybody does.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use mimi_id::{Endpoint, special_blocks};

/// Every spelling of an IPv4 address that some software takes for one (WHATWG URL §3.5, inet_aton).
fn spellings(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let bits = address.to_bits();
    let (low16, low24) = (bits & 0xffff, bits & 0xff_ffff);
    let hosts = [
        address.to_string(),
        format!("{address}."),
        format!("{bits}"),
        format!("{bits:#x}"),
        format!("{bits:#o}").replace("0o", "0"),
        format!("0x{bits:08X}"),
        format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("{a:03}.{b:03}.{c:03}.{d:03}"),
        format!("{a}.{b}.{low16}"),
        format!("{a}.{low24}"),
        format!("{a:#x}.{low24}"),
        format!("0{a:o}.{b}.{c:#x}.{d}"),
        format!("[::ffff:{address}]"),
        format!("[64:ff9b::{address}]"),
        format!("::ffff:{address}"),
    ];
    let mut all: Vec<String> = hosts.to_vec();
    for host in &hosts {
        // A colon after a bare IPv6 address would be another address.
        if !host.starts_with(':') {
            all.push(format!("{host}:443"));
            all.push(format!("https://{host}/"));
            all.push(format!("https://user@{host}:22/"));
        }
    }
    all
}

/// What a text is refused for; the host that is left where it is not.
fn refusal(text: &str) -> Result<&'static str, String> {
    match Endpoint::parse(text) {
        Err(error) => Ok(error.code()),
        Ok(endpoint) => match endpoint.host() {
            None => Ok("no-host"),
            Some(host) => Err(host.to_string()),
        },
    }
}

#[test]
fn refuses_special_addresses_in_every_spelling() {
    let mut seen = BTreeSet::new();
    for block in special_blocks() {
        if let IpAddr::V4(address) = block.first() {
            for text in spellings(address) {
                assert!(refusal(&text).is_ok(), "{text} is a host");
                seen.insert(text);
            }
        }
    }
    assert!(seen.len() > 1000, "{}", seen.len());
}

#[test]
fn refuses_ipv6_addresses_with_and_without_zone_and_port() {
    for block in special_blocks() {
        let IpAddr::V6(address) = block.first() else {
            continue;
        };
        for text in [
            format!("{address}"),
            format!("[{address}]"),
            format!("[{address}]:22"),
            format!("{address}%eth0"),
            format!("[{address}%25eth0]"),
            format!("[{address}%lo]:443"),
            format!("https://[{address}]/"),
            format!("https://[{address}%25eth0]:8443/"),
        ] {
            assert!(refusal(&text).is_ok(), "{text} is a host");
        }
    }
}

#[test]
fn refuses_what_is_no_host_or_somebody_elses() {
    for text in [
        // User information, in front of another host than it seems.
        "example.com@127.0.0.1",
        "https://example.com@127.0.0.1/",
        "https://example.com:443@evil.example/",
        "https://example.com%40evil.example/",
        "https://@example.com/",
        // Line breaks and other controls.
        "example.com\r\nX: y",
        "example.com\nevil.example",
        "https://example.com\r\n/",
        "https://example.com\t/",
        "https://exam\0ple.com/",
        "example.com\u{2028}evil.example",
        "https://example.com\u{200b}\u{202e}/ ",
        // Separators that parsers disagree about.
        "https://example.com\\.evil.example/",
        "https:\\\\example.com",
        "https:/example.com",
        "https:///example.com",
        "https://example.com,evil.example/",
        "https://example.com;evil.example/",
        "https://exa mple.com/",
        "https://exa%00mple.com/",
        "https://[example.com]/",
        "https://[::1/",
        "https://::1]/",
        // Ports.
        "example.com:0",
        "example.com:-1",
        "example.com:65536",
        "example.com:99999999999",
        "https://example.com:+443/",
        "https://example.com:0x1bb/",
        // Names.
        "",
        ".",
        "..",
        ".example.com",
        "example..com",
        "*.example.com",
        "localhost.",
        "sub.localhost",
        "foo.local",
        "foo.onion",
        "metadata.google.internal",
        "1.0.0.127.in-addr.arpa",
        "intranet",
        "https://intranet/",
        // Punycode that is none, and letters that become digits or dots.
        "xn--.example",
        "xn--a.example",
        "xn--a-ecp.example\u{a0}",
        "127\u{3002}0\u{3002}0\u{3002}1",
        "\u{ff11}27.0.0.1",
        "\u{2460}27.0.0.1",
        "loc\u{ad}alhost",
        "\u{24db}ocalhost",
        "https://\u{ff4c}ocalhost/",
        "ex\u{ff0f}ample.com",
    ] {
        assert!(refusal(text).is_ok(), "{text:?} is {:?}", refusal(text));
    }
}

#[test]
fn hosts_as_everybody_writes_them_are_hosts() {
    for (text, host) in [
        ("example.com", "example.com."),
        ("EXAMPLE.com.", "example.com."),
        ("im.example.com:443", "im.example.com."),
        ("mimi.example.co.uk:65535", "mimi.example.co.uk."),
        ("1and1.example", "1and1.example."),
        ("127.0.0.1.example.com", "127.0.0.1.example.com."),
        ("0x7f.example.com", "0x7f.example.com."),
        ("10.example", "10.example."),
        ("3com.com", "3com.com."),
        ("localhost.example.com", "localhost.example.com."),
        ("mylocal.net", "mylocal.net."),
        ("internal.example.org", "internal.example.org."),
        ("testing.de", "testing.de."),
        ("onion.example", "onion.example."),
        ("a-b.example", "a-b.example."),
        ("_mimi.example.com", "_mimi.example.com."),
        ("xn--bcher-kva.example", "xn--bcher-kva.example."),
        ("b\u{fc}cher.example", "xn--bcher-kva.example."),
        ("\u{4f8b}\u{3048}.jp", "xn--r8jz45g.jp."),
        ("https://example.com", "example.com."),
        ("https://example.com/", "example.com."),
        ("https://example.com:8443/mimi?a=b#c", "example.com."),
        ("https://example.com/@user", "example.com."),
        (
            "https://example.com?next=https://127.0.0.1/",
            "example.com.",
        ),
        ("wss://im.example.com/socket", "im.example.com."),
        ("mimi://im.example.com", "im.example.com."),
        ("whatsapp.com", "whatsapp.com."),
        ("im.telegram.org", "im.telegram.org."),
        ("dead.beef.example", "dead.beef.example."),
        ("fe80.example.com:22", "fe80.example.com."),
    ] {
        assert_eq!(refusal(text), Err(host.to_owned()), "{text}");
    }
}
