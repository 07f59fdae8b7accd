#![doc = include_str!("../README.md")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a finding is a panic, and nobody but tests and fuzzers calls this"
)]

pub mod definition_string;
pub mod discovery;
pub mod lint;
pub mod message;
pub mod names;
mod octets;
pub mod oracle;
pub mod oracle_server;
pub mod rdata;
pub mod responses;
pub mod zone_text;

/// A body and its name.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of the fuzz target and of the folder of its seeds.
    pub name: &'static str,
    /// Panics where the octets break the sentence that opens its module.
    pub check: fn(&[u8]),
}

/// Every target.
pub const TARGETS: [Target; 10] = [
    Target {
        name: "definition_string",
        check: definition_string::check,
    },
    Target {
        name: "discovery",
        check: discovery::check,
    },
    Target {
        name: "lint",
        check: lint::check,
    },
    Target {
        name: "message",
        check: message::check,
    },
    Target {
        name: "names",
        check: names::check,
    },
    Target {
        name: "oracle",
        check: oracle::check,
    },
    Target {
        name: "oracle_server",
        check: oracle_server::check,
    },
    Target {
        name: "rdata",
        check: rdata::check,
    },
    Target {
        name: "responses",
        check: responses::check,
    },
    Target {
        name: "zone_text",
        check: zone_text::check,
    },
];

/// Asserts that a text can be shown on any terminal: printable ASCII, whatever it quotes.
fn assert_inert(text: &str) {
    assert!(
        text.bytes().all(|octet| matches!(octet, b' '..=b'~')),
        "not printable ASCII: {text:?}"
    );
}
