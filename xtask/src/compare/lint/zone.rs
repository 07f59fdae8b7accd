//! The zones to lint: generated, the same at every time and place, of any length in constant memory.
//!
//! Households of twenty records: a host (two A, a TXT), a delegation (two NS), and seven users with fourteen definition strings, seven in
//! generic form and seven quoted, and a TXT beside them. Nothing is amiss with them but in one record of a thousand.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::compare::zone::households::{Random, character_string, push_hex};

/// The zone's name.
pub(super) const APEX: &str = "example.org.";

/// Changes with what is written, so that files of another version are not taken for these.
const VERSION: u32 = 2;

/// How many records a household has.
const RECORDS: u64 = 20;

/// One record of so many is damaged.
const DAMAGED: u64 = 1000;

const NAMES: [&str; 8] = [
    "anna-berg",
    "chidi-obi",
    "emre-kaya",
    "hana-mori",
    "kofi-mensah",
    "lena-wolf",
    "mio-sato",
    "omar-said",
];
const HOSTS: [&str; 4] = [
    "im.messages-one.net",
    "mimi.another-chat.com",
    "gateway.chat.third-one.net",
    "xmpp.mimi.fourth-one.org",
];
/// The services besides those of the draft have to be registered in the configuration.
pub(super) const SERVICES: [&str; 5] = ["whatsapp", "telegram", "signal", "matrix", "wire"];

/// How many definition strings each user of a household has in generic form, and quoted.
const USERS: [(u32, u32); 7] = [(2, 1), (1, 1), (1, 2), (1, 0), (0, 1), (1, 1), (1, 1)];

/// How owners follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Household by household: as they were entered.
    Entered,
    /// Canonical (RFC 4034 §6.1): as servers and signers dump zones.
    Canonical,
}

/// How quoted definition strings are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As TXT and a blank, so that checkers of name servers read them: of the same size.
    Standard,
    /// As MIMI.
    Mnemonic,
}

/// A zone file.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) order: Order,
    pub(super) spelling: Spelling,
    pub(super) records: u64,
    pub(super) path: PathBuf,
}

impl Order {
    pub(super) const ALL: [Self; 2] = [Self::Entered, Self::Canonical];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Canonical => "canonical",
        }
    }
}

impl Zone {
    pub(super) fn new(order: Order, spelling: Spelling, records: u64, folder: &Path) -> Self {
        let suffix = match spelling {
            Spelling::Standard => "",
            Spelling::Mnemonic => "-mimi",
        };
        let path = folder.join(format!(
            "lint-{VERSION}-{}-{records}{suffix}.zone",
            order.name()
        ));
        Self {
            order,
            spelling,
            records,
            path,
        }
    }

    /// Writes the file, in memory that does not grow with it.
    pub(super) fn write(&self) -> Result<()> {
        let file = File::create(&self.path).with_context(|| self.path.display().to_string())?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        self.write_to(&mut out)?;
        out.flush()?;
        Ok(())
    }

    pub(super) fn write_to(&self, out: &mut impl Write) -> Result<()> {
        let households = self.records / RECORDS;
        let mut text = String::new();
        let _ = write!(
            text,
            "{APEX}\t3600\tIN\tSOA\tns1.{APEX} hostmaster.{APEX} 1 7200 900 1209600 300\n\
             {APEX}\t3600\tIN\tNS\tns1.{APEX}\n\
             {APEX}\t3600\tIN\tNS\tns2.{APEX}\n"
        );
        let name_servers =
            format!("ns1.{APEX}\t86400\tIN\tA\t192.0.2.1\nns2.{APEX}\t86400\tIN\tA\t192.0.2.2\n");
        match self.order {
            Order::Entered => {
                text.push_str(&name_servers);
                for number in 0..households {
                    host(number, &mut text);
                    delegation(number, &mut text);
                    self.users(number, &mut text);
                    out.write_all(text.as_bytes())?;
                    text.clear();
                }
            }
            Order::Canonical => {
                for part in [delegation, host] {
                    for number in 0..households {
                        part(number, &mut text);
                        out.write_all(text.as_bytes())?;
                        text.clear();
                    }
                }
                text.push_str(&name_servers);
                for number in 0..households {
                    self.users(number, &mut text);
                    out.write_all(text.as_bytes())?;
                    text.clear();
                }
            }
        }
        out.write_all(text.as_bytes())?;
        Ok(())
    }

