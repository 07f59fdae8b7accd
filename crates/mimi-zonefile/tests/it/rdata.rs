//! RDATA octets of the standard types.

use mimi_zonefile::{Form, ZoneReader};

use crate::support::{good, hex, lines, reader, record};

fn octets(input: &str) -> String {
    hex(record(input).octets())
}

fn code(input: &str) -> &'static str {
    record(input).rdata_error().code()
}

#[test]
fn every_known_type_is_converted() {
    let x = "0178076578616d706c6500";
    for (text, expected) in [
        ("A 192.0.2.1", "c0000201".to_owned()),
        (
            "AAAA 2001:DB8::1",
            "20010db8000000000000000000000001".into(),
        ),
        ("NS x", x.into()),
        ("MD x", x.into()),
        ("MF x", x.into()),
        ("CNAME x", x.into()),
        ("MB x", x.into()),
        ("MG x", x.into()),
        ("MR x", x.into()),
        ("PTR x", x.into()),
        ("DNAME x", x.into()),
        ("MX 10 x", format!("000a{x}")),
        ("AFSDB 1 x", format!("0001{x}")),
        ("RT 1 x", format!("0001{x}")),
        ("KX 1 x", format!("0001{x}")),
        ("MINFO x x", format!("{x}{x}")),
        ("RP x x", format!("{x}{x}")),
        ("SRV 1 2 3 x", format!("000100020003{x}")),
        ("TXT a \"b c\" \"\"", "01610362206300".into()),
        ("SPF a", "0161".into()),
        ("HINFO a \"b\"", "01610162".into()),
        (
            "CAA 0 issue \"ca.example\"",
            "0005697373756563612e6578616d706c65".into(),
        ),
        (
            "NAPTR 1 2 u \"\" \"!x!\" .",
            "000100020175000321782100".into(),
        ),
        ("DS 1 13 2 abcd", "00010d02abcd".into()),
        ("CDS 0 0 0 00", "0000000000".into()),
        ("DLV 1 13 2 abcd", "00010d02abcd".into()),
        ("CDNSKEY 0 3 0 AA==", "0000030000".into()),
        ("DNSKEY 256 3 13 AAAA", "0100030d000000".into()),
        ("NSEC3PARAM 1 0 0 ab", "0100000001ab".into()),
        ("TLSA 3 1 1 ab cd", "030101abcd".into()),
        ("SMIMEA 3 1 1 abcd", "030101abcd".into()),
        ("SSHFP 4 2 abcd", "0402abcd".into()),
        ("OPENPGPKEY AAAA", "000000".into()),
        (
            "ZONEMD 1 1 1 000102030405060708090a0b",
            "000000010101000102030405060708090a0b".into(),
        ),
        ("IPSECKEY 1 0 2 . AAAA", "010002000000".into()),
        (
            "SVCB 1 x alpn=h2,h3 port=53",
            format!("0001{x}00010006026832026833000300020035"),
        ),
        ("HTTPS 0 x", format!("0000{x}")),
        (
            "HTTPS 1 . alpn=\"h2\" key667=\"a\\\"b\"",
            "00010000010003026832029b0003612262".into(),
        ),
        (
            "HTTPS 1 . ipv4hint=192.0.2.1 mandatory=ipv4hint",
            "000100000000020004000400 04c0000201".replace(' ', ""),
        ),
    ] {
        let input = format!("a {text}");
        assert_eq!(octets(&input), expected, "{text}");
    }
}

#[test]
fn nsec3_takes_mnemonics_of_the_caller() {
    assert_eq!(
        octets("a NSEC3 1 1 10 aabb 2t7b4g4vsa5smi47k61mv5bv1a22bojr A MIMI"),
        "0101000a02aabb141\
         74eb2409fe28bcb4887a1836f957f0a8425e27b00\
         0140ff0a00000000000000000004"
            .replace(' ', "")
    );
}

#[test]
fn types_without_a_known_text_form_are_not_refused() {
    for text in [
        "LOC 0 0 0 N 0 0 0 E 0m",
        "MIMI \"v=MIMI1\"",
        "CERT x",
        "APL",
        "SVCB 1 . key65329=x",
        "SVCB 1 . alpn=a\\\\,b",
        "SVCB 1 . alpn=\"a\\\\,b\"",
        "CLASS32 A x",
    ] {
        let input = format!("a {text}");
        assert_eq!(record(&input).rdata, Ok(None), "{text}");
    }
}

