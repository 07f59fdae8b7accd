//! Expected texts are what BIND 9.18 makes of the same directive.

use super::{GenerateError, MAX_GENERATED, Range, Template};

fn range(text: &str) -> Range {
    Range::parse(text.as_bytes()).unwrap()
}

fn values(text: &str) -> Vec<u32> {
    values_of(range(text)).collect()
}

fn values_of(range: Range) -> impl Iterator<Item = u32> {
    (0..range.count()).filter_map(move |index| range.nth(index))
}

/// The RDATA `text` for every number of a range; as if between quotes.
fn expand(numbers: &str, text: &str) -> Vec<String> {
    let range = range(numbers);
    let template = Template::rdata(text.as_bytes(), true, &range).unwrap();
    values_of(range)
        .map(|value| {
            let mut octets = Vec::new();
            template.expand(value, &mut octets);
            assert!(octets.len() <= template.longest(), "{text}");
            String::from_utf8(octets).unwrap()
        })
        .collect()
}

fn expand_one(number: u32, text: &str) -> String {
    expand(&format!("{number}-{number}"), text).remove(0)
}

/// The code of an error, and the text it stands at.
fn at<T>(text: &str, result: Result<T, GenerateError>) -> (&'static str, &str) {
    let error = result.err().unwrap();
    (error.kind.as_str(), &text[error.span])
}

fn range_error(text: &str) -> (&'static str, &str) {
    at(text, Range::parse(text.as_bytes()))
}

fn template_error<'a>(numbers: &str, text: &'a str) -> (&'static str, &'a str) {
    at(
        text,
        Template::rdata(text.as_bytes(), false, &range(numbers)),
    )
}

#[test]
fn a_range_counts_from_start_to_stop() {
    assert_eq!(values("1-3"), [1, 2, 3]);
    assert_eq!(values("0-0"), [0]);
    assert_eq!(values("001-002"), [1, 2]);
    assert_eq!(values("0-6/3"), [0, 3, 6]);
    assert_eq!(values("1-6/3"), [1, 4]);
    assert_eq!(values("5-6/2147483647"), [5]);
    assert_eq!(values("2147483640-2147483647/7"), [2147483640, 2147483647]);
    assert_eq!(range("10-19/4").count(), 3);
}

#[test]
fn rejects_ranges_that_are_none() {
    for text in [
        "", "1", "-", "1-", "-2", "-1-2", "1--2", "1-2x", "x1-2", "+1-2", "1-+2", "0x1-2", "1,2",
        "1-2-3", "1/2", "1/2-3", "1-2/", "1-2/-1", "1-2/1x", "1-2/1/1", " 1-2", "\\049-2",
    ] {
        assert_eq!(range_error(text), ("generate-bad-range", text), "{text}");
    }
}

#[test]
fn rejects_ranges_bind_would_wrap_or_never_finish() {
    for (text, code, span) in [
        ("3-1", "generate-range-reversed", "1"),
        ("1-2/0", "generate-zero-step", "0"),
        ("1-2147483648", "generate-number-too-large", "2147483648"),
        (
            "4294967297-4294967298",
            "generate-number-too-large",
            "4294967297",
        ),
        ("1-2/2147483648", "generate-number-too-large", "2147483648"),
        (
            "1-99999999999999999999999",
            "generate-number-too-large",
            "99999999999999999999999",
        ),
    ] {
        assert_eq!(range_error(text), (code, span), "{text}");
    }
}

#[test]
fn rejects_more_records_than_the_bound_before_any_is_made() {
    assert_eq!(range("0-65535").count(), MAX_GENERATED);
    assert_eq!(range("0-655359/10").count(), MAX_GENERATED);
    for text in ["0-65536", "0-2147483647", "1-655370/10"] {
        assert_eq!(range_error(text), ("generate-too-many-records", text));
    }
}

#[test]
fn a_dollar_becomes_the_number() {
    assert_eq!(expand("9-11", "a$.b$"), ["a9.b9", "a10.b10", "a11.b11"]);
    assert_eq!(expand_one(7, "no place"), "no place");
    assert_eq!(expand_one(7, "{$}"), "{7}");
    assert_eq!(expand_one(7, ""), "");
}

