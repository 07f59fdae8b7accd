//! D50: internationalised MUIs.

use mimi_id::{Kind, Mui};

use crate::support::{code, key, mimi_name};

#[test]
fn one_final_dot_is_dropped() {
    assert_eq!(mimi_name("user.example.net."), "user.example.net.");
    assert_eq!(mimi_name("user.example.net。"), "user.example.net.");
}

#[test]
fn the_mapping_is_non_transitional() {
    assert_eq!(mimi_name("faß.example"), "xn--fa-hia.example.");
    assert_ne!(key("faß.example"), key("fass.example"));
}

#[test]
fn underscores_are_allowed() {
    assert_eq!(mimi_name("_mimi.b_ü.example"), "_mimi.xn--b_-yka.example.");
}

#[test]
fn unicode_is_shown_with_the_a_label_beside_it() {
    let shown = |text: &str| Mui::parse(text).unwrap().to_string();
    assert_eq!(
        shown("BÜCHER.example"),
        "bücher.example (xn--bcher-kva.example)"
    );
    assert_eq!(
        shown("xn--bcher-kva.example"),
        "bücher.example (xn--bcher-kva.example)"
    );
    assert_eq!(shown("user.example.net"), "user.example.net");
}

#[test]
fn never_shows_unicode_in_a_name_with_escapes() {
    let mui = Mui::parse("a\\032b.xn--bcher-kva.example").unwrap();
    assert_eq!(mui.to_string(), "a\\032b.xn--bcher-kva.example");
}

#[test]
fn rejects_two_final_dots_and_names_that_uts46_refuses() {
    assert_eq!(code("user.example.net.."), (Kind::Mui, "empty-label"));
    for text in [
        "xn--bcher-kv.example",
        "a\u{200d}b.example",
        "a\u{202e}b.example",
        "℀.example",
        "\u{308}a.example",
    ] {
        assert_eq!(code(text), (Kind::Mui, "refused-by-uts46"), "{text}");
    }
}
