//! Every rule fires on its bad fixture, is silent on its good one, and its fixes lead from the bad one to the fixed one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use mimi_lint::{Checker, Finding, Fixable, Level, Rule, Settings, Source, rules::RULES};

/// Rules whose findings are too long a text to keep.
const WITHOUT_SNAPSHOT: [&str; 1] = ["more-than-judged"];

/// What was said.
struct Said {
    text: String,
    exit: i32,
}

/// A line of `--format concise`.
struct Line {
    level: Level,
    code: String,
    text: String,
}

impl Said {
    fn lines(&self) -> impl Iterator<Item = Line> {
        self.text.lines().map(|text| {
            let (before, rest) = text.split_once('[').unwrap_or_else(|| panic!("{text}"));
            let (code, _) = rest.split_once(']').unwrap();
            let level = before.rsplit(' ').next().unwrap();
            Line {
                level: level.parse().unwrap_or_else(|_| panic!("{text}")),
                code: code.to_owned(),
                text: text.to_owned(),
            }
        })
    }

    fn names(&self, rule: &Rule) -> bool {
        self.lines().any(|line| line.code == rule.code)
    }
}

fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap()
}

/// Rules that are about zone files.
fn about_files() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(|rule| !is_live(rule))
}

fn is_live(rule: &Rule) -> bool {
    rule.code.starts_with("MIMI7")
}

/// From the root, as a user would name it.
fn fixture(rule: &Rule, file: &str) -> PathBuf {
    Path::new("testdata/lint").join(rule.name).join(file)
}

/// What the first line of a zone asks for.
fn arguments(text: &[u8]) -> Vec<String> {
    let first = text.split(|octet| *octet == b'\n').next().unwrap();
    let words = first.strip_prefix(b"; arguments: ").unwrap_or_default();
    let words = String::from_utf8(words.to_vec()).unwrap();
    words.split_whitespace().map(str::to_owned).collect()
}

/// Runs the command in the root, on a zone with its own arguments, with the rule on.
fn lint(rule: &Rule, path: &Path, options: &[&str]) -> Said {
    let text = fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
    command.current_dir(root()).args(options);
    command.args(arguments(&text)).args(on(rule)).arg(path);
    run(command)
}

/// Turns a rule on that is off by default.
fn on(rule: &Rule) -> Vec<&str> {
    match rule.is_pedantic {
        true => vec!["-W", rule.name],
        false => Vec::new(),
    }
}

