//! D57: the target in a TXT record of the bridge.

mod d57 {
    use mimi_mssi::{BridgeError, MAX_TAGS, bridge_target};

    #[test]
    fn reads_the_target() {
        for text in [
            "v=MIMIX1; d=mimi.example.net",
            "v=MIMIX1;d=mimi.example.net;",
            " v = MIMIX1 ; x=1 ; d = mimi.example.net",
        ] {
            assert_eq!(bridge_target(text.as_bytes()), Some(Ok("mimi.example.net")));
        }
        assert_eq!(bridge_target(b"v=MIMIX1; d=."), Some(Ok(".")));
    }

    #[test]
    fn ignores_text_of_another_form() {
        for text in [
            "",
            ";",
            "v=spf1 -all",
            "v=MIMI1; d=x",
            "v=mimix1; d=x",
            "d=x; v=MIMIX1",
            "v",
            "\0",
        ] {
            assert_eq!(bridge_target(text.as_bytes()), None);
        }
        assert_eq!(bridge_target(&[b';'; 1 << 17]), None);
    }

    #[test]
    fn rejects_what_is_broken() {
        let cases = [
            ("v=MIMIX1", BridgeError::NoTarget),
            ("v=MIMIX1; d=", BridgeError::NoTarget),
            ("v=MIMIX1; D=a.example", BridgeError::NoTarget),
            (
                "v=MIMIX1; d=a.example; d=a.example",
                BridgeError::DuplicateTag,
            ),
            ("v=MIMIX1; v=MIMIX1; d=a.example", BridgeError::DuplicateTag),
            (
                "v=MIMIX1; d=a.example; b.example",
                BridgeError::MissingEquals,
            ),
            ("v=MIMIX1; d=a.example; 1=x", BridgeError::TagName),
            ("v=MIMIX1; d=a\u{7}.example", BridgeError::Control),
        ];
        for (text, error) in cases {
            assert_eq!(bridge_target(text.as_bytes()), Some(Err(error)), "{text:?}");
        }
        let invalid_utf8 = b"v=MIMIX1; d=\xFF";
        assert_eq!(
            bridge_target(invalid_utf8),
            Some(Err(BridgeError::NoTarget))
        );
    }

    #[test]
    fn rejects_a_tag_too_many() {
        let with_tags = |count: usize| {
            let others: String = (2..count).map(|number| format!("; t{number}=x")).collect();
            format!("v=MIMIX1; d=a.example{others}")
        };
        assert_eq!(
            bridge_target(with_tags(MAX_TAGS).as_bytes()),
            Some(Ok("a.example"))
        );
        assert_eq!(
            bridge_target(with_tags(MAX_TAGS + 1).as_bytes()),
            Some(Err(BridgeError::TooManyTags))
        );
    }
}
