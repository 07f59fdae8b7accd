//! D37: aliases are followed, at most eight.

use super::{assert_account, assert_ending};

#[test]
fn cname_and_dname_are_followed_in_and_between_zones() {
    assert_account("alias.people.example", "alice");
    assert_account("alice.other.people.example", "alice");
    assert_account("first.last.other.people.example", "first-dot-last");
    let accounts = super::accounts("away.people.example");
    assert_eq!(accounts, [["alice-one"], ["alice"]]);
}

#[test]
fn eight_in_a_row_are_followed() {
    assert_account("chain1.people.example", "far-away");
}

#[test]
fn fails_for_nine_in_a_row_and_for_a_circle() {
    for name in ["chain0.people.example", "round.people.example"] {
        let asked = format!("{name}.");
        assert_ending(name, "temporary_failure", Some("loop"), Some(&asked));
    }
}

#[test]
fn fails_where_a_redirection_makes_a_name_too_long() {
    let label = "a".repeat(60);
    let mui = format!("{label}.{label}.{label}.dn.example");
    let zone = format!("dn.example. 60 DNAME {label}.{label}.example.\n");
    let path = crate::support::zone_file("d37.zone", zone);
    let object = crate::support::Mimi::resolve(path, [mui.as_str(), "--format=jsonl"])
        .run()
        .object();
    assert_eq!(object["code"], "server-failure");
}
