//! `crates/mimi-lint/codes.txt`: every code that was ever given out, with its name. Neither is ever used again for something else.

use super::Complaint;
use super::rule_file::RuleFile;

/// Where they are kept.
pub(super) const PATH: &str = "crates/mimi-lint/codes.txt";

/// The list with the codes of new rules in their places, and what is wrong with the rules according to it.
pub(super) fn update(list: &str, rules: &[RuleFile]) -> (String, Vec<Complaint>) {
    let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
    let mut complaints = Vec::new();
    let mut complain = |path: &str, line: usize, message: String| {
        complaints.push(Complaint::new(path, line, &message));
    };
    for (line, entry) in (1..).zip(list.lines()) {
        let words: Vec<_> = entry.split_ascii_whitespace().collect();
        let (code, name, is_retired) = match words.as_slice() {
            [code, name] => (*code, *name, false),
            [code, name, "retired"] => (*code, *name, true),
            _ => {
                complain(
                    PATH,
                    line,
                    "expected a code, a name and perhaps `retired`".to_owned(),
                );
                continue;
            }
        };
        let of_code = rules.iter().find(|rule| rule.code == code);
        match of_code {
            Some(rule) if is_retired => complain(
                &rule.path,
                rule.line,
                format!("{code} was {name}, which is retired; codes are never used again"),
            ),
            Some(rule) if rule.name != name => complain(
                &rule.path,
                rule.line,
                format!(
                    "{code} is {name} since it was first listed, not {}; a name never changes",
                    rule.name
                ),
            ),
            Some(_) => {}
            None if is_retired => {}
            None => complain(
                PATH,
                line,
                format!("no rule has the code {code} any more; write `retired` behind {name}"),
            ),
        }
        let of_name = rules
            .iter()
            .find(|rule| rule.name == name && rule.code != code);
        if let Some(rule) = of_name {
            complain(
                &rule.path,
                rule.line,
                format!(
                    "{name} is {code} since it was first listed, not {}",
                    rule.code
                ),
            );
        }
    }
    for rule in rules {
        let code = rule.code.as_str();
        if !list.lines().any(|line| line.starts_with(code)) {
            lines.push(format!("{code} {}", rule.name));
        }
    }
    lines.sort();
    let list = lines.iter().map(|line| format!("{line}\n")).collect();
    (list, complaints)
}
