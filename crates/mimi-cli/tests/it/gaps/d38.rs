//! D38: wildcards are accepted; without a signature nobody can see them.

use super::{accounts_of, assert_ending, resolve};

#[test]
fn a_wildcard_answers_for_names_that_do_not_exist() {
    let object = resolve("carol@wild.example");
    assert_eq!(accounts_of(&object), [["everybody"]]);
    // Nothing is signed here, so nothing shows that it was a wildcard.
    assert_eq!(object["groups"][0][0]["wildcard"], false);
}

#[test]
fn never_lets_a_wildcard_speak_for_a_name_that_exists() {
    let alice = Some("alice.mimi.wild.example.");
    assert_ending("alice@wild.example", "no_mapping", None, alice);
    let below = Some("news.alice.mimi.wild.example.");
    assert_ending("news.alice@wild.example", "no_such_name", None, below);
}
