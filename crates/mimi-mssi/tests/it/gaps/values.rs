//! D22 to D26, D29 and D32: values, and what the writer refuses.

use mimi_mssi::{Code, OwnedMssi, Verdict, WriteError, parse};

use super::{PLAIN, refusal, rejected, usable, warnings};

mod d22 {
    use super::*;

    #[test]
    fn rejects_an_empty_account_or_endpoint() {
        assert_eq!(rejected("v=MIMI1; a= ; e=im.example"), Code::EmptyAccount);
        assert_eq!(rejected("v=MIMI1; a=bob; e="), Code::EmptyEndpoint);
    }

    #[test]
    fn an_empty_optional_tag_counts_as_absent() {
        assert_eq!(
            usable("v=MIMI1; a=bob; e=im.example; p=; pv= ; s="),
            usable(PLAIN)
        );
    }

    #[test]
    fn warns_about_an_empty_optional_tag() {
        for tag in ["p", "pv", "s"] {
            assert_eq!(
                warnings(&format!("{PLAIN}; {tag}=")),
                [Code::EmptyOptionalValue]
            );
        }
    }
}

mod d23 {
    use super::*;

    fn refused(mssa: &str) -> WriteError {
        OwnedMssi::builder(mssa, "im.example").build().unwrap_err()
    }

    #[test]
    fn values_are_never_decoded() {
        for value in ["b\\\\b", "b%3Bb", "b=3Bb", "\"b\"", "b\\059b"] {
            assert_eq!(
                usable(&format!("v=MIMI1; a={value}; e=im.example")).mssa(),
                value
            );
        }
    }

    #[test]
    fn a_value_with_inner_space_can_be_published() {
        let mssi = OwnedMssi::builder("bob smith", "im.example")
            .build()
            .unwrap();
        assert_eq!(mssi.mssa(), "bob smith");
    }

    #[test]
    fn refuses_to_publish_a_semicolon() {
        assert_eq!(
            refused("a;b"),
            WriteError::Semicolon {
                tag: "a".into(),
                position: 1
            }
        );
    }

    #[test]
    fn refuses_to_publish_a_control() {
        for value in ["b\0", "b\tb", "b\r\n b", "\u{7f}"] {
            assert!(
                matches!(refused(value), WriteError::Control { .. }),
                "{value:?}"
            );
        }
        let c1 = OwnedMssi::builder("b\u{85}", "im.example")
            .allow_non_ascii()
            .build();
        assert!(matches!(c1, Err(WriteError::Control { position: 1, .. })));
    }

    #[test]
    fn refuses_to_publish_outer_white_space() {
        for value in [" bob", "bob ", "\tbob", " "] {
            assert_eq!(
                refused(value),
                WriteError::OuterWhiteSpace { tag: "a".into() }
            );
        }
    }

    #[test]
    fn refuses_to_publish_an_empty_value() {
        assert_eq!(refused(""), WriteError::EmptyValue { tag: "a".into() });
        let service = OwnedMssi::builder("bob", "im.example").service("").build();
        assert_eq!(service, Err(WriteError::EmptyValue { tag: "s".into() }));
    }

    #[test]
    fn refuses_to_publish_a_name_that_is_reserved_bad_or_taken() {
        let builder = || OwnedMssi::builder("bob", "im.example");
        for name in ["v", "a", "p", "P", "Pv", "S"] {
            let error = builder().extension(name, "1").build();
            assert_eq!(
                error,
                Err(WriteError::ReservedTagName { name: name.into() })
            );
        }
        for name in ["", "1x", "x-y", "x=y", "x;y", "é"] {
            let error = builder().extension(name, "1").build();
            assert_eq!(error, Err(WriteError::BadTagName { name: name.into() }));
        }
        let error = builder()
            .extension("x", "1")
            .extension("y", "")
            .extension("x", "1")
            .build();
        assert_eq!(error, Err(WriteError::DuplicateTag { tag: "x".into() }));
    }
}

mod d24 {
    use super::*;

    #[test]
    fn only_the_first_equals_sign_splits() {
        assert_eq!(usable("v=MIMI1; a=b=c; e==").mssa(), "b=c");
        assert_eq!(usable("v=MIMI1; a=b=c; e==").mse(), "=");
    }
}

mod d25 {
    use super::*;

    #[test]
    fn utf8_is_kept_as_it_is() {
        assert_eq!(usable("v=MIMI1; a=müller; e=im.example").mssa(), "müller");
        assert_eq!(
            usable("v=MIMI1; a=e\u{301}; e=im.example").mssa(),
            "e\u{301}"
        );
    }

    #[test]
    fn warns_about_characters_outside_ascii() {
        assert_eq!(
            warnings("v=MIMI1; a=müller; e=im.example"),
            [Code::NonAscii]
        );
    }

    #[test]
    fn rejects_what_is_not_utf8() {
        for value in [&b"m\xfcller"[..], b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x82"] {
            let input = [b"v=MIMI1; a=", value, b"; e=im.example"].concat();
            assert_eq!(refusal(&input), (Verdict::Rejected, Code::InvalidUtf8));
        }
    }

