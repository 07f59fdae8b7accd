//! RDATA of well-known types from octets to text, names in the portable escapes of D4.
//!
//! Every text written here was read back by `mimi-zonefile` and gave the same octets; what does not is written as `\# length hex`, which
//! every server takes on every type (RFC 3597 §5). So the table below can be short, and need not be right about odd RDATA.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use mimi_name::DomainName;
use mimi_zonefile::ZoneReader;

use crate::zone::names::class_name;

/// One field of RDATA, by its form in text.
#[derive(Clone, Copy)]
enum Field {
    /// Decimal, of one octet.
    U8,
    U16,
    U32,
    /// A dotted quad.
    V4,
    V6,
    Name,
    /// One `<character-string>`.
    Text,
    /// One or more `<character-string>`s to the end.
    Texts,
    /// Hexadecimal to the end.
    Hex,
    /// A property tag of CAA and its value (RFC 8659 §4.1).
    Property,
}

/// The mnemonic and the fields of a type that BIND, NSD, Knot and PowerDNS have all known for long.
fn form(record_type: u16) -> Option<(&'static str, &'static [Field])> {
    use Field::{Hex, Name, Property, Text, Texts, U8, U16, U32, V4, V6};
    Some(match record_type {
        1 => ("A", &[V4]),
        2 => ("NS", &[Name]),
        5 => ("CNAME", &[Name]),
        6 => ("SOA", &[Name, Name, U32, U32, U32, U32, U32]),
        12 => ("PTR", &[Name]),
        13 => ("HINFO", &[Text, Text]),
        15 => ("MX", &[U16, Name]),
        16 => ("TXT", &[Texts]),
        17 => ("RP", &[Name, Name]),
        18 => ("AFSDB", &[U16, Name]),
        28 => ("AAAA", &[V6]),
        33 => ("SRV", &[U16, U16, U16, Name]),
        35 => ("NAPTR", &[U16, U16, Text, Text, Text, Name]),
        36 => ("KX", &[U16, Name]),
        39 => ("DNAME", &[Name]),
        43 => ("DS", &[U16, U8, U8, Hex]),
        44 => ("SSHFP", &[U8, U8, Hex]),
        52 => ("TLSA", &[U8, U8, U8, Hex]),
        59 => ("CDS", &[U16, U8, U8, Hex]),
        99 => ("SPF", &[Texts]),
        257 => ("CAA", &[U8, Property]),
        _ => return None,
    })
}

/// The type and its RDATA as text, `MX 10 mail.example.com.`; `None` where only the generic form is sure to say the same.
pub(crate) fn well_known(record_type: u16, class: u16, octets: &[u8]) -> Option<String> {
    let (mnemonic, fields) = form(record_type)?;
    let mut text = mnemonic.to_owned();
    let mut rest = octets;
    for field in fields {
        rest = write_field(*field, rest, &mut text)?;
    }
    (rest.is_empty() && says(&text, class, None, octets)).then_some(text)
}

/// Whether a type and its RDATA are read as these octets, by a reader that knows no private mnemonics.
pub(crate) fn says(text: &str, class: u16, origin: Option<&DomainName>, octets: &[u8]) -> bool {
    let line = format!(". 0 {} {text}\n", class_name(class));
    let mut reader = ZoneReader::new();
    if let Some(origin) = origin {
        reader = reader.origin(origin.clone());
    }
    let mut entries = reader.entries(line.as_bytes());
    let read = match entries.next_record() {
        Some(Ok(record)) => record.rdata_wire(),
        _ => return false,
    };
    read.ok().flatten().as_deref() == Some(octets) && entries.next_record().is_none()
}

/// Appends a space and the field at the start of `octets`; returns what follows it.
fn write_field<'o>(field: Field, octets: &'o [u8], text: &mut String) -> Option<&'o [u8]> {
    text.push(' ');
    // Writing to a String cannot fail.
    Some(match field {
        Field::U8 => {
            let (&number, rest) = octets.split_first()?;
            let _ = write!(text, "{number}");
            rest
        }
        Field::U16 => {
            let (&number, rest) = octets.split_first_chunk()?;
            let _ = write!(text, "{}", u16::from_be_bytes(number));
            rest
        }
        Field::U32 => {
            let (&number, rest) = octets.split_first_chunk()?;
            let _ = write!(text, "{}", u32::from_be_bytes(number));
            rest
        }
        Field::V4 => {
            let (&address, rest) = octets.split_first_chunk::<4>()?;
            let _ = write!(text, "{}", Ipv4Addr::from(address));
            rest
        }
        Field::V6 => {
            let (&address, rest) = octets.split_first_chunk::<16>()?;
            let _ = write!(text, "{}", Ipv6Addr::from(address));
            rest
        }
        Field::Name => {
            let (name, rest) = DomainName::split_wire(octets).ok()?;
            let _ = write!(text, "{name}");
            rest
        }
        Field::Text => {
            let (string, rest) = split_string(octets)?;
            write_quoted(text, string);
            rest
        }
        Field::Texts => {
            let (string, mut rest) = split_string(octets)?;
            write_quoted(text, string);
            while !rest.is_empty() {
                let (string, after) = split_string(rest)?;
                text.push(' ');
                write_quoted(text, string);
                rest = after;
            }
            rest
        }
        Field::Hex => {
            push_hex(text, octets);
            &[]
        }
        Field::Property => {
            let (tag, value) = split_string(octets)?;
            if !tag.iter().all(u8::is_ascii_alphanumeric) {
                return None;
            }
            text.extend(tag.iter().copied().map(char::from));
            text.push(' ');
            write_quoted(text, value);
            &[]
        }
    })
}

fn split_string(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&length, rest) = octets.split_first()?;
    rest.split_at_checked(usize::from(length))
}

fn write_quoted(text: &mut String, string: &[u8]) {
    text.push('"');
    for &octet in string {
        match octet {
            b'"' | b'\\' => {
                text.push('\\');
                text.push(char::from(octet));
            }
            _ => push_octet(text, octet),
        }
    }
    text.push('"');
}

/// Appends printable ASCII as it is, another octet as `\DDD`.
pub(crate) fn push_octet(text: &mut String, octet: u8) {
    match octet {
        b' '..=b'~' => text.push(char::from(octet)),
        _ => {
            let _ = write!(text, "\\{octet:03}");
        }
    }
}

/// Appends octets in lower-case hexadecimal.
pub(crate) fn push_hex(text: &mut String, octets: &[u8]) {
    for octet in octets {
        let _ = write!(text, "{octet:02x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_names_absolute_and_in_portable_escapes() {
        let octets = b"\x00\x0a\x03a+b\x07example\x00";
        assert_eq!(
            well_known(15, 1, octets).as_deref(),
            Some(r"MX 10 a\043b.example.")
        );
    }

    #[test]
    fn refuses_octets_that_are_not_the_type() {
        let cases: [(u16, &[u8]); 8] = [
            (1, b"\x01\x02\x03"),
            (1, b"\x01\x02\x03\x04\x05"),
            (2, b"\x01a"),
            (2, b"\xc0\x0c"),
            (15, b"\x00"),
            (16, b""),
            (16, b"\x05abc"),
            (257, b"\x00\x02a\"x"),
        ];
        for (record_type, octets) in cases {
            assert_eq!(well_known(record_type, 1, octets), None, "{record_type}");
        }
    }

    #[test]
    fn refuses_types_that_are_not_defined_in_the_class() {
        assert!(well_known(1, 1, &[192, 0, 2, 1]).is_some());
        assert_eq!(well_known(1, 3, &[192, 0, 2, 1]), None);
    }
}
