//! [`special_use`]: whether an address is set aside for something else than a public service.
//!
//! The table holds every row of the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190) with the additions up to
//! RFC 9780 (2025), whatever they say about reachability: nobody runs a messaging service at an anycast address of a protocol. Added are blocks that the address-space
//! registries set aside: multicast, what is deprecated, and all of IPv6 but its global unicast space.
//!
//! An address that carries an IPv4 address leads there, and is judged by it: IPv4-mapped, NAT64 with the well-known prefix, 6to4, Teredo.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A block of addresses that is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialBlock {
    first: IpAddr,
    prefix_length: u8,
    name: &'static str,
    reference: &'static str,
}

impl SpecialBlock {
    /// The first address of the block.
    pub const fn first(&self) -> IpAddr {
        self.first
    }

    /// How many bits all its addresses share.
    pub const fn prefix_length(&self) -> u8 {
        self.prefix_length
    }

    /// What it is for, as the registry names it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Where that is said, such as `RFC 1918`.
    pub const fn reference(&self) -> &'static str {
        self.reference
    }

    fn holds(&self, address: IpAddr) -> bool {
        let (difference, width) = match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                (u128::from(first.to_bits() ^ address.to_bits()), 32)
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => (first.to_bits() ^ address.to_bits(), 128),
            _ => return false,
        };
        let host_bits: u32 = width - u32::from(self.prefix_length);
        difference.checked_shr(host_bits).unwrap_or(0) == 0
    }
}

impl fmt::Display for SpecialBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            first,
            prefix_length,
            name,
            reference,
        } = self;
        write!(f, "{first}/{prefix_length}, {name}, {reference}")
    }
}

/// The narrowest block set aside that holds the address, or the IPv4 address that it carries; `None` for a public address.
pub fn special_use(address: IpAddr) -> Option<&'static SpecialBlock> {
    if let IpAddr::V6(address) = address {
        let carried = carried(address);
        if carried != [None, None] {
            let mut carried = carried.into_iter().flatten();
            return carried.find_map(|address| special_use(IpAddr::V4(address)));
        }
    }
    let holding = BLOCKS.iter().filter(|block| block.holds(address));
    let found = holding.max_by_key(|block| block.prefix_length);
    if found.is_none() && !is_global_unicast(address) {
        return Some(&NOT_GLOBAL_UNICAST);
    }
    found
}

/// Every block of the table.
pub fn special_blocks() -> impl Iterator<Item = &'static SpecialBlock> {
    BLOCKS.iter()
}

/// The IPv4 addresses that an IPv6 address leads to; of Teredo (RFC 4380 §4) the server and the client, whose bits are inverted.
fn carried(address: Ipv6Addr) -> [Option<Ipv4Addr>; 2] {
    let bits = address.to_bits();
    // The 32 bits that `shift` bits follow.
    let at = |shift: u32| Some(Ipv4Addr::from_bits((bits >> shift) as u32));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => [at(0), None],
        [0x2002, ..] => [at(80), None],
        [0x2001, 0, ..] => [
            at(64),
            at(0).map(|client| Ipv4Addr::from_bits(!client.to_bits())),
        ],
        _ => [None, None],
    }
}

/// Whether IANA has given the space out (2000::/3 of IPv6; all of IPv4).
fn is_global_unicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => true,
        IpAddr::V6(address) => matches!(address.segments(), [0x2000..=0x3fff, ..]),
    }
}

const NOT_GLOBAL_UNICAST: SpecialBlock =
    v6([0; 8], 0, "not global unicast", "RFC 4291 section 2.4");

const fn v4(first: [u8; 4], prefix: u8, name: &'static str, rfc: &'static str) -> SpecialBlock {
    let [a, b, c, d] = first;
    SpecialBlock {
        first: IpAddr::V4(Ipv4Addr::new(a, b, c, d)),
        prefix_length: prefix,
        name,
        reference: rfc,
    }
}

const fn v6(first: [u16; 8], prefix: u8, name: &'static str, rfc: &'static str) -> SpecialBlock {
    let [a, b, c, d, e, f, g, h] = first;
    SpecialBlock {
        first: IpAddr::V6(Ipv6Addr::new(a, b, c, d, e, f, g, h)),
        prefix_length: prefix,
        name,
        reference: rfc,
    }
}

