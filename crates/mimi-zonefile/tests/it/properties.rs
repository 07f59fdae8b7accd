//! Properties over arbitrary octets, generated records and damaged files.

use mimi_name::DomainName;
use mimi_zonefile::{Entry, LineIndex, Rdata};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{hex, line, zone};

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
    let index = LineIndex::new(input);
    let mut last = 0;
    for entry in zone(input).entries() {
        let span = match entry {
            Ok(Entry::Record(record)) => {
                if let Err(error) = record.rdata_wire() {
                    assert!(error.span.end <= input.len());
                    assert!(!error.to_string().is_empty());
                }
                if let Rdata::Text(text) = &record.rdata {
                    for token in text.tokens() {
                        assert!(input[token.span.clone()].ends_with(token.raw) || token.quoted);
                        let _ = token.unescape();
                    }
                }
                record.span
            }
            Ok(Entry::Comment(comment)) => {
                assert_eq!(comment.text[0], b';');
                comment.span
            }
            Ok(Entry::Directive(directive)) => directive.span,
            Ok(other) => panic!("{other:?}"),
            Err(error) => {
                assert!(error.span.end <= input.len());
                let message = error.to_string();
                assert!(message.starts_with("expected"), "{message}");
                assert!(message.bytes().all(|octet| matches!(octet, b' '..=b'~')));
                error.entry
            }
        };
        assert!(span.start <= span.end && span.end <= input.len());
        let (line, column) = index.line_column(span.start);
        assert!(line >= 1 && column >= 1);
        // Comments stand inside the entries they come after.
        last = last.max(span.start);
    }
    assert!(last <= input.len());
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

/// Lines of a plain zone: each is one entry, and owners are blank now and then.
fn entry_lines() -> impl Strategy<Value = Vec<String>> {
    let entry = prop_oneof![
        3 => (0..50u8).prop_map(|n| format!("n{n} 60 IN TXT \"x; (y\" z{n}")),
        2 => (0..50u8).prop_map(|n| format!("  60 IN TXT z{n}")),
        1 => (0..50u8).prop_map(|n| format!("n{n} 60 MIMI \\# 1 {n:02x}")),
        1 => (0..50u8).prop_map(|n| format!("; comment {n}")),
    ];
    vec(entry, 1..20)
}

fn damage() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,5}\\.\\. TXT x",
        "[a-z]{1,5} 60 IN TXTT x",
        "[a-z]{1,5} 60 IN MIMI \\\\# 2 00",
        "[a-z]{1,5} 60 IN TXT \\( x",
        "[a-z]{1,5} 60 IN TXT x \\)",
        "[a-z]{1,5} 60 IN \\( TXT \\( x",
        "[a-z]{1,5}",
        "\\$[A-Z]{5} x",
        "  [a-z]{2,5}",
    ]
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
        let records: Vec<_> = zone(&text).records().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(records.len(), entries.len());
        for (record, (owner, ttl, data)) in records.iter().zip(&entries) {
            prop_assert!(record.owner.eq_case(owner));
            prop_assert_eq!(record.ttl, *ttl);
            prop_assert_eq!(record.rdata_wire().unwrap().unwrap(), wire(data));
        }
    }

    /// Every other record is as before, or is part of what an error gave up, or is refused for a lost owner.
    #[test]
    fn damage_to_one_line_changes_no_other_record(
        lines in entry_lines(),
        damaged in damage(),
        at in any::<proptest::sample::Index>(),
    ) {
        let at = at.index(lines.len());
        let before = format!("first 60 TXT x\n{}\n", lines.join("\n"));
        let mut changed = lines.clone();
        changed[at] = damaged;
        let after = format!("first 60 TXT x\n{}\n", changed.join("\n"));

        let number = |text: &str, offset: usize| text[..offset].matches('\n').count();
        let by_line = |text: &str| -> std::collections::BTreeMap<usize, String> {
            zone(text)
                .records()
                .filter_map(Result::ok)
                .map(|record| (number(text, record.span.start), line(&record)))
                .collect()
        };
        let old = by_line(&before);
        let new = by_line(&after);
        let errors: Vec<_> = zone(&after).records().filter_map(Result::err).collect();
        // Only a record with a blank owner below the damaged line, before the next owner, may be gone or changed hands.
        let is_blank = |index: usize| lines[index].starts_with(' ');
        let next_owner = (at + 1..lines.len())
            .find(|&index| !is_blank(index) && !lines[index].starts_with(';'))
            .unwrap_or(lines.len());
        for index in (0..lines.len()).filter(|&index| index != at) {
            let key = index + 1;
            let depends = is_blank(index) && index > at && index < next_owner;
            if !depends {
                prop_assert_eq!(old.get(&key), new.get(&key), "{}", after);
            } else if old.get(&key) != new.get(&key) {
                // Never the owner from above the damage, unless the damaged line had left it alone.
                let refused = errors.iter().any(|error| {
                    let lines = number(&after, error.entry.start)..=number(&after, error.entry.end);
                    lines.contains(&key)
                });
                let own = new.get(&key).is_some_and(|new| {
                    changed[at].split(' ').next().is_some_and(|owner| new.starts_with(owner))
                });
                prop_assert!(refused || own, "{}", after);
            }
        }
    }
}
