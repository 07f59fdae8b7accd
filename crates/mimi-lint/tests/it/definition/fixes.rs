//! Fixes of damaged definition strings, however these are written in the file: each helps, and none does harm.

use std::io::{self, Cursor, Read};
use std::path::Path;

use mimi_lint::{Checker, Finding, Safety, Settings, Source};
use mimi_mssi::{Code, Judgement, Severity, Verdict};
use mimi_rr::{Mimi, TypeCodes, rfc3597};
use mimi_zonefile::{Form, ZoneReader};
use proptest::prelude::*;

use super::{apply, lint, lint_with, mend};

const BEFORE: &str = "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns.example.net. h.example.com. 1 2 3 4 5\n\
    @ NS ns.example.net.\nbefore MIMI \"v=MIMI1; a=before; e=im.example.net\" ; a comment\n";
const AFTER: &str = "\nafter ( MIMI \"v=MIMI1; a=after;\" ; a comment\n \" e=im.example.net\" )\n";

/// How a definition string is written in a file.
#[derive(Clone, Copy, Debug)]
enum Writing {
    Quoted,
    Escaped,
    Generic,
    Two(usize),
    /// Without quotes, so that most of it is lost.
    Bare,
}

fn write(string: &[u8], writing: Writing) -> Vec<u8> {
    let quoted = |octets: &[u8], escapes: bool| {
        let mut text = vec![b'"'];
        for &octet in octets {
            match octet {
                b'"' | b'\\' => text.extend([b'\\', octet]),
                _ if escapes => text.extend(format!("\\{octet:03}").bytes()),
                _ => text.push(octet),
            }
        }
        text.push(b'"');
        text
    };
    let record = match writing {
        Writing::Quoted => [&b"MIMI "[..], &quoted(string, false)].concat(),
        Writing::Escaped => [&b"MIMI "[..], &quoted(string, true)].concat(),
        Writing::Generic => {
            let rdata = Mimi::new(string).unwrap();
            format!("TYPE65357 {}", rfc3597::to_text(rdata.as_rdata())).into_bytes()
        }
        Writing::Two(at) => {
            let (first, second) = string.split_at(at.min(string.len()));
            [
                b"MIMI ",
                &quoted(first, false)[..],
                b" ",
                &quoted(second, true),
            ]
            .concat()
        }
        Writing::Bare => [&b"MIMI "[..], string].concat(),
    };
    [BEFORE.as_bytes(), b"person ", &record, AFTER.as_bytes()].concat()
}

/// The definition strings of a file, and how many records there are.
fn read(text: &[u8]) -> Result<(Vec<Vec<u8>>, usize), TestCaseError> {
    let reader = ZoneReader::new().private_type("MIMI", TypeCodes::DEFAULT.mimi(), Form::Strings);
    let mut entries = reader.stream(text);
    let mut strings = Vec::new();
    let mut count = 0;
    while let Some(record) = entries.next_record() {
        let record = record.map_err(|error| TestCaseError::fail(error.to_string()))?;
        count += 1;
        if record.record_type == TypeCodes::DEFAULT.mimi() {
            let rdata = record.rdata_wire().unwrap().unwrap();
            strings.push(mimi_rr::definition_string(&rdata).unwrap().into_owned());
        }
    }
    Ok((strings, count))
}

fn errors(judgement: &Judgement<'_>) -> usize {
    let all = judgement.diagnostics().iter();
    all.filter(|one| one.severity() == Severity::Error).count()
}