/// The rows of the registries; the ones without a note of their own stand in those of special-purpose addresses.
#[rustfmt::skip]
static BLOCKS: &[SpecialBlock] = &[
    v4([0, 0, 0, 0], 8, "this network", "RFC 791"),
    v4([0, 0, 0, 0], 32, "this host on this network", "RFC 1122"),
    v4([10, 0, 0, 0], 8, "private use", "RFC 1918"),
    v4([100, 64, 0, 0], 10, "shared address space", "RFC 6598"),
    v4([127, 0, 0, 0], 8, "loopback", "RFC 1122"),
    v4([169, 254, 0, 0], 16, "link local", "RFC 3927"),
    v4([172, 16, 0, 0], 12, "private use", "RFC 1918"),
    v4([192, 0, 0, 0], 24, "IETF protocol assignments", "RFC 6890"),
    v4([192, 0, 0, 0], 29, "IPv4 service continuity prefix", "RFC 7335"),
    v4([192, 0, 0, 8], 32, "IPv4 dummy address", "RFC 7600"),
    v4([192, 0, 0, 9], 32, "Port Control Protocol anycast", "RFC 7723"),
    v4([192, 0, 0, 10], 32, "TURN anycast", "RFC 8155"),
    v4([192, 0, 0, 170], 32, "NAT64/DNS64 discovery", "RFC 8880"),
    v4([192, 0, 0, 171], 32, "NAT64/DNS64 discovery", "RFC 8880"),
    v4([192, 0, 2, 0], 24, "documentation (TEST-NET-1)", "RFC 5737"),
    v4([192, 31, 196, 0], 24, "AS112-v4", "RFC 7535"),
    v4([192, 52, 193, 0], 24, "AMT", "RFC 7450"),
    v4([192, 88, 99, 0], 24, "deprecated (6to4 relay anycast)", "RFC 7526"),
    v4([192, 88, 99, 2], 32, "6a44 relay anycast", "RFC 6751"),
    v4([192, 168, 0, 0], 16, "private use", "RFC 1918"),
    v4([192, 175, 48, 0], 24, "direct delegation AS112 service", "RFC 7534"),
    v4([198, 18, 0, 0], 15, "benchmarking", "RFC 2544"),
    v4([198, 51, 100, 0], 24, "documentation (TEST-NET-2)", "RFC 5737"),
    v4([203, 0, 113, 0], 24, "documentation (TEST-NET-3)", "RFC 5737"),
    // The IPv4 Multicast Address Space Registry.
    v4([224, 0, 0, 0], 4, "multicast", "RFC 5771"),
    v4([240, 0, 0, 0], 4, "reserved", "RFC 1112"),
    v4([255, 255, 255, 255], 32, "limited broadcast", "RFC 8190"),

    v6([0, 0, 0, 0, 0, 0, 0, 0], 128, "unspecified address", "RFC 4291"),
    v6([0, 0, 0, 0, 0, 0, 0, 1], 128, "loopback address", "RFC 4291"),
    // Deprecated by RFC 4291 section 2.5.5.1, and in no registry.
    v6([0, 0, 0, 0, 0, 0, 0, 0], 96, "IPv4-compatible address", "RFC 4291"),
    v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, "IPv4-mapped address", "RFC 4291"),
    v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96, "IPv4-IPv6 translation", "RFC 6052"),
    v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, "IPv4-IPv6 translation", "RFC 8215"),
    v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64, "discard-only address block", "RFC 6666"),
    v6([0x100, 0, 0, 1, 0, 0, 0, 0], 64, "dummy IPv6 prefix", "RFC 9780"),
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "IETF protocol assignments", "RFC 2928"),
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 32, "Teredo", "RFC 4380"),
    v6([0x2001, 1, 0, 0, 0, 0, 0, 1], 128, "Port Control Protocol anycast", "RFC 7723"),
    v6([0x2001, 1, 0, 0, 0, 0, 0, 2], 128, "TURN anycast", "RFC 8155"),
    v6([0x2001, 1, 0, 0, 0, 0, 0, 3], 128, "DNS-SD SRP anycast", "RFC 9665"),
    v6([0x2001, 2, 0, 0, 0, 0, 0, 0], 48, "benchmarking", "RFC 5180"),
    v6([0x2001, 3, 0, 0, 0, 0, 0, 0], 32, "AMT", "RFC 7450"),
    v6([0x2001, 4, 0x112, 0, 0, 0, 0, 0], 48, "AS112-v6", "RFC 7535"),
    v6([0x2001, 0x10, 0, 0, 0, 0, 0, 0], 28, "deprecated (ORCHID)", "RFC 4843"),
    v6([0x2001, 0x20, 0, 0, 0, 0, 0, 0], 28, "ORCHIDv2", "RFC 7343"),
    v6([0x2001, 0x30, 0, 0, 0, 0, 0, 0], 28, "drone remote ID entity tags", "RFC 9374"),
    v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, "documentation", "RFC 3849"),
    v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, "6to4", "RFC 3056"),
    v6([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48, "direct delegation AS112 service", "RFC 7534"),
    v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "documentation", "RFC 9637"),
    v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16, "segment routing (SRv6) SIDs", "RFC 9602"),
    v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "unique local", "RFC 4193"),
    v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "link-local unicast", "RFC 4291"),
    // Deprecated, and in no registry of special-purpose addresses.
    v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, "site-local unicast", "RFC 3879"),
    // The IPv6 Multicast Address Space Registry.
    v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "multicast", "RFC 4291"),
];
