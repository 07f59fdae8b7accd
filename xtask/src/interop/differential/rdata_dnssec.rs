//! RDATA with keys, digests, signatures and type lists.

use super::maker::Maker;

type Fields = Vec<Vec<u8>>;

const ALGORITHMS: [(&str, &str); 7] = [
    ("5", "RSASHA1"),
    ("8", "RSASHA256"),
    ("10", "RSASHA512"),
    ("13", "ECDSAP256SHA256"),
    ("14", "ecdsap384sha384"),
    ("15", "ED25519"),
    ("16", "ED448"),
];

fn algorithm(maker: &mut Maker) -> Vec<u8> {
    let (number, mnemonic) = *maker.random.pick(&ALGORITHMS);
    let named = maker.random.one_in(3);
    let text = if named { mnemonic } else { number };
    text.as_bytes().to_vec()
}

/// Base64 of some octets, in one word or more.
fn base64(maker: &mut Maker, low: usize, high: usize) -> Fields {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let count = maker.random.between(low, high);
    let octets = maker.random.octets(count);
    let mut text = encode(&octets, 6, ALPHABET);
    while !text.len().is_multiple_of(4) {
        text.push(b'=');
    }
    maker.split(&text, 4)
}

/// Base32hex of octets, in one word without padding.
fn base32hex(octets: &[u8]) -> Vec<u8> {
    encode(octets, 5, b"0123456789abcdefghijklmnopqrstuv")
}

/// Groups of `bits` bits as characters, the last one filled up with zeros.
fn encode(octets: &[u8], bits: u32, alphabet: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    let (mut held, mut count) = (0_u32, 0);
    let mask = (1 << bits) - 1;
    for &octet in octets {
        held = held << 8 | u32::from(octet);
        count += 8;
        while count >= bits {
            count -= bits;
            text.push(alphabet[(held >> count & mask) as usize]);
        }
    }
    if count > 0 {
        text.push(alphabet[(held << (bits - count) & mask) as usize]);
    }
    text
}

fn hex(maker: &mut Maker, count: usize) -> Fields {
    let octets = maker.random.octets(count);
    maker.hex_words(&octets)
}

fn types(maker: &mut Maker, count: usize) -> Fields {
    let known = [
        "A",
        "NS",
        "TXT",
        "aaaa",
        "RRSIG",
        "NSEC",
        "MX",
        "TYPE65357",
        "type65368",
        "TYPE1",
        "TYPE1234",
        "CAA",
        "SOA",
        "NSEC3",
    ];
    (0..count).map(|_| maker.random.word(&known)).collect()
}

fn digest(maker: &mut Maker) -> Fields {
    let (kind, length) = *maker.random.pick(&[("1", 20), ("2", 32), ("4", 48)]);
    let mut fields = vec![kind.as_bytes().to_vec()];
    fields.extend(hex(maker, length));
    fields
}

pub(super) fn ds(maker: &mut Maker) -> Fields {
    let mut fields = vec![maker.decimal(65_535), algorithm(maker)];
    fields.extend(digest(maker));
    fields
}

pub(super) fn key(maker: &mut Maker) -> Fields {
    let flags = *maker.random.pick(&["256", "257", "385", "0"]);
    let mut fields = vec![flags.into(), b"3".to_vec(), algorithm(maker)];
    fields.extend(base64(maker, 32, 70));
    fields
}

/// Its flags have to be 0.
pub(super) fn rkey(maker: &mut Maker) -> Fields {
    let mut fields = key(maker);
    fields[0] = b"0".to_vec();
    fields
}

pub(super) fn key_only(maker: &mut Maker) -> Fields {
    base64(maker, 20, 90)
}

