//! Addresses set aside, at the edges of every block and in every disguise.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use mimi_id::{SpecialBlock, special_blocks, special_use};

/// Blocks whose addresses are judged by the IPv4 address that they carry.
const CARRIERS: [&str; 4] = [
    "::ffff:0.0.0.0/96",
    "64:ff9b::/96",
    "2001::/32",
    "2002::/16",
];

fn block_text(block: &SpecialBlock) -> String {
    format!("{}/{}", block.first(), block.prefix_length())
}

/// The block that an address is refused for.
fn refused(address: &str) -> Option<String> {
    special_use(address.parse().unwrap()).map(block_text)
}

fn last(block: &SpecialBlock) -> IpAddr {
    let ones = |width: u8| {
        let host_bits = u32::from(width - block.prefix_length());
        1_u128.checked_shl(host_bits).unwrap_or(0).wrapping_sub(1)
    };
    match block.first() {
        IpAddr::V4(first) => Ipv4Addr::from_bits(first.to_bits() | ones(32) as u32).into(),
        IpAddr::V6(first) => Ipv6Addr::from_bits(first.to_bits() | ones(128)).into(),
    }
}

fn before_and_after(block: &SpecialBlock) -> [Option<IpAddr>; 2] {
    match (block.first(), last(block)) {
        (IpAddr::V4(first), IpAddr::V4(last)) => [
            first.to_bits().checked_sub(1),
            last.to_bits().checked_add(1),
        ]
        .map(|bits| bits.map(|bits| Ipv4Addr::from_bits(bits).into())),
        (IpAddr::V6(first), IpAddr::V6(last)) => [
            first.to_bits().checked_sub(1),
            last.to_bits().checked_add(1),
        ]
        .map(|bits| bits.map(|bits| Ipv6Addr::from_bits(bits).into())),
        _ => unreachable!("a block is of one family"),
    }
}

/// All IPv6 addresses that carry this one.
fn disguises(address: Ipv4Addr) -> [Ipv6Addr; 5] {
    let bits = u128::from(address.to_bits());
    let public = u128::from(Ipv4Addr::new(198, 41, 0, 4).to_bits());
    let inverted = |bits: u128| !bits & 0xffff_ffff;
    let teredo = |server: u128, client: u128| 0x2001 << 112 | server << 64 | inverted(client);
    [
        0xffff << 32 | bits,
        0x0064_ff9b << 96 | bits,
        0x2002 << 112 | bits << 80 | 1,
        teredo(bits, public),
        teredo(public, bits),
    ]
    .map(Ipv6Addr::from_bits)
}

#[test]
fn refuses_the_edges_of_every_block() {
    for block in special_blocks() {
        let text = block_text(block);
        if CARRIERS.contains(&text.as_str()) {
            continue;
        }
        for address in [block.first(), last(block)] {
            let found = special_use(address).expect("special");
            assert!(found.prefix_length() >= block.prefix_length(), "{text}");
        }
    }
    assert_eq!(special_blocks().count(), 55);
}

#[test]
fn refuses_every_ipv4_block_in_every_disguise() {
    let mut seen = BTreeSet::new();
    for block in special_blocks() {
        for address in [block.first(), last(block)] {
            let IpAddr::V4(address) = address else {
                continue;
            };
            let plain = special_use(address.into());
            for disguise in disguises(address) {
                assert_eq!(special_use(disguise.into()), plain, "{disguise}");
                seen.insert(disguise);
            }
        }
    }
    assert!(seen.len() > 200, "{}", seen.len());
}

#[test]
fn the_address_beside_a_block_is_judged_for_itself() {
    for block in special_blocks() {
        for address in before_and_after(block).into_iter().flatten() {
            if let Some(found) = special_use(address) {
                assert_ne!(found, block, "{address}");
            }
        }
    }
    let public = [
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2001:200::",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db9::",
        "2003::",
        "2620:4f:7fff::",
        "2620:4f:8001::",
        "3ffe:ffff::",
        "3fff:1000::",
    ];
    for address in public {
        assert_eq!(refused(address), None, "{address}");
    }
}

#[test]
fn public_addresses_are_public_in_every_disguise() {
    for address in [
        "1.0.0.1",
        "8.8.8.8",
        "9.9.9.9",
        "13.107.42.14",
        "34.1.2.3",
        "52.95.110.1",
        "104.16.1.1",
        "185.199.108.153",
        "192.30.255.113",
        "198.41.0.4",
        "199.7.83.42",
        "203.0.1.1",
        "216.58.1.1",
    ] {
        assert_eq!(refused(address), None, "{address}");
        for disguise in disguises(address.parse().unwrap()) {
            assert_eq!(special_use(disguise.into()), None, "{disguise}");
        }
    }
    for address in [
        "2001:503:ba3e::2:30",
        "2001:4860:4860::8888",
        "2400:cb00::1",
        "2606:4700:4700::1111",
        "2620:fe::fe",
        "2803:f800::1",
        "2a00:1450::1",
        "2c0f:fb50::1",
    ] {
        assert_eq!(refused(address), None, "{address}");
    }
}

#[test]
fn refuses_by_the_narrowest_block() {
    for (address, block) in [
        ("0.0.0.0", "0.0.0.0/32"),
        ("0.0.0.1", "0.0.0.0/8"),
        ("192.0.0.8", "192.0.0.8/32"),
        ("192.0.0.7", "192.0.0.0/29"),
        ("192.0.0.11", "192.0.0.0/24"),
        ("255.255.255.255", "255.255.255.255/32"),
        ("::", "::/128"),
        ("::1", "::1/128"),
        // IPv4-compatible, whatever it carries.
        ("::8.8.8.8", "::/96"),
        // IPv4-translated (RFC 2765), and space that nobody was given.
        ("::ffff:0:8.8.8.8", "::/0"),
        ("4000::1", "::/0"),
        ("64:ff9b:1::8.8.8.8", "64:ff9b:1::/48"),
        ("64:ff9b:0:1::8.8.8.8", "::/0"),
        ("::ffff:10.1.2.3", "10.0.0.0/8"),
        ("2001:1::4", "2001::/23"),
        ("2001:0:ffff::", "240.0.0.0/4"),
        ("fe80::1", "fe80::/10"),
        ("fec0::1", "fec0::/10"),
        ("ff0e::1", "ff00::/8"),
    ] {
        assert_eq!(refused(address).as_deref(), Some(block), "{address}");
    }
}

#[test]
fn a_block_says_what_it_is() {
    let block = special_use("10.1.2.3".parse().unwrap()).unwrap();
    assert_eq!(block.to_string(), "10.0.0.0/8, private use, RFC 1918");
    assert_eq!(
        (block.name(), block.reference()),
        ("private use", "RFC 1918")
    );
}
