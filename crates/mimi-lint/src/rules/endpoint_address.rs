//! # What it does
//! Finds endpoints whose host has an address that callers elsewhere cannot reach: loopback, private, link-local, documentation, reserved.
//!
//! # Why it is bad
//! Callers reach nobody, or somebody on their own network.
//!
//! # Example
//! `im.example.net. IN A 10.0.0.5`
//!
//! # Use instead
//! Give the host a public address, or name another one.
//!
//! # Fix safety
//! No fix: it is about servers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::finding::Finding;
use crate::level::Level;
use crate::live::{LiveView, place};
use crate::rule::{Check, Fixable, Rule};
use crate::sink::Sink;

pub(crate) static RULE: Rule = Rule {
    code: "MIMI741",
    name: "endpoint-address",
    level: Level::Error,
    is_pedantic: false,
    summary: "the host of an endpoint has a special-use address",
    basis: "RFC 6890",
    fix: Fixable::No,
    check: Check::Live(check),
};

fn check(live: &LiveView<'_>, sink: &mut Sink<'_>) {
    for host in &live.subject.hosts {
        let found = host.addresses.iter().find_map(|address| {
            let address: IpAddr = address.parse().ok()?;
            Some((address, special_use(address)?))
        });
        let Some((address, what)) = found else {
            continue;
        };
        let name = &host.name;
        let message = format!(
            "expected the endpoint {name} to have public addresses, found {address}: {what}"
        );
        let help = "give the host a public address, or name another one";
        sink.report(Finding::new(&RULE, place(name, None, &host.record), message).with_help(help));
    }
}

/// What an address is for, if not for everybody (RFC 6890, and its registries).
fn special_use(address: IpAddr) -> Option<&'static str> {
    match address.to_canonical() {
        IpAddr::V4(address) => special_use_v4(address),
        IpAddr::V6(address) => special_use_v6(address),
    }
}

fn special_use_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = address.octets();
    Some(match (a, b, c) {
        (0, _, _) => "this network",
        (127, _, _) => "loopback",
        (10, _, _) | (172, 16..=31, _) | (192, 168, _) => "private use",
        (100, 64..=127, _) => "shared by the customers of a carrier",
        (169, 254, _) => "link-local",
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => "documentation",
        (192, 0, 0) => "protocol assignments",
        (198, 18..=19, _) => "benchmarking",
        (224..=239, _, _) => "multicast",
        (240.., _, _) => "reserved",
        _ => return None,
    })
}

fn special_use_v6(address: Ipv6Addr) -> Option<&'static str> {
    let [a, b, ..] = address.segments();
    Some(match (a, b) {
        _ if address.is_loopback() => "loopback",
        _ if address.is_unspecified() => "unspecified",
        (0xfc00..=0xfdff, _) => "private use",
        (0xfe80..=0xfebf, _) => "link-local",
        (0xff00.., _) => "multicast",
        (0x2001, 0xdb8) | (0x3fff, 0..=0xfff) => "documentation",
        (0x100, 0) => "discarded",
        (0x2001, 2) => "benchmarking",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::special_use;

    #[test]
    fn addresses_for_everybody_are_told_from_others() {
        let special = [
            "0.0.0.0",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "169.254.1.1",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.255",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "febf::1",
            "ff02::1",
            "2001:db8::1",
            "3fff:fff::1",
            "100::1",
            "2001:2::1",
        ];
        for address in special {
            assert!(special_use(address.parse().unwrap()).is_some(), "{address}");
        }
        let public = [
            "1.1.1.1",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.1.1",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2620:fe::fe",
            "2001:4860::1",
            "fec0::1",
            "3fff:1000::1",
            "::ffff:9.9.9.9",
        ];
        for address in public {
            assert!(special_use(address.parse().unwrap()).is_none(), "{address}");
        }
    }
}