#[test]
fn rejects_rdata_that_does_not_fit_its_type() {
    let long = format!("TXT \"{}\"", "x".repeat(256));
    let strings = format!("TXT{}", " \"0123456789\"".repeat(6000));
    for (text, expected) in [
        ("A", "rdata-missing-field"),
        ("A 192.0.2", "rdata-malformed"),
        ("A 192.0.2.1 x", "rdata-trailing-token"),
        ("AAAA 192.0.2.1", "rdata-malformed"),
        ("MX x", "rdata-malformed"),
        ("MX \"\" x", "rdata-quoted"),
        ("TYPE731 x y", "rdata-no-text-form"),
        ("NULL x", "rdata-no-text-form"),
        ("MX 65536 x", "rdata-malformed"),
        ("MX 10", "rdata-missing-field"),
        ("MX 10 a..b", "rdata-bad-name"),
        ("NS", "rdata-missing-field"),
        ("TXT", "rdata-missing-field"),
        ("TXT \\256", "rdata-bad-escape"),
        ("TXT x\\", "rdata-bad-escape"),
        (&long, "rdata-string-too-long"),
        (&strings, "rdata-too-long"),
        ("SOA a b 1 2 3 4", "rdata-missing-field"),
        ("SOA a b 1 2 3 4 x", "rdata-bad-time"),
        ("SOA a b 1 2 3 4 4294967296", "rdata-bad-time"),
        ("SOA a b 1h 2 3 4 5", "rdata-malformed"),
        ("DS 1 13 2 abc", "rdata-malformed"),
        ("DNSKEY 256 3 13 A", "rdata-malformed"),
        ("NSEC b NOTYPE", "rdata-malformed"),
        ("SVCB 1 . port=x", "rdata-malformed"),
    ] {
        let input = format!("a {text}");
        assert_eq!(code(&input), expected, "{}", &text[..text.len().min(40)]);
    }
}

#[test]
fn errors_say_where_they_are() {
    let input = "a MX 10 b.\\256.c";
    let error = record(input).rdata.unwrap_err();
    assert_eq!(&input[error.span], "\\256.c");
    let input = "a SRV 1 x 3 y";
    let error = record(input).rdata.unwrap_err();
    assert_eq!(&input[error.span], "x");
    let input = "a SRV 1 2 3 y ( z )";
    let error = record(input).rdata.unwrap_err();
    assert_eq!(&input[error.span], "z");
    let input = "a SRV 1 2 ; c";
    let error = record(input).rdata.unwrap_err();
    assert_eq!(error.span, 9..9);
}

#[test]
fn messages_say_what_was_expected_and_found() {
    let messages: Vec<String> = [
        "A 192.0.2.x",
        "A",
        "MX 10 a b",
        "MX a\\010 b",
        "NS a..b",
        "TXT \"\u{1b}[31m\\300\"",
        "SOA a b 1 2 3 soon 5",
        "DS 1 13 2 abc",
    ]
    .iter()
    .map(|text| {
        let input = format!("a {text}");
        record(&input).rdata_error().to_string()
    })
    .collect();
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn rejects_relative_names_where_the_origin_is_not_known() {
    let input = "a. 5 NS b\n$ORIGIN c..d.\ne. 5 NS f\n";
    let codes: Vec<&str> = good(&ZoneReader::new(), input)
        .iter()
        .map(|record| record.rdata_error().code())
        .collect();
    assert_eq!(codes, ["rdata-no-origin", "rdata-origin-lost"]);
}

#[test]
fn rdata_in_parentheses_opened_earlier_is_read() {
    let all: Vec<String> = lines(&reader(), "a ( A ; x\n 192.0.2.1 ; y\n)\n");
    assert_eq!(all, ["a.example. 300 1 1 c0000201"]);
}

#[test]
fn private_types_are_read_in_their_form() {
    let reader = reader()
        .private_type("MIMI", 65357, Form::Strings)
        .private_type("MIMIX", 65368, Form::Name)
        .private_type("BLOB", 65400, Form::Unknown);
    for (text, expected) in [
        ("MIMI \"a b\" c", "[03 61 20 62 01 63]"),
        ("MIMI \\# 2 0178", "[01 78]"),
        ("TYPE65357 \\# 0", "[]"),
        ("MIMI", "rdata-missing-field"),
        ("MIMI \\256", "rdata-bad-escape"),
        ("TYPE65357 x", "rdata-no-text-form"),
        ("MIMIX @", "[07 65 78 61 6d 70 6c 65 00]"),
        ("MIMIX b.", "[01 62 00]"),
        ("MIMIX b. c", "rdata-trailing-token"),
        ("MIMIX b..", "rdata-bad-name"),
        ("MIMIX \"b\"", "rdata-quoted"),
        ("CLASS32 MIMIX b.", "[01 62 00]"),
        ("BLOB x", "unknown"),
        ("BLOB \\# 1 ff", "[ff]"),
    ] {
        let records = crate::support::records(&reader, &format!("a {text}"));
        let found = match &records[0].rdata {
            Ok(Some(octets)) => format!("{octets:02x?}").replace(',', ""),
            Ok(None) => "unknown".to_owned(),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn rejects_generic_octets_that_are_not_rdata_of_the_type() {
    for (text, expected) in [
        ("A \\# 4 c0000201", None),
        ("A \\# 3 c00002", Some("rdata-not-of-type")),
        ("NS \\# 3 016200", None),
        ("NS \\# 2 0162", Some("rdata-not-of-type")),
        ("TXT \\# 2 0178", None),
        ("TXT \\# 2 0278", Some("rdata-not-of-type")),
        ("TYPE731 \\# 2 0278", None),
        ("CLASS32 A \\# 3 c00002", None),
    ] {
        let record = record(&format!("a {text}"));
        let found = record.rdata.err().map(|error| error.code());
        assert_eq!(found, expected, "{text}");
    }
}
