//! What `mimi zone convert` writes to zone files means what was read: every record, its owner octet by octet, TTL, class, type, RDATA.

use mimi_zonefile::ZoneReader;
use proptest::prelude::*;

use super::{convert, meaning, reader};
use crate::support::mimi;

/// Converts to both forms, and from each to the other; all must mean the same.
#[track_caller]
fn assert_means_the_same(file: &[u8]) {
    let meant = meaning(&reader(), file);
    for target in ["mnemonic", "rfc3597"] {
        let first = convert(target, file).run();
        assert_eq!(first.exit, 0, "{}\n{}", first.errors(), file.escape_ascii());
        assert_eq!(
            meaning(&reader(), &first.out),
            meant,
            "{target}:\n{}\nfrom:\n{}",
            first.text(),
            file.escape_ascii()
        );
        for second_target in ["mnemonic", "rfc3597"] {
            let second = convert(second_target, &first.out).run();
            let direct = convert(second_target, file).run();
            assert_eq!(second.exit, 0, "{}", second.errors());
            assert_eq!(second.text(), direct.text(), "{target}, {second_target}");
        }
    }
}

/// Every line of the generic form that is not passed on stands for itself: no mnemonics needed, no origin, no TTL inherited.
#[track_caller]
fn assert_any_server_reads_it(file: &[u8]) {
    let converted = convert("rfc3597", file).run();
    let reader = ZoneReader::new();
    let mut entries = reader.entries(&converted.out);
    while let Some(record) = entries.next_record() {
        let record = record.unwrap_or_else(|error| panic!("{error}:\n{}", converted.text()));
        assert!(record.ttl_span().is_some() && record.class_span().is_some());
        let owner = &converted.out[record.owner_span()];
        assert!(owner.ends_with(b"."), "{}", owner.escape_ascii());
    }
}

#[test]
fn every_zone_of_the_test_data_means_the_same_afterwards() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/zones");
    let mut converted = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "zone") {
            continue;
        }
        let file = std::fs::read(&path).unwrap();
        if path.ends_with("broken.zone") {
            let run = convert("rfc3597", &file).run();
            assert_eq!((run.exit, run.out.len()), (1, 0));
            continue;
        }
        assert_means_the_same(&file);
        assert_any_server_reads_it(&file);
        converted += 1;
    }
    assert!(converted >= 5, "{converted}");
}

#[test]
fn relative_names_are_read_with_the_origin_that_was_told() {
    let file = "@ 60 SOA ns host 1 2 3 4 5\n  60 MX 10 mail\nx 60 MIMIX y\nz 60 LOC 1 N 1 E 1m\n";
    let told = mimi([
        "zone",
        "convert",
        "--to",
        "rfc3597",
        "--origin",
        "told.example",
        "-",
    ])
    .input(file)
    .run();
    assert_eq!(told.exit, 0, "{}", told.errors());
    let origin = "told.example".parse().unwrap();
    assert_eq!(
        meaning(&reader(), &told.out),
        meaning(&reader().origin(origin), file.as_bytes())
    );
}

#[test]
fn what_is_passed_on_keeps_the_origin_that_it_had() {
    let file = "$ORIGIN a.example.\nx 1 HIP 2 20 AA AA rvs\n$ORIGIN b.example.\nx 1 HIP 2 20 AA AA rvs\n\
        $ORIGIN A.example.\nx 1 HTTPS 1 t key9=v\n$ORIGIN a.example.\ny 1 A 192.0.2.1\n";
    assert_means_the_same(file.as_bytes());
}

#[test]
fn octets_that_are_no_rdata_of_our_types_stay_what_they_are() {
    for line in [
        r"a. 1 MIMI \# 0",
        r"a. 1 MIMIX \# 2 c00c",
        r"a. 1 CH A \# 4 01020304",
    ] {
        assert_means_the_same(format!("{line}\n").as_bytes());
    }
}

#[test]
fn refuses_octets_that_no_server_loads() {
    for line in [
        r"a. 1 A \# 3 010203",
        r"a. 1 MX \# 2 000a",
        r"a. 1 NS \# 2 c00c",
        r"a. 1 AAAA \# 17 0000000000000000000000000000000000",
        r"a. 1 HINFO \# 1 00",
    ] {
        let run = convert("mnemonic", format!("{line}\n")).run();
        assert_eq!(run.exit, 1, "{line}");
        assert!(
            run.errors().contains("error[rdata-not-of-type]"),
            "{}",
            run.errors()
        );
    }
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9_-]{1,12}",
        1 => "[a-z]{1,3}\\\\[!-/:-@]",
        1 => "[a-z]{0,3}\\\\[01][0-9][0-9][a-z]{0,3}",
        1 => Just("*".to_owned()),
        1 => "[+'=!#$%&/a-z]{1,6}".prop_map(|label| label.replace('$', "\\$")),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (proptest::collection::vec(label(), 1..4), any::<bool>()).prop_map(|(labels, absolute)| {
            let dot = if absolute { "." } else { "" };
            labels.join(".") + dot
        }),
        1 => Just("@".to_owned()),
        1 => Just(".".to_owned()),
    ]
}

