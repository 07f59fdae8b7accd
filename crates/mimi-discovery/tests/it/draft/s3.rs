//! §3: the requirements that discovery itself can keep.

use mimi_discovery::Channel;

use crate::script::{Script, answer, mimi, mimix, no_data, over};

#[test]
fn an_identifier_may_lead_to_several_services() {
    let records = ["one", "two", "three"].map(|service| {
        mimi(
            "bob.example",
            &format!("v=MIMI1; a=bob; e={service}.example; s={service}"),
        )
    });
    let ended = Script::new()
        .says("bob.example. MIMI", answer(records))
        .discover("bob.example");
    assert_eq!(ended.outcome.groups()[0].contacts.len(), 3);
}

#[test]
fn an_identifier_stays_when_the_service_changes() {
    let at = |endpoint: &str| {
        let record = mimi("bob.example", &format!("v=MIMI1; a=bob; e={endpoint}"));
        Script::new()
            .says("bob.example. MIMI", answer([record]))
            .discover("bob.example")
            .groups()
    };
    assert_eq!(at("old.example"), ["-: bob@old.example"]);
    assert_eq!(at("new.example"), ["-: bob@new.example"]);
}

#[test]
fn never_finds_a_person_through_an_xui_without_their_wish() {
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            over(Channel::Tls, answer([mimix("example.com", "m.example")])),
        )
        .says(
            "bob.m.example. MIMI",
            over(Channel::Tls, no_data("m.example")),
        )
        .oracle(Ok(&["v=MIMI1; a=bob; e=m.example"]))
        .discover("bob@example.com");
    assert_eq!(ended.summary(), "no_mapping @mimi");
    assert_eq!(ended.oracles_asked, 0);
}
