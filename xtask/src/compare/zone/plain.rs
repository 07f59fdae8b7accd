//! The plain shape: one line a record, every field on it, as servers and signers dump zones.

use std::fmt::Write as _;

use super::files::Spelling;
use super::households::{APEX, Content, Owner, character_string, household, push_hex};

/// SOA, name servers and their addresses: how many records, and the text.
pub(super) fn apex() -> (u64, String) {
    let text = format!(
        "{APEX}\t3600\tIN\tSOA\tns1.{APEX} hostmaster.{APEX} 1 7200 900 1209600 300\n\
         {APEX}\t3600\tIN\tNS\tns1.{APEX}\n\
         {APEX}\t3600\tIN\tNS\tns2.{APEX}\n\
         ns1.{APEX}\t86400\tIN\tA\t192.0.2.1\n\
         ns2.{APEX}\t86400\tIN\tA\t192.0.2.2\n"
    );
    (5, text)
}

/// At most so many records of a household.
pub(super) fn records(number: u64, most: u64, spelling: Spelling, out: &mut String) {
    let mut left = most;
    household(number, |owner, content| {
        if left == 0 {
            return;
        }
        left -= 1;
        // A String takes everything.
        let _ = match owner {
            Owner::Host => write!(out, "h{number}.{APEX}\t"),
            Owner::Delegation => write!(out, "d{number}.{APEX}\t"),
            Owner::User(label) => write!(out, "{label}.people.{APEX}\t"),
        };
        let _ = match content {
            Content::Address(address) => writeln!(out, "86400\tIN\tA\t{address}"),
            Content::NearNameServer => writeln!(out, "172800\tIN\tNS\th{number}.{APEX}"),
            Content::FarNameServer => writeln!(out, "172800\tIN\tNS\tns.example.net."),
            Content::Text(text) => writeln!(out, "3600\tIN\tTXT\t\"{text}\""),
            Content::Quoted(text) => {
                writeln!(out, "3600\tIN\t{}\t\"{text}\"", spelling.quoted())
            }
            Content::Generic(text) => {
                let _ = write!(out, "3600\tIN\tTYPE65400\t\\# {} ", text.len() + 1);
                push_hex(out, &character_string(text));
                writeln!(out)
            }
        };
    });
}
