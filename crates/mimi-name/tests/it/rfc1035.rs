//! RFC 1035: limits (§2.3.4), wire form (§3.1) and text (§5.1) of names.

use mimi_name::{DomainName, LabelError, TextErrorKind, WireError};

fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap()
}

mod s2_3_4 {
    use super::*;

    #[test]
    fn takes_labels_of_63_octets() {
        let label = [b'a'; 63];
        assert_eq!(DomainName::from_labels([label]).unwrap().label_count(), 1);
    }

    #[test]
    fn rejects_labels_of_64_octets() {
        assert_eq!(
            DomainName::from_labels([[b'a'; 64]]),
            Err(LabelError::LabelTooLong {
                index: 0,
                length: 64
            })
        );
    }

    #[test]
    fn takes_names_of_255_octets() {
        // Three labels of 63 octets and one of 61: 64 * 3 + 62 + the root.
        let labels = [
            vec![b'a'; 63],
            vec![b'b'; 63],
            vec![b'c'; 63],
            vec![b'd'; 61],
        ];
        let name = DomainName::from_labels(labels).unwrap();
        assert_eq!(name.as_wire().len(), 255);
        assert_eq!(DomainName::from_wire(name.as_wire()), Ok(name));
    }

    #[test]
    fn rejects_names_of_256_octets() {
        let labels = [
            vec![b'a'; 63],
            vec![b'b'; 63],
            vec![b'c'; 63],
            vec![b'd'; 62],
        ];
        let mut wire = Vec::new();
        for label in &labels {
            wire.push(u8::try_from(label.len()).unwrap());
            wire.extend_from_slice(label);
        }
        wire.push(0);
        assert_eq!(
            DomainName::from_labels(labels),
            Err(LabelError::NameTooLong { index: 3 })
        );
        assert_eq!(
            DomainName::from_wire(&wire),
            Err(WireError::TooLong { position: 192 })
        );
    }
}

mod s3_1 {
    use super::*;

    #[test]
    fn reads_and_writes_the_wire_form() {
        let wire = b"\x04mimi\x07example\x03net\x00";
        let read = DomainName::from_wire(wire).unwrap();
        assert_eq!(read, name("mimi.example.net"));
        assert_eq!(read.as_wire(), wire);
        assert_eq!(
            read.labels().collect::<Vec<_>>(),
            [&b"mimi"[..], b"example", b"net"]
        );
    }

    #[test]
    fn splits_a_name_from_what_follows() {
        let (read, rest) = DomainName::split_wire(b"\x01a\x00rest").unwrap();
        assert_eq!(read, name("a"));
        assert_eq!(rest, b"rest");
    }

    #[test]
    fn rejects_what_is_not_exactly_one_name() {
        let cases: [(&[u8], WireError); 7] = [
            (b"", WireError::EndsEarly { position: 0 }),
            (b"\x01a", WireError::EndsEarly { position: 2 }),
            (b"\x05ab\x00", WireError::EndsEarly { position: 0 }),
            (b"\x01a\x00x", WireError::TrailingOctets { position: 3 }),
            (
                b"\x01a\xC0\x0C",
                WireError::Compressed {
                    position: 2,
                    octet: 0xC0,
                },
            ),
            (
                b"\x41\x00",
                WireError::UnknownLabelType {
                    position: 0,
                    octet: 0x41,
                },
            ),
            (
                b"\x80\x00",
                WireError::UnknownLabelType {
                    position: 0,
                    octet: 0x80,
                },
            ),
        ];
        for (wire, error) in cases {
            assert_eq!(DomainName::from_wire(wire), Err(error), "{wire:?}");
        }
    }
}

mod s5_1 {
    use super::*;

    #[test]
    fn reads_escapes_as_decimal() {
        let read = name(r"a\046b\.c\\.x");
        assert_eq!(read.labels().next().unwrap(), b"a.b.c\\");
        assert_eq!(read.label_count(), 2);
    }

    #[test]
    fn appends_the_origin_to_relative_names() {
        let origin = name("example.com");
        let read = |text: &str| DomainName::from_text(text.as_bytes(), Some(&origin)).unwrap();
        assert_eq!(read("www"), name("www.example.com"));
        assert_eq!(read("www."), name("www"));
        assert_eq!(read("@"), origin);
        assert_eq!(read(r"\@"), name(r"\064.example.com"));
        assert_eq!(read("."), DomainName::root());
        // The escaped dot is part of the label: the name stays relative.
        assert_eq!(read(r"www\."), name(r"www\046.example.com"));
    }

    #[test]
    fn rejects_malformed_text_at_its_place() {
        let cases = [
            ("", 0, TextErrorKind::Empty),
            ("a..b", 2, TextErrorKind::EmptyLabel),
            (".a", 0, TextErrorKind::EmptyLabel),
            (r"ab\", 2, TextErrorKind::UnfinishedEscape),
            (r"a\12", 1, TextErrorKind::UnfinishedEscape),
            (r"a\1x3", 1, TextErrorKind::UnfinishedEscape),
            (r"a\256", 1, TextErrorKind::EscapeOver255 { value: 256 }),
        ];
        for (text, position, kind) in cases {
            let error = DomainName::parse_absolute(text).unwrap_err();
            assert_eq!((error.position(), error.kind()), (position, kind), "{text}");
        }
    }

    #[test]
    fn rejects_relative_names_without_an_origin() {
        for text in ["www", "@"] {
            let error = DomainName::from_text(text.as_bytes(), None).unwrap_err();
            assert_eq!(error.kind(), TextErrorKind::RelativeWithoutOrigin);
        }
    }

    #[test]
    fn rejects_long_labels_where_they_start() {
        let text = format!("ok.{}", "a".repeat(64));
        let error = DomainName::parse_absolute(&text).unwrap_err();
        assert_eq!((error.position(), error.code()), (3, "label-too-long"));
        let endless = "a".repeat(1 << 20);
        assert_eq!(
            DomainName::parse_absolute(&endless).unwrap_err().code(),
            "label-too-long"
        );
        let many = "a.".repeat(1 << 20);
        assert_eq!(
            DomainName::parse_absolute(&many).unwrap_err().code(),
            "name-too-long"
        );
    }
}

#[test]
fn messages_name_the_place_and_what_was_expected() {
    let texts = ["", "a..b", r"ab\", r"a\256"];
    let mut messages: Vec<String> = texts
        .iter()
        .map(|text| DomainName::parse_absolute(text).unwrap_err().to_string())
        .collect();
    messages.push(DomainName::from_text(b"www", None).unwrap_err().to_string());
    let wires: [&[u8]; 4] = [b"\x05ab", b"\x01a\x00x", b"\xC0\x0C", b"\x41"];
    messages.extend(wires.map(|wire| DomainName::from_wire(wire).unwrap_err().to_string()));
    messages.push(
        DomainName::from_labels([[b'a'; 64]])
            .unwrap_err()
            .to_string(),
    );
    messages.push(DomainName::from_labels([""]).unwrap_err().to_string());
    messages.push(
        DomainName::from_labels([[b'a'; 60]; 5])
            .unwrap_err()
            .to_string(),
    );
    insta::assert_snapshot!(messages.join("\n"));
}
