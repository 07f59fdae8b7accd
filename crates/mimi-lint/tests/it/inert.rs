//! Whatever a file holds, nothing but printable text and line feeds is written, in every format and on both streams.

use std::fs;
use std::process::{Command, Stdio};

const FORMATS: [&str; 8] = [
    "full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit",
];

/// What changes the direction of text, or is not seen: U+061C, U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069, U+FEFF, U+E0001.
fn invisible() -> Vec<char> {
    let ranges = [
        0x61C..=0x61C,
        0x200B..=0x200F,
        0x202A..=0x202E,
        0x2060..=0x2069,
        0xFEFF..=0xFEFF,
        0xE0001..=0xE0001,
    ];
    ranges
        .into_iter()
        .flatten()
        .filter_map(char::from_u32)
        .collect()
}

/// Every octet by itself, the invisible characters, and what terminals act on.
fn hostile() -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> = (0..=255).map(|octet| vec![octet]).collect();
    texts.extend(
        invisible()
            .into_iter()
            .map(|character| character.to_string().into_bytes()),
    );
    texts.push(b"\x1b]8;;http://example.com\x1b\\x\x1b]8;;\x1b\\".to_vec());
    texts.push(b"\x1b[2J\x9b31m".to_vec());
    texts
}

/// A zone with the text in every field, raw and, in generic form, as octets that were written in hexadecimal.
fn zone(text: &[u8]) -> Vec<u8> {
    let mut zone =
        b"$ORIGIN example.com.\n$TTL 3600\n@ SOA ns hostmaster 1 2h 15m 2w 300\n@ NS ns\n".to_vec();
    let mut line = |parts: &[&[u8]]| zone.extend([&parts.concat()[..], b"\n"].concat());
    line(&[b"x", text, b" MIMI \"v=MIMI1; a=alice; e=im.example.net\""]);
    for (before, after) in [
        (&b"v=MIMI1; a=al"[..], &b"; e=im.example.net"[..]),
        (b"v=MIMI1; a=alice; e=im", b".example.net"),
        (b"v=MIMI1; a=alice; e=im.example.net; s=te", b""),
        (b"v=MIMI1; a=alice; e=im.example.net; x", b"=1"),
        (b"v=MIMI1; a=alice; e=im.example.net; p=1", b""),
        (b"v=MI", b"MI1; a=alice; e=im.example.net"),
    ] {
        line(&[b"user MIMI \"", before, text, after, b"\""]);
        let string = [before, text, after].concat();
        let hex: String = string.iter().map(|octet| format!("{octet:02x}")).collect();
        let length = string.len();
        line(&[format!("user TYPE65357 \\# {} {length:02x}{hex}", length + 1).as_bytes()]);
        let escaped: String = string.iter().map(|octet| format!("\\{octet:03}")).collect();
        line(&[format!("user MIMI \"{escaped}\"").as_bytes()]);
    }
    let escaped: String = text.iter().map(|octet| format!("\\{octet:03}")).collect();
    line(&[format!("e{escaped}.example.org. MIMI \"v=MIMI1; a=b; e=c\"").as_bytes()]);
    line(&[b"@ MIMIX mi", text, b"mi"]);
    line(&[format!("@ MIMIX mi{escaped}mi.example.net").as_bytes()]);
    line(&[b"t TXT \"v=MIMI1; a=", text, b"\""]);
    line(&[b"; mimi-lint: ignore[MIMI", text, b"] reason"]);
    line(&[b"; mimi-lint: ", text]);
    line(&[b"$INCLUDE sub", text, b".zone"]);
    line(&[b"$FOO", text]);
    line(&[b"bad ", text, b" ", text]);
    line(&[b"quote MIMI \"", text]);
    zone
}

/// Printable ASCII, line feeds, letters and digits of any script, and what annotate-snippets draws with.
fn is_fine(character: char) -> bool {
    let is_filler = matches!(character, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    matches!(character, ' '..='~' | '\n') || (character.is_alphanumeric() && !is_filler)
}

/// Takes the styles of ours out: `ESC [ … m`, and hyperlinks.
fn without_styles(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, style)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = style
            .find(|c: char| !(c.is_ascii_digit() || c == ';'))
            .unwrap_or(style.len());
        assert_eq!(style[end..].chars().next(), Some('m'), "{style:?}");
        rest = &style[end + 1..];
    }
    plain.push_str(rest);
    plain
}

#[track_caller]
fn assert_inert(octets: Vec<u8>, what: &str) {
    let text = String::from_utf8(octets).unwrap_or_else(|_| panic!("{what}: not UTF-8"));
    let text = without_styles(&text);
    if let Some(at) = text.find(|character| !is_fine(character)) {
        let line = text[..at].lines().count();
        let character = text[at..].chars().next().unwrap();
        panic!(
            "{what}: {character:?} in line {line}: {:?}",
            text.lines().nth(line.saturating_sub(1))
        );
    }
}

#[test]
fn nothing_but_printable_text_is_written_whatever_a_file_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.zone");
    let texts = hostile();
    let zones: Vec<Vec<u8>> = texts.iter().map(|text| zone(text)).collect();
    fs::write(&path, zones.concat()).unwrap();
    for format in FORMATS {
        let colors: &[&str] = match format {
            "full" | "concise" => &["never", "always"],
            _ => &["never"],
        };
        for color in colors {
            let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
            command.args([
                "--no-config",
                "--pedantic",
                "--color",
                color,
                "--format",
                format,
            ]);
            let output = command.arg(&path).stdin(Stdio::null()).output().unwrap();
            assert!(
                output.status.code().is_some_and(|code| code < 2),
                "{format}"
            );
            assert!(output.stdout.len() > 10_000, "{format}");
            assert_inert(output.stdout, format);
            assert_inert(output.stderr, format);
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_but_printable_text_is_written_whatever_a_file_is_called() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for text in hostile() {
        // A name cannot hold these.
        if text.iter().any(|octet| matches!(octet, 0 | b'/')) {
            continue;
        }
        let name = [b"z", &text[..], b".zone"].concat();
        let path = folder.path().join(OsStr::from_bytes(&name));
        fs::write(&path, "a MIMI \"v=MIMI1\"\n").unwrap();
        paths.push(path);
    }
    paths.push(folder.path().join("\u{202e}gone.zone"));
    for format in FORMATS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mimi-lint"));
        command.args(["--no-config", "--format", format, "--origin", "example.com"]);
        let output = command.args(&paths).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{format}");
        assert_inert(output.stdout, format);
        assert_inert(output.stderr, format);
    }
}
