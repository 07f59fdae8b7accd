//! §4.3, the definition string.

use mimi_mssi::{Code, Verdict, parse, parse_strict};

#[test]
fn reads_every_tag_of_the_section() {
    let mssi = parse_strict(b"v=MIMI1; a=bob; e=im.example; pv=1.2; p=3; s=telegram").unwrap();
    assert_eq!(mssi.mssa(), "bob");
    assert_eq!(mssi.mse(), "im.example");
    assert_eq!(mssi.protocol_version(), Some("1.2"));
    assert_eq!(mssi.priority(), Some(3));
    assert_eq!(mssi.service(), Some("telegram"));
    assert_eq!(mssi.extensions().count(), 0);
}

#[test]
fn optional_tags_may_be_absent() {
    let mssi = parse_strict(b"v=MIMI1; a=bob; e=im.example").unwrap();
    assert_eq!(mssi.protocol_version(), None);
    assert_eq!(mssi.priority(), None);
    assert_eq!(mssi.service(), None);
}

#[test]
fn ignores_the_entire_record_when_the_version_is_not_defined() {
    for version in ["MIMI2", "MIMI0", "mimi1", "DKIM1", ""] {
        let input = format!("v={version}; a=bob; e=im.example");
        let judgement = parse(input.as_bytes());
        assert_eq!(judgement.verdict(), Verdict::Ignored, "{version}");
        assert_eq!(judgement.mssi(), None);
        assert_eq!(judgement.diagnostics().len(), 1);
        assert_eq!(judgement.diagnostics()[0].code(), Code::UnknownVersion);
    }
}

#[test]
fn rejects_a_record_without_account_or_endpoint() {
    for (input, code) in [
        ("v=MIMI1; e=im.example", Code::MissingAccount),
        ("v=MIMI1; a=bob", Code::MissingEndpoint),
        ("v=MIMI1", Code::MissingAccount),
    ] {
        let refusal = parse_strict(input.as_bytes()).unwrap_err();
        assert_eq!((refusal.verdict, refusal.code), (Verdict::Rejected, code));
    }
}

#[test]
fn the_order_of_tags_after_the_version_is_free() {
    let one = parse_strict(b"v=MIMI1; s=x; p=1; pv=2; e=m; a=b").unwrap();
    let other = parse_strict(b"v=MIMI1; a=b; e=m; pv=2; p=1; s=x").unwrap();
    assert_eq!(one, other);
}

#[test]
fn a_judgement_shows_what_could_be_read_of_a_refused_record() {
    let judgement = parse(b"v=MIMI1; a=foo;bar; e=im.example; p=7; colour=blue");
    assert_eq!(judgement.verdict(), Verdict::Rejected);
    let tags = judgement.tags();
    assert_eq!(
        (tags.v, tags.a, tags.e),
        (Some("MIMI1"), Some("foo"), Some("im.example"))
    );
    assert_eq!(tags.p, Some(7));
    assert_eq!(tags.extensions, [("colour", "blue")]);
}

#[test]
fn never_shows_personal_data_in_debug_output() {
    let judgement = parse(b"v=MIMI1; a=alice secret; e=im.example; x=secret; secret");
    let usable = parse_strict(b"v=MIMI1; a=secret; e=secret; s=secret; x=secret").unwrap();
    let output = format!(
        "{judgement:?} {:?} {usable:?} {:?} {:?}",
        judgement.tags(),
        usable.to_owned(),
        mimi_mssi::OwnedMssi::builder("secret", "secret")
    );
    assert!(!output.contains("secret"), "{output}");
}

#[test]
fn a_copy_says_what_the_record_says() {
    for text in [
        "v=MIMI1; a=bob; e=m.example; pv=1.0; p=7; s=telegram; x=y",
        "v=MIMI1; a=bob; e=m.example",
    ] {
        let mssi = parse_strict(text.as_bytes()).unwrap();
        let copy = mssi.to_owned();
        assert_eq!((copy.mssa(), copy.mse()), (mssi.mssa(), mssi.mse()));
        assert_eq!(copy.protocol_version(), mssi.protocol_version());
        assert_eq!(
            (copy.priority(), copy.service()),
            (mssi.priority(), mssi.service())
        );
        assert!(copy.extensions().eq(mssi.extensions()));
        assert_eq!(copy.to_string(), text);
    }
}
