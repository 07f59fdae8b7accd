//! What people read: every code, its message and its help.

use std::collections::BTreeSet;
use std::fmt::Write;

use mimi_mssi::{
    Code, Intention, MAX_OCTETS, OwnedMssi, Severity, Verdict, WriteError, parse, parse_strict,
};

/// One or more strings for each code.
fn examples() -> Vec<Vec<u8>> {
    let mut examples: Vec<Vec<u8>> = [
        "",
        "a=bob; v=MIMI1; e=m",
        "v=MIMI2; a=bob",
        "v=MIMI1; a=b\0b; e=m",
        "v=MIMI1; a=bob; e=m;bar",
        "v=MIMI1; a=bob; e=m; =x",
        "v=MIMI1; a=bob; e=m; x-y=1",
        "v=MIMI1; a=bob; a=eve; e=m",
        "v=MIMI1",
        "v=MIMI1; a=; e=",
        " v=MIMI1; a=bob; e=m",
        "v=MIMI1;\r\n a=bob; e=m",
        "v=MIMI1; a=bob \t smith; e=m",
        "v=MIMI1;; a=bob; e=m",
        "v=MIMI1; a=bob; e=m; P=1",
        "v=MIMI1; a=m\u{fc}ller; e=m",
        "v=MIMI1; a=bob; e=m; pv=",
        "v=MIMI1; a=bob; e=m; p=+1",
        "v=MIMI1; a=bob; e=m; p=4294967296",
        "v=MIMI1; a=bob; e=m; p=0070000",
        "v=MIMI1; a=bob; e=m; colour=blue",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    examples.push(b"v=MIMI1; a=m\xfcller; e=m".to_vec());
    examples.push(b"a".repeat(MAX_OCTETS + 1));
    let mut tags = b"v=MIMI1; a=bob; e=m".to_vec();
    (0..62).for_each(|number| tags.extend(format!("; x{number}=1").into_bytes()));
    examples.push(tags);
    examples
}

fn describe(input: &[u8], skip: &[Code]) -> String {
    let mut output = String::new();
    for diagnostic in parse(input).diagnostics() {
        if skip.contains(&diagnostic.code()) {
            continue;
        }
        let span = diagnostic.span();
        writeln!(
            output,
            "{}[{}] {}..{}: {diagnostic}",
            diagnostic.severity(),
            diagnostic.code(),
            span.start,
            span.end,
        )
        .unwrap();
        if let Some(help) = diagnostic.help() {
            writeln!(output, "  help: {help}").unwrap();
        }
    }
    output
}

#[test]
fn every_code_has_a_message() {
    let mut seen = BTreeSet::new();
    let mut output = String::new();
    for example in examples() {
        let judgement = parse(&example);
        seen.extend(
            judgement
                .diagnostics()
                .iter()
                .map(|diagnostic| diagnostic.code()),
        );
        let many = judgement.diagnostics().len() > 8;
        output += &describe(&example, if many { &[Code::UnknownTag] } else { &[] });
    }
    assert_eq!(seen, Code::ALL.iter().copied().collect());
    insta::assert_snapshot!(output);
}

#[test]
fn the_table_of_codes_is_stable() {
    let mut output = String::new();
    for code in Code::ALL {
        writeln!(
            output,
            "{code} | {} | {} | {} | {}",
            code.severity(),
            code.verdict(),
            code.origin(),
            code.summary()
        )
        .unwrap();
    }
    insta::assert_snapshot!(output);
}

#[test]
fn likely_intentions_get_help() {
    let mut output = String::new();
    for input in [
        "V=MIMI1; a=bob; e=m",
        "v:MIMI1; a:bob; e:m",
        "MIMI1; a=bob; e=m",
        "v MIMI1; a=bob; e=m",
        "\"v=MIMI1; a=bob; e=m\"",
        "\u{201c}v=MIMI1; a=bob; e=m\u{201d}",
        "\u{feff}v=MIMI1; a=bob; e=m",
        "v=MIMI1, a=bob, e=m",
        "v=MIMI1 a=bob e=m",
        "v=MIMI1: a=bob",
        "v=MIMI1\\; a=bob\\; e=m",
        "v=mimi1; a=bob; e=m",
        "v=\"MIMI1\"; a=bob; e=m",
        "v=MIMI1.0",
        "v=spf1 -all",
        "v=MIMIX1; d=mimi.example.net",
        "hello",
        "v=MIMI1; a=bob, e=m",
        "v=MIMI1; a=bob e=m",
        "v=MIMI1; A=bob; e=m",
        "v=MIMI1; a=bob; e=m; p:1",
        "v=MIMI1; a=foo\\;bar; e=m",
        "v=MIMI1; a=Tom &amp; Jerry; e=m",
        "v=MIMI1; a=bob; e=m;\u{201d}",
        "v=MIMI1;\\n a=bob; e=m",
        "v=MIMI1; a=bob; e=m; \u{feff}p=1",
        "v=MIMI1; a=bob; e=m p=1; s t=x",
        "v=MIMI1; a=\u{201c}bob\u{201d}; e=m",
        "v=MIMI1; a=bob; e=b\u{fc}cher.example",
        "v=MIMI1; a=bob; e=\u{202e}m",
        "v=MIMI1; a=bob; a=eve; e=m",
        "v=MIMI1; a=bob;\r\ne=m",
    ] {
        writeln!(output, "{}", input.escape_default()).unwrap();
        output += &describe(input.as_bytes(), &[]);
        output.push('\n');
    }
    insta::assert_snapshot!(output);
}

#[test]
fn an_intention_comes_with_its_remedy() {
    let judgement = parse(b"V=MIMI1; a=bob; e=m");
    let diagnostic = &judgement.diagnostics()[0];
    assert_eq!(diagnostic.intention(), Some(Intention::TagCase));
    assert_eq!(diagnostic.help(), Some(Intention::TagCase.as_str()));
}

#[test]
fn white_space_before_a_tag_that_is_there_is_just_white_space() {
    for input in ["v=MIMI1; a=bob p=1; e=m; p=2", "v=MIMI1; a=bob x=1; e=m"] {
        let judgement = parse(input.as_bytes());
        assert_eq!(judgement.diagnostics()[0].intention(), None, "{input}");
    }
    let judgement = parse(b"v=MIMI1; a=bob p=1; e=m");
    let intention = judgement.diagnostics()[0].intention();
    assert_eq!(intention, Some(Intention::SpaceForSemicolon));
}

#[test]
fn a_long_find_is_shortened() {
    let input = format!("v=MIMI1; a=bob; e=m; {}", "x".repeat(200));
    let message = parse(input.as_bytes()).diagnostics()[0].message();
    assert_eq!(
        message,
        format!("expected `name=value`, found `{}...`", "x".repeat(40))
    );
}

#[test]
fn never_writes_raw_octets_into_a_message() {
    let judgement = parse(b"v=MIMI1; a=bob; e=m; x\x1b[31m\xff\\");
    assert_eq!(
        judgement.diagnostics()[0].message(),
        "expected text without control octets, found `\\027` at octet 22"
    );
}

#[test]
fn a_duplicate_points_at_the_first() {
    let judgement = parse(b"v=MIMI1; foo=1; foo=2; a=bob; e=m");
    let duplicate = judgement
        .diagnostics()
        .iter()
        .find(|d| d.code() == Code::DuplicateTag)
        .unwrap();
    assert_eq!(
        (duplicate.span(), duplicate.related()),
        (16..19, Some(9..12))
    );
}

#[test]
fn a_refusal_says_what_and_why() {
    let refusal = parse_strict(b"v=MIMI1; a=foo;bar; e=m").unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "record rejected: a segment without `=`"
    );
}

