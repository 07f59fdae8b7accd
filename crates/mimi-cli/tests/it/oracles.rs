//! Oracles from the command line: `mimi resolve --oracle`, with the real client and an oracle on real sockets that counts who connects (D56).

use mimi_testkit::{OracleFlaw, ScriptedOracle};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::support::{Misbehaving, Run, mimi, silent_server, zone_file};

const ALICE: &str = "alice@without.example";

/// Whom the oracle knows, and everybody whom it must not be asked about.
const PEOPLE: &[(&str, &[&str])] = &[
    (ALICE, &["v=MIMI1; a=alice; e=im.example.org; s=example"]),
    ("+1 555 123 4567", &["v=MIMI1; a=tel; e=im.example.org"]),
    ("nobody@with.example", &["v=MIMI1; a=eve; e=evil.example"]),
    ("bad@with.example", &["v=MIMI1; a=eve; e=evil.example"]),
    ("*@with.example", &["v=MIMI1; a=eve; e=evil.example"]),
    ("+1 555 123 4568", &["v=MIMI1; a=eve; e=evil.example"]),
    ("alice@lost.example", &["v=MIMI1; a=eve; e=evil.example"]),
];

const ZONE: &str = "\
$TTL 300
example. SOA ns.example. hostmaster.example. 1 7200 900 1209600 300
example. NS ns.example.
ns.example. A 127.0.0.1
without.example. TXT \"no MIMIX here\"
with.example. MIMIX m.with.example.
bad.m.with.example. MIMI \"v=MIMI2; x\"
enum.example. TXT \"numbers\"
8.6.5.4.3.2.1.5.5.5.1.enum.example. MIMI \"v=MIMI2; x\"
lost.example. NS ns.elsewhere.test.
";

struct World {
    oracle: ScriptedOracle,
    zone: String,
    authority: String,
    _runtime: Runtime,
}

impl World {
    fn new(name: &str, flaw: OracleFlaw) -> Self {
        let runtime = Runtime::new().unwrap();
        let oracle = runtime
            .block_on(ScriptedOracle::start(flaw, PEOPLE))
            .unwrap();
        let path = |path: std::path::PathBuf| path.to_str().unwrap().to_owned();
        Self {
            zone: path(zone_file(&format!("{name}.zone"), ZONE)),
            authority: path(zone_file(&format!("{name}.pem"), oracle.authority())),
            oracle,
            _runtime: runtime,
        }
    }

    /// `mimi resolve` with this oracle.
    fn resolve(&self, arguments: &[&str]) -> Run {
        let (url, suffix) = (self.oracle.url(), "enum.example");
        let oracle = ["--oracle", &url, "--tls-ca", &self.authority];
        let all = ["resolve", "--enum-suffix", suffix].into_iter();
        mimi(all.chain(oracle).chain(arguments.iter().copied())).run()
    }

    fn resolve_zone(&self, arguments: &[&str]) -> Run {
        self.resolve(&[&["--zone", &self.zone], arguments].concat())
    }
}

fn assurance(object: &Value) -> (&str, &str, &str) {
    let word = |name| object["assurance"][name].as_str().unwrap();
    (word("dnssec"), word("channel"), word("via"))
}

#[test]
fn s5_1_2_people_whose_provider_takes_no_part_are_found_by_an_oracle_that_is_named() {
    let world = World::new("oracle-found", OracleFlaw::None);
    let run = world.resolve_zone(&["--format=jsonl", ALICE, "+1 555 123 4567", ALICE]);
    assert_eq!(run.exit, 0);
    for object in run.objects() {
        assert_eq!(
            (&object["outcome"], &object["step"]),
            (&"found".into(), &"oracle".into())
        );
        assert_eq!(assurance(&object), ("unchecked", "oracle", "oracle"));
    }
    // All share one client: parameters once, and one connection each at most.
    let heard = world.oracle.heard();
    let parameters = heard.iter().filter(|one| one.line.contains("well-known"));
    assert_eq!(parameters.count(), 1);
    let human = world.resolve_zone(&["--trace", ALICE]);
    insta::assert_snapshot!(human.report());
}

