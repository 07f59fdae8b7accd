//! What holds for every text: nobody's name is anybody else's, forms read back, nothing panics or runs away.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use icu_normalizer::ComposingNormalizerBorrowed;
use mimi_id::{EmailAddress, Endpoint, Identifier, MAX_INPUT_OCTETS, Mui, TelephoneNumber};
use proptest::prelude::*;

use crate::support::target;

fn address(content: &str) -> Option<EmailAddress> {
    let quoted: String = content
        .chars()
        .flat_map(|c| {
            matches!(c, '"' | '\\')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect();
    EmailAddress::parse(&format!("\"{quoted}\"@example.com")).ok()
}

/// NFC of the lower case, computed here.
fn fold(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&text.to_lowercase())
        .into_owned()
}

/// Addresses with one name must be one person: one key, and local parts equal after folding. One key must have one name.
fn check_injective(contents: impl IntoIterator<Item = String>) {
    let mut by_name = BTreeMap::new();
    let mut by_key = BTreeMap::new();
    for content in contents {
        let Some(address) = address(&content) else {
            continue;
        };
        assert_eq!(address.local_part(), content);
        let key = address.canonical_key();
        let name = address.name_under(&target()).ok();
        if let Some(name) = &name {
            let (other_key, other) = by_name
                .entry(name.clone())
                .or_insert_with(|| (key.clone(), content.clone()));
            assert_eq!(*other_key, key, "{content:?} and {other:?} share {name}");
            assert_eq!(fold(other), fold(&content));
        }
        let other_name = by_key.entry(key.clone()).or_insert_with(|| name.clone());
        assert_eq!(*other_name, name, "{key}");
    }
}

/// Small, so that spellings of one name meet: cases, compositions, widths, ignorables, ACE prefixes, dots, and what Punycode writes.
fn local_content() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "A", "ä", "Ä", "a\u{308}", "A\u{308}", "ａ", "k", "K", "\u{212a}", "s", "ſ", "ß", "ẞ",
        "ss", "σ", "ς", "Σ", "i", "İ", "ı", "i\u{307}", "xn--", "XN--", "-", "4ca", ".", "。",
        "．", "*", " ", "+", "\\", "\"", "@", "\u{200d}", "\u{200c}", "\u{ad}", "é", "e\u{301}",
        "ﬁ", "fi", "2", "²", "\u{303}", "ñ", "ǆ", "ǅ", "Ꭰ", "ꭰ", "א", "०", "0", "=\u{338}", "≠",
        ";", "\u{37e}",
    ]);
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    let alphabet = "[a-z0-9@.+\"\\\\()<>:;,\\[\\]*%/? \t\r\n_=é。ａ\u{200d}\u{202e}-]{0,24}";
    prop_oneof![
        any::<String>(),
        alphabet,
        alphabet.prop_map(|s| format!("mimi:{s}")),
        alphabet.prop_map(|s| format!("mailto:{s}@example.com")),
        alphabet.prop_map(|s| format!("\"{s}\"@exämple.com")),
        "tel:[+0-9() .x;=-]{0,20}",
        local_content().prop_map(|s| format!("{s}@example.com")),
        local_content().prop_map(|s| format!("{s}.example.com")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn never_gives_two_people_one_name(contents in prop::collection::vec(local_content(), 2..40)) {
        check_injective(contents);
    }

    #[test]
    fn every_identifier_reads_back_from_its_forms(text in text()) {
        let Ok(identifier) = Identifier::parse(&text) else { return Ok(()) };
        let uri = identifier.to_uri();
        prop_assert!(uri.bytes().all(|octet| octet.is_ascii_graphic()), "{}", uri);
        prop_assert!(Identifier::parse(&uri).unwrap() == identifier);
        let plain = identifier.to_plain_text();
        let again = match &identifier {
            Identifier::Mui(_) => Identifier::Mui(Mui::parse(&plain).unwrap()),
            Identifier::Email(_) => Identifier::Email(EmailAddress::parse(&plain).unwrap()),
            Identifier::Telephone(_) => Identifier::Telephone(TelephoneNumber::parse(&plain).unwrap()),
            _ => unreachable!(),
        };
        prop_assert!(again == identifier);
        prop_assert_eq!(again.canonical_key(), identifier.canonical_key());
    }

    #[test]
    fn never_shows_what_misleads(text in text()) {
        match Identifier::parse(&text) {
            Ok(identifier) => {
                let shown = identifier.to_string();
                let misleads = |c: char| c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}'
                    | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
                // ZWJ and ZWNJ are allowed by UTS 46 in their context.
                prop_assert!(!shown.chars().any(|c| misleads(c) && !matches!(c, '\u{200c}' | '\u{200d}')), "{:?}", shown);
                if !shown.is_ascii() {
                    prop_assert!(shown.ends_with(')'), "{:?}", shown);
                }
                let debug = format!("{identifier:?}");
                prop_assert!(debug.contains('<') && debug.is_ascii());
            }
            Err(error) => {
                prop_assert!(error.to_string().bytes().all(|octet| matches!(octet, b' '..=b'~')));
                if let Some(position) = error.position() {
                    prop_assert!(position <= text.len());
                }
            }
        }
    }

    #[test]
    fn an_email_address_shown_reads_back(text in text()) {
        if let Ok(address) = EmailAddress::parse(&text) {
            // The ASCII form beside it is a comment to RFC 5322.
            prop_assert!(EmailAddress::parse(&address.to_string()).unwrap() == address);
        }
    }

    #[test]
    fn an_endpoint_keeps_its_text(text in text()) {
        if let Ok(endpoint) = Endpoint::parse(&text) {
            prop_assert_eq!(endpoint.as_str(), &text);
        }
    }
}

#[test]
fn never_gives_two_characters_one_name_unless_case_or_normalisation_joins_them() {
    // Left out: Han ideographs, Hangul syllables and unassigned planes, of which UTS 46 changes nothing.
    let ranges = [
        ' '..='\u{33ff}',
        '\u{a000}'..='\u{abff}',
        '\u{d7b0}'..='\u{1ffff}',
        '\u{2f800}'..='\u{2fa1f}',
        '\u{e0000}'..='\u{e01ff}',
    ];
    check_injective(ranges.into_iter().flatten().map(String::from));
}

#[test]
fn never_takes_long_over_the_worst_texts() {
    let shapes = [
        "(", "()", "(\\", "\"", "\\", "\"\"", ".", "a.", "a@", "@", "<", ",", "%", "%25",
        "\u{308}", "a\u{308}", "ü", "ü.", "\u{1161}", "xn--a.", "\\097", "+", "1", " ", "\r\n ",
        "[", ":", "한", "ς",
    ];
    let frames = [
        ("", ""),
        ("\"", "\"@example.com"),
        ("mimi:", ".example"),
        ("mailto:", "@example.com"),
        ("+", ""),
    ];
    let start = Instant::now();
    for shape in shapes {
        for (before, after) in frames {
            let room = MAX_INPUT_OCTETS - before.len() - after.len();
            let text = format!("{before}{}{after}", shape.repeat(room / shape.len()));
            if let Ok(Identifier::Email(address)) = Identifier::parse(&text) {
                let _ = address.name_under(&target());
                let _ = address.to_string();
            }
            // One mebibyte is refused unread.
            let text = format!("{before}{}{after}", shape.repeat((1 << 20) / shape.len()));
            assert_eq!(
                Identifier::parse(&text).unwrap_err().code(),
                "input-too-long"
            );
            let _ = Endpoint::parse(&text);
        }
    }
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}
