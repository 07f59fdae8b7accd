//! The rich shape: written by hand, with everything that the format offers.

use std::fmt::Write as _;

use super::files::Spelling;
use super::households::{APEX, Content, Owner, Random, character_string, household, push_hex};

/// After so many households the origin changes.
const BRANCH: u64 = 50;

/// What comments say; what has a meaning elsewhere must have none in them.
const COMMENTS: [&str; 8] = [
    "",
    " checked by the night shift",
    "; --------------------------------------------------------------",
    " (see ticket 4711",
    " \"temporary\" since 2019",
    " was: IN A 192.0.2.99 ) ; and before that \\# 4 c0000263",
    " $ORIGIN nowhere.example.",
    " it's fine\ttoo",
];

/// SOA, name servers and their addresses: how many records, and the text.
pub(super) fn apex() -> (u64, String) {
    let text = format!(
        "; The zone of everybody.\n\
         $ORIGIN {APEX}\n\
         $TTL 1h ; unless stated\n\
         \n\
         @\tIN SOA ns1 hostmaster (\n\
         \t\t\t1          ; serial\n\
         \t\t\t2h         ; refresh\n\
         \t\t\t15m        ; retry\n\
         \t\t\t2w         ; expire\n\
         \t\t\t300 )      ; minimum\n\
         \tNS\tns1\n\
         \tNS\tns2.{APEX}\n\
         ns1\t1d\tA\t192.0.2.1\n\
         ns2\tIN 1d\tA\t192.0.2.2\n"
    );
    (5, text)
}

/// At most so many records of a household.
pub(super) fn records(number: u64, most: u64, spelling: Spelling, out: &mut String) {
    let mut random = Random(!number);
    let is_first = number.is_multiple_of(BRANCH);
    if is_first {
        let _ = write!(out, "\n$ORIGIN b{}.people.{APEX}\n", number / BRANCH);
    }
    let mut writer = Writer {
        number,
        is_first,
        spelling,
        left: most,
        above: String::new(),
        random: &mut random,
        out,
    };
    writer.comment_line();
    household(number, |owner, content| writer.record(owner, content));
}

struct Writer<'a> {
    number: u64,
    /// The first household below an origin: its host is the origin itself.
    is_first: bool,
    spelling: Spelling,
    left: u64,
    /// The owner of the record above, in this household.
    above: String,
    random: &'a mut Random,
    out: &'a mut String,
}

