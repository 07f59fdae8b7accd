//! Inputs of one shape and any length, to see how cost grows with it. Each shape is what might be dear: one thing, very often.

/// Text of about so many octets: at most that, and short of it by less than one piece.
pub type Shape = fn(usize) -> String;

/// What a shape is read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `mimi_mssi::parse_strict`.
    Strict,
    /// `mimi_mssi::parse`.
    Parse,
    /// `mimi_zonefile` records and their `rdata_wire`.
    Zone,
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Parse, Self::Zone];

    /// A word for the command line and the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Parse => "parse",
            Self::Zone => "zone",
        }
    }

    /// What it reads.
    pub fn shapes(self) -> &'static [(&'static str, Shape)] {
        match self {
            Self::Strict | Self::Parse => STRINGS,
            Self::Zone => LINES,
        }
    }

    /// Reads a text.
    pub fn read(self, text: &str) {
        match self {
            Self::Strict => _ = crate::readers::strict(text),
            Self::Parse => _ = crate::readers::explaining(text),
            Self::Zone => _ = crate::readers::zone(text),
        }
    }

    /// The longest text that it reads: 65,535 octets of a definition string, 1 MiB of an entry.
    pub fn longest(self) -> usize {
        match self {
            Self::Strict | Self::Parse => mimi_mssi::MAX_OCTETS,
            Self::Zone => mimi_zonefile::MAX_ENTRY_LENGTH,
        }
    }
}

const USABLE: &str = "v=MIMI1; a=bob; e=im.example";

/// Definition strings.
const STRINGS: &[(&str, Shape)] = &[
    ("64 long tags", |length| tags("x", length)),
    ("64 long names, alike to the last octet", |length| {
        let each = (length - USABLE.len()) / 61;
        let pieces = (10..71).map(|number| format!("; {}{number}=", "n".repeat(each - 5)));
        USABLE.to_owned() + &pieces.collect::<String>()
    }),
    ("tags without end (refused at the 65th)", |length| {
        repeat(USABLE, ";x=1", "", length)
    }),
    ("semicolons", |length| repeat(USABLE, ";", "", length)),
    ("semicolons and blanks", |length| {
        repeat(USABLE, "; \t", "", length)
    }),
    ("one long value", |length| {
        repeat("v=MIMI1; e=im.example; a=", "b", "", length)
    }),
    ("one long value beyond ASCII", |length| {
        repeat("v=MIMI1; e=im.example; a=", "ü", "", length)
    }),
    ("one long name", |length| repeat(USABLE, "n", "=1", length)),
    ("blanks before a name", |length| {
        repeat("v=MIMI1; a=bob;", " ", "e=im.example", length)
    }),
    ("blanks inside a value", |length| {
        repeat("v=MIMI1; e=im.example; a=b", " ", "b", length)
    }),
    ("blanks behind a value", |length| {
        repeat(USABLE, " ", "", length)
    }),
    ("words and blanks", |length| {
        repeat("v=MIMI1; e=im.example; a=b", " b", "", length)
    }),
    ("folds", |length| {
        repeat("v=MIMI1; a=bob;", "\r\n ", "e=im.example", length)
    }),
    ("line feeds that are no folds (refused)", |length| {
        repeat(USABLE, "\n", "", length)
    }),
    ("equals signs", |length| repeat(USABLE, "=", "", length)),
];