    fn users(&self, number: u64, out: &mut String) {
        let mut random = Random(number);
        // A household has fifteen records of users.
        let mut index = number * RECORDS;
        for (user, (generic, quoted)) in (number * 7..).zip(USERS) {
            let name = random.pick(&NAMES);
            // As they were entered: in no order, each once.
            let shown = match self.order {
                Order::Entered => user.wrapping_mul(0x2545_F491) & 0x3FFF_FFFF,
                Order::Canonical => user,
            };
            let label = format!("u{shown:010}-{name}");
            let first_service = random.below(SERVICES.len() as u64) as usize;
            let first_host = random.below(HOSTS.len() as u64) as usize;
            let count = generic + quoted;
            for at in 0..count {
                index += 1;
                let host = HOSTS[(first_host + at as usize) % HOSTS.len()];
                let service = SERVICES[(first_service + at as usize) % SERVICES.len()];
                let mut string = format!("v=MIMI1; a={label}; e={host}");
                let mut ttl = 3600;
                if count > 1 {
                    let _ = write!(string, "; p={}", at + 1);
                }
                if random.below(2) == 0 || count > 1 {
                    let _ = write!(string, "; s={service}");
                }
                if index % DAMAGED == 7 {
                    damage(
                        index / DAMAGED,
                        &mut string,
                        &mut ttl,
                        SERVICES[first_service],
                    );
                }
                let _ = write!(out, "{label}.people.{APEX}\t{ttl}\tIN\t");
                if at < generic {
                    let _ = write!(out, "TYPE65357\t\\# {} ", string.len() + 1);
                    push_hex(out, &character_string(&string));
                    out.push('\n');
                } else {
                    let mnemonic = match self.spelling {
                        Spelling::Standard => "TXT ",
                        Spelling::Mnemonic => "MIMI",
                    };
                    let _ = writeln!(out, "{mnemonic}\t\"{string}\"");
                }
            }
            if user % 7 == 5 {
                index += 1;
                let _ = writeln!(
                    out,
                    "{label}.people.{APEX}\t3600\tIN\tTXT\t\"moved here in spring\""
                );
            }
        }
    }
}

/// The mistakes that people make, one after the other. All are octets of a string, or a TTL: a name server loads them.
fn damage(number: u64, string: &mut String, ttl: &mut u32, service: &str) {
    match number % 8 {
        0 => *string = string.replace("; e=", "; e:"),
        1 => *string = string.replace("; e=", ", e="),
        2 => *string = string.replace("v=MIMI1", "V=MIMI1"),
        3 => *string = string.replace("; p=", "; p=x"),
        4 => *string = string.replace("messages-one.net", "localhost"),
        5 => *string = string.replace("; e=", "; a=again; e="),
        6 => {
            *string = format!(
                "{}; s={service}",
                string.split("; s=").next().unwrap_or_default()
            );
        }
        _ => *ttl = 7200,
    }
}

fn host(number: u64, out: &mut String) {
    let [.., high, middle, low] = number.to_be_bytes();
    let _ = write!(
        out,
        "h{number:09}.{APEX}\t86400\tIN\tA\t10.{high}.{middle}.{low}\n\
         h{number:09}.{APEX}\t86400\tIN\tA\t198.18.{middle}.{low}\n\
         h{number:09}.{APEX}\t3600\tIN\tTXT\t\"v=spf1 ip4:198.18.{middle}.0/24 -all\"\n"
    );
}

fn delegation(number: u64, out: &mut String) {
    let _ = write!(
        out,
        "d{number:09}.{APEX}\t172800\tIN\tNS\th{number:09}.{APEX}\n\
         d{number:09}.{APEX}\t172800\tIN\tNS\tns.example.net.\n"
    );
}
