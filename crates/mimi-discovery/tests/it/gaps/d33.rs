//! D33: outcomes are kept apart, and each names its step. D59: a failed fetch while validating is neither bogus nor insecure.

use insta::assert_snapshot;
use mimi_discovery::{BogusReason, Failure, Outcome, TemporaryFailure};
use mimi_id::Identifier;

use crate::script::{Script, answer, mimi, mimix, no_data, no_such_name, rcode};

fn mui(script: Script) -> String {
    script.discover("bob.example").summary()
}

#[test]
fn tells_apart_what_is_not_there() {
    let says = |response| mui(Script::new().says("bob.example. MIMI", response));
    assert_eq!(says(no_such_name("example")), "no_such_name @mimi");
    assert_eq!(says(no_data("example")), "no_mapping @mimi");
    assert_eq!(
        says(answer([mimi("bob.example", "v=spf1 -all")])),
        "only_unusable @mimi"
    );
}

#[test]
fn fails_with_a_code_that_says_why() {
    for (failure, summary) in [
        (Failure::Timeout, "temporary_failure timeout @mimi"),
        (Failure::Network, "temporary_failure network @mimi"),
        (Failure::Tls, "temporary_failure tls @mimi"),
        (Failure::Truncated, "temporary_failure truncated @mimi"),
        (Failure::Malformed, "temporary_failure malformed @mimi"),
        (Failure::Budget, "temporary_failure budget @mimi"),
        (
            Failure::Bogus(BogusReason::Unexplained),
            "security_failure bogus @mimi",
        ),
    ] {
        assert_eq!(
            mui(Script::new().fails("bob.example. MIMI", failure)),
            summary
        );
    }
    for code in [1, 2, 4, 5, 6, 9, 16, 23, 4095] {
        let summary = mui(Script::new().says("bob.example. MIMI", rcode(code)));
        assert_eq!(summary, "temporary_failure server-failure @mimi");
    }
}

#[test]
fn tells_the_response_code_by_its_name_or_number() {
    let told = [1, 2, 4, 5, 6, 9, 16, 23]
        .map(|rcode| TemporaryFailure::ServerFailure { rcode }.to_string());
    assert_snapshot!(told.join("\n"));
}

#[test]
fn names_the_step_of_an_email_address() {
    let ended = Script::new()
        .fails("example.com. MIMIX", Failure::Timeout)
        .discover("a@example.com");
    assert_eq!(ended.summary(), "temporary_failure timeout @mimix");
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            answer([mimix("example.com", "m.example")]),
        )
        .fails("a.m.example. MIMI", Failure::Timeout)
        .discover("a@example.com");
    assert_eq!(ended.summary(), "temporary_failure timeout @mimi");
}

#[test]
fn an_address_that_cannot_be_a_name_is_unmappable_only_below_a_valid_mimix() {
    let says = |response| {
        Script::new()
            .says("example.com. MIMIX", response)
            .discover("*@example.com")
            .summary()
    };
    let with_mimix = says(answer([mimix("example.com", "m.example")]));
    assert!(
        with_mimix.starts_with("unmappable ") && with_mimix.ends_with(" @mimi"),
        "{with_mimix}"
    );
    assert_eq!(says(no_data("example.com")), "no_mapping @mimix");
}

#[test]
fn text_that_is_no_identifier_is_invalid_before_any_step() {
    let outcome = Outcome::invalid(Identifier::parse("a@").unwrap_err());
    assert_eq!((outcome.ending.as_str(), outcome.step), ("invalid", None));
    assert!(outcome.ending.code().is_some());
}

#[test]
fn never_shows_personal_data_in_debug_output() {
    let ended = Script::new()
        .says(
            "bob.example. MIMI",
            answer([mimi("bob.example", "v=MIMI1; a=secret; e=m.example")]),
        )
        .discover("bob.example");
    let shown = format!("{:?} {:?}", ended.outcome, ended.outcome.asked);
    assert!(
        !shown.contains("bob") && !shown.contains("secret"),
        "{shown}"
    );
}

mod d59 {
    use super::*;

    #[test]
    fn fails_as_indeterminate() {
        let summary = mui(Script::new().fails("bob.example. MIMI", Failure::Indeterminate));
        assert_eq!(summary, "temporary_failure indeterminate @mimi");
    }
}