    #[test]
    fn refuses_to_publish_characters_outside_ascii_without_leave() {
        let error = OwnedMssi::builder("müller", "im.example").build();
        let expected = WriteError::NonAscii {
            tag: "a".into(),
            position: 1,
            character: 'ü',
        };
        assert_eq!(error, Err(expected));
    }

    #[test]
    fn characters_outside_ascii_can_be_published_with_leave() {
        let mssi = OwnedMssi::builder("müller", "im.example")
            .allow_non_ascii()
            .build();
        assert_eq!(mssi.unwrap().to_string(), "v=MIMI1; a=müller; e=im.example");
    }

    #[test]
    fn refuses_to_publish_an_endpoint_outside_ascii_in_any_case() {
        let error = OwnedMssi::builder("bob", "bücher.example")
            .allow_non_ascii()
            .build();
        assert!(matches!(error, Err(WriteError::NonAscii { tag, .. }) if tag == "e"));
    }
}

mod d26 {
    use super::*;

    fn priority(text: &str) -> Option<u32> {
        usable(&format!("{PLAIN}; p={text}")).priority()
    }

    #[test]
    fn digits_that_fit_are_a_priority() {
        assert_eq!(priority("0"), Some(0));
        assert_eq!(priority("65535"), Some(65_535));
        assert_eq!(priority("4294967295"), Some(u32::MAX));
        assert_eq!(priority(&format!("{:0>5000}", 7)), Some(7));
    }

    #[test]
    fn drops_only_a_priority_that_is_no_such_number() {
        for text in ["-1", "+1", "1 2", "1.0", "0x1", "4294967296", "１", "x"] {
            assert_eq!(priority(text), None, "{text}");
            assert_eq!(usable(&format!("{PLAIN}; p={text}")), usable(PLAIN));
        }
    }

    #[test]
    fn warns_about_an_odd_priority() {
        for (text, expected) in [
            ("-1", vec![Code::PriorityNotANumber]),
            ("4294967296", vec![Code::PriorityTooLarge]),
            ("07", vec![Code::PriorityLeadingZeros]),
            ("65536", vec![Code::PriorityOver65535]),
            (
                "065536",
                vec![Code::PriorityLeadingZeros, Code::PriorityOver65535],
            ),
            ("0", vec![]),
        ] {
            assert_eq!(warnings(&format!("{PLAIN}; p={text}")), expected, "{text}");
        }
    }
}

mod d29 {
    use super::*;

    #[test]
    fn service_and_protocol_version_are_opaque() {
        let mssi = "v=MIMI1; a=bob; e=im.example; s=WhatsApp; pv=Draft/1";
        assert_eq!(usable(mssi).service(), Some("WhatsApp"));
        assert_eq!(usable(mssi).protocol_version(), Some("Draft/1"));
    }

    #[test]
    fn never_equates_services_that_differ_in_case() {
        let one = usable("v=MIMI1; a=bob; e=im.example; s=telegram");
        let other = usable("v=MIMI1; a=bob; e=im.example; s=Telegram");
        assert_ne!(one, other);
    }
}

mod d32 {
    use super::*;

    fn of_length(octets: usize) -> String {
        let frame = PLAIN.len() + "; x=".len();
        format!("{PLAIN}; x={}", "y".repeat(octets - frame))
    }

    fn with_tags(tags: usize) -> String {
        (3..tags).fold(PLAIN.into(), |input: String, number| {
            format!("{input}; x{number}=1")
        })
    }

    #[test]
    fn strings_up_to_the_limits_are_read() {
        assert_eq!(warnings(&of_length(65_535)), []);
        assert_eq!(usable(&with_tags(64)).extensions().count(), 61);
        assert_eq!(usable(&(with_tags(64) + ";;;")).extensions().count(), 61);
    }

    #[test]
    fn rejects_a_string_over_the_limits() {
        assert_eq!(rejected(&of_length(65_536)), Code::StringTooLong);
        assert_eq!(rejected(&with_tags(65)), Code::TooManyTags);
    }

    #[test]
    fn refuses_to_publish_a_string_over_the_limits() {
        let mut builder = OwnedMssi::builder("bob", "im.example");
        for number in 0..61 {
            builder = builder.extension(format!("x{number}"), "");
        }
        assert!(builder.clone().build().is_ok());
        assert_eq!(
            builder.priority(1).build(),
            Err(WriteError::TooManyTags { tags: 65 })
        );
        let long = OwnedMssi::builder("x".repeat(65_535), "im.example").build();
        assert!(
            matches!(long, Err(WriteError::TooLong { octets: 65_560 })),
            "{long:?}"
        );
    }

    #[test]
    fn findings_stay_few_however_long_the_string() {
        for piece in [";", ";\r\n ", "\0x", "; \t", "\u{fc} ", "x;", "="] {
            let input = format!("{PLAIN}; x={}", piece.repeat(60_000 / piece.len()));
            let findings = parse(input.as_bytes()).into_diagnostics().len();
            assert!(findings <= 200, "{piece:?}: {findings}");
        }
    }
}
