//! The order of judgement, and D8 to D21: the string and its segments.

use mimi_mssi::{Code, OwnedMssi, Verdict, parse_strict};

use super::{PLAIN, ignored, refusal, rejected, usable, warnings};

mod order_of_judgement {
    use super::*;

    #[test]
    fn rejects_a_string_that_is_too_long_before_reading_it() {
        let input = format!("v=MIMI2; a={}", "x".repeat(65_536));
        assert_eq!(rejected(&input), Code::StringTooLong);
    }

    #[test]
    fn rejects_a_string_without_tags_before_it_asks_for_a_version() {
        assert_eq!(rejected(" ; ; "), Code::NoTags);
    }

    #[test]
    fn ignores_another_version_before_it_looks_for_damage() {
        assert_eq!(ignored("v=MIMI2; a=\0; a=; nonsense"), Code::UnknownVersion);
    }

    #[test]
    fn rejects_damage_before_it_asks_for_an_account() {
        assert_eq!(rejected("v=MIMI1; a=; nonsense"), Code::MissingEquals);
    }

    #[test]
    fn rejects_a_missing_account_before_a_missing_endpoint() {
        assert_eq!(rejected("v=MIMI1; p=x"), Code::MissingAccount);
    }
}

mod d8 {
    use super::*;

    #[test]
    fn the_version_comes_first() {
        assert_eq!(warnings(PLAIN), []);
    }

    #[test]
    fn ignores_a_record_whose_version_comes_later() {
        assert_eq!(
            ignored("a=bob; v=MIMI1; e=im.example"),
            Code::VersionNotFirst
        );
    }
}

mod d9 {
    use super::*;

    #[test]
    fn the_version_is_compared_after_trimming() {
        assert_eq!(usable("v = MIMI1 ; a=bob; e=im.example"), usable(PLAIN));
    }

    #[test]
    fn ignores_everything_that_is_not_exactly_mimi1() {
        for version in ["mimi1", "MIMI1.0", "MIMI10", "MIMI1x", "MIMI", ""] {
            let input = format!("v={version}; a=bob; e=im.example");
            assert_eq!(ignored(&input), Code::UnknownVersion, "{version}");
        }
    }
}

mod d10 {
    use super::*;

    #[test]
    fn a_known_name_in_upper_case_is_an_unknown_tag() {
        let input = "v=MIMI1; a=bob; e=im.example; p=1; P=2";
        assert_eq!(usable(input).priority(), Some(1));
        assert_eq!(usable(input).extensions().collect::<Vec<_>>(), [("P", "2")]);
        assert_eq!(warnings(input), [Code::TagCase]);
    }

    #[test]
    fn ignores_an_upper_case_version_tag() {
        assert_eq!(
            ignored("V=MIMI1; a=bob; e=im.example"),
            Code::VersionNotFirst
        );
    }
}

mod d11 {
    use super::*;

    #[test]
    fn each_tag_may_appear_once() {
        assert_eq!(warnings("v=MIMI1; a=bob; e=im.example; x=1; y=1"), []);
    }

    #[test]
    fn rejects_equal_duplicates() {
        assert_eq!(
            rejected("v=MIMI1; a=bob; a=bob; e=im.example"),
            Code::DuplicateTag
        );
    }

    #[test]
    fn rejects_duplicates_of_an_unknown_tag() {
        assert_eq!(
            rejected("v=MIMI1; a=bob; e=im.example; x=1; x=2"),
            Code::DuplicateTag
        );
    }
}

mod d12 {
    use super::*;

    #[test]
    fn unknown_tags_keep_their_order() {
        let mssi = usable("v=MIMI1; z=1; a=bob; y=2; e=im.example; x=");
        assert_eq!(
            mssi.extensions().collect::<Vec<_>>(),
            [("z", "1"), ("y", "2"), ("x", "")]
        );
        assert_eq!(
            mssi.to_owned().to_string(),
            "v=MIMI1; a=bob; e=im.example; z=1; y=2; x="
        );
    }

    #[test]
    fn never_warns_about_an_unknown_tag() {
        assert_eq!(warnings("v=MIMI1; a=bob; e=im.example; newtag=x"), []);
    }
}

mod d13 {
    use super::*;

    #[test]
    fn white_space_around_names_and_values_is_trimmed() {
        let input = "v\t=\tMIMI1 ;\ta =  bob  ;e= im.example ";
        assert_eq!(usable(input), usable(PLAIN));
        assert_eq!(warnings(input), []);
    }

    #[test]
    fn the_writer_emits_one_space_and_no_final_semicolon() {
        let mssi = OwnedMssi::builder("bob", "im.example")
            .extension("x", "1")
            .service("telegram")
            .priority(1)
            .protocol_version("2")
            .build()
            .unwrap();
        assert_eq!(
            mssi.to_string(),
            "v=MIMI1; a=bob; e=im.example; pv=2; p=1; s=telegram; x=1"
        );
    }
}

