//! Every code of `mimi-mssi` is a rule.

use mimi_lint::{Level, rules};
use mimi_mssi::{Code, Severity};

#[test]
fn every_code_has_exactly_one_rule_of_its_name_and_severity() {
    for (index, code) in Code::ALL.iter().enumerate() {
        let of_name = rules::RULES
            .iter()
            .filter(|rule| rule.name == code.as_str());
        let [rule] = of_name.collect::<Vec<_>>()[..] else {
            panic!("expected one rule {code}");
        };
        let level = match code.severity() {
            Severity::Info => Level::Info,
            Severity::Warning => Level::Warning,
            Severity::Error => Level::Error,
        };
        assert_eq!(rule.level, level, "{code}");
        assert_eq!(rule.code, format!("MIMI{}", 101 + index), "{code}");
        let decisions = code.origin().split(", ");
        for decision in decisions.filter(|part| part.starts_with('D')) {
            assert!(rule.basis.contains(decision), "{code}: {decision}");
        }
    }
}
