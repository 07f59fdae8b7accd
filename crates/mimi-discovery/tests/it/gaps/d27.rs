//! D27, D28: priority groups, and their order.

use crate::script::{Script, answer, mimi};

fn groups(definition_strings: &[&str]) -> Vec<String> {
    let records = definition_strings
        .iter()
        .map(|text| mimi("bob.example", text));
    Script::new()
        .says("bob.example. MIMI", answer(records))
        .discover("bob.example")
        .groups()
}

#[test]
fn without_a_priority_comes_last() {
    assert_eq!(
        groups(&[
            "v=MIMI1; a=none; e=m.example",
            "v=MIMI1; a=large; e=m.example; p=4294967295",
            "v=MIMI1; a=zero; e=m.example; p=0",
        ]),
        [
            "0: zero@m.example",
            "4294967295: large@m.example",
            "-: none@m.example"
        ]
    );
}

#[test]
fn ignores_a_bad_priority() {
    assert_eq!(
        groups(&[
            "v=MIMI1; a=bad; e=m.example; p=-1",
            "v=MIMI1; a=good; e=m.example; p=9"
        ]),
        ["9: good@m.example", "-: bad@m.example"]
    );
}

mod d28 {
    use mimi_discovery::Selector;

    use super::*;

    #[test]
    fn equal_priorities_are_one_group_in_the_order_of_service_endpoint_account() {
        let strings = [
            "v=MIMI1; a=a; e=z.example; s=b; p=1",
            "v=MIMI1; a=b; e=a.example; s=b; p=1",
            "v=MIMI1; a=a; e=a.example; s=b; p=1",
            "v=MIMI1; a=z; e=z.example; s=a; p=1",
            "v=MIMI1; a=z; e=z.example; p=1",
        ];
        // The one without `s` has the same account and endpoint as another, which stays (D30): give it its own.
        let mut strings = strings.map(str::to_owned);
        strings[4] = strings[4].replace("a=z", "a=y");
        let mut strings: Vec<&str> = strings.iter().map(String::as_str).collect();
        let expected = ["1: y@z.example, z@z.example, a@a.example, b@a.example, a@z.example"];
        assert_eq!(groups(&strings), expected);
        strings.reverse();
        assert_eq!(groups(&strings), expected);
    }

    #[test]
    fn the_clients_preference_orders_a_group_and_nothing_else() {
        let records = [
            "v=MIMI1; a=a; e=m.example; s=alpha; p=2",
            "v=MIMI1; a=b; e=m.example; s=beta; p=2",
            "v=MIMI1; a=c; e=m.example; s=gamma; p=1",
        ];
        let ended = Script::new()
            .says(
                "bob.example. MIMI",
                answer(records.map(|text| mimi("bob.example", text))),
            )
            .discover("bob.example");
        let mut groups = ended.outcome.groups().to_vec();
        Selector::new()
            .prefer(["beta", "alpha"])
            .arrange(&mut groups);
        let order: Vec<_> = groups
            .iter()
            .flat_map(|group| &group.contacts)
            .map(|c| c.mssi.mssa())
            .collect();
        assert_eq!(order, ["c", "b", "a"]);
    }

    #[test]
    fn never_depends_on_the_order_of_the_answer() {
        let mut strings = [
            "v=MIMI1; a=a; e=m.example",
            "v=MIMI1; a=b; e=m.example",
            "v=MIMI1; a=c; e=m.example",
        ];
        let first = groups(&strings);
        strings.reverse();
        assert_eq!(groups(&strings), first);
    }
}
