//! Where servers' readers differ: one test for each row of the table in the README, and the traps of other libraries.

use crate::support::{Item, codes, error, hex, lines, name, read, reader, record, records, tokens};

fn octets(input: &str) -> String {
    hex(record(input).octets())
}

#[test]
fn directives_are_read_in_any_case() {
    let input = "$ttl 5\n$OrIgIn b.\na TXT x\n";
    assert_eq!(lines(&reader(), input), ["a.b. 5 1 16 0178"]);
}

#[test]
fn generate_makes_records_instead_of_being_taken_as_a_name() {
    assert_eq!(
        lines(&reader(), "$GENERATE 1-3/2 h$ 60 A 192.0.2.$\n"),
        ["h1.example. 60 1 1 c0000201", "h3.example. 60 1 1 c0000203"]
    );
}

#[test]
fn rejects_a_blank_owner_behind_generate() {
    let input = "a TXT x\n$GENERATE 1-2 h$ A 192.0.2.$\n  TXT y\nb TXT z\n";
    assert_eq!(codes(&reader(), input), ["owner-lost"]);
}

#[test]
fn ttl_units_are_read_in_records_and_soa_timers() {
    assert_eq!(
        octets("@ 1h SOA . . 7 3H 15M 1w 1d"),
        "0000\
         0000000700002a3000000384\
         00093a8000015180"
    );
}

#[test]
fn parentheses_hold_quoted_strings() {
    assert_eq!(tokens("a MIMI (\"a\" \n \";)\")"), [&b"a"[..], b";)"]);
}

#[test]
fn escapes_are_decimal_not_octal() {
    assert_eq!(octets(r"a TXT \100"), "0164");
    assert_eq!(record(r"a\046b TXT x").owner.label_count(), 2);
}

#[test]
fn touching_strings_are_split_as_in_bind() {
    assert_eq!(octets("a TXT \"a\"\"b\""), "01610162");
    assert_eq!(octets("a TXT \"a\"b"), "01610162");
    assert_eq!(octets("a TXT ab\"c\""), "0261620163");
}

#[test]
fn an_at_sign_in_rdata_is_the_origin() {
    assert_eq!(octets("a NS @"), "076578616d706c6500");
    assert_eq!(octets("a SOA @ @ 1 2 3 4 5").len(), 2 * (9 + 9 + 20));
}

#[test]
fn the_class_may_be_omitted_on_the_first_record() {
    assert_eq!(record("a TXT x").class, 1);
}

#[test]
fn owners_may_be_quoted_as_in_bind() {
    assert_eq!(record("\"b\" NS c").owner, name("b.example."));
}

#[test]
fn rejects_quotes_around_names_and_numbers_in_rdata() {
    for text in [
        "NS \"c\"",
        "MX \"10\" c",
        "A \"192.0.2.1\"",
        "DS 1 13 2 \"ab\"",
    ] {
        let record = record(&format!("b {text}"));
        assert_eq!(record.rdata_error().code(), "rdata-quoted", "{text}");
    }
}

#[test]
fn names_hold_any_octet_bare() {
    assert_eq!(
        record("first+o'tag!/x TXT x").owner.to_string(),
        "first\\043o\\039tag\\033\\047x.example."
    );
}

#[test]
fn an_underscore_and_a_wildcard_are_plain_labels() {
    assert_eq!(record("_a.* TXT x").owner.to_string(), "_a.*.example.");
}

#[test]
fn dnssec_records_are_read() {
    assert_eq!(
        octets("a NSEC b A TXT MIMI TYPE65368 RRSIG"),
        "0162076578616d706c65000006400080000002ff0c000000000000000000040080"
    );
    assert_eq!(
        &octets("a RRSIG MIMI 13 2 300 20300101000000 1890000000 7 @ AAAA")[..36],
        "ff4d0d020000012c70dbd88070a71c800007"
    );
    assert_eq!(
        octets("a DNSKEY 257 3 13 AA AA AAAA"),
        "0101030d000000000000"
    );
    assert_eq!(octets("a DS 7 13 2 ab c d"), "00070d02abcd");
}

#[test]
fn crlf_blank_lines_and_a_missing_final_line_end_pass() {
    assert_eq!(
        lines(
            &reader(),
            "a TXT x\r\n\r\n \t\r\n  TXT y ; c\r\nb TXT (z\r\n)\r\nc TXT w"
        ),
        [
            "a.example. 300 1 16 0178",
            "a.example. 300 1 16 0179",
            "b.example. 300 1 16 017a",
            "c.example. 300 1 16 0177"
        ]
    );
}

#[test]
fn rejects_a_byte_order_mark_and_reads_the_owner_behind_it() {
    let items = read(&reader(), "\u{FEFF}a TXT x\n\u{FEFF}b TXT y\n");
    let [
        Item::Error(error),
        Item::Record(first),
        Item::Record(second),
    ] = &items[..]
    else {
        panic!("{items:?}");
    };
    assert_eq!(
        (error.code(), error.entry.clone()),
        ("byte-order-mark", 0..3)
    );
    assert_eq!(first.owner, name("a.example."));
    assert_eq!(first.span, 3..10);
    assert_eq!(second.owner.to_string(), "\\239\\187\\191b.example.");
}

#[test]
fn rejects_a_carriage_return_within_a_line() {
    for input in [
        "a TXT x\ry",
        "a TXT x\r",
        "a\rb TXT x",
        "\ra TXT x",
        "a TXT ( x\ry )",
        "a TXT x\r\r\n",
    ] {
        assert_eq!(error(input).code(), "lone-carriage-return", "{input:?}");
    }
    assert_eq!(octets("a TXT \"x\ry\" ; \rz"), "03780d79");
}

#[test]
fn a_comment_may_touch_a_token() {
    assert_eq!(tokens("a MIMI x;y"), [b"x"]);
}

#[test]
fn an_escaped_line_end_does_not_join_lines() {
    let all = records(&reader(), "a MIMI x\\\nb MIMI y\n");
    assert_eq!(all.len(), 2);
}

#[test]
fn rejects_nested_parentheses_as_nsd_and_knot_do() {
    assert_eq!(error("a TXT ( x ( y ) )").code(), "nested-parenthesis");
}

#[test]
fn rejects_text_behind_the_number_of_a_private_type() {
    let input = "a TYPE65357 \"v=MIMI1; a=x; e=y\"";
    assert_eq!(record(input).rdata_error().code(), "rdata-no-text-form");
    assert_eq!(
        tokens(input),
        [b"v=MIMI1; a=x; e=y"],
        "and shows it all the same"
    );
}
