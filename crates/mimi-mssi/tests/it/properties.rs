//! Properties over arbitrary strings and over strings shaped like definition strings.

use mimi_mssi::{Code, OwnedMssi, Severity, Verdict, parse, parse_strict};
use proptest::prelude::*;

fn name() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => prop::sample::select(vec!["v", "a", "e", "pv", "p", "s"]).prop_map(|s| s.as_bytes().to_vec()),
        2 => "[a-zA-Z][a-zA-Z0-9_]{0,3}".prop_map(String::into_bytes),
        1 => prop::sample::select(vec!["", "A", "V", "x-y", "\\n a", "é", "a b", "\0", "\r\nv"])
            .prop_map(|s| s.as_bytes().to_vec()),
    ]
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => prop::sample::select(vec!["MIMI1", "bob", "m.example", "1", "007", "70000", "99999999999", "telegram"])
            .prop_map(|s| s.as_bytes().to_vec()),
        2 => "[!-:<-~]{0,8}".prop_map(String::into_bytes),
        1 => prop::sample::select(vec!["", "b b", "b=b", "ü", "b\r\n b", "\u{202e}x", "“x”", "-1", "１"])
            .prop_map(|s| s.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ]
}

fn space() -> impl Strategy<Value = &'static [u8]> {
    prop_oneof![
        6 => Just(&b""[..]),
        3 => Just(&b" "[..]),
        1 => prop::sample::select(vec![&b"\t "[..], b"\r\n ", b" \r\n\t", b"\r\n", b"\n"]),
    ]
}

fn segment() -> impl Strategy<Value = Vec<u8>> {
    let equals = prop_oneof![12 => Just(&b"="[..]), 1 => Just(&b""[..]), 1 => Just(&b":"[..])];
    (space(), name(), space(), equals, space(), value(), space()).prop_map(
        |(s1, name, s2, equals, s3, value, s4)| {
            [s1, name.as_slice(), s2, equals, s3, value.as_slice(), s4].concat()
        },
    )
}

/// Strings near the border between usable and not.
fn shaped() -> impl Strategy<Value = Vec<u8>> {
    let blank = space().prop_map(<[u8]>::to_vec);
    let segments = prop::collection::vec(prop_oneof![9 => segment(), 1 => blank], 0..8);
    let start = prop::sample::select(vec![
        "",
        "v=MIMI1;",
        "v=MIMI1; a=bob; e=m.example;",
        " v = MIMI1;a=b;",
        ";",
        "v=MIMI2;",
    ]);
    (start, segments)
        .prop_map(|(start, segments)| [start.as_bytes(), &segments.join(&b";"[..])].concat())
}

fn input() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => shaped(),
        1 => prop::collection::vec(any::<u8>(), 0..60),
        1 => prop::collection::vec(prop::sample::select(&b"vaep=; \t\r\nMI1"[..]), 0..40),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn both_entry_points_agree(input in input()) {
        let judgement = parse(&input);
        let strict = parse_strict(&input);
        prop_assert_eq!(strict.is_ok(), judgement.verdict() == Verdict::Usable);
        prop_assert_eq!(strict.err(), judgement.refusal());
        let first_error = judgement.diagnostics().iter().find(|d| d.severity() == Severity::Error);
        prop_assert_eq!(strict.err().map(|refusal| refusal.code), first_error.map(|d| d.code()));
        prop_assert_eq!(strict.ok(), judgement.mssi());
        if let Ok(mssi) = strict {
            let tags = judgement.tags();
            prop_assert_eq!(Some(mssi.mssa()), tags.a);
            prop_assert_eq!(Some(mssi.mse()), tags.e);
            prop_assert_eq!(mssi.protocol_version(), tags.pv);
            prop_assert_eq!(mssi.priority(), tags.p);
            prop_assert_eq!(mssi.service(), tags.s);
            prop_assert_eq!(&mssi.extensions().collect::<Vec<_>>(), &tags.extensions);
        }
    }

    #[test]
    fn findings_lie_within_the_input_and_are_few(input in input()) {
        let judgement = parse(&input);
        for diagnostic in judgement.diagnostics() {
            let span = diagnostic.span();
            prop_assert!(span.start <= span.end && span.end <= input.len());
            prop_assert!(diagnostic.message().bytes().all(|octet| matches!(octet, b' '..=b'~')));
        }
        prop_assert!(judgement.diagnostics().len() <= 12 * (mimi_mssi::MAX_TAGS + 1));
    }

    #[test]
    fn never_judges_further_when_ignored(input in input()) {
        let judgement = parse(&input);
        if judgement.verdict() == Verdict::Ignored {
            prop_assert_eq!(judgement.diagnostics().len(), 1);
        }
    }

    #[test]
    fn a_usable_string_survives_its_canonical_form(input in input()) {
        if let Ok(mssi) = parse_strict(&input) {
            let owned = mssi.to_owned();
            let canonical = owned.to_string();
            let again = parse_strict(canonical.as_bytes());
            prop_assert_eq!(again.map(|again| again.to_owned()), Ok(owned));
            prop_assert_eq!(canonical.parse::<OwnedMssi>().map(|again| again.to_string()), Ok(canonical.clone()));
            prop_assert_eq!(again, Ok(mssi));
            // What the form normalises, it does not warn about again.
            prop_assert!(!parse(canonical.as_bytes()).diagnostics().iter().any(|d| matches!(
                d.code(),
                Code::FoldedWhiteSpace | Code::EmptySegment | Code::WhiteSpaceBeforeVersion
                    | Code::PriorityLeadingZeros | Code::PriorityNotANumber | Code::EmptyOptionalValue
            )));
        }
    }

    #[test]
    fn what_is_written_reads_back(
        mssa in "[!-:<-~]([ -:<-~]{0,20}[!-:<-~])?",
        mse in "[a-z0-9.:-]{1,20}",
        protocol_version in prop::option::of("[!-:<-~]{1,8}"),
        priority in any::<Option<u32>>(),
        service in prop::option::of("[a-z]{1,8}"),
        extensions in prop::collection::btree_map("x[a-z0-9_]{0,5}", "([!-:<-~]{1,8})?", 0..5),
    ) {
        let mut builder = OwnedMssi::builder(mssa, mse);
        if let Some(version) = protocol_version {
            builder = builder.protocol_version(version);
        }
        if let Some(priority) = priority {
            builder = builder.priority(priority);
        }
        if let Some(service) = service {
            builder = builder.service(service);
        }
        for (name, value) in extensions {
            builder = builder.extension(name, value);
        }
        let mssi = builder.build().unwrap();
        prop_assert_eq!(mssi.to_string().parse(), Ok(mssi));
    }

    #[test]
    fn the_writer_publishes_nothing_that_reads_otherwise(
        mssa in ".{0,6}",
        mse in ".{0,6}",
        name in "[a-zA-Z_ ]{0,2}",
        value in ".{0,4}",
    ) {
        let builder = OwnedMssi::builder(mssa, mse).extension(name, value);
        for builder in [builder.clone(), builder.allow_non_ascii()] {
            if let Ok(mssi) = builder.build() {
                prop_assert_eq!(mssi.to_string().parse(), Ok(mssi));
            }
        }
    }
}