#[test]
fn d56_no_oracle_is_asked_unless_it_is_named() {
    let world = World::new("oracle-none", OracleFlaw::None);
    let run = mimi(["resolve", "--zone", &world.zone, "--format=jsonl", ALICE]).run();
    assert_eq!(run.object()["outcome"], "no_mapping");
    assert_eq!(world.oracle.connections(), 0);
}

/// The tripwire: the rows of D56 that say *no* or *never*, with the oracle named and trusted.
#[test]
fn d56_where_the_table_says_no_nobody_connects_to_the_oracle() {
    let world = World::new("oracle-tripwire", OracleFlaw::None);
    let zone = |identifier| world.resolve_zone(&["--format=jsonl", identifier]);
    for (identifier, outcome) in [
        // A native MUI, whatever happens.
        ("nothing.example", "no_such_name"),
        ("ns.example", "no_mapping"),
        // A valid MIMIX, then nothing usable at the name.
        ("nobody@with.example", "no_such_name"),
        ("bad@with.example", "only_unusable"),
        // A local part that cannot become a name, and a valid MIMIX.
        ("*@with.example", "unmappable"),
        // A telephone number with unusable records.
        ("+1 555 123 4568", "only_unusable"),
        // A delegation that leads nowhere, a zone of others.
        ("alice@lost.example", "temporary_failure"),
        ("alice@other.test", "temporary_failure"),
    ] {
        assert_eq!(
            zone(identifier).object()["outcome"],
            outcome,
            "{identifier}"
        );
    }
    for misbehaving in [
        Misbehaving::Rcode(1),
        Misbehaving::Rcode(2),
        Misbehaving::Rcode(5),
        Misbehaving::Rcode(6),
        Misbehaving::Truncating,
        Misbehaving::Empty,
    ] {
        let server = misbehaving.start().to_string();
        let run = world.resolve(&["--server", &server, "--format=jsonl", ALICE, "+15551234567"]);
        for object in run.objects() {
            assert_eq!(object["outcome"], "temporary_failure");
        }
    }
    let (_socket, silent) = silent_server();
    let run = world.resolve(&["--server", &silent, "--timeout=1", "--format=jsonl", ALICE]);
    assert_eq!(run.object()["code"], "timeout");
    assert_eq!(world.oracle.connections(), 0);
    // It does count: here the table says yes.
    assert_eq!(zone(ALICE).object()["outcome"], "found");
    assert_eq!(world.oracle.connections(), 1);
}

#[test]
fn failures_of_an_oracle_have_their_outcomes_and_say_what_to_do() {
    let mut reports = Vec::new();
    for (name, flaw, outcome, code, exit) in [
        (
            "tls",
            OracleFlaw::OtherAuthority,
            "temporary_failure",
            "oracle-unavailable",
            4,
        ),
        (
            "quota",
            OracleFlaw::QuotaExceeded,
            "temporary_failure",
            "oracle-unavailable",
            4,
        ),
        (
            "type",
            OracleFlaw::OtherType,
            "temporary_failure",
            "oracle-unavailable",
            4,
        ),
        (
            "down",
            OracleFlaw::Unavailable,
            "temporary_failure",
            "oracle-unavailable",
            4,
        ),
        (
            "keys",
            OracleFlaw::OtherKeys,
            "security_failure",
            "forged-oracle",
            5,
        ),
        (
            "proof",
            OracleFlaw::OtherLookupKey,
            "security_failure",
            "forged-oracle",
            5,
        ),
    ] {
        let world = World::new(&format!("oracle-{name}"), flaw);
        let run = world.resolve_zone(&["--format=jsonl", ALICE]);
        let object = run.object();
        assert_eq!(
            (&object["outcome"], &object["code"], run.exit),
            (&outcome.into(), &code.into(), exit),
            "{name}"
        );
        assert_eq!(
            (&object["step"], &object["assurance"]),
            (&"oracle".into(), &Value::Null)
        );
        let human = world.resolve_zone(&[ALICE]);
        reports.push(format!("{name}: {}", human.report()));
    }
    insta::assert_snapshot!(reports.join("\n"));
}