#[test]
fn a_doubled_or_escaped_dollar_is_none() {
    for (text, expected) in [
        ("$$", "$"),
        ("$$$", "$1"),
        ("$$$$", "$$"),
        ("$${3}", "${3}"),
        ("\\$", "\\$"),
        ("\\${3}", "\\${3}"),
        ("\\$$", "\\$1"),
        ("\\\\$", "\\\\1"),
        ("$\\{3}", "1\\{3}"),
        ("\\036", "\\036"),
        ("\\03$", "\\031"),
        ("$\\", "1\\"),
    ] {
        assert_eq!(expand_one(1, text), expected, "{text}");
    }
}

#[test]
fn an_escaped_quotation_mark_is_one_of_the_record_only_between_quotes() {
    assert_eq!(expand_one(1, r#"\"a $\" \"b\""#), r#""a 1" "b""#);
    assert_eq!(expand_one(1, r#"\\\"$"#), r#"\\"1"#);
    let range = range("1-1");
    let mut octets = Vec::new();
    let template = Template::owner(br#"a\"$"#, &range).unwrap();
    template.expand(1, &mut octets);
    assert_eq!(octets, br#"a\"1"#);
}

#[test]
fn an_offset_is_added() {
    assert_eq!(expand("1-2", "${10}"), ["11", "12"]);
    assert_eq!(expand("1-2", "${+10}"), ["11", "12"]);
    assert_eq!(expand("2-3", "a${-2}"), ["a0", "a1"]);
    assert_eq!(expand_one(1, "${-2} ${002} ${-0} ${3}}"), "-1 3 1 4}");
    assert_eq!(expand_one(0, "${2147483647}"), "2147483647");
    assert_eq!(expand_one(0, "${-2147483648}"), "-2147483648");
}

#[test]
fn refuses_a_bare_dollar_behind_an_offset_which_servers_read_differently() {
    assert_eq!(
        template_error("1-1", "$-${5}-$"),
        ("generate-offset-kept", "$")
    );
    assert_eq!(expand_one(1, "a${5,3,x}-${0}-$"), "a006-1-1");
}

#[test]
fn a_width_pads_with_zeros() {
    assert_eq!(expand("9-10", "${0,3}"), ["009", "010"]);
    assert_eq!(expand_one(1, "${-2,5} ${0,3,d} ${0,0}"), "-0001 001 1");
    assert_eq!(expand_one(1234, "${0,2}"), "1234");
    assert_eq!(expand_one(1, "${0,127}").len(), 127);
}

#[test]
fn a_base_may_be_octal_or_hexadecimal() {
    assert_eq!(
        expand("9-11", "${0,3,o} ${0,3,x} ${0,0,X}"),
        ["011 009 9", "012 00a A", "013 00b B"]
    );
    assert_eq!(
        expand_one(1, "${-2,1,o} ${-2,1,x} ${-2,1,X}"),
        "37777777777 ffffffff FFFFFFFF"
    );
}

#[test]
fn nibbles_are_dotted_from_the_lowest() {
    assert_eq!(expand("300-301", "${0,7,n}"), ["c.2.1.0", "d.2.1.0"]);
    assert_eq!(
        expand_one(300, "${0,8,n} ${0,8,N} ${0,0,N} ${0,1,N}"),
        "c.2.1.0. C.2.1.0. C.2.1 C.2.1"
    );
    assert_eq!(
        expand_one(1, "${0,2,n} ${0,4,n} ${16,2,n} ${16,4,N}"),
        "1. 1.0. 1.1 1.1."
    );
    assert_eq!(
        expand_one(2147483647, "${0,0,n} ${0,15,n} ${0,16,n} ${0,20,n}"),
        "f.f.f.f.f.f.f.7 f.f.f.f.f.f.f.7 f.f.f.f.f.f.f.7. f.f.f.f.f.f.f.7.0.0."
    );
    assert_eq!(
        expand("10-11", "${-11,0,n} ${-11,20,N}"),
        [
            "f.f.f.f.f.f.f.f F.F.F.F.F.F.F.F.0.0.",
            "0 0.0.0.0.0.0.0.0.0.0."
        ]
    );
}

#[test]
fn rejects_modifiers_that_are_none() {
    for (text, code, span) in [
        ("a${", "generate-unclosed-modifier", "${"),
        ("a${0,3,x", "generate-unclosed-modifier", "${0,3,x"),
        ("a${}", "generate-bad-offset", ""),
        ("a${,3}", "generate-bad-offset", ""),
        ("a${x}", "generate-bad-offset", "x"),
        ("a${0x2}", "generate-bad-offset", "0x2"),
        ("a${ 1}", "generate-bad-offset", " 1"),
        ("a${{3}}", "generate-bad-offset", "{3"),
        ("a${--1}", "generate-bad-offset", "--1"),
        ("a${2147483648}", "generate-bad-offset", "2147483648"),
        ("a${-2147483649}", "generate-bad-offset", "-2147483649"),
        ("a${0,}", "generate-bad-width", ""),
        ("a${0,-1}", "generate-bad-width", "-1"),
        ("a${0,+1}", "generate-bad-width", "+1"),
        ("a${0,128}", "generate-bad-width", "128"),
        ("a${0,4294967296}", "generate-bad-width", "4294967296"),
        ("a${0,3,}", "generate-bad-base", ""),
        ("a${0,3,z}", "generate-bad-base", "z"),
        ("a${0,3,dd}", "generate-bad-base", "dd"),
        ("a${0,3,d,}", "generate-trailing-modifier", ""),
        ("${0,3,x}${0,4,q}", "generate-bad-base", "q"),
    ] {
        assert_eq!(template_error("1-1", text), (code, span), "{text}");
    }
}

#[test]
fn rejects_values_over_31_bits_anywhere_in_the_range() {
    let code = "generate-value-too-large";
    assert_eq!(expand("0-1", "${2147483646}")[1], "2147483647");
    assert_eq!(
        template_error("0-2", "$ ${2147483646}"),
        (code, "${2147483646}")
    );
    assert_eq!(
        template_error("0-1", "${0} ${2147483647}"),
        (code, "${2147483647}")
    );
    // The written end is never reached.
    assert_eq!(expand("0-9/6", "${2147483641}")[1], "2147483647");
}

#[test]
fn rejects_line_feeds() {
    for text in ["a\n", "a\\\nb", "${\n}"] {
        let (code, span) = template_error("1-1", text);
        assert_eq!((code, span), ("generate-line-feed", "\n"));
    }
}

#[test]
fn rejects_text_that_expands_beyond_its_bound() {
    let owner = |text: &str, numbers: &str| {
        let range = range(numbers);
        let result = Template::owner(text.as_bytes(), &range);
        result.map(drop).map_err(|error| error.kind.as_str())
    };
    assert!(owner(&"a".repeat(2047), "1-1").is_ok());
    assert!(owner(&("a".repeat(2046) + "$"), "8-9").is_ok());
    for (text, numbers) in [
        ("a".repeat(2048), "1-1"),
        ("a".repeat(2046) + "$", "9-10"),
        ("${0,127}".repeat(17), "1-1"),
        ("a".repeat(2046) + "${-10}", "9-10"),
    ] {
        assert_eq!(owner(&text, numbers).unwrap_err(), "generate-too-long");
    }
    let long = "${0,127,n}".repeat(483);
    assert_eq!(expand_one(1, &long).len(), 483 * 127);
    let (code, _) = template_error("1-1", &"${0,127,n}".repeat(484));
    assert_eq!(code, "generate-too-long");
    let (code, _) = template_error("1-1", &"$".repeat(1 << 20 | 1));
    assert_eq!(code, "generate-too-long");
}

#[test]
fn messages_say_what_was_expected_and_found() {
    let messages: Vec<String> = ["1", "3-1", "1-2/0", "1-2147483648", "0-65536", "\u{1b}-2"]
        .iter()
        .map(|text| Range::parse(text.as_bytes()).unwrap_err().to_string())
        .chain(
            [
                "${0",
                "${y}",
                "${}",
                "${0,200}",
                "${0,1,z}",
                "${0,1,d,2}",
                "${2147483647}",
                "\n",
            ]
            .iter()
            .map(|text| {
                let result = Template::owner(text.as_bytes(), &range("1-9"));
                result.unwrap_err().to_string()
            }),
        )
        .collect();
    assert_eq!(
        messages,
        [
            "expected a range such as 1-20 or 1-20/2, found `1`",
            "expected a range that ends at 3 or above, found 1",
            "expected a step of at least 1, found `0`",
            "expected a number of at most 2147483647, found `2147483648`",
            "expected a range of at most 65536 records, found 65537",
            "expected a range such as 1-20 or 1-20/2, found `\\027-2`",
            "expected a closing brace behind ${, found `${0`",
            "expected an offset of -2147483648 to 2147483647 behind ${, found `y`",
            "expected an offset of -2147483648 to 2147483647 behind ${, found nothing",
            "expected a width of 0 to 127, found `200`",
            "expected the base d, o, x, X, n or N, found `z`",
            "expected a closing brace behind the base, found `2`",
            "expected at most 2147483647 as the sum of range and offset, found 2147483656",
            "expected text of one line, found a line feed",
        ]
    );
}
