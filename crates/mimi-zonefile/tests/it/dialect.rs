//! Where servers' readers differ: one test for each row of the table in the README, and the traps of other libraries.

use crate::support::{error, hex, lines, record, records, tokens, zone};

fn octets(input: &str) -> String {
    hex(&record(input).rdata_wire().unwrap().unwrap())
}

#[test]
fn directives_are_read_in_any_case() {
    let input = "$ttl 5\n$OrIgIn b.\na TXT x\n";
    assert_eq!(lines(&zone(input)), ["a.b. 5 1 16 0178"]);
}

#[test]
fn rejects_generate_instead_of_taking_it_as_a_name() {
    assert_eq!(
        error("$GENERATE 1-2 h$ A 192.0.2.$\n").code(),
        "generate-not-supported"
    );
}

#[test]
fn rejects_a_blank_owner_behind_generate() {
    let codes: Vec<&str> = crate::support::errors(&zone(
        "a TXT x\n$GENERATE 1-2 h$ A 192.0.2.$\n  TXT y\nb TXT z\n",
    ))
    .iter()
    .map(|error| error.code())
    .collect();
    assert_eq!(codes, ["generate-not-supported", "owner-lost"]);
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
fn names_may_be_quoted_as_in_bind() {
    assert_eq!(
        *record("\"b\" NS \"c\"").owner,
        crate::support::name("b.example.")
    );
    assert_eq!(octets("b NS \"c\""), "0163076578616d706c6500");
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
        lines(&zone(
            "a TXT x\r\n\r\n \t\r\n  TXT y ; c\r\nb TXT (z\r\n)\r\nc TXT w"
        )),
        [
            "a.example. 300 1 16 0178",
            "a.example. 300 1 16 0179",
            "b.example. 300 1 16 017a",
            "c.example. 300 1 16 0177"
        ]
    );
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_first_owner() {
    assert_eq!(
        record(b"\xEF\xBB\xBFa TXT x").owner.to_string(),
        "a.example."
    );
}

#[test]
fn a_comment_may_touch_a_token() {
    assert_eq!(tokens("a MIMI x;y"), [b"x"]);
}

#[test]
fn an_escaped_line_end_does_not_join_lines() {
    let all = records(&zone("a MIMI x\\\nb MIMI y\n"));
    assert_eq!(all.len(), 2);
}

#[test]
fn rejects_nested_parentheses_as_nsd_and_knot_do() {
    assert_eq!(error("a TXT ( x ( y ) )").code(), "nested-parenthesis");
}

#[test]
fn a_type_in_text_form_behind_its_number_is_left_to_the_caller() {
    assert_eq!(
        tokens("a TYPE65357 \"v=MIMI1; a=x; e=y\""),
        [b"v=MIMI1; a=x; e=y"]
    );
}
