//! Looking rules up by code or name, and their pages.

use crate::pages::PAGES;
use crate::rule::Rule;
use crate::rules::RULES;

/// The rule of a code (in any case) or of a name.
pub fn find(text: &str) -> Option<&'static Rule> {
    let is_meant =
        |rule: &&&'static Rule| rule.code.eq_ignore_ascii_case(text) || rule.name == text;
    RULES.iter().find(is_meant).copied()
}

/// The page of a rule, in Markdown: what it does, why it is bad, an example, what to use instead, how safe its fixes are.
pub fn page(rule: &Rule) -> &'static str {
    let of_rule = PAGES.iter().find(|(code, _)| *code == rule.code);
    of_rule.map_or("", |(_, page)| page)
}

/// The rule whose code or name is closest to a text, if one is close.
pub fn suggest(text: &str) -> Option<&'static Rule> {
    /// More edits than this in a name are another name.
    const CLOSE: usize = 3;
    let lower = text.get(..text.len().min(64))?.to_ascii_lowercase();
    let rules = RULES.iter().copied();
    rules
        .map(|rule| (edits(rule.name, &lower), rule))
        .min_by_key(|(edits, _)| *edits)
        .filter(|(edits, _)| *edits <= CLOSE)
        .map(|(_, rule)| rule)
}

/// How many octets have to be inserted, removed or replaced to make one text the other (Levenshtein).
pub fn edits(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, left) in one.bytes().enumerate() {
        let mut diagonal = index;
        row[0] = index + 1;
        for (column, right) in other.bytes().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
