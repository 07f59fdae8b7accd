//! Directives as entries: `$ORIGIN`, `$TTL`, `$GENERATE`, `$INCLUDE`.

use super::maker::{Labels, Maker};
use super::zone::Entry;

/// `$GENERATE` lines, `%` for a label that is not yet in the zone.
const GENERATE: [&str; 16] = [
    "$GENERATE 1-3 %-$ A 192.0.2.$",
    "$generate\t0-8/4 %-$ 1h IN AAAA 2001:db8::${0,4,x}",
    "$GENERATE 1-2 %-${1,3,d} CNAME host-${-1,2,X}",
    "$GENERATE 1-2 %-${5} CNAME host-${5,3}.example.net.",
    r"$GENERATE 1-2 %\$-$ PTR x$",
    "$GENERATE 1-2 %-$-$$ PTR x$",
    "$GENERATE 1-2 %-$ MX \"10 mail$\"",
    "$GENERATE 1-2 %-$ IN 5 TXT a$ ; comment",
    r#"$GENERATE 1-2 %-$ TXT "\"a $; b\"""#,
    "$GENERATE 1-2 %-$ TXT \"a $ b\"",
    "$GENERATE 20-21 ${0,5,n}.% PTR a${0,3,o}",
    "$GENERATE 10-11 %-${0,3,N}x TXT a",
    r#"$GENERATE 1-3 %-$ TYPE65368 "\# 3 013$00""#,
    "$GENERATE 1-2/3 %-$ NS ns.example.",
    "$GENERATE 2147483646-2147483647 %-$ TXT x",
    "$GENERATE 0-300 %-$ A 192.0.2.1",
];

pub(super) fn absolute(name: &Labels) -> Vec<u8> {
    let mut text = name.join(&b'.');
    text.push(b'.');
    text
}

/// A `$TTL`.
pub(super) fn ttl(maker: &mut Maker) -> Vec<u8> {
    let keyword = *maker.random.pick(&["$TTL ", "$ttl\t", "$Ttl  "]);
    maker.stated_ttls += 1;
    [keyword.as_bytes(), &maker.ttl()].concat()
}

/// An `$ORIGIN`: somewhere below the zone's name, or back there.
pub(super) fn origin(maker: &mut Maker) -> Entry {
    let mut name = match maker.random.below(3) {
        0 => maker.apex.clone(),
        _ => maker.origin.clone(),
    };
    // Not so deep that names become too long.
    if name.len() > maker.apex.len() + 2 {
        name = maker.apex.clone();
    }
    let label = format!("sub{}", maker.number()).into_bytes();
    let down = !maker.random.one_in(3);
    if down {
        name.insert(0, label.clone());
    }
    let is_relative = down && name[1..] == maker.origin[..] && maker.wants("relative-origin");
    maker.used.clear();
    maker.origin = name.clone();
    let keyword = *maker
        .random
        .pick(&["$ORIGIN", "$ORIGIN", "$origin", "$Origin"]);
    let line = |name: &[u8]| [keyword.as_bytes(), b" ", name].concat();
    let plain = line(&absolute(&name));
    if is_relative {
        return Entry {
            plain: Some(plain),
            ..Entry::line(line(&label)).with("relative-origin")
        };
    }
    let comment = if maker.random.one_in(4) {
        maker.comment()
    } else {
        Vec::new()
    };
    Entry::line([plain, b" ".to_vec(), comment].concat())
}

/// A `$GENERATE`.
pub(super) fn generate(maker: &mut Maker) -> Entry {
    let label = format!("made{}", maker.number());
    let text = maker.random.pick(&GENERATE).replace('%', &label);
    Entry::line(text).with("generate")
}

/// An `$INCLUDE` of a file with a few records; a zone has one at most, since its file has one name.
pub(super) fn include(maker: &mut Maker) -> Entry {
    let file = "included.zone";
    let number = maker.number();
    let below = |label: &str, apex: &Labels| {
        let label = format!("{label}{number}").into_bytes();
        let labels: Labels = [label].into_iter().chain(apex.iter().cloned()).collect();
        String::from_utf8_lossy(&absolute(&labels)).into_owned()
    };
    let name = if maker.wants("include-quoted") {
        format!("\"{file}\"")
    } else {
        file.to_owned()
    };
    let mut line = format!("$INCLUDE {name}");
    let mut has_origin = true;
    if maker.wants("include-relative-origin") {
        line.push_str(&format!(" relative{number}"));
    } else if maker.random.one_in(2) {
        line.push_str(&format!(" {}", below("included", &maker.apex)));
    } else {
        has_origin = false;
    }
    let mut text = String::new();
    if maker.wants("include-blank-owner") {
        text.push_str(" TXT \"whose?\"\n");
    }
    // What follows the directive has its own origin again, but this TTL.
    if maker.random.one_in(3) && (has_origin || maker.wants("include-changes-origin")) {
        text.push_str(&format!("$ORIGIN {}\n", below("deep", &maker.apex)));
    }
    if maker.random.one_in(3) {
        text.push_str(&format!("{}\n", String::from_utf8_lossy(&ttl(maker))));
    }
    for index in 0..maker.random.between(1, 3) {
        let ttl = maker.ttl();
        maker.stated_ttls += 1;
        text.push_str(&format!(
            "in{number}-{index} {} A 192.0.2.{index}\n",
            String::from_utf8_lossy(&ttl)
        ));
    }
    if maker.random.one_in(3) {
        text.pop();
    }
    if maker.ends_open {
        maker.used.insert("include-without-final-newline");
    }
    Entry {
        beside: vec![(file, text.into_bytes())],
        features: std::mem::take(&mut maker.used),
        ..Entry::line(line)
    }
}
