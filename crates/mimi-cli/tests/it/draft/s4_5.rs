//! §4.5: a generic service; WhatsApp and Telegram, and Telegram preferred.

use insta::assert_snapshot;

use crate::support::{Mimi, example_zone};

#[test]
fn a_person_reads_telegram_before_whatsapp() {
    let run = Mimi::resolve(
        example_zone(),
        ["mymimi.example.com", "generic.example.com", "--trace"],
    );
    assert_snapshot!(run.run().report());
}

#[test]
fn a_script_gets_telegram_before_whatsapp() {
    let run = Mimi::resolve(
        example_zone(),
        [
            "mymimi.example.com",
            "generic.example.com",
            "--format",
            "jsonl",
        ],
    );
    let run = run.run();
    let services: Vec<_> = run.objects()[0]["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group[0]["service"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(services, ["telegram", "whatsapp"]);
    assert_snapshot!(run.report());
}

#[test]
fn json_is_one_array_of_the_same_objects() {
    let identifiers = ["mymimi.example.com", "generic.example.com"];
    let json = Mimi::resolve(
        example_zone(),
        identifiers.into_iter().chain(["--format=json"]),
    )
    .run();
    let jsonl = Mimi::resolve(
        example_zone(),
        identifiers.into_iter().chain(["--format=jsonl"]),
    )
    .run();
    assert_eq!((json.exit, jsonl.exit), (0, 0));
    assert_eq!(json.array(), jsonl.objects());
    assert_snapshot!(json.report());
}

#[test]
fn ignores_the_order_in_which_services_are_preferred_where_the_person_has_one() {
    let run = Mimi::resolve(
        example_zone(),
        [
            "mymimi.example.com",
            "--service=whatsapp",
            "--format",
            "jsonl",
        ],
    );
    let object = run.run().object();
    assert_eq!(object["groups"][0][0]["service"], "telegram");
}
