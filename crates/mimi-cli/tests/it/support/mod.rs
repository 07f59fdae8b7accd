//! What all tests share: running the command, reading and validating what it writes, servers that misbehave.

mod document;
mod run;
mod schema;
mod server;

pub(crate) use self::document::check_document;
pub(crate) use self::run::{Mimi, Run, Serving, example_zone, mimi, people_zone, zone_file};
pub(crate) use self::schema::check as check_schema;
pub(crate) use self::server::{Misbehaving, silent_server};

/// What a terminal may be given: printable ASCII, line feeds, letters and digits of any script, and the ellipsis of our own shortening.
#[track_caller]
pub(crate) fn assert_fit_for_a_terminal(octets: &[u8]) {
    let text = std::str::from_utf8(octets).expect("output is UTF-8");
    for character in text.chars() {
        let plain = matches!(character, ' '..='~' | '\n' | '…');
        let letter = !character.is_ascii() && character.is_alphanumeric();
        // Letters by their category, and drawn as nothing.
        let filler = matches!(character, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
        assert!(
            plain || (letter && !filler),
            "{character:?} reaches the terminal in:\n{text:?}"
        );
    }
}

/// Replaces the times of a trace, which no two runs share.
pub(crate) fn without_times(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.split_once(" ms  ") {
            Some((_, event)) => lines.push(format!("  [time] ms  {event}")),
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}
