//! The Rust files that list all rules and all pages.

use std::fmt::Write;

use super::rule_file::RuleFile;

/// `rules/mod.rs`; the rules come in the order of their codes.
pub(super) fn rules(rules: &[RuleFile]) -> String {
    let mut modules: Vec<&str> = rules.iter().map(|rule| rule.module.as_str()).collect();
    modules.sort_unstable();
    let mut text = String::from(
        "//! All rules, one a file. Written by `cargo xtask codegen` from the files of this folder.\n\n",
    );
    for module in modules {
        text += &format!("pub(crate) mod {module};\n");
    }
    text += "\nuse crate::rule::Rule;\n\n/// All rules, by their codes.\npub static RULES: &[&Rule] = &[\n";
    for rule in rules {
        text += &format!("    &{}::RULE,\n", rule.module);
    }
    text += "];\n";
    text
}

/// `pages.rs`.
pub(super) fn pages(rules: &[RuleFile]) -> String {
    let mut text = String::from(
        "//! The page of each rule. Written by `cargo xtask codegen`.\n\n/// Codes and pages, in the order of `RULES`.\n#[rustfmt::skip]\npub(crate) static PAGES: &[(&str, &str)] = &[\n",
    );
    for rule in rules {
        let (code, name) = (&rule.code, &rule.name);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "    (\"{code}\", include_str!(\"../pages/{name}.md\")),"
        );
    }
    text += "];\n";
    text
}