fn check_fix(text: &[u8], finding: &Finding) -> Result<(), TestCaseError> {
    let Some(fix) = &finding.fix else {
        return Ok(());
    };
    let (before, count) = read(text)?;
    let changed = apply(text, fix);
    let (after, new_count) = read(&changed)?;
    prop_assert_eq!(count, new_count);
    prop_assert_eq!(after.len(), 3);
    prop_assert_eq!(&after[0], &before[0]);
    prop_assert_eq!(&after[2], &before[2]);
    let (before, after) = (mimi_mssi::parse(&before[1]), mimi_mssi::parse(&after[1]));
    let progress = |judgement: &Judgement<'_>| match judgement.refusal().map(|one| one.code) {
        None => (3, 0),
        Some(Code::VersionNotFirst) => (0, 0),
        Some(Code::UnknownVersion) => (1, 0),
        Some(_) => (2, usize::MAX - errors(judgement)),
    };
    let helps = after.verdict() == Verdict::Usable || progress(&after) > progress(&before);
    prop_assert!(
        helps,
        "{}: {}",
        finding.rule.name,
        String::from_utf8_lossy(&changed)
    );
    if let (Safety::Safe, Some(before)) = (fix.safety, before.mssi()) {
        let after = after.mssi().map(|after| (after.mssa(), after.mse()));
        prop_assert_eq!(after, Some((before.mssa(), before.mse())));
    }
    Ok(())
}

/// What people, editors and control panels put into definition strings.
const SCRAPS: [&str; 48] = [
    ";",
    ";;",
    " ",
    "  ",
    "\t",
    ",",
    ", ",
    ":",
    "=",
    "\\",
    "\\;",
    "\\.",
    "\"",
    "\"\"",
    "'",
    "\u{201c}",
    "\u{201d}",
    "\u{ab}",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\r\n ",
    "\r\n",
    "\n",
    "\0",
    "\u{7f}",
    "\u{fc}",
    "%2B",
    "%3B",
    "=3D",
    "=20",
    "&amp;",
    "&#39;",
    "&#59;",
    "&lt",
    "; p=01",
    "; P=1",
    "; a=alice",
    "; a=eve",
    "; s=",
    "; p=+1",
    "; x=1",
    " p=1",
    "; x-y=1",
    "v=MIMI1",
    "MIMI2",
    "; priority=1",
    "\\\\",
];

fn damage(mut text: String, (kind, at, scrap): (u8, prop::sample::Index, usize)) -> String {
    let places: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let place = places[at.index(places.len())];
    match kind {
        0..=5 => text.insert_str(place, SCRAPS[scrap]),
        6 if place < text.len() => drop(text.remove(place)),
        7 => text = text.replace("; ", ", "),
        8 => text = text.replace("; ", " "),
        9 => text = text.replace("; ", "\\; "),
        10 => text = text.replace("; ", ";"),
        11 => text = text.replace('=', ":"),
        12 => text = text.replace('=', " = "),
        13 => text = text.replace("v=", "V=").replace("a=", "A="),
        14 => text = text.replace("MIMI1", "mimi1"),
        15 => text = text.replacen("v=", "", 1),
        16 => text = format!("\"{text}\""),
        17 => text = format!("\u{201c}{text}\u{201d}"),
        18 => text = format!("{}; v=MIMI1", text.replacen("v=MIMI1; ", "", 1)),
        19 => text = text.replace('a', "\u{e4}"),
        _ => {}
    }
    text
}

fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let base = prop::sample::select(
        &[
            "v=MIMI1; a=alice; e=im.example.net",
            "v=MIMI1; a=alice; e=im.example.net; p=1; s=telegram",
            "v=MIMI1; p=2; a=+15551234567; e=im.example.net:443; pv=1; x=y",
        ][..],
    );
    let step = (0_u8..21, any::<prop::sample::Index>(), 0..SCRAPS.len());
    let latin1 = prop::bool::weighted(0.05);
    (base, prop::collection::vec(step, 0..4), latin1).prop_map(|(base, steps, latin1)| {
        let text = steps.into_iter().fold(base.to_owned(), damage);
        match latin1 {
            true => text.chars().map(|character| character as u8).collect(),
            false => text.into_bytes(),
        }
    })
}

fn writing() -> impl Strategy<Value = Writing> {
    prop_oneof![
        Just(Writing::Quoted),
        Just(Writing::Escaped),
        Just(Writing::Generic),
        (0_usize..60).prop_map(Writing::Two),
        Just(Writing::Bare),
    ]
}