pub(super) fn rrsig(maker: &mut Maker) -> Fields {
    // Not NSEC3, whose signatures BIND keeps with the hashed names only.
    let covered = maker.random.word(&[
        "A",
        "ns",
        "TXT",
        "NSEC",
        "TYPE65357",
        "type65368",
        "TYPE1234",
        "CAA",
    ]);
    let mut fields = vec![covered];
    fields.push(algorithm(maker));
    // BIND wants no fewer than the name of the signer has, and nobody looks at the owner.
    fields.push(b"127".to_vec());
    fields.push(maker.decimal(i32::MAX as u32));
    fields.push(b"20370101000000".to_vec());
    fields.push(b"20260228235959".to_vec());
    fields.push(maker.decimal(65_535));
    fields.push(maker.target());
    fields.extend(base64(maker, 32, 70));
    fields
}

pub(super) fn nsec(maker: &mut Maker) -> Fields {
    let mut fields = vec![maker.target()];
    let count = maker.random.between(1, 8);
    fields.extend(types(maker, count));
    fields
}

pub(super) fn nsec3(maker: &mut Maker) -> Fields {
    let mut fields = nsec3param(maker);
    let mut hash = base32hex(&maker.random.octets(20));
    if maker.random.one_in(3) {
        hash.make_ascii_uppercase();
    }
    fields.push(hash);
    let count = maker.random.below(6);
    fields.extend(types(maker, count));
    fields
}

pub(super) fn nsec3param(maker: &mut Maker) -> Fields {
    let salt = match maker.random.below(3) {
        0 => b"-".to_vec(),
        1 => b"AABBccdd".to_vec(),
        _ => b"00".to_vec(),
    };
    vec![b"1".to_vec(), b"0".to_vec(), maker.decimal(65_535), salt]
}

pub(super) fn csync(maker: &mut Maker) -> Fields {
    let mut fields = vec![maker.decimal(u32::MAX), b"3".to_vec()];
    // ldns-signzone wants one.
    let count = maker.random.between(usize::from(maker.to_sign), 4);
    fields.extend(types(maker, count));
    fields
}

pub(super) fn zonemd(maker: &mut Maker) -> Fields {
    let mut fields = vec![b"2018031500".to_vec(), b"1".to_vec(), b"1".to_vec()];
    fields.extend(hex(maker, 48));
    fields
}

pub(super) fn tlsa(maker: &mut Maker) -> Fields {
    let mut fields: Fields = (0..3).map(|_| maker.decimal(255)).collect();
    let count = maker.random.between(1, 60);
    fields.extend(hex(maker, count));
    fields
}

pub(super) fn sshfp(maker: &mut Maker) -> Fields {
    let (kind, length) = *maker.random.pick(&[("1", 20), ("2", 32)]);
    let mut fields = vec![maker.decimal(255), kind.into()];
    fields.extend(hex(maker, length));
    fields
}

pub(super) fn ipseckey(maker: &mut Maker) -> Fields {
    let (kind, gateway) = match maker.random.below(4) {
        0 => ("0", b".".to_vec()),
        1 => ("1", b"192.0.2.38".to_vec()),
        2 => ("2", b"2001:db8::8002".to_vec()),
        _ if maker.wants("at-sign-as-gateway") => ("3", b"@".to_vec()),
        _ => (
            "3",
            maker
                .random
                .pick(&[&b"gateway"[..], b"Gateway.example.net."])
                .to_vec(),
        ),
    };
    let mut fields = vec![maker.decimal(255), kind.into(), b"2".to_vec(), gateway];
    fields.extend(base64(maker, 20, 40));
    fields
}

pub(super) fn cert(maker: &mut Maker) -> Fields {
    let kind = *maker
        .random
        .pick(&["1", "PKIX", "SPKI", "PGP", "URI", "65534"]);
    let mut fields = vec![kind.into(), maker.decimal(65_535), b"8".to_vec()];
    fields.extend(base64(maker, 20, 90));
    fields
}

pub(super) fn hip(maker: &mut Maker) -> Fields {
    let mut fields = vec![
        b"2".to_vec(),
        b"200100107B1A74DF365639CC39F1D578".to_vec(),
        b"AwEAAbdx".to_vec(),
    ];
    if maker.random.one_in(2) {
        fields.push(maker.target());
    }
    fields
}