fn string() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9=,._-]{1,20}",
        "\"[a-zA-Z0-9 ;()=]{0,20}\"",
        "\"([a-z]|\\\\\"|\\\\\\\\|\\\\[01][0-9][0-9]|é|\t|\n){0,8}\"",
    ]
}

fn strings() -> impl Strategy<Value = String> {
    proptest::collection::vec(string(), 1..4).prop_map(|strings| strings.join(" "))
}

fn rdata() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => strings().prop_map(|strings| format!("MIMI {strings}")),
        2 => name().prop_map(|target| format!("mimix {target}")),
        1 => any::<[u8; 4]>().prop_map(|[a, b, c, d]| format!("A {a}.{b}.{c}.{d}")),
        1 => any::<u128>().prop_map(|a| format!("AAAA {}", std::net::Ipv6Addr::from(a))),
        1 => prop::sample::select(&["NS", "CNAME", "PTR", "DNAME", "MB"][..]).prop_flat_map(|mnemonic| {
            name().prop_map(move |name| format!("{mnemonic} {name}"))
        }),
        1 => (any::<u16>(), name()).prop_map(|(n, name)| format!("MX ({n}\n {name} ; in here\n )")),
        1 => (any::<[u16; 3]>(), name()).prop_map(|([a, b, c], name)| format!("SRV {a} {b} {c} {name}")),
        1 => strings().prop_map(|strings| format!("TXT {strings}")),
        1 => (name(), name(), any::<[u32; 5]>()).prop_map(|(a, b, [n, r, s, e, m])| {
            format!("SOA {a} {b} (\n {n} ; serial\n {r} {s}\n\t{e} {m} )")
        }),
        1 => string().prop_map(|value| format!("CAA 128 issue {value}")),
        1 => (name(), string()).prop_map(|(name, s)| format!("NAPTR 1 2 {s} {s} {s} {name}")),
        1 => (any::<u16>(), any::<[u8; 32]>()).prop_map(|(tag, digest)| {
            format!("DS {tag} 13 2 {}", super::hex(&digest))
        }),
        1 => name().prop_map(|name| format!("NSEC {name} A TXT RRSIG MIMI TYPE65300")),
        1 => name().prop_map(|name| format!("HTTPS 1 {name} alpn=h2 key65329=\"a b\"")),
        1 => name().prop_map(|name| format!("SVCB 1 {name} port=53")),
        1 => string().prop_map(|target| format!("URI 10 1 {target}")),
        1 => (65280..65530u16, any::<Vec<u8>>()).prop_map(|(number, octets)| {
            format!("TYPE{number} \\# {} {}", octets.len(), super::hex(&octets))
        }),
        1 => (1..300u16, any::<Vec<u8>>())
            .prop_filter("types of messages", |(number, _)| !matches!(number, 41 | 128..=255))
            .prop_map(|(number, octets)| format!("TYPE{number} \\# {} {}", octets.len(), super::hex(&octets))),
    ]
}

fn entry() -> impl Strategy<Value = String> {
    let owner = prop_oneof![4 => name(), 1 => Just(" ".to_owned())];
    let fields = prop_oneof![
        (0..=i32::MAX).prop_map(|ttl| format!("{ttl} IN")),
        Just("1h30m".to_owned()),
        Just("IN".to_owned()),
        Just(String::new()),
    ];
    let end = prop_oneof![
        Just("\n"),
        Just("\r\n"),
        Just(" ; a comment \"(\n"),
        Just("\n\n; alone\n"),
        Just("\n$ORIGIN sub\\+.other.example.\n"),
        Just("\n$ORIGIN example.\n"),
        Just("\n$TTL 5m\n"),
    ];
    (owner, fields, rdata(), end)
        .prop_map(|(owner, fields, rdata, end)| format!("{owner} {fields} {rdata}{end}"))
}

proptest! {
    // Each case runs the command ten times.
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_zone_means_the_same_afterwards(entries in proptest::collection::vec(entry(), 0..12)) {
        let file = format!("$ORIGIN example.\n$TTL 77\nfirst 60 IN TXT x\n{}", entries.concat());
        // Some of these are not RDATA of their type, and are told apart elsewhere.
        let reader = reader();
        let mut entries = reader.entries(file.as_bytes());
        while let Some(record) = entries.next_record() {
            prop_assume!(record.is_ok_and(|record| record.rdata_wire().is_ok()));
        }
        assert_means_the_same(file.as_bytes());
        assert_any_server_reads_it(file.as_bytes());
    }
}
