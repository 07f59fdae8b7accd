//! Broken entries: one for each kind of damage, with the class of those that not all readers refuse.

use super::classes::Tag;
use super::damage_lines::{AGREED, LINES};
use super::maker::Maker;
use super::types::FORMS;
use super::zone::{Entry, Owner};

/// A broken entry; `%` stands for a label that is not yet in the zone.
pub(super) fn entry(maker: &mut Maker) -> Entry {
    let number = maker.number();
    let label = format!("broken{number}");
    match maker.random.below(4) {
        0 => of_fields(maker, &label),
        1 => of_long_names(maker),
        _ => {
            let (tag, text) = *maker.random.pick(LINES);
            let text = String::from(text)
                .replace('%', &label)
                .replace("<255>", &"x".repeat(255))
                .replace("<256>", &"x".repeat(256));
            tagged(text.into_bytes(), tag)
        }
    }
}

fn tagged(text: Vec<u8>, tag: Tag) -> Entry {
    let entry = Entry::line(text);
    if tag == AGREED {
        entry
    } else {
        entry.with(tag)
    }
}

/// A record of any type with a field too many or too few, or with one that cannot be.
fn of_fields(maker: &mut Maker, label: &str) -> Entry {
    // nsd-checkzone prints no more than one string of SPF.
    let form = loop {
        let form = maker.random.pick(FORMS);
        if form.name != "SPF" {
            break form;
        }
    };
    let mut rdata = (form.make)(maker);
    maker.used.clear();
    let tag = match maker.random.below(3) {
        0 => {
            rdata.truncate(0);
            AGREED
        }
        1 => {
            rdata.push(b"surplus".to_vec());
            AGREED
        }
        _ => {
            let place = maker.random.below(rdata.len().max(1));
            rdata.insert(place, b"!".to_vec());
            AGREED
        }
    };
    let tag = if !form.is_read() {
        "text-not-read"
    } else {
        tag
    };
    let fields = [vec![form.name.as_bytes().to_vec()], rdata].concat();
    let text = maker.lay_out(&fields, 1, false);
    maker.used.clear();
    let mut entry = tagged(text, tag);
    entry.owner = Some(Owner {
        text: label.into(),
        number: maker.number(),
        blank: false,
    });
    entry
}

/// Labels of 64 octets and names of 256, as owners and in RDATA.
fn of_long_names(maker: &mut Maker) -> Entry {
    let label = |length: usize| "l".repeat(length);
    let number = maker.number();
    // With the root, 255 octets are too few by one for this.
    let name = [label(63), label(63), label(63), label(62), "a".into()].join(".") + ".";
    let escaped = r"\108".repeat(64);
    let text = match maker.random.below(6) {
        0 => format!("{} A 192.0.2.1", label(64)),
        1 => format!("a{number} NS {}", label(64)),
        2 => format!("{name} A 192.0.2.1"),
        3 => format!("a{number} MX 10 {name}"),
        4 => format!("{escaped} A 192.0.2.1"),
        _ => format!("a{number} MX 10 {escaped}"),
    };
    Entry::line(text)
}