#[test]
fn only_errors_refuse_a_record() {
    for code in Code::ALL {
        assert_eq!(
            code.severity() == Severity::Error,
            code.verdict() != Verdict::Usable,
            "{code}"
        );
    }
}

#[test]
fn write_errors_have_messages() {
    let builder = || OwnedMssi::builder("bob", "im.example");
    let mut crowded = builder();
    for number in 0..62 {
        crowded = crowded.extension(format!("x{number}"), "");
    }
    let errors: Vec<WriteError> = [
        OwnedMssi::builder("", "im.example"),
        builder().service(" telegram"),
        OwnedMssi::builder("a;b", "im.example"),
        builder().extension("x", "\u{1b}"),
        OwnedMssi::builder("m\u{fc}ller", "im.example"),
        OwnedMssi::builder("bob", "b\u{fc}cher.example").allow_non_ascii(),
        builder().extension("x-\u{202e}", "1"),
        builder().extension("PV", "1"),
        builder().extension("x", "1").extension("x", "1"),
        crowded,
        OwnedMssi::builder("x".repeat(MAX_OCTETS), "im.example"),
    ]
    .into_iter()
    .map(|builder| builder.build().unwrap_err())
    .collect();
    let mut output = String::new();
    for error in errors {
        writeln!(output, "[{}] {error}", error.code()).unwrap();
    }
    insta::assert_snapshot!(output);
}
