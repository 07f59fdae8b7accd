//! `mimi serve`: the same answers for everybody.

use crate::support::{Mimi, Serving, mimi, people_zone};

const IDENTIFIERS: [&str; 6] = [
    "first.last@people.example",
    "alice@several.example",
    "unusable.people.example",
    "nobody.people.example",
    "round.people.example",
    "www.elsewhere.example",
];

#[test]
fn serving_and_embedding_give_the_same_results() {
    let serving = Serving::start(people_zone());
    let udp = format!("udp://{}", serving.address());
    let tcp = format!("tcp://{}", serving.address());
    let embedded = Mimi::resolve(
        people_zone(),
        IDENTIFIERS.into_iter().chain(["--format=jsonl"]),
    );
    let embedded = embedded.run();
    for url in [serving.address(), &udp, &tcp] {
        let arguments = ["resolve", "--format=jsonl", "--server", url];
        let served = mimi(arguments.into_iter().chain(IDENTIFIERS)).run();
        assert_eq!(served.objects(), embedded.objects());
        assert_eq!(served.exit, embedded.exit);
    }
}

#[test]
fn says_what_it_serves_and_where() {
    let serving = Serving::start(crate::support::example_zone());
    let zones = "serving 5.5.5.1.e164.arpa. example.com. example.net.";
    assert_eq!(serving.greeting[0], zones);
    assert!(serving.address().starts_with("127.0.0.1:"));
}

#[test]
fn fails_where_the_port_is_taken() {
    let serving = Serving::start(people_zone());
    let run = mimi([
        "serve",
        "--zone",
        people_zone(),
        "--listen",
        serving.address(),
    ])
    .run();
    assert_eq!(run.exit, 3);
    assert!(run.errors().contains(serving.address()), "{}", run.errors());
}

#[test]
fn fails_for_a_file_with_errors_before_it_listens() {
    let run = mimi(["serve", "--zone", "testdata/zones/broken.zone"]).run();
    assert_eq!((run.exit, run.text()), (3, ""));
}
