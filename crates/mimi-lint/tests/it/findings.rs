//! What is found in a zone: helper of the tests.

use std::io::{Cursor, Read};

use mimi_lint::{Checker, Finding, Settings, Source, registry};

/// What a checker finds in a zone.
pub(crate) fn findings(checker: &Checker, octets: &[u8]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let owned = octets.to_vec();
    let open = move || {
        let reader: Box<dyn Read + Send> = Box::new(Cursor::new(owned.clone()));
        Ok(reader)
    };
    checker
        .check(&Source::stream("-"), &open, &mut |finding| {
            findings.push(finding);
        })
        .unwrap();
    findings
}

/// The names of the rules that find something in one record of a zone `people.zone.`, those that are off by default included, without
/// those below `passed`.
pub(crate) fn rules_of(record: &str, passed: &[&str]) -> Vec<&'static str> {
    let mut settings = Settings::default();
    settings.pedantic = true;
    // What is found about the zone as a whole says nothing about the record.
    let unsigned = registry::find("zone-not-signed").unwrap();
    settings.set_level(unsigned, None);
    let start = "$ORIGIN people.zone.\n$TTL 3600\n@ SOA ns.chat.zone. host.chat.zone. 1 1 1 1 1\n";
    let found = findings(
        &Checker::new(settings),
        format!("{start}{record}\n").as_bytes(),
    );
    let names = found.iter().map(|finding| finding.rule.name);
    names
        .filter(|name| !passed.iter().any(|passed| name.starts_with(passed)))
        .collect()
}
