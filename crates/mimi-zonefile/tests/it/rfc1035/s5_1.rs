//! §5.1, the format of master files.

use mimi_zonefile::{DirectiveKind, ZoneReader};

use crate::support::{
    Item, codes, error, good, hex, lines, name, read, reader, record, records, tokens,
};

#[test]
fn an_owner_is_relative_to_the_origin_unless_it_ends_in_a_dot() {
    assert_eq!(
        lines(&reader(), "a TXT x\na.b. TXT x\n"),
        ["a.example. 300 1 16 0178", "a.b. 300 1 16 0178"]
    );
}

#[test]
fn an_at_sign_is_the_origin_as_owner_and_in_rdata() {
    let record = record("@ MX 10 @");
    assert_eq!(hex(record.octets()), "000a076578616d706c6500");
    assert_eq!(record.owner, name("example."));
}

#[test]
fn an_escaped_at_sign_is_a_label() {
    assert_eq!(record("\\@ TXT x").owner.to_string(), "\\064.example.");
}

#[test]
fn a_blank_owner_is_the_one_before() {
    assert_eq!(
        lines(&reader(), "a TXT x\n  TXT y\n\tIN TXT z\n"),
        [
            "a.example. 300 1 16 0178",
            "a.example. 300 1 16 0179",
            "a.example. 300 1 16 017a"
        ]
    );
}

#[test]
fn a_blank_owner_stays_the_same_when_the_origin_changes() {
    let all = lines(&reader(), "a TXT x\n$ORIGIN other.\n  TXT y\na TXT z\n");
    assert_eq!(
        all,
        [
            "a.example. 300 1 16 0178",
            "a.example. 300 1 16 0179",
            "a.other. 300 1 16 017a"
        ]
    );
}

#[test]
fn rejects_a_blank_owner_on_the_first_record() {
    assert_eq!(error("  TXT x\n").code(), "no-owner");
}

#[test]
fn ttl_and_class_come_in_either_order_or_not_at_all() {
    for fields in ["60 IN", "IN 60", "60", "60 in", "in 60", "60 CLASS1"] {
        let input = format!("a {fields} TXT x");
        let record = record(&input);
        assert_eq!((record.ttl, record.class), (60, 1), "{fields}");
    }
    assert_eq!(record("a TXT x").class, 1);
    assert_eq!(record("a IN TXT x").ttl, 300);
}

#[test]
fn rejects_a_second_ttl_or_class() {
    assert_eq!(error("a 60 IN 60 TXT x").code(), "unknown-type");
    assert_eq!(error("a IN 60 IN TXT x").code(), "unknown-type");
}

#[test]
fn an_omitted_class_is_that_of_the_file() {
    let input = "a TXT x\nb CH TXT x\nc TXT x\n";
    let classes: Vec<u16> = records(&reader().class(4), input)
        .iter()
        .map(|record| record.class)
        .collect();
    assert_eq!(classes, [4, 3, 4]);
}

#[test]
fn origin_directives_may_be_relative() {
    let input = "$origin sub\na TXT x\n$ORIGIN deeper ; comment\na TXT x\n$Origin .\na TXT x\n";
    let owners: Vec<String> = records(&reader(), input)
        .iter()
        .map(|record| record.owner.to_string())
        .collect();
    assert_eq!(owners, ["a.sub.example.", "a.deeper.sub.example.", "a."]);
}

#[test]
fn a_record_knows_the_origin_in_force() {
    let all = records(&reader(), "a MIMIX x\n$ORIGIN other.\nb MIMIX x\n");
    assert_eq!(all[0].origin, Some(name("example.")));
    assert_eq!(all[1].origin, Some(name("other.")));
}

#[test]
fn rejects_a_relative_name_without_an_origin() {
    let input = "a 60 TXT x\n@ 60 TXT x\n$ORIGIN b\n";
    assert_eq!(
        codes(&ZoneReader::new().default_ttl(1), input),
        ["no-origin"; 3]
    );
}

#[test]
fn parentheses_hide_line_ends() {
    let input = "a IN ( TXT ; why not\n \"x\" \n\n y ) ; end\nb TXT z\n";
    assert_eq!(
        lines(&reader(), input),
        ["a.example. 300 1 16 01780179", "b.example. 300 1 16 017a"]
    );
}

#[test]
fn a_record_may_stand_in_parentheses_as_a_whole() {
    assert_eq!(
        lines(&reader(), "(a\nTXT\nx)(y\n)\n()\n"),
        ["a.example. 300 1 16 01780179"]
    );
}

#[test]
fn a_quoted_string_holds_semicolons_parentheses_and_line_ends() {
    assert_eq!(
        tokens("a MIMI \"v=MIMI1; (a=x)\n; e=y\" \"\"\n"),
        [&b"v=MIMI1; (a=x)\n; e=y"[..], b""]
    );
}

#[test]
fn a_quoted_string_may_hold_quotes_by_escape_and_stand_in_parentheses() {
    assert_eq!(
        tokens("a MIMI ( \"x\\\"(\" ; \"(\n \"y)\" )\n"),
        [&b"x\"("[..], b"y)"]
    );
}

#[test]
fn escapes_are_decimal_or_one_octet() {
    assert_eq!(
        tokens(br"a MIMI \065\066\;\  \(\)\\\255 \.x"),
        [&b"AB; "[..], b"()\\\xFF", b".x"]
    );
}

