//! *Whatever octets a MIMI record holds, both ways of reading them agree, every finding lies inside them and can be shown, and what is
//! usable is written so that it reads back as the same account* (draft §4.3; D13, D23, D32).

use mimi_mssi::{
    Code, MAX_OCTETS, MAX_TAGS, Mssi, OwnedMssi, Severity, Verdict, bridge_target, parse,
    parse_strict,
};

use crate::assert_inert;

/// Reads the octets as a definition string, and as the text of a bridge record.
pub fn check(data: &[u8]) {
    let judgement = parse(data);
    let strict = parse_strict(data);

    assert_eq!(strict.is_ok(), judgement.verdict() == Verdict::Usable);
    assert_eq!(strict.err(), judgement.refusal());
    assert_eq!(strict.ok(), judgement.mssi());
    let errors = judgement.diagnostics().iter();
    let first_error = errors
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| diagnostic.code())
        .next();
    assert_eq!(strict.err().map(|refusal| refusal.code), first_error);

    assert!(judgement.diagnostics().len() <= 12 * (MAX_TAGS + 1));
    for diagnostic in judgement.diagnostics() {
        for span in [Some(diagnostic.span()), diagnostic.related()]
            .into_iter()
            .flatten()
        {
            assert!(span.start <= span.end && span.end <= data.len(), "{span:?}");
        }
        assert_inert(&diagnostic.message());
    }
    if judgement.verdict() == Verdict::Ignored {
        assert_eq!(judgement.diagnostics().len(), 1, "judged on");
    }
    if let Ok(mssi) = strict {
        let tags = judgement.tags();
        assert_eq!(Some(mssi.mssa()), tags.a);
        assert_eq!(Some(mssi.mse()), tags.e);
        assert_eq!(mssi.protocol_version(), tags.pv);
        assert_eq!(mssi.priority(), tags.p);
        assert_eq!(mssi.service(), tags.s);
        assert!(mssi.extensions().eq(tags.extensions.iter().copied()));
        check_writing(mssi);
    }
    if let Some(Ok(target)) = bridge_target(data) {
        assert!(contains(data, target.as_bytes()));
    }
}

fn check_writing(mssi: Mssi<'_>) {
    assert!(!mssi.mssa().is_empty() && !mssi.mse().is_empty());
    let owned = mssi.to_owned();
    let canonical = owned.to_string();
    if canonical.len() <= MAX_OCTETS {
        let again = parse_strict(canonical.as_bytes());
        assert_eq!(again, Ok(mssi));
        assert_eq!(
            again.map(|mssi| mssi.to_owned().to_string()),
            Ok(canonical.clone())
        );
        // What the canonical form normalises, it does not warn about.
        assert!(
            parse(canonical.as_bytes())
                .diagnostics()
                .iter()
                .all(|d| !matches!(
                    d.code(),
                    Code::FoldedWhiteSpace
                        | Code::EmptySegment
                        | Code::WhiteSpaceBeforeVersion
                        | Code::PriorityLeadingZeros
                        | Code::PriorityNotANumber
                        | Code::EmptyOptionalValue
                ))
        );
    }
    // The writer is stricter than the reader; what it takes, it takes as it is.
    let mut builder = OwnedMssi::builder(mssi.mssa(), mssi.mse()).allow_non_ascii();
    if let Some(version) = mssi.protocol_version() {
        builder = builder.protocol_version(version);
    }
    if let Some(priority) = mssi.priority() {
        builder = builder.priority(priority);
    }
    if let Some(service) = mssi.service() {
        builder = builder.service(service);
    }
    for (name, value) in mssi.extensions() {
        builder = builder.extension(name, value);
    }
    match builder.build() {
        Ok(built) => assert_eq!(built, owned),
        Err(error) => assert_inert(&error.to_string()),
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    needle.is_empty()
        || haystack
            .windows(needle.len())
            .any(|window| window == needle)
}
