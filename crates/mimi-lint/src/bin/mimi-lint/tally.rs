//! How much was found.

use std::collections::BTreeMap;

use mimi_lint::{Finding, Level, Safety};

use crate::mend::plural;

/// Counts findings.
#[derive(Default)]
pub(crate) struct Tally {
    by_level: [usize; 3],
    by_rule: BTreeMap<(&'static str, &'static str), usize>,
    safe_fixes: usize,
    unsafe_fixes: usize,
}

impl Tally {
    /// Errors, warnings, infos.
    pub(crate) fn by_level(&self) -> [usize; 3] {
        self.by_level
    }

    pub(crate) fn add(&mut self, finding: &Finding) {
        let at = match finding.level {
            Level::Error => &mut self.by_level[0],
            Level::Warning => &mut self.by_level[1],
            Level::Info => &mut self.by_level[2],
        };
        *at += 1;
        let rule = (finding.rule.code, finding.rule.name);
        *self.by_rule.entry(rule).or_default() += 1;
        let fix = finding.fix.as_ref();
        match fix.filter(|_| finding.place.excerpt.source.is_file) {
            Some(fix) if fix.safety == Safety::Safe => self.safe_fixes += 1,
            Some(_) => self.unsafe_fixes += 1,
            None => {}
        }
    }

    /// All in one line: "2 errors and 1 warning in 3 files; --fix mends 1".
    pub(crate) fn summary(&self, files: usize, has_unsafe: bool) -> String {
        let [errors, warnings, infos] = self.by_level;
        let counts: Vec<String> = [
            (errors, "error", "errors"),
            (warnings, "warning", "warnings"),
            (infos, "info", "infos"),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, more)| plural(count, one, more))
        .collect();
        let files = plural(files, "file", "files");
        let mut summary = match counts.as_slice() {
            [] => format!("no findings in {files}"),
            [only] => format!("{only} in {files}"),
            [one, other] => format!("{one} and {other} in {files}"),
            all => format!("{} in {files}", all.join(", ")),
        };
        if self.safe_fixes > 0 {
            summary += &format!("; --fix mends {}", self.safe_fixes);
        }
        if self.unsafe_fixes > 0 && !has_unsafe {
            summary += &format!("; --fix --unsafe-fixes mends {} more", self.unsafe_fixes);
        }
        summary
    }

    /// How often each rule found something, the most frequent first.
    pub(crate) fn statistics(&self) -> Vec<String> {
        let mut rules: Vec<_> = self.by_rule.iter().collect();
        rules.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let lines = rules.into_iter();
        lines
            .map(|((code, name), count)| format!("{count:8}  {code}  {name}"))
            .collect()
    }
}