/// Master files of one entry.
const LINES: &[(&str, Shape)] = &[
    ("many short strings", |length| {
        repeat("a. 1 IN TXT", " \"x\"", "\n", length)
    }),
    ("many long strings", |length| {
        repeat(
            "a. 1 IN TXT",
            &format!(" \"{}\"", "x".repeat(250)),
            "\n",
            length,
        )
    }),
    ("strings that touch", |length| {
        repeat("a. 1 IN TXT ", "\"x\"", "\n", length)
    }),
    ("one long word (refused: 255 octets)", |length| {
        repeat("a. 1 IN TXT ", "x", "\n", length)
    }),
    ("escapes", |length| {
        repeat(
            "a. 1 IN TXT",
            &format!(" \"{}\"", r"\065".repeat(250)),
            "\n",
            length,
        )
    }),
    ("short escapes", |length| {
        repeat("a. 1 IN TXT", r" \a\b\;", "\n", length)
    }),
    ("generic, one word", |length| generic(length, usize::MAX)),
    ("generic, words of two digits", |length| generic(length, 2)),
    ("blanks", |length| repeat("a. 1 IN TXT", " ", "x\n", length)),
    ("parentheses", |length| {
        repeat("a. 1 IN TXT", "(x)", "\n", length)
    }),
    ("line ends in parentheses", |length| {
        repeat("a. 1 IN TXT (", "\n", "x)\n", length)
    }),
    ("comments in parentheses", |length| {
        repeat("a. 1 IN TXT (", ";c\n", "x)\n", length)
    }),
    ("one long comment", |length| {
        repeat("a. 1 IN TXT x ;", ";", "\n", length)
    }),
    ("open parenthesis (damage)", |length| {
        repeat("a. 1 IN TXT (", "x\n", "", length)
    }),
    ("open quote (damage)", |length| {
        repeat("a. 1 IN TXT \"", "x\n", "", length)
    }),
    ("open parenthesis on every line (damage)", |length| {
        repeat("", "a. 1 IN TXT (\n", "", length)
    }),
    ("types of an NSEC", |length| {
        numbered("a. 1 IN NSEC b.", length, |number| {
            format!(" TYPE{}", 1024 + number % 60_000)
        })
    }),
    ("parameters of an SVCB", |length| {
        numbered("a. 1 IN SVCB 1 b.", length, |number| {
            // In octal, since a key with the digit 9 is refused (see the README of mimi-zonefile).
            format!(" key{:o}=x", 8 + number % 27_000)
        })
    }),
];

/// `head`, then `piece` as often as it fits, then `tail`.
fn repeat(head: &str, piece: &str, tail: &str, length: usize) -> String {
    let room = length.saturating_sub(head.len() + tail.len());
    [head, &piece.repeat(room / piece.len()), tail].concat()
}

/// `head`, then numbered pieces as long as they fit, then a line's end.
fn numbered(head: &str, length: usize, piece: fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    for number in 0.. {
        let next = piece(number);
        if text.len() + next.len() + 1 > length {
            break;
        }
        text.push_str(&next);
    }
    text.push('\n');
    text
}

/// A string of 64 tags, most of them unknown ones with equally long values.
fn tags(letter: &str, length: usize) -> String {
    let each = (length - USABLE.len()) / 61;
    let value = letter.repeat(each - "; x10=".len());
    let pieces = (10..71).map(|number| format!("; x{number}={value}"));
    USABLE.to_owned() + &pieces.collect::<String>()
}

/// RDATA in generic form with words of so many digits; its length is right as long as it can be.
fn generic(length: usize, word: usize) -> String {
    let head = "a. 1 IN TYPE65400 \\# 65535";
    let room = length - head.len() - 1;
    let word = word.min(room - 1);
    let words = room / (word + 1);
    let digits = (words * word) & !1;
    let head = format!("a. 1 IN TYPE65400 \\# {}", digits / 2);
    let mut text = head + &format!(" {}", "0".repeat(word)).repeat(words);
    text.truncate(text.len() - words * word % 2);
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_have_the_length_that_was_asked_for() {
        for subject in Subject::ALL {
            for (name, shape) in subject.shapes() {
                for length in [1024, 65_535] {
                    let found = shape(length).len();
                    assert!(
                        found <= length && found * 10 > length * 6,
                        "{name}: {found} for {length}"
                    );
                }
            }
        }
    }

    #[test]
    fn shapes_are_read_to_their_end_unless_they_say_otherwise() {
        for (name, shape) in STRINGS {
            let usable = mimi_mssi::parse_strict(shape(4096).as_bytes()).is_ok();
            assert_eq!(usable, !name.contains("refused"), "{name}");
        }
        for (name, shape) in LINES {
            let read = crate::readers::zone(&shape(4096)) == 1;
            assert_eq!(
                read,
                !name.contains("refused") && !name.contains("damage"),
                "{name}"
            );
        }
    }
}
