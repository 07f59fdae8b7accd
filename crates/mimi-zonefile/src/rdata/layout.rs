//! What the fields of a type are where the parsers of `domain` do not look closely enough.

use core::ops::Range;

use domain::base::iana::Rtype;

/// The fields of a type, by their number from 0.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// How many there are at least; `domain` takes an empty last one for RDATA that ends early.
    pub(crate) least: usize,
    /// Those that name record types: the caller's mnemonics stand there, too.
    pub(crate) types: Range<usize>,
    /// The one that is a DNSSEC algorithm, by number or mnemonic (RFC 4034 Appendix A.1).
    pub(crate) algorithm: Option<usize>,
}

impl Layout {
    pub(crate) fn of(form: Rtype) -> Self {
        let layout = |least, types, algorithm| Self {
            least,
            types,
            algorithm,
        };
        match form {
            Rtype::DNSKEY | Rtype::CDNSKEY => layout(4, 0..0, Some(2)),
            Rtype::DS | Rtype::CDS => layout(4, 0..0, Some(1)),
            Rtype::RRSIG => layout(9, 0..1, Some(1)),
            Rtype::TLSA | Rtype::ZONEMD => layout(4, 0..0, None),
            Rtype::SSHFP => layout(3, 0..0, None),
            Rtype::NSEC => layout(1, 1..usize::MAX, None),
            Rtype::NSEC3 => layout(5, 5..usize::MAX, None),
            _ => layout(1, 0..0, None),
        }
    }
}

/// The number of a DNSSEC algorithm by its mnemonic in the registry, or as BIND spells it.
pub(crate) fn algorithm(mnemonic: &[u8]) -> Option<u8> {
    const ALGORITHMS: [(&str, u8); 19] = [
        ("RSAMD5", 1),
        ("DH", 2),
        ("DSA", 3),
        ("RSASHA1", 5),
        ("DSA-NSEC3-SHA1", 6),
        ("NSEC3DSA", 6),
        ("RSASHA1-NSEC3-SHA1", 7),
        ("NSEC3RSASHA1", 7),
        ("RSASHA256", 8),
        ("RSASHA512", 10),
        ("ECC-GOST", 12),
        ("ECCGOST", 12),
        ("ECDSAP256SHA256", 13),
        ("ECDSAP384SHA384", 14),
        ("ED25519", 15),
        ("ED448", 16),
        ("INDIRECT", 252),
        ("PRIVATEDNS", 253),
        ("PRIVATEOID", 254),
    ];
    ALGORITHMS
        .iter()
        .find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(mnemonic))
        .map(|(_, number)| *number)
}

/// Whether text of base32hex without padding (RFC 4648 §7, RFC 5155 §3.3) stands for whole octets, one at least, with no bit left.
///
/// Other octets than digits are left to `domain`.
pub(crate) fn is_whole_base32(text: &[u8]) -> bool {
    let Some(last) = text.last() else {
        return false;
    };
    let unused_bits = match text.len() % 8 {
        0 => 0,
        2 => 2,
        4 => 4,
        5 => 1,
        7 => 3,
        _ => return false,
    };
    let value = match last {
        b'0'..=b'9' => last - b'0',
        _ => last
            .to_ascii_lowercase()
            .wrapping_sub(b'a')
            .wrapping_add(10),
    };
    value.trailing_zeros() >= unused_bits
}