#[test]
fn rejects_unfinished_escapes_when_a_token_is_decoded() {
    for (text, code) in [
        ("\\", "unfinished-escape"),
        ("x\\12", "unfinished-escape"),
        ("\\1x3", "unfinished-escape"),
        ("\\256", "escape-over-255"),
    ] {
        let input = format!("a MIMI {text}");
        let error = record(&input).tokens[0].octets.clone().unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn rejects_unfinished_escapes_in_owners_at_their_place() {
    let error = error("a\\25 TXT x");
    assert_eq!((error.code(), error.span), ("bad-name", 1..4));
}

#[test]
fn an_escaped_dot_does_not_split_labels() {
    assert_eq!(
        record(r"first\.last TXT x").owner.to_string(),
        "first\\046last.example."
    );
}

#[test]
fn comments_end_with_the_line_and_are_kept() {
    let input = "; one\na TXT x;two\r\n  ; three\n( ; four\n)";
    let comments: Vec<Vec<u8>> = read(&reader(), input)
        .into_iter()
        .filter_map(|item| match item {
            Item::Comment { text, .. } => Some(text),
            _ => None,
        })
        .collect();
    assert_eq!(comments, [&b"; one"[..], b";two", b"; three", b"; four"]);
}

#[test]
fn comments_of_an_entry_come_after_it() {
    let input = "a TXT ( x ; one\n y ; two\n ) ; three\nb TXT z";
    let kinds: Vec<&str> = read(&reader(), input)
        .iter()
        .map(|item| match item {
            Item::Record(_) => "record",
            Item::Comment { .. } => "comment",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["record", "comment", "comment", "comment", "record"]);
}

#[test]
fn spans_say_where_everything_stands() {
    let input = " \na  60 IN\tMIMI ( \"x\" ) ; c\n  TXT y\n";
    let all = records(&reader(), input);
    let text = |span: &std::ops::Range<usize>| &input[span.clone()];
    assert_eq!(text(&all[0].span), "a  60 IN\tMIMI ( \"x\" )");
    assert_eq!(text(&all[0].owner_span), "a");
    assert_eq!(text(all[0].ttl_span.as_ref().unwrap()), "60");
    assert_eq!(text(all[0].class_span.as_ref().unwrap()), "IN");
    assert_eq!(text(&all[0].type_span), "MIMI");
    let token = &all[0].tokens[0];
    assert_eq!((text(&token.span), token.quoted), ("\"x\"", true));
    assert_eq!(text(&all[0].text_span), "\"x\" )");
    assert_eq!(all[0].text, b"\"x\" )");
    assert_eq!(text(&all[1].span), "  TXT y");
    assert!(all[1].owner_span.is_empty());
}

#[test]
fn directives_are_told_with_their_places() {
    let input = "$TTL 1h ; c\n$ORIGIN x.y.\n";
    let directives: Vec<_> = read(&reader(), input)
        .into_iter()
        .filter_map(|item| match item {
            Item::Directive(directive) => Some((
                directive.kind,
                &input[directive.span],
                &input[directive.argument_span],
            )),
            _ => None,
        })
        .collect();
    assert_eq!(
        directives,
        [
            (DirectiveKind::Ttl(3600), "$TTL 1h", "1h"),
            (DirectiveKind::Origin(name("x.y.")), "$ORIGIN x.y.", "x.y.")
        ]
    );
}

#[test]
fn rejects_include_at_its_place_and_reads_on() {
    let input = "a TXT x\n$INCLUDE sub.db sub.example.\nb TXT y\n";
    let error = error(input);
    assert_eq!(error.code(), "include-not-followed");
    assert_eq!(&input[error.span], "sub.db");
    assert_eq!(good(&reader(), input).len(), 2);
}

#[test]
fn rejects_directives_without_or_with_too_many_arguments() {
    for (input, code) in [
        ("$ORIGIN", "missing-argument"),
        ("$ORIGIN a. b.", "trailing-token"),
        ("$TTL", "missing-argument"),
        ("$TTL 60 60", "trailing-token"),
        ("$TTL soon", "bad-ttl"),
        ("$ORIGIN a..b.", "bad-name"),
        ("$DATE 2026", "unknown-directive"),
        ("  $TTL 60", "indented-directive"),
    ] {
        assert_eq!(error(input).code(), code, "{input}");
    }
}

#[test]
fn an_escaped_or_quoted_dollar_starts_a_name() {
    assert_eq!(
        record("\\$TTL TXT x").owner.to_string(),
        "\\036TTL.example."
    );
    assert_eq!(
        record("\"$TTL\" TXT x").owner.to_string(),
        "\\036TTL.example."
    );
}

#[test]
fn rejects_lines_without_a_type() {
    for input in ["a", "a 60", "a IN 60 ; TXT", "a IN ( \n )"] {
        assert_eq!(error(input).code(), "missing-type", "{input}");
    }
}

#[test]
fn rejects_types_and_classes_that_zones_never_hold() {
    for (input, code) in [
        ("a ANY x", "meta-type"),
        ("a TYPE255 \\# 0", "meta-type"),
        ("a OPT x", "meta-type"),
        ("a AXFR", "meta-type"),
        ("a TYPE0 \\# 0", "meta-type"),
        ("a CLASS255 TXT x", "meta-class"),
        ("a CLASS0 TXT x", "meta-class"),
        ("a TXTT x", "unknown-type"),
        ("a \"TXT\" x", "unknown-type"),
        ("a TYPE65536 \\# 0", "unknown-type"),
        ("a TYPE+5 \\# 0", "unknown-type"),
        ("a CLASS65536 TXT x", "unknown-type"),
    ] {
        assert_eq!(error(input).code(), code, "{input}");
    }
}

#[test]
fn octets_that_are_not_utf_8_pass() {
    assert_eq!(
        record(b"\xC3+ TXT \"\xFF\"").owner.to_string(),
        "\\195\\043.example."
    );
    assert_eq!(record(b"a TXT \"\xFF\" \xFE").octets(), b"\x01\xFF\x01\xFE");
}
