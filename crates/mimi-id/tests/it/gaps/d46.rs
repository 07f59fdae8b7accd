//! D46: non-ASCII local parts.

use crate::support::{key, local};

#[test]
fn an_atom_becomes_its_a_label() {
    assert_eq!(local("bücher").unwrap(), "xn--bcher-kva");
    assert_eq!(local("jürgen.smith").unwrap(), "xn--jrgen-kva.smith");
}

#[test]
fn normalisation_and_case_may_change() {
    for text in ["BÜCHER", "bu\u{308}cher", "BU\u{308}CHER"] {
        assert_eq!(local(text), local("bücher"), "{text}");
        assert_eq!(
            key(&format!("{text}@example.com")),
            "email:bücher@example.com"
        );
    }
}

#[test]
fn sharp_s_and_final_sigma_stay_themselves() {
    assert_eq!(local("straße").unwrap(), "xn--strae-oqa");
    assert_eq!(local("STRAẞE"), local("straße"));
    assert_ne!(local("straße"), local("strasse"));
    assert_ne!(local("οδος").unwrap(), local("οδοσ").unwrap());
}

#[test]
fn ascii_beside_letters_stays_distinct() {
    assert_ne!(local("ü+a").unwrap(), local("ü-a").unwrap());
    assert_ne!(local("ü+a").unwrap(), local("ü+b").unwrap());
}

#[test]
fn never_maps_a_capital_sigma_that_may_be_either_small_one() {
    assert_eq!(local("ΟΔΟΣ"), Err("altered-by-uts46"));
    assert_eq!(local("Σοφία"), local("σοφία"));
}

#[test]
fn never_maps_widths_dots_ignorables_or_compatibility_forms() {
    for text in [
        "ａlice",
        "alice。smith",
        "ali\u{ad}ce",
        "ali\u{200b}ce",
        "ﬁle",
        "x²",
        "ſam",
        "ǆ",
        "ᾳ",
    ] {
        assert_eq!(local(text), Err("altered-by-uts46"), "{text}");
    }
}

#[test]
fn never_maps_joiners_without_context_or_direction_marks() {
    for text in [
        "ali\u{200d}ce",
        "ali\u{200c}ce",
        "ali\u{202e}ce",
        "\u{308}a",
    ] {
        assert_eq!(local(text), Err("refused-by-uts46"), "{text}");
    }
}

#[test]
fn never_maps_to_an_ascii_atom_of_somebody_else() {
    // The Kelvin sign is the letter k to NFC.
    assert_eq!(local("\u{212a}ate"), Err("becomes-ascii"));
}

#[test]
fn never_maps_an_ascii_atom_that_could_be_an_a_label() {
    for text in ["xn--bcher-kva", "XN--bcher-kva", "Xn--", "a.xn--b"] {
        assert_eq!(local(text), Err("reserved-prefix"), "{text}");
    }
    assert_ne!(key("xn--bcher-kva@example.com"), key("bücher@example.com"));
    assert!(local("xn-").is_ok() && local("axn--").is_ok());
}
