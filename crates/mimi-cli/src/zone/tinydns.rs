//! Generic lines of tinydns-data: `:fqdn:n:rdata:ttl`, other octets as `\` and three **octal** digits, in names too.

use std::fmt::Write;

use mimi_name::DomainName;

use crate::zone::publication::Selection;

/// The lines, without the first comment.
pub(crate) fn write(selection: &Selection<'_>) -> String {
    let mut text = String::new();
    for publication in &selection.publications {
        if let Some(said) = &publication.said {
            let _ = writeln!(text, "# {said}");
        }
        text.push(':');
        push_name(&mut text, publication.owner);
        let _ = write!(text, ":{}:", publication.record_type);
        // `:` ends a field and `\` starts an escape.
        push(&mut text, publication.rdata, |octet| {
            matches!(octet, b' '..=b'~') && !matches!(octet, b':' | b'\\')
        });
        let _ = writeln!(text, ":{}", publication.ttl);
    }
    text
}

/// A name without its final dot; the root is a lone one.
fn push_name(text: &mut String, name: &DomainName) {
    if name.is_root() {
        text.push('.');
        return;
    }
    for (index, label) in name.labels().enumerate() {
        if index > 0 {
            text.push('.');
        }
        if label == b"*" {
            text.push('*');
            continue;
        }
        push(text, label, |octet| {
            octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_')
        });
    }
}

fn push(text: &mut String, octets: &[u8], is_plain: fn(u8) -> bool) {
    for &octet in octets {
        if is_plain(octet) {
            text.push(char::from(octet));
        } else {
            let _ = write!(text, "\\{octet:03o}");
        }
    }
}