fn run(mut command: Command) -> Said {
    command.env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    let output = command.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    let exit = output.status.code().unwrap();
    // What was replayed may have left something open.
    assert!(exit < 2 || exit == 4, "{command:?}: {errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    Said { text, exit }
}

/// Fails with everything that is amiss.
fn expect_none(amiss: &[String]) {
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

#[test]
fn every_rule_fires_on_its_bad_fixture() {
    let mut amiss = Vec::new();
    for rule in about_files() {
        let said = lint(rule, &fixture(rule, "bad.zone"), &["--format", "concise"]);
        if !said.names(rule) {
            amiss.push(format!("{rule:?} does not fire:\n{}", said.text));
        }
        let fails = said.lines().any(|line| line.level >= Level::Warning);
        if fails != (said.exit == 1) {
            amiss.push(format!("{rule:?}: exit {}:\n{}", said.exit, said.text));
        }
    }
    expect_none(&amiss);
}

#[test]
fn every_rule_is_silent_on_its_good_fixture_and_so_are_the_others() {
    let mut amiss = Vec::new();
    for rule in about_files() {
        let said = lint(rule, &fixture(rule, "good.zone"), &["--format", "concise"]);
        let lines = said.lines();
        for line in lines.filter(|line| line.code == rule.code || line.level >= Level::Warning) {
            amiss.push(format!("{rule:?}: {}", line.text));
        }
    }
    expect_none(&amiss);
}

#[test]
fn what_is_said_about_bad_fixtures() {
    for rule in about_files().filter(|rule| !WITHOUT_SNAPSHOT.contains(&rule.name)) {
        let said = lint(rule, &fixture(rule, "bad.zone"), &["--format", "full"]);
        insta::with_settings!({
            snapshot_path => "snapshots/fixtures",
            prepend_module_to_snapshot => false,
            description => rule.summary,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(rule.name, said.text);
        });
    }
}

#[test]
fn what_servers_say_has_fixtures_that_are_replayed() {
    let mut amiss = Vec::new();
    for rule in RULES.iter().copied().filter(|rule| is_live(rule)) {
        for (file, fires) in [("bad.json", true), ("good.json", false)] {
            let path = fixture(rule, file);
            if !root().join(&path).exists() {
                continue;
            }
            let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
            command.current_dir(root()).arg("live").args(on(rule));
            command.args(["--format", "concise", "--replay"]).arg(&path);
            let said = run(command);
            if said.names(rule) != fires {
                amiss.push(format!("{rule:?} on {file}:\n{}", said.text));
            }
        }
    }
    expect_none(&amiss);
}

/// `--fix` once on a copy of a zone; returns the copy.
fn fixed(rule: &Rule, zone: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.zone");
    fs::write(&copy, zone).unwrap();
    lint(rule, &copy, &["--fix", "--unsafe-fixes"]);
    fs::read(copy).unwrap()
}

#[test]
fn fixes_lead_from_the_bad_fixture_to_the_fixed_one() {
    let mut amiss = Vec::new();
    for rule in about_files().filter(|rule| rule.fix != Fixable::No) {
        let read = |file| fs::read(root().join(fixture(rule, file))).unwrap();
        let (bad, wanted) = (read("bad.zone"), read("fixed.zone"));
        let once = fixed(rule, &bad);
        if once != wanted {
            let once = String::from_utf8_lossy(&once);
            amiss.push(format!(
                "{rule:?}: fixed.zone is not what comes out:\n{once}"
            ));
            continue;
        }
        if fixed(rule, &once) != once {
            amiss.push(format!("{rule:?}: a second run changes more"));
        }
        let said = lint(rule, &fixture(rule, "fixed.zone"), &["--format", "concise"]);
        if said.names(rule) {
            amiss.push(format!(
                "{rule:?}: still there in fixed.zone:\n{}",
                said.text
            ));
        }
        if applied(rule, &bad) != wanted {
            amiss.push(format!(
                "{rule:?}: fixed.zone is not bad.zone with the edits made, and nothing else"
            ));
        }
    }
    expect_none(&amiss);
}

/// What the library says about a zone, with a rule on.
fn findings(rule: &'static Rule, zone: &[u8]) -> Vec<Finding> {
    let mut settings = Settings::default();
    settings.set_level(rule, Some(rule.level));
    let mut checker = Checker::new(settings);
    let arguments = arguments(zone);
    if let Some(at) = arguments.iter().position(|word| word == "--origin") {
        let origin = arguments[at + 1].trim_end_matches('.').parse().unwrap();
        checker = checker.origin(origin);
    }
    let source = Source::file(Path::new("bad.zone"));
    let owned: Arc<[u8]> = zone.into();
    let mut findings = Vec::new();
    let open = move || -> std::io::Result<Box<dyn std::io::Read + Send>> {
        Ok(Box::new(std::io::Cursor::new(Arc::clone(&owned))))
    };
    checker
        .check(&source, &open, &mut |finding| findings.push(finding))
        .unwrap();
    findings
}

/// A zone with the edits of all fixes made, again and again until there are none left.
fn applied(rule: &'static Rule, zone: &[u8]) -> Vec<u8> {
    let mut zone = zone.to_vec();
    for _ in 0..10 {
        let mut fixes: Vec<_> = findings(rule, &zone)
            .into_iter()
            .filter_map(|found| found.fix)
            .collect();
        fixes.sort_by_key(|fix| fix.edits.first().map(|edit| edit.span.start));
        let (mut changed, mut at) = (Vec::new(), 0);
        for fix in fixes {
            if fix.edits.iter().any(|edit| edit.span.start < at) {
                continue;
            }
            for edit in fix.edits {
                changed.extend_from_slice(&zone[at..edit.span.start]);
                changed.extend_from_slice(&edit.replacement);
                at = edit.span.end;
            }
        }
        changed.extend_from_slice(&zone[at..]);
        if changed == zone {
            break;
        }
        zone = changed;
    }
    zone
}