mod d14 {
    use super::*;

    #[test]
    fn a_fold_around_a_tag_is_accepted() {
        let input = "v=MIMI1;\r\n a\r\n\t=\r\n bob; e=im.example";
        assert_eq!(usable(input), usable(PLAIN));
    }

    #[test]
    fn warns_about_a_fold() {
        let input = "v=MIMI1;\r\n a=bob; e=im.example";
        assert_eq!(warnings(input), [Code::FoldedWhiteSpace]);
    }

    #[test]
    fn rejects_line_breaks_that_fold_nothing() {
        for line_break in ["\n ", "\r ", "\r\n", "\r\n\r\n ", "\n\r "] {
            let input = format!("v=MIMI1;{line_break}a=bob; e=im.example");
            assert_eq!(rejected(&input), Code::ControlOctet, "{line_break:?}");
        }
    }

    #[test]
    fn rejects_a_fold_inside_a_value() {
        assert_eq!(
            rejected("v=MIMI1; a=bob\r\n smith; e=im.example"),
            Code::ControlOctet
        );
    }

    #[test]
    fn rejects_every_control_octet_but_the_tab() {
        for octet in (0..32).chain([127]) {
            let input = [b"v=MIMI1; a=b", &[octet][..], b"b; e=im.example"].concat();
            if octet == b'\t' {
                assert_eq!(parse_strict(&input).unwrap().mssa(), "b\tb");
            } else {
                assert_eq!(
                    refusal(&input),
                    (Verdict::Rejected, Code::ControlOctet),
                    "{octet}"
                );
            }
        }
    }
}

mod d15 {
    use super::*;

    #[test]
    fn white_space_inside_a_value_is_kept() {
        assert_eq!(
            usable("v=MIMI1; a= bob  smith ; e=im.example").mssa(),
            "bob  smith"
        );
    }

    #[test]
    fn warns_about_white_space_inside_a_value() {
        assert_eq!(
            warnings("v=MIMI1; a=bob smith; e=im.example"),
            [Code::InnerWhiteSpace]
        );
    }
}

mod d16 {
    use super::*;

    #[test]
    fn white_space_before_the_version_is_accepted() {
        assert_eq!(usable("  v=MIMI1; a=bob; e=im.example"), usable(PLAIN));
    }

    #[test]
    fn warns_about_white_space_before_the_version() {
        let input = "\tv=MIMI1; a=bob; e=im.example";
        assert_eq!(warnings(input), [Code::WhiteSpaceBeforeVersion]);
    }
}

mod d17 {
    use super::*;

    #[test]
    fn one_final_semicolon_is_accepted_silently() {
        for end in [";", " ;", "; ", ";\t "] {
            assert_eq!(warnings(&format!("{PLAIN}{end}")), [], "{end:?}");
        }
    }

    #[test]
    fn warns_about_a_second_final_semicolon() {
        assert_eq!(warnings(&format!("{PLAIN};;")), [Code::EmptySegment]);
    }
}

mod d18 {
    use super::*;

    #[test]
    fn empty_segments_are_accepted() {
        assert_eq!(usable("; v=MIMI1;; a=bob; ;e=im.example"), usable(PLAIN));
    }

    #[test]
    fn warns_about_each_run_of_empty_segments() {
        assert_eq!(
            warnings(";v=MIMI1;;;;;a=bob; e=im.example"),
            [Code::EmptySegment, Code::EmptySegment]
        );
    }
}

mod d19 {
    use super::*;

    #[test]
    fn a_tag_without_a_value_still_has_its_equals_sign() {
        assert_eq!(
            usable("v=MIMI1; a=bob; e=im.example; x=")
                .extensions()
                .next(),
            Some(("x", ""))
        );
    }

    #[test]
    fn rejects_a_segment_without_an_equals_sign() {
        assert_eq!(
            rejected("v=MIMI1; a=foo;bar; e=im.example"),
            Code::MissingEquals
        );
    }
}

mod d20 {
    use super::*;

    #[test]
    fn rejects_an_empty_name() {
        assert_eq!(
            rejected("v=MIMI1; a=bob; e=im.example; =x"),
            Code::EmptyTagName
        );
        assert_eq!(
            rejected("v=MIMI1; a=bob; e=im.example; \t=x"),
            Code::EmptyTagName
        );
    }
}

mod d21 {
    use super::*;

    #[test]
    fn a_name_is_a_letter_and_then_letters_digits_or_underscores() {
        for name in ["x", "X", "x1", "x_", "aB_3"] {
            let input = format!("{PLAIN}; {name}=1");
            assert_eq!(usable(&input).extensions().next(), Some((name, "1")));
        }
    }

    #[test]
    fn rejects_any_other_name() {
        for name in ["1x", "_x", "x-y", "x.y", "x y", "é", "x\\"] {
            assert_eq!(
                rejected(&format!("{PLAIN}; {name}=1")),
                Code::BadTagName,
                "{name}"
            );
        }
    }
}
