//! Documents of parameters, and the epoch that is taken from them.

use mimi_oracle::{Parameters, ParametersError, Pin};
use serde_json::Value;

use super::{list, number, signing, text, trusted, vectors};

fn read(case: &Value) -> Result<Parameters, ParametersError> {
    let pin: Pin = text(&case["pin"]).parse().unwrap();
    let spaces = case["spaces"].as_u64().unwrap_or_default();
    let spaces = " ".repeat(spaces.try_into().unwrap());
    let document = format!("{}{spaces}", text(&case["document"]));
    Parameters::from_json(document.as_bytes(), &pin)
}

/// Each time and what is taken then; how many times there are.
fn assert_choices(parameters: &Parameters, choices: &Value) -> usize {
    for one in list(choices) {
        let epoch = parameters.epoch_at(number(&one["now"]));
        let taken = epoch.ok().map(|epoch| epoch.number);
        assert_eq!(taken, one["epoch"].as_u64(), "{one}");
    }
    list(choices).len()
}

#[test]
fn the_good_document_and_its_epoch_at_every_limit() {
    let vectors = vectors();
    let parameters = trusted(&vectors);
    // Ed25519 is deterministic, and so is what is written.
    assert_eq!(
        parameters.to_json(&signing(&vectors)),
        text(&vectors["parameters"]).as_bytes()
    );
    let epoch = parameters.epoch_at(number(&vectors["now"])).unwrap();
    assert_eq!(epoch.number, number(&vectors["epoch"]));
    assert_eq!(assert_choices(&parameters, &vectors["epochs_at"]), 10);
}

#[test]
fn documents_that_are_accepted() {
    let vectors = vectors();
    let cases = list(&vectors["accepted_parameters"]);
    assert_eq!(cases.len(), 11);
    let mut choices = 0;
    for case in cases {
        let parameters = read(case).unwrap_or_else(|error| panic!("{}: {error}", case["name"]));
        match case.get("epochs_at") {
            Some(times) => choices += assert_choices(&parameters, times),
            None => assert_eq!(parameters, trusted(&vectors), "{}", case["name"]),
        }
    }
    assert_eq!(choices, 65);
}

/// None is refused for a reason that it does not name: only those that are about the keys or the signature get so far.
#[test]
fn documents_that_are_refused() {
    let vectors = vectors();
    let mut reasons = Vec::new();
    for case in list(&vectors["refused_parameters"]) {
        let name = text(&case["name"]);
        let reason = match read(case) {
            Ok(_) => "ACCEPTED",
            Err(ParametersError::TooLong) => "too long",
            Err(ParametersError::Json { .. }) => "JSON",
            Err(ParametersError::Protocol) => "protocol",
            Err(ParametersError::Member(member)) => member,
            Err(ParametersError::WrongPin(_)) => "pin",
            Err(ParametersError::Signature) => "not signed",
            Err(_) => "another",
        };
        reasons.push(format!("{name}: {reason}"));
    }
    // What is not UTF-8 cannot stand among the vectors.
    let document = text(&vectors["parameters"]).replacen('{', "{\"unknown\": \"?\",", 1);
    let mut document = document.into_bytes();
    let pin = trusted(&vectors).keys.pin();
    assert!(Parameters::from_json(&document, &pin).is_ok());
    document[13] = 0xff;
    let refused = ParametersError::Json {
        line: 1,
        column: 14,
    };
    assert_eq!(Parameters::from_json(&document, &pin), Err(refused));
    insta::assert_snapshot!(reasons.join("\n"));
}
