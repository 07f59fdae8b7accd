//! D57: the TXT bridge, off by default.

use mimi_discovery::{Failure, Via};

use crate::script::{Script, answer, mimi, mimix, no_data, no_such_name, txt};

const RECORD: &str = "v=MIMI1; a=bob; e=m.example";

fn bridged() -> Script {
    Script::new().policy(|policy| policy.txt_bridge = true)
}

#[test]
fn never_asks_for_txt_unless_told_to() {
    let ended = Script::new()
        .says("bob.example. MIMI", no_data("example"))
        .discover("bob.example");
    assert_eq!(ended.asked, ["bob.example. MIMI"]);
}

#[test]
fn finds_an_account_in_txt_after_no_data() {
    let ended = bridged()
        .says("bob.example. MIMI", no_data("example"))
        .says(
            "_mimi.bob.example. TXT",
            answer([txt("_mimi.bob.example", RECORD)]),
        )
        .discover("bob.example");
    assert_eq!(ended.summary(), "found @txt");
    assert_eq!(ended.groups(), ["-: bob@m.example"]);
    assert_eq!(ended.outcome.assurance.unwrap().via, Via::Txt);
}

#[test]
fn finds_a_mimi_resolution_domain_in_txt() {
    let ended = bridged()
        .says("example.com. MIMIX", no_data("example.com"))
        .says(
            "_mimix.example.com. TXT",
            answer([
                txt("_mimix.example.com", "v=spf1 -all"),
                txt("_mimix.example.com", "v=MIMIX1; d=mimi.example.net"),
            ]),
        )
        .says(
            "bob.mimi.example.net. MIMI",
            answer([mimi("bob.mimi.example.net", RECORD)]),
        )
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "found @mimi");
    assert_eq!(ended.outcome.assurance.unwrap().via, Via::Txt);
}

#[test]
fn never_asks_for_txt_below_a_name_that_does_not_exist() {
    let ended = bridged()
        .says("bob.example. MIMI", no_such_name("example"))
        .discover("bob.example");
    assert_eq!(ended.summary(), "no_such_name @mimi");
    assert_eq!(ended.asked.len(), 1);
}

#[test]
fn native_records_win() {
    let ended = bridged()
        .says(
            "example.com. MIMIX",
            answer([mimix("example.com", "m.example")]),
        )
        .says(
            "bob.m.example. MIMI",
            answer([mimi("bob.m.example", "v=MIMI1; a=bob")]),
        )
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "only_unusable @mimi");
    assert_eq!(ended.asked.len(), 2);
}

#[test]
fn ignores_txt_records_of_another_form() {
    let ended = bridged()
        .says("bob.example. MIMI", no_data("example"))
        .says(
            "_mimi.bob.example. TXT",
            answer([txt("_mimi.bob.example", "v=spf1 -all")]),
        )
        .discover("bob.example");
    assert_eq!(ended.summary(), "no_mapping @mimi");
    assert!(ended.dropped().is_empty());
}

#[test]
fn drops_broken_txt_records_of_its_form() {
    let ended = bridged()
        .says("bob.example. MIMI", no_data("example"))
        .says(
            "_mimi.bob.example. TXT",
            answer([txt("_mimi.bob.example", "v=MIMI1; a=bob")]),
        )
        .discover("bob.example");
    assert_eq!(ended.summary(), "only_unusable @txt");
    assert_eq!(ended.dropped().len(), 1);
}

#[test]
fn fails_when_the_bridge_fails() {
    let ended = bridged()
        .says("bob.example. MIMI", no_data("example"))
        .fails("_mimi.bob.example. TXT", Failure::Timeout)
        .discover("bob.example");
    assert_eq!(ended.summary(), "temporary_failure timeout @txt");
}

#[test]
fn a_bridge_target_of_dot_declines() {
    let ended = bridged()
        .says("example.com. MIMIX", no_data("example.com"))
        .says(
            "_mimix.example.com. TXT",
            answer([txt("_mimix.example.com", "v=MIMIX1; d=.")]),
        )
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "provider_declines @txt");
}

#[test]
fn ignores_blank_and_broken_txt_records() {
    let broken = crate::script::record("_mimi.bob.example", crate::script::TXT, b"\x05abc");
    for record in [
        txt("_mimi.bob.example", ""),
        txt("_mimi.bob.example", " ; "),
        broken,
    ] {
        let ended = bridged()
            .says("bob.example. MIMI", no_data("example"))
            .says("_mimi.bob.example. TXT", answer([record]))
            .discover("bob.example");
        assert_eq!(ended.summary(), "no_mapping @mimi");
        assert!(ended.dropped().is_empty());
    }
}

#[test]
fn records_of_another_form_take_no_place_of_the_64() {
    let others = (0..100).map(|number| txt("_mimi.bob.example", &format!("a{number}=b")));
    let ended = bridged()
        .says("bob.example. MIMI", no_data("example"))
        .says(
            "_mimi.bob.example. TXT",
            answer(others.chain([txt("_mimi.bob.example", RECORD)])),
        )
        .discover("bob.example");
    assert_eq!(ended.groups(), ["-: bob@m.example"]);
    assert!(ended.dropped().is_empty());
}
