//! Those who ask an oracle: `mimi oracle lookup`, `register`, `show`, `remove`.

use insta::assert_snapshot;
use mimi_testkit::{OracleFlaw, ScriptedOracle};
use tokio::runtime::Runtime;

use crate::support::{Run, mimi, zone_file};

const ALICE: &str = "alice@example.com";
const ALICES: &str = "v=MIMI1; a=alice; e=im.example.org";

struct World {
    oracle: ScriptedOracle,
    authority: String,
    _runtime: Runtime,
}

impl World {
    fn new(name: &str, flaw: OracleFlaw) -> Self {
        let runtime = Runtime::new().unwrap();
        let people: &[(&str, &[&str])] = &[(ALICE, &[ALICES])];
        let oracle = runtime
            .block_on(ScriptedOracle::start(flaw, people))
            .unwrap();
        let path = zone_file(&format!("oracle-client-{name}.pem"), oracle.authority());
        Self {
            authority: path.to_str().unwrap().to_owned(),
            oracle,
            _runtime: runtime,
        }
    }

    fn run(&self, command: &str, arguments: &[&str], input: &str) -> Run {
        let url = self.oracle.url();
        let which = ["--oracle", &url, "--tls-ca", &self.authority];
        let words = ["oracle", command].into_iter().chain(which);
        mimi(words.chain(arguments.iter().copied()))
            .input(input)
            .run()
    }

    fn paths(&self) -> Vec<String> {
        self.oracle
            .heard()
            .into_iter()
            .map(|one| one.line)
            .collect()
    }
}

/// Without times, which no two runs share.
fn report(run: &Run) -> String {
    let report = run.report();
    let lines = report.lines().map(|line| match line.split_once(" in ") {
        Some((before, _)) => format!("{before} in [time]"),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn commands_of_those_who_ask_have_help() {
    for command in ["lookup", "register", "show", "remove"] {
        let run = mimi(["oracle", command, "--help"]).run();
        assert_eq!(run.exit, 0);
        assert_snapshot!(format!("help_{command}"), run.text());
    }
}

#[test]
fn an_operator_sees_what_the_oracle_has_and_that_dns_was_not_asked() {
    let world = World::new("lookup", OracleFlaw::None);
    let run = world.run(
        "lookup",
        &["Alice@Example.com", "+15551234567", "a.example"],
        "",
    );
    assert_eq!(run.exit, 1);
    assert_snapshot!(report(&run));
    assert_eq!(world.run("lookup", &[ALICE], "").exit, 0);
    for (name, flaw, exit) in [
        ("forged", OracleFlaw::OtherLookupKey, 5),
        ("quota", OracleFlaw::QuotaExceeded, 4),
    ] {
        let world = World::new(name, flaw);
        assert_eq!(world.run("lookup", &[ALICE], "").exit, exit, "{name}");
    }
}

#[test]
fn a_holder_registers_with_the_token_from_standard_input() {
    let world = World::new("register", OracleFlaw::None);
    let run = world.run(
        "register",
        &[ALICE, "--definition-string", ALICES],
        "good\n",
    );
    assert_eq!(run.exit, 0);
    assert_snapshot!(report(&run));
    assert_eq!(
        world.paths(),
        ["POST /v1/proof", "POST /v1/registration/set"]
    );
}

#[test]
fn with_a_token_no_other_is_asked_for() {
    let world = World::new("token", OracleFlaw::None);
    let run = world.run("show", &[ALICE, "--token=good"], "");
    assert_eq!((run.exit, run.errors()), (1, ""));
    assert_eq!(run.text(), "alice@example.com\n  nothing is registered\n");
    let run = world.run("remove", &[ALICE, "--token=good"], "");
    assert_eq!(run.exit, 0);
    assert_snapshot!(report(&run));
    let paths = ["show", "remove"].map(|word| format!("POST /v1/registration/{word}"));
    assert_eq!(world.paths(), paths);
}

#[test]
fn what_cannot_be_used_is_explained_and_never_sent() {
    let world = World::new("unusable", OracleFlaw::None);
    let strings = [
        "--definition-string",
        ALICES,
        "--definition-string",
        "v=MIMI1; a=x",
    ];
    let run = world.run("register", &[&strings[..], &[ALICE]].concat(), "");
    assert_eq!(run.exit, 1);
    assert_snapshot!(report(&run));
    for identifier in ["mymimi.example.com", "no identifier"] {
        let run = world.run("show", &[identifier], "");
        assert_eq!(run.exit, 2, "{}", run.report());
    }
    // No token on standard input.
    assert_eq!(world.oracle.connections(), 0);
    assert_eq!(world.run("show", &[ALICE], "").exit, 2);
}

#[test]
fn refusals_say_why_and_are_fit_for_a_terminal() {
    let world = World::new("refused", OracleFlaw::None);
    let run = world.run("remove", &[ALICE, "--token=wrong"], "");
    assert_eq!(run.exit, 1);
    crate::support::assert_fit_for_a_terminal(&run.err);
    assert_snapshot!(report(&run));
    let world = World::new("down", OracleFlaw::Unavailable);
    let run = world.run("show", &[ALICE], "");
    assert_eq!(run.exit, 4);
    crate::support::assert_fit_for_a_terminal(&run.err);
}

#[test]
fn an_oracle_gets_its_own_token_with_evaluations_and_never_that_of_another() {
    let world = World::new("tokens", OracleFlaw::None);
    let url = world.oracle.url();
    let (_, pin) = url.split_once('#').unwrap();
    let own = format!(
        "# of two oracles\n{} other-token\n{pin} own-token\n",
        "A".repeat(43)
    );
    let path = zone_file("oracle-tokens", &own);
    let tokens = ["--oracle-tokens", path.to_str().unwrap()];
    let looked_up = world.run("lookup", &[&tokens[..], &[ALICE]].concat(), "");
    assert_eq!(looked_up.exit, 0, "{}", looked_up.report());
    let heard = world.oracle.heard();
    let carrying: Vec<&str> = heard
        .iter()
        .flat_map(|one| &one.fields)
        .filter_map(|field| field.strip_prefix("authorization: "))
        .collect();
    assert_eq!(carrying, ["Bearer own-token"]);

    let other = format!("{} other-token\n", "A".repeat(43));
    let path = zone_file("oracle-tokens-other", &other);
    let tokens = ["--oracle-tokens", path.to_str().unwrap()];
    world.run("lookup", &[&tokens[..], &[ALICE]].concat(), "");
    let heard = world.oracle.heard();
    let carrying = heard
        .iter()
        .flat_map(|one| &one.fields)
        .filter(|field| field.starts_with("authorization"));
    assert_eq!(carrying.count(), 1);
}

#[test]
fn a_file_of_tokens_that_cannot_be_read_right_is_refused_without_showing_it() {
    let world = World::new("tokens-refused", OracleFlaw::None);
    let path = zone_file("oracle-tokens-refused", "secret-token\n");
    let tokens = ["--oracle-tokens", path.to_str().unwrap()];
    let run = world.run("lookup", &[&tokens[..], &[ALICE]].concat(), "");
    assert_eq!(run.exit, 3);
    assert!(
        run.errors().contains("line 1 is not PIN TOKEN"),
        "{}",
        run.errors()
    );
    assert!(!run.errors().contains("secret"));
    assert!(world.paths().is_empty());
}
