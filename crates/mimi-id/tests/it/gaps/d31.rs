//! D31: the `mimi:` URI.

use mimi_id::{Kind, Mui, MuiError};

use crate::support::{code, invalid, mimi_name};

#[test]
fn the_scheme_has_no_case() {
    assert_eq!(mimi_name("MIMI:user.example.net"), "user.example.net.");
}

#[test]
fn percent_encoded_utf8_is_decoded_in_the_uri_only() {
    assert_eq!(
        mimi_name("mimi:b%c3%bccher.example"),
        "xn--bcher-kva.example."
    );
    assert_eq!(
        code("b%c3%bccher.example"),
        (Kind::Mui, "unexpected-character")
    );
}

#[test]
fn an_escape_survives_the_uri() {
    let mui = Mui::parse("a\\032b.example.com").unwrap();
    assert_eq!(mui.to_uri(), "mimi:a%5C032b.example.com");
    assert!(Mui::from_uri(&mui.to_uri()).unwrap() == mui);
}

#[test]
fn refuses_the_uri_of_another_protocol_with_a_hint() {
    let error = invalid("mimi://user.example.net/");
    assert_eq!(error.code(), "mimi-uri-with-authority");
    assert!(error.help().unwrap().contains("without slashes"));
}

#[test]
fn refuses_paths_queries_and_fragments() {
    for text in [
        "mimi:a.example/b",
        "mimi:a.example?b",
        "mimi:a.example#b",
        "mimi:/a.example",
    ] {
        assert_eq!(code(text), (Kind::Mui, "unexpected-character"), "{text}");
    }
}

#[test]
fn refuses_another_scheme_where_a_uri_is_due() {
    assert_eq!(
        Mui::from_uri("user.example.net"),
        Err(MuiError::NotAMimiUri)
    );
    assert_eq!(
        Mui::from_uri("xmpp:user.example.net"),
        Err(MuiError::NotAMimiUri)
    );
}

#[test]
fn faults_are_placed_in_the_text_given() {
    assert_eq!(invalid("mimi:b%C3%BCcher%20.example").position(), Some(16));
    assert_eq!(invalid("mimi:ab%F.example").position(), Some(7));
    assert_eq!(invalid("mimi:ab%FF.example").position(), Some(7));
}