/// What keeps a bare string within its line.
fn bare(string: &[u8]) -> Vec<u8> {
    let octets = string.iter().copied();
    let mut kept: Vec<u8> = octets
        .filter(|octet| !b"\"\\()\r\n".contains(octet))
        .collect();
    // Without a word there is no record.
    if !kept.first().is_some_and(u8::is_ascii_alphanumeric) {
        kept.insert(0, b'x');
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn each_fix_helps_and_none_does_harm(string in damaged(), writing in writing()) {
        let string = match writing {
            Writing::Bare => bare(&string),
            _ => string,
        };
        let text = write(&string, writing);
        for finding in lint(&text) {
            check_fix(&text, &finding)?;
        }
        // They come to an end, and what they leave is usable where it was.
        let was_usable = mimi_mssi::parse_strict(&read(&text)?.0[1]).is_ok();
        for safety in [Safety::Safe, Safety::Unsafe] {
            let mended = mend(&text, safety);
            let is_usable = mimi_mssi::parse_strict(&read(&mended)?.0[1]).is_ok();
            prop_assert!(is_usable || !was_usable);
        }
    }

    #[test]
    fn the_shortcut_hides_nothing(string in damaged(), writing in writing()) {
        let string = match writing {
            Writing::Bare => bare(&string),
            _ => string,
        };
        let text = write(&string, writing);
        let slow = Checker::new(Settings::default()).without_shortcut();
        prop_assert_eq!(lint(&text), lint_with(&slow, &text));
    }
}

#[test]
fn the_shortcut_hides_no_scrap() {
    let slow = Checker::new(Settings::default()).without_shortcut();
    for scrap in SCRAPS {
        for string in [
            format!("v=MIMI1; a=person{scrap}; e=im.chat.zone"),
            format!("v=MIMI1; a=person; e=im.chat.zone{scrap}"),
            format!("v=MIMI1; a={scrap}person; e=im.chat.zone; p=1"),
            format!("v=MIMI1; p={scrap}; a=person; e=im.chat.zone"),
            format!("v=MIMI1; a=person; e=im.chat.zone; s={scrap}"),
        ] {
            let text = write(string.as_bytes(), Writing::Quoted);
            assert_eq!(lint(&text), lint_with(&slow, &text), "{string}");
        }
    }
}

#[test]
fn what_was_meant_is_mended_without_asking() {
    for (string, meant) in [
        (
            "V=mimi1; A=bob; e=im.chat.zone",
            "v=MIMI1; a=bob; e=im.chat.zone",
        ),
        (
            "v:MIMI1; a:bob; e:im.chat.zone",
            "v=MIMI1; a=bob; e=im.chat.zone",
        ),
        (
            "v=MIMI1\\; a=bob\\; e=im.chat.zone",
            "v=MIMI1; a=bob; e=im.chat.zone",
        ),
        (
            "v=mimi1;a:bob;e=im.chat.zone;",
            "v=MIMI1; a=bob; e=im.chat.zone",
        ),
        (
            "\u{201c}v=MIMI1, a=bob, e=im.chat.zone\u{201d}",
            "v=MIMI1; a=bob; e=im.chat.zone",
        ),
        (
            "a=bob; e=im.chat.zone; v=MIMI1; p=01;; s=",
            "v=MIMI1; a=bob; e=im.chat.zone; p=1",
        ),
    ] {
        let text = write(string.as_bytes(), Writing::Quoted);
        let mended = read(&mend(&text, Safety::Safe)).unwrap().0.swap_remove(1);
        assert_eq!(String::from_utf8_lossy(&mended), meant, "{string}");
    }
}

#[test]
fn what_may_be_meant_is_left_alone() {
    for string in [
        "v=MIMI1; a=\"bob\"; e=im.chat.zone",
        "v=MIMI1; a=bob\\; e=im.chat.zone",
        "v=MIMI1; a=bob%2B; e=im.chat.zone",
        "v=MIMI1; a=bob; e=b\u{fc}cher.chat.zone",
        "v=MIMI1; a=bo\u{200b}b; e=im.chat.zone",
        "v=MIMI1; a=bob e=x; e=im.chat.zone",
        "a=bob; e=im.chat.zone",
        "v=MIMI1; a=b;ob; e=im.chat.zone",
        "v=MIMI1; a=bob; a=eve; e=im.chat.zone",
        "v=MIMI2; a=bob; e=im.chat.zone",
    ] {
        let text = write(string.as_bytes(), Writing::Quoted);
        assert_eq!(mend(&text, Safety::Safe), text, "{string}");
    }
}

#[test]
fn what_cannot_be_known_is_found_and_left_alone() {
    for (string, name) in [
        ("v=MIMI1; a=bob; e=im.chat.zone; 1=x", "bad-tag-name"),
        ("v=MIMI1; a=b\0ob; e=im.chat.zone", "control-octet"),
        ("v=MIMI1; a=b\nob; e=im.chat.zone", "control-octet"),
        ("v=MIMI1; a=b;ob; e=im.chat.zone", "missing-equals"),
        ("v=MIMI1; a=b\\;ob; e=im.chat.zone", "missing-equals"),
        ("v=MIMI1; a=b&#59;ob; e=im.chat.zone", "missing-equals"),
        ("v=MIMI1; a=bob; a=eve; e=im.chat.zone", "duplicate-tag"),
        ("v=MIMI1; e=im.chat.zone", "missing-account"),
        ("v=MIMI1; a=bob", "missing-endpoint"),
        ("v=MIMI1; a=Bob Doe; e=im.chat.zone", "inner-white-space"),
        ("v=MIMI1; a=bob; e=im.chat.zone; p=2; P=1", "tag-case"),
        ("v=MIMI1; a=b\u{f6}b; e=im.chat.zone", "non-ascii"),
        ("v=MIMI1; a=bob; e=b\u{2f53}\u{fc}.chat.zone", "non-ascii"),
        (
            "v=MIMI1; a=bob; e=im.chat.zone; p=high",
            "priority-not-a-number",
        ),
        (
            "v=MIMI1; a=bob; e=im.chat.zone; p=1.5",
            "priority-not-a-number",
        ),
        ("v=MIMI1; a=bob; e=im.chat.zone; colour=blue", "unknown-tag"),
        ("v=MIMI1.0; a=bob; e=im.chat.zone", "unknown-version"),
        ("v=MIMI01; a=bob; e=im.chat.zone", "unknown-version"),
        ("v=spf1 -all", "unknown-version"),
        ("v=MIMI1; a=bob%3Bdoe; e=im.chat.zone", "encoded-value"),
        ("v=MIMI1; a=\"\"; e=im.chat.zone", "quoted-value"),
        ("hello", "version-not-first"),
    ] {
        let findings = lint(&write(string.as_bytes(), Writing::Quoted));
        let found = findings.iter().find(|finding| finding.rule.name == name);
        let found = found.unwrap_or_else(|| panic!("{string}: no {name}"));
        assert_eq!(found.fix, None, "{string}");
    }
}

#[test]
fn what_is_fine_is_not_mentioned() {
    for string in [
        "v=MIMI1; a=DOMAIN\\alice; e=im.chat.zone",
        "v=MIMI1; a=o'neil; e=im.chat.zone",
        "v=MIMI1; a=100%; e=im.chat.zone",
        "v=MIMI1; a=tom&jerry; e=im.chat.zone",
        "v=MIMI1; a=dG9t==; e=im.chat.zone",
        "v=MIMI1; p=0; a=bob; e=im.chat.zone; pv=2.0",
    ] {
        let findings = lint(&write(string.as_bytes(), Writing::Quoted));
        let about = |finding: &&Finding| finding.rule.code.starts_with("MIMI1");
        // The records around are for other tests.
        let found = findings
            .iter()
            .filter(about)
            .find(|finding| finding.place.excerpt.line == 6);
        assert_eq!(found, None, "{string}");
    }
}

/// The text behind `BEFORE` once everything certain is mended.
fn mended(records: &str) -> String {
    let text = [BEFORE, records].concat();
    let mended = String::from_utf8(mend(text.as_bytes(), Safety::Safe)).unwrap();
    mended[BEFORE.len()..].to_owned()
}

#[test]
fn fixes_keep_what_stands_around() {
    for (records, expected) in [
        // Line ends of another system. Without any, the line may not have been read to its end.
        (
            "bob MIMI v=MIMI1; a=bob; e=im.chat.zone\r\n",
            "bob MIMI \"v=MIMI1; a=bob; e=im.chat.zone\"\r\n",
        ),
        (
            "bob MIMI v=MIMI1; a=bob; e=im.chat.zone",
            "bob MIMI v=MIMI1; a=bob; e=im.chat.zone",
        ),
        // Parentheses and comments.
        (
            "bob MIMI ( v=MIMI1; a=bob; e=im.chat.zone\n ) ; here\n",
            "bob MIMI ( \"v=MIMI1; a=bob; e=im.chat.zone\"\n ) ; here\n",
        ),
        (
            "bob MIMI ( \"v=MIMI1;\" ; first\n \" a:bob;\" ; second\n \" e=im.chat.zone\" )\n",
            "bob MIMI ( \"v=MIMI1;\" ; first\n \" a=bob;\" ; second\n \" e=im.chat.zone\" )\n",
        ),
        // A comment between the words that would have to be written anew.
        (
            "bob MIMI ( v=mimi1\\; ; first\n \" a=bob; e=im.chat.zone\" )\n",
            "bob MIMI ( v=mimi1\\; ; first\n \" a=bob; e=im.chat.zone\" )\n",
        ),
        // Escapes of the file.
        (
            "bob MIMI \"v=MIMI1\\059 a\\:b\\111b; e=im.chat.zone\"\n",
            "bob MIMI \"v=MIMI1\\059 a=b\\111b; e=im.chat.zone\"\n",
        ),
        // What a directive makes stands nowhere.
        (
            "$GENERATE 1-2 bob$ MIMI \"v=MIMI1; a:bob; e=im.chat.zone\"\n",
            "$GENERATE 1-2 bob$ MIMI \"v=MIMI1; a:bob; e=im.chat.zone\"\n",
        ),
    ] {
        assert_eq!(mended(records), expected);
    }
}

#[test]
fn a_record_of_which_not_all_is_at_hand_is_left_alone() {
    let long = format!(" \"{}\"", "x".repeat(250)).repeat(80);
    let start = "bob MIMI ( v=mimi1\\; \" a=bob; e=im.chat.zone; x=\"";
    let records = format!("{start}{long} ; the last one\n \"\" )\n");
    assert_eq!(mended(&records), records);
}

#[test]
fn a_string_that_grows_too_long_is_cut_anew() {
    let string = format!("v=MIMI1,a=bob,e=im.chat.zone,s={}", "x".repeat(224));
    assert_eq!(string.len(), 255);
    let records = format!("bob MIMI \"{string}\"\n");
    let meant = string.replace(',', "; ");
    let (first, second) = meant.split_at(255);
    assert_eq!(
        mended(&records),
        format!("bob MIMI \"{first}\" \"{second}\"\n")
    );
}

/// Gives an octet at a time.
struct Trickle(Cursor<Vec<u8>>);

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(1);
        self.0.read(&mut buffer[..most])
    }
}

#[test]
fn no_half_of_a_comment_is_put_in_quotes() {
    for end in ["", "\n", "\r\n", "\nother A 192.0.2.1\n"] {
        let text = [BEFORE, "bob MIMI v=MIMI1; a=bob; e=im.chat.zone", end].concat();
        let open = || -> io::Result<Box<dyn Read + Send>> {
            Ok(Box::new(Trickle(Cursor::new(text.clone().into_bytes()))))
        };
        let source = Source::file(Path::new("example.zone"));
        let mut fixes = Vec::new();
        let checker = Checker::new(Settings::default());
        let report = &mut |finding: Finding| fixes.extend(finding.fix);
        checker.check(&source, &open, report).unwrap();
        let whole = lint(text.as_bytes()).into_iter().filter_map(|one| one.fix);
        let whole: Vec<_> = whole.collect();
        assert!(fixes.is_empty() || fixes == whole, "{end:?}");
    }
}
