//! §5.1.2: oracles, only where no valid MIMIX record is found. The whole table is in `gaps::d56`.

use mimi_discovery::{Channel, OracleFailure, Via};

use crate::script::{Script, answer, mimix, no_data, no_such_name, over};

fn protected_absence() -> Script {
    Script::new().says(
        "example.com. MIMIX",
        over(Channel::Tls, no_data("example.com")),
    )
}

#[test]
fn asks_the_oracles_one_after_another_until_one_knows() {
    let ended = protected_absence()
        .oracle(Ok(&[]))
        .oracle(Ok(&["v=MIMI1; a=bob; e=m.example"]))
        .oracle(Ok(&["v=MIMI1; a=eve; e=m.example"]))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "found @oracle");
    assert_eq!(ended.groups(), ["-: bob@m.example"]);
    assert_eq!(ended.oracles_asked, 2);
    let assurance = ended.outcome.assurance.unwrap();
    assert_eq!(
        (assurance.via, assurance.channel),
        (Via::Oracle, Channel::Oracle)
    );
}

#[test]
fn keeps_the_word_of_dns_when_no_oracle_knows() {
    let ended = protected_absence()
        .oracle(Ok(&[]))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "no_mapping @mimix");
}

#[test]
fn says_that_an_oracle_holds_only_unusable_records() {
    let ended = protected_absence()
        .oracle(Ok(&["v=MIMI2; x"]))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "only_unusable @oracle");
    assert_eq!(ended.dropped().len(), 1);
}

#[test]
fn fails_when_an_oracle_fails_and_no_other_knows() {
    for (failure, summary) in [
        (
            OracleFailure::Timeout,
            "temporary_failure oracle-unavailable @oracle",
        ),
        (
            OracleFailure::Unavailable,
            "temporary_failure oracle-unavailable @oracle",
        ),
        (
            OracleFailure::Forged,
            "security_failure forged-oracle @oracle",
        ),
    ] {
        let ended = protected_absence()
            .oracle(Err(failure))
            .oracle(Ok(&[]))
            .discover("bob@example.com");
        assert_eq!(ended.summary(), summary);
        assert_eq!(ended.oracles_asked, 2);
    }
}

#[test]
fn never_asks_when_there_is_a_valid_mimix() {
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            over(
                Channel::Tls,
                answer([mimix("example.com", "mimi.example.net")]),
            ),
        )
        .says(
            "bob.mimi.example.net. MIMI",
            over(Channel::Tls, no_such_name("mimi.example.net")),
        )
        .oracle(Ok(&["v=MIMI1; a=bob; e=m.example"]))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "no_such_name @mimi");
    assert_eq!(ended.oracles_asked, 0);
}
