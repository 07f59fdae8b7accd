//! Plain zones are read as the `domain` crate reads them.
//!
//! Plain: what both readers claim to understand, so no units, no `@` in RDATA, TTL and class on the first record.

use domain::base::name::{Name, ToName};
use domain::base::rdata::ComposeRecordData;
use domain::zonefile::inplace;
use proptest::prelude::*;

use crate::support::{hex, reader, records};

/// One record as octets: owner, class, TTL, type, RDATA.
type Plain = (Vec<u8>, u16, u32, u16, String);

fn theirs(input: &str) -> Vec<Plain> {
    let mut file = inplace::Zonefile::from(input);
    file.set_origin(Name::from_chars("example.".chars()).unwrap());
    let mut all = Vec::new();
    while let Some(entry) = file.next_entry().unwrap_or_else(|e| panic!("{e}: {input}")) {
        let inplace::Entry::Record(record) = entry else {
            panic!("expected a record");
        };
        let mut rdata = Vec::new();
        record.data().compose_rdata(&mut rdata).unwrap();
        all.push((
            record.owner().to_vec().as_slice().to_vec(),
            record.class().to_int(),
            record.ttl().as_secs(),
            record.rtype().to_int(),
            hex(&rdata),
        ));
    }
    all
}

fn ours(input: &str) -> Vec<Plain> {
    records(&reader(), input)
        .iter()
        .map(|record| {
            (
                record.owner.as_wire().to_vec(),
                record.class,
                record.ttl,
                record.record_type,
                hex(record.octets()),
            )
        })
        .collect()
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9_-]{1,12}",
        "[a-z]{1,3}\\\\[!-/:-@]",
        "[a-z]{0,3}\\\\[01][0-9][0-9][a-z]{0,3}",
    ]
}

fn domain_name() -> impl Strategy<Value = String> {
    (proptest::collection::vec(label(), 1..4), any::<bool>()).prop_map(|(labels, absolute)| {
        let mut text = labels.join(".");
        if absolute {
            text.push('.');
        }
        text
    })
}

fn string() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9=,._-]{1,20}",
        "\"[a-zA-Z0-9 ;()=]{0,20}\"",
        "\"([a-z]|\\\\\"|\\\\\\\\|\\\\[01][0-9][0-9]){0,8}\"",
    ]
}

fn rdata() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(|[a, b, c, d]| format!("A {a}.{b}.{c}.{d}")),
        any::<u128>().prop_map(|a| format!("AAAA {}", std::net::Ipv6Addr::from(a))),
        domain_name().prop_map(|name| format!("NS {name}")),
        domain_name().prop_map(|name| format!("CNAME {name}")),
        (any::<u16>(), domain_name()).prop_map(|(n, name)| format!("MX {n} {name}")),
        (any::<[u16; 3]>(), domain_name())
            .prop_map(|([a, b, c], name)| format!("SRV {a} {b} {c} {name}")),
        proptest::collection::vec(string(), 1..4).prop_map(|all| format!("TXT {}", all.join(" "))),
        (domain_name(), domain_name(), any::<[u32; 5]>()).prop_map(|(a, b, [n, r, s, e, m])| {
            format!("SOA {a} {b} (\n {n} ; serial\n {r} {s}\n\t{e} {m} )")
        }),
        (any::<u16>(), any::<Vec<u8>>()).prop_map(|(n, octets)| {
            let number = 65280 + n % 250;
            format!("TYPE{number} \\# {} {}", octets.len(), hex(&octets))
        }),
        (any::<u16>(), any::<[u8; 32]>())
            .prop_map(|(tag, digest)| format!("DS {tag} 13 2 {}", hex(&digest))),
        domain_name().prop_map(|name| format!("NSEC {name} A TXT RRSIG TYPE65357")),
    ]
}

fn plain_zone() -> impl Strategy<Value = String> {
    let owner = prop_oneof![
        3 => domain_name(),
        1 => Just("@".to_owned()),
        1 => Just(" ".to_owned()),
    ];
    let fields = prop_oneof![
        (0..=i32::MAX).prop_map(|ttl| format!("{ttl} IN")),
        (0..=i32::MAX).prop_map(|ttl| format!("IN {ttl}")),
        (0..=i32::MAX).prop_map(|ttl| ttl.to_string()),
        Just("IN".to_owned()),
        Just(String::new()),
    ];
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just(" ; c \"(\n"), Just("\n\n")];
    proptest::collection::vec((owner, fields, rdata(), end), 0..12).prop_map(|entries| {
        let mut text = "$TTL 77\nfirst 60 IN TXT x\n".to_owned();
        for (owner, fields, rdata, end) in entries {
            text += &format!("{owner} {fields} {rdata}{end}");
        }
        text
    })
}

proptest! {
    #[test]
    fn plain_zones_are_read_as_domain_reads_them(input in plain_zone()) {
        prop_assert_eq!(ours(&input), theirs(&input));
    }
}
