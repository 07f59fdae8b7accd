//! D58: what is an absence, and what only looks like one.

use super::assert_ending;

#[test]
fn fails_for_a_referral_to_nowhere() {
    for name in ["lame.people.example", "alice.lame.people.example"] {
        let asked = format!("{name}.");
        assert_ending(name, "temporary_failure", Some("lame"), Some(&asked));
    }
}

#[test]
fn an_absence_with_its_soa_is_one() {
    let name = Some("nobody.people.example.");
    assert_ending("nobody.people.example", "no_such_name", None, name);
    let name = Some("mimi.people.example.");
    assert_ending("mimi.people.example", "no_mapping", None, name);
}