impl Writer<'_> {
    fn record(&mut self, owner: Owner<'_>, content: Content<'_>) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        self.owner(owner);
        match content {
            Content::Address(address) => {
                self.prefix(&["1d", "86400", "24h", "23h60m"]);
                self.line(format_args!("A\t{address}"));
            }
            Content::NearNameServer => {
                self.prefix(&["2d", "172800", "1d24h"]);
                let host = self.host();
                self.line(format_args!("NS\t{host}"));
            }
            Content::FarNameServer => {
                self.prefix(&["2d", "172800", "1d24h"]);
                self.line(format_args!("NS\tns.example.net."));
            }
            Content::Text(text) => {
                self.prefix(&["1h", "3600", "60m", ""]);
                match self.random.below(3) {
                    0 => self.line(format_args!("TXT\t\"{text}\"")),
                    1 => self.line(format_args!("TXT\t\"{text}\" unquoted \"\\\"so\\\"\"")),
                    _ => self.line(format_args!("TXT\t( \"{text}\" )")),
                }
            }
            Content::Quoted(text) => {
                self.prefix(&["1h", "3600", "60m", "", "", ""]);
                self.quoted(text);
            }
            Content::Generic(text) => {
                self.prefix(&["1h", "3600", "60m", "", "", ""]);
                self.generic(text);
            }
        }
    }

    /// The owner: relative, absolute now and then, or left blank where it is that of the record above.
    fn owner(&mut self, owner: Owner<'_>) {
        let name = match owner {
            Owner::Host => self.host(),
            Owner::Delegation => format!("d{}", self.number),
            Owner::User(label) => label.to_owned(),
        };
        if name != self.above {
            self.out.push_str(&name);
            if name != "@" && self.random.below(16) == 0 {
                let _ = write!(self.out, ".b{}.people.{APEX}", self.number / BRANCH);
            }
            self.above = name;
        }
        let blanks = ["\t", "\t\t", "  ", "        "];
        let blank = self.random.pick(&blanks);
        self.out.push_str(blank);
    }

    fn host(&self) -> String {
        if self.is_first {
            "@".to_owned()
        } else {
            format!("h{}", self.number)
        }
    }

    /// TTL, one of these that mean the same, and class: either may be missing or come first.
    fn prefix(&mut self, ttls: &[&str]) {
        let ttl = self.random.pick(ttls);
        let out = &mut *self.out;
        let _ = match (ttl, self.random.below(3)) {
            ("", 0) => write!(out, "IN "),
            ("", _) => Ok(()),
            (ttl, 0) => write!(out, "{ttl} IN "),
            (ttl, 1) => write!(out, "IN {ttl}\t"),
            (ttl, _) => write!(out, "{ttl}\t"),
        };
    }

    fn quoted(&mut self, text: &str) {
        let record_type = self.spelling.quoted();
        match self.random.below(6) {
            // Two strings, cut before a tag.
            0 => {
                let (head, tail) = text.split_at(text.rfind("; ").map_or(0, |cut| cut + 2));
                let _ = write!(self.out, "{record_type} ( \"{head}\"");
                self.end();
                self.line(format_args!("\t\t\"{tail}\" )"));
            }
            1 => {
                let _ = write!(self.out, "{record_type} (");
                self.end();
                self.line(format_args!("\t\"{text}\""));
                self.line(format_args!("\t)"));
            }
            _ => self.line(format_args!("{record_type} \"{text}\"")),
        }
    }

    fn generic(&mut self, text: &str) {
        let rdata = character_string(text);
        let half = rdata.len() / 2;
        let (head, tail) = rdata.split_at(half);
        match self.random.below(6) {
            0 => {
                let _ = write!(self.out, "TYPE65400 \\# {} ( ", rdata.len());
                push_hex(self.out, head);
                self.end();
                self.out.push_str("\t\t");
                push_hex(self.out, tail);
                self.line(format_args!(" )"));
            }
            1 => {
                let _ = write!(self.out, "TYPE65400 ( \\# {}", rdata.len());
                self.end();
                for chunk in rdata.chunks(16) {
                    self.out.push_str("\t\t");
                    push_hex(self.out, chunk);
                    self.end();
                }
                self.line(format_args!("\t)"));
            }
            2 => {
                let _ = write!(self.out, "TYPE65400 \\# {} ", rdata.len());
                push_hex(self.out, head);
                self.out.push(' ');
                push_hex(self.out, tail);
                self.end();
            }
            _ => {
                let _ = write!(self.out, "TYPE65400 \\# {} ", rdata.len());
                push_hex(self.out, &rdata);
                self.end();
            }
        }
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // A String takes everything.
        let _ = self.out.write_fmt(text);
        self.end();
    }

    /// Ends a line, often with a comment.
    fn end(&mut self) {
        if self.random.below(4) == 0 {
            let comment = self.random.pick(&COMMENTS);
            let _ = write!(self.out, " ;{comment}");
        }
        self.out.push('\n');
    }

    fn comment_line(&mut self) {
        match self.random.below(4) {
            0 => self.out.push('\n'),
            1 => {
                let comment = self.random.pick(&COMMENTS);
                let _ = writeln!(self.out, ";{comment}");
            }
            2 => {
                let comment = self.random.pick(&COMMENTS);
                let _ = writeln!(self.out, "    \t;{comment}");
            }
            _ => {}
        }
    }
}
