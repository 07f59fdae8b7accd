//! Properties over arbitrary octets, generated records and damaged files.

use mimi_name::DomainName;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{Item, hex, read, reader, records};

/// Octets of which many mean something in a master file.
fn zone_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|octet| vec![octet]),
        proptest::sample::select(vec![
            "a",
            "@",
            ".",
            "*",
            "60",
            "1h",
            "IN",
            "CH",
            "TXT",
            "MX",
            "SOA",
            "MIMI",
            "TYPE9",
            "\\#",
            "0",
            "2",
            "00",
            "\"",
            "(",
            ")",
            ";",
            "\n",
            "\r\n",
            " ",
            "\t",
            "\\",
            "\\1",
            "\\065",
            "$ORIGIN",
            "$TTL",
            "$INCLUDE",
            "$GENERATE 1-3 h$",
            "${1,2,x}",
            "$",
            "\r",
            "\u{FEFF}",
            "SVCB",
            "alpn=",
            "NSEC",
            "RRSIG",
            "DNSKEY",
            "CAA",
            "NAPTR",
            "HTTPS",
            "mandatory=alpn",
            "ipv4hint=",
            "port=1",
            "ech=",
            "NSEC3",
            "-",
            "IPSECKEY",
            "TLSA",
            "20300101000000",
            ",",
            "=",
            "AAAA",
            "==",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    vec((piece, any::<bool>()), 0..60).prop_map(|pieces| {
        let mut octets = Vec::new();
        for (piece, space) in pieces {
            octets.extend(piece);
            if space {
                octets.push(b' ');
            }
        }
        octets
    })
}

/// RDATA-like text of one type, to reach deep into the parsers.
fn rdata_like() -> impl Strategy<Value = Vec<u8>> {
    let types = proptest::sample::select(vec![
        "A",
        "AAAA",
        "CAA",
        "CDNSKEY",
        "CDS",
        "DNSKEY",
        "DS",
        "HINFO",
        "HTTPS",
        "IPSECKEY",
        "MINFO",
        "MX",
        "NAPTR",
        "NS",
        "NSEC",
        "NSEC3",
        "NSEC3PARAM",
        "OPENPGPKEY",
        "RRSIG",
        "SOA",
        "SRV",
        "SSHFP",
        "SVCB",
        "TLSA",
        "TXT",
        "ZONEMD",
    ]);
    (types, zone_like()).prop_map(|(record_type, rest)| {
        let mut octets = format!("a 60 {record_type} ").into_bytes();
        octets.extend(rest);
        octets
    })
}

fn read_all(input: &[u8]) {
    let mut last = 0..0;
    for item in read(&reader(), input) {
        match &item {
            Item::Record(record) => {
                if let Err(error) = &record.rdata {
                    assert!(error.span.end <= input.len());
                    check_message(&error.to_string());
                }
                // What `$GENERATE` made stands nowhere in the file.
                let is_written = !input[record.span.clone()].starts_with(b"$");
                for token in &record.tokens {
                    let written = &input[token.span.clone()];
                    assert!(written.ends_with(&token.raw) || token.quoted || !is_written);
                }
            }
            Item::Comment { text, .. } => assert_eq!(text[0], b';'),
            Item::Directive(_) => {}
            Item::Error(error) => {
                assert!(error.span.end <= input.len());
                check_message(&error.to_string());
            }
        }
        let span = item.span();
        assert!(span.start <= span.end && span.end <= input.len());
        // Comments stand inside the entries they come after, and what `$GENERATE` makes in its place.
        if !matches!(item, Item::Comment { .. }) {
            assert!(last.end <= span.start || last == span);
            last = span;
        }
    }
}

fn check_message(message: &str) {
    assert!(message.bytes().all(|octet| matches!(octet, b' '..=b'~')));
}

fn escaped(octets: &[u8], plain: fn(&u8) -> bool) -> String {
    octets
        .iter()
        .map(|octet| {
            if plain(octet) {
                char::from(*octet).to_string()
            } else {
                format!("\\{octet:03}")
            }
        })
        .collect()
}

#[derive(Clone, Debug)]
enum Data {
    Generic(u16, Vec<u8>),
    Strings(Vec<(Vec<u8>, bool)>),
    Target(DomainName),
}

fn domain_name() -> impl Strategy<Value = DomainName> {
    vec(vec(any::<u8>(), 1..20), 0..6).prop_map(|labels| DomainName::from_labels(labels).unwrap())
}

fn data() -> impl Strategy<Value = Data> {
    prop_oneof![
        (65280..65500u16, vec(any::<u8>(), 0..80)).prop_map(|(t, o)| Data::Generic(t, o)),
        vec((vec(any::<u8>(), 0..80), any::<bool>()), 1..4).prop_map(Data::Strings),
        domain_name().prop_map(Data::Target),
    ]
}

fn print(owner: &DomainName, ttl: u32, data: &Data) -> String {
    let rdata = match data {
        Data::Generic(record_type, octets) => {
            format!("TYPE{record_type} \\# {} {}", octets.len(), hex(octets))
        }
        Data::Strings(strings) => {
            let mut text = "TXT".to_owned();
            for (octets, bare) in strings {
                text += " ";
                if *bare && !octets.is_empty() {
                    text += &escaped(octets, u8::is_ascii_alphanumeric);
                } else {
                    let plain = |octet: &u8| !matches!(octet, b'"' | b'\\') && octet.is_ascii();
                    text += &format!("\"{}\"", escaped(octets, plain));
                }
            }
            text
        }
        Data::Target(name) => format!("NS {name}"),
    };
    format!("{owner} {ttl} IN {rdata}\n")
}

fn wire(data: &Data) -> Vec<u8> {
    match data {
        Data::Generic(_, octets) => octets.clone(),
        Data::Strings(strings) => strings
            .iter()
            .flat_map(|(octets, _)| {
                std::iter::once(octets.len() as u8).chain(octets.iter().copied())
            })
            .collect(),
        Data::Target(name) => name.as_wire().to_vec(),
    }
}

proptest! {
    #[test]
    fn arbitrary_octets_never_panic(input in vec(any::<u8>(), 0..300)) {
        read_all(&input);
    }

    #[test]
    fn octets_that_look_like_a_zone_never_panic(input in zone_like()) {
        read_all(&input);
    }

    #[test]
    fn octets_that_look_like_rdata_never_panic(input in rdata_like()) {
        read_all(&input);
    }

    #[test]
    fn printed_records_are_read_as_they_were(
        entries in vec((domain_name(), 0..=i32::MAX as u32, data()), 1..6)
    ) {
        let text: String = entries
            .iter()
            .map(|(owner, ttl, data)| print(owner, *ttl, data))
            .collect();
        let records = records(&reader(), &text);
        prop_assert_eq!(records.len(), entries.len());
        for (record, (owner, ttl, data)) in records.iter().zip(&entries) {
            prop_assert!(record.owner.eq_case(owner));
            prop_assert_eq!(record.ttl, *ttl);
            prop_assert_eq!(record.octets(), wire(data));
        }
    }
}

/// The owners of what could be read.
fn owners_in(zone: &str) -> Vec<Vec<u8>> {
    let items = read(&reader(), zone).into_iter();
    items
        .filter_map(|item| match item {
            Item::Record(record) => Some(record.owner_wire),
            _ => None,
        })
        .collect()
}

/// Owners of which many have a parent or a first label in common, as text.
fn owner_text() -> impl Strategy<Value = String> {
    let label = proptest::sample::select(vec![
        "a",
        "b",
        "A",
        "longer-one",
        "*",
        "x\\.y",
        "\\097",
        "@",
        "",
    ]);
    let parent = proptest::sample::select(vec!["", ".", ".p.", ".P.", ".p.q.", ".\\112.", ".p"]);
    (label, parent).prop_map(|(label, parent)| format!("{label}{parent}"))
}

proptest! {
    /// What is remembered of the owner before never changes how the next one is read.
    #[test]
    fn an_owner_is_read_alike_wherever_it_stands(owners in vec((owner_text(), any::<bool>()), 1..12)) {
        let mut zone = String::from("$TTL 60\n$ORIGIN one.\n");
        let mut alone = Vec::new();
        let mut origin = "one.";
        for (owner, turns) in &owners {
            if *turns {
                origin = if origin == "one." { "two." } else { "one." };
                zone.push_str(&format!("$ORIGIN {origin}\n"));
            }
            let line = format!("{owner} A 192.0.2.1\n");
            zone.push_str(&line);
            // A line with a blank owner says nothing by itself.
            if owner.is_empty() {
                continue;
            }
            let by_itself = format!("$TTL 60\n$ORIGIN {origin}\n{line}");
            alone.extend(owners_in(&by_itself));
        }
        let blank = |line: &str| line.starts_with(' ');
        let zone: String = zone.lines().filter(|line| !blank(line)).map(|line| format!("{line}\n")).collect();
        prop_assert_eq!(owners_in(&zone), alone);
    }
}
