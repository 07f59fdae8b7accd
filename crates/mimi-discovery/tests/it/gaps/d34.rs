//! D34, D35, D36: several MIMIX records, MIMIX at a target, and the target `.`.

use mimi_discovery::{BogusReason, Failure};

use crate::script::{Script, answer, long_name, mimi, mimix, no_data, no_such_name, record};
use mimi_rr::TypeCodes;

fn with_targets(targets: &[&str]) -> Script {
    let records = targets.iter().map(|target| mimix("example.com", target));
    Script::new().says("example.com. MIMIX", answer(records))
}

fn at(owner: &str, definition_string: &str) -> mimi_discovery::Response {
    answer([mimi(owner, definition_string)])
}

#[test]
fn unites_the_accounts_below_all_targets_across_their_priorities() {
    let ended = with_targets(&["b.example", "a.example"])
        .says(
            "bob.a.example. MIMI",
            at("bob.a.example", "v=MIMI1; a=second; e=m.example; p=2"),
        )
        .says(
            "bob.b.example. MIMI",
            at("bob.b.example", "v=MIMI1; a=first; e=m.example; p=1"),
        )
        .discover("bob@example.com");
    assert_eq!(
        ended.groups(),
        ["1: first@m.example", "2: second@m.example"]
    );
    // Targets are asked in canonical order, whatever the order of the answer.
    assert_eq!(
        ended.asked[1..],
        ["bob.a.example. MIMI", "bob.b.example. MIMI"]
    );
}

#[test]
fn drops_duplicates_across_targets() {
    let ended = with_targets(&["a.example", "b.example"])
        .says(
            "bob.a.example. MIMI",
            at("bob.a.example", "v=MIMI1; a=bob; e=m.example; p=2"),
        )
        .says(
            "bob.b.example. MIMI",
            at("bob.b.example", "v=MIMI1; a=bob; e=m.example; p=1"),
        )
        .discover("bob@example.com");
    assert_eq!(ended.groups(), ["1: bob@m.example"]);
    assert_eq!(ended.dropped(), ["duplicate-account"]);
}

#[test]
fn one_target_may_have_nothing() {
    let ended = with_targets(&["a.example", "b.example"])
        .says("bob.a.example. MIMI", no_such_name("a.example"))
        .says(
            "bob.b.example. MIMI",
            at("bob.b.example", "v=MIMI1; a=bob; e=m.example"),
        )
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "found @mimi");
}

#[test]
fn fails_as_a_whole_when_one_target_fails() {
    for (failure, summary) in [
        (Failure::Timeout, "temporary_failure timeout @mimi"),
        (
            Failure::Bogus(BogusReason::Unexplained),
            "security_failure bogus @mimi",
        ),
    ] {
        let ended = with_targets(&["a.example", "b.example"])
            .says(
                "bob.a.example. MIMI",
                at("bob.a.example", "v=MIMI1; a=bob; e=m.example"),
            )
            .fails("bob.b.example. MIMI", failure)
            .discover("bob@example.com");
        assert_eq!(ended.summary(), summary);
        assert!(ended.groups().is_empty());
    }
}

#[test]
fn a_forgery_outweighs_a_silence() {
    let ended = with_targets(&["a.example", "b.example"])
        .fails("bob.a.example. MIMI", Failure::Timeout)
        .fails(
            "bob.b.example. MIMI",
            Failure::Bogus(BogusReason::Unexplained),
        )
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "security_failure bogus @mimi");
}

#[test]
fn drops_what_comes_after_four_targets_in_canonical_order() {
    let mut script = with_targets(&[
        "e.example",
        "d.example",
        "c.example",
        "b.example",
        "a.example",
    ]);
    for target in ["a", "b", "c", "d"] {
        script = script.says(&format!("bob.{target}.example. MIMI"), no_data("example"));
    }
    let ended = script.discover("bob@example.com");
    assert_eq!(ended.summary(), "no_mapping @mimi");
    assert_eq!(ended.dropped(), ["too-many-mimix-records"]);
    assert_eq!(ended.outcome.dropped[0].record, b"e.example.");
}

#[test]
fn a_target_that_stands_twice_is_asked_once() {
    let ended = with_targets(&["a.example", "A.example"])
        .says("bob.a.example. MIMI", no_data("example"))
        .discover("bob@example.com");
    assert_eq!(ended.asked.len(), 2);
}

#[test]
fn drops_broken_mimix_records_and_uses_the_others() {
    let code = TypeCodes::DEFAULT.mimix();
    let broken = [
        record("example.com", code, b"\x01a"),
        record("example.com", code, b"\xC0\x0C"),
    ];
    let whole = mimix("example.com", "a.example");
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            answer(broken.clone().into_iter().chain([whole])),
        )
        .says("bob.a.example. MIMI", no_data("example"))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "no_mapping @mimi");
    assert_eq!(ended.dropped().len(), 2);
    let ended = Script::new()
        .says("example.com. MIMIX", answer(broken))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "only_unusable @mimix");
}

#[test]
fn drops_a_target_below_which_the_name_is_too_long() {
    let long = long_name();
    let address = "twelve-octets@example.com";
    let ended = with_targets(&[&long, "z.example"])
        .says("twelve-octets.z.example. MIMI", no_data("example"))
        .discover(address);
    assert_eq!(ended.summary(), "no_mapping @mimi");
    assert_eq!(ended.dropped().len(), 1);
    assert!(
        with_targets(&[&long])
            .discover(address)
            .summary()
            .starts_with("unmappable")
    );
}

mod d35 {
    use super::*;

    #[test]
    fn takes_the_names_below_a_target_as_they_are() {
        let ended = with_targets(&["m.example"])
            .says(
                "bob.m.example. MIMI",
                at("bob.m.example", "v=MIMI1; a=bob; e=m.example"),
            )
            .discover("bob@example.com");
        assert_eq!(ended.summary(), "found @mimi");
    }

    #[test]
    fn never_follows_a_mimix_at_a_target() {
        let ended = with_targets(&["m.example"])
            .says("bob.m.example. MIMI", no_such_name("m.example"))
            .discover("bob@example.com");
        assert_eq!(ended.asked, ["example.com. MIMIX", "bob.m.example. MIMI"]);
    }
}

mod d36 {
    use super::*;

    #[test]
    fn a_dot_alone_declines() {
        let ended = with_targets(&["."]).discover("bob@example.com");
        assert_eq!(ended.summary(), "provider_declines @mimix");
        assert_eq!(ended.asked.len(), 1);
    }

    #[test]
    fn ignores_a_dot_beside_targets() {
        let ended = with_targets(&[".", "m.example"])
            .says("bob.m.example. MIMI", no_data("m.example"))
            .discover("bob@example.com");
        assert_eq!(ended.summary(), "no_mapping @mimi");
        assert_eq!(ended.dropped(), ["decline-beside-targets"]);
    }
}
