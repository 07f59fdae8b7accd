//! Every code with its message and help, as a snapshot: codes are an interface, and messages show nothing raw.

use std::collections::BTreeMap;
use std::fmt::Write;

use mimi_id::{EmailAddress, Endpoint, Identifier, Mui};
use serde_json::Value;

use crate::support::{name, target};

/// Code → message and help; the first text with a code stands for it.
#[derive(Default)]
struct Messages(BTreeMap<String, String>);

impl Messages {
    fn add(&mut self, code: String, message: impl std::fmt::Display, help: Option<&str>) {
        let message = message.to_string();
        assert!(
            message.bytes().all(|octet| matches!(octet, b' '..=b'~')),
            "{code}: {message:?}"
        );
        let mut text = message;
        if let Some(help) = help {
            write!(text, "\n    help: {help}").unwrap();
        }
        self.0.entry(code).or_insert(text);
    }

    fn into_text(self) -> String {
        self.0
            .into_iter()
            .map(|(code, text)| format!("{code}\n    {text}\n"))
            .collect()
    }
}

#[test]
fn every_code_of_an_identifier_has_its_message() {
    let mut messages = Messages::default();
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("../../../../testdata/id/cases.json")).unwrap();
    for case in cases {
        match Identifier::parse(case["input"].as_str().unwrap()) {
            Err(error) => messages.add(
                format!("{} {}", error.kind(), error.code()),
                error,
                error.help(),
            ),
            Ok(Identifier::Email(address)) => {
                if let Err(error) = address.name_under(&target()) {
                    messages.add(format!("unmappable {}", error.code()), error, error.help());
                }
            }
            Ok(_) => {}
        }
    }
    let error = Mui::from_uri("example.com").unwrap_err();
    messages.add(format!("mui {}", error.code()), error, error.help());
    let error = EmailAddress::from_uri("a@example.com").unwrap_err();
    messages.add(format!("email {}", error.code()), error, error.help());
    let address = EmailAddress::parse("a@example.com").unwrap();
    let error = address.name_under(&name(".")).unwrap_err();
    messages.add(format!("unmappable {}", error.code()), error, error.help());
    let error = "+1\u{1b}[31m".parse::<Identifier>().unwrap_err();
    messages.add(
        "telephone with an escape sequence".to_owned(),
        error,
        error.help(),
    );
    insta::assert_snapshot!(messages.into_text());
}

#[test]
fn every_code_of_an_endpoint_has_its_message() {
    let mut messages = Messages::default();
    for text in [
        "",
        "u@example.com",
        "192.0.2.1",
        "localhost",
        "example.com:0",
        "intranet",
        "a..example.com",
        "https://exa mple.com/",
    ] {
        let error = Endpoint::parse(text).unwrap_err();
        messages.add(error.code().to_owned(), error, error.help());
    }
    insta::assert_snapshot!(messages.into_text());
}
