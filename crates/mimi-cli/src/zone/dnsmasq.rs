//! Options of dnsmasq: `dns-rr=name,type,hex`.
//!
//! Its names have no escapes, but quotes: any printable ASCII but a dot inside a label can be said. Its configuration is read in lines of
//! at most 1,024 octets, and what is longer becomes another option. It knows no wildcard here: `*.example.com` would be that very name.

use mimi_name::DomainName;

use crate::zone::presentation::push_hex;
use crate::zone::problem::Problem;
use crate::zone::publication::{Publication, Selection};

/// The longest line of a configuration file, in octets, without its end.
const MAX_LINE: usize = 1023;

/// The lines, without the first comment.
pub(crate) fn write(selection: &Selection<'_>) -> Result<String, Vec<Problem>> {
    let mut text = String::new();
    let mut problems = Vec::new();
    for publication in &selection.publications {
        match line(publication) {
            Ok(line) => {
                if let Some(said) = &publication.said {
                    text.push_str("# ");
                    text.push_str(said);
                    text.push('\n');
                }
                text.push_str(&line);
                text.push('\n');
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(text)
    } else {
        Err(problems)
    }
}

fn line(publication: &Publication<'_>) -> Result<String, Problem> {
    let error =
        |code, message: &str| Problem::error(code, message.to_owned(), publication.span.clone());
    let owner = publication.owner;
    if owner.labels().next() == Some(b"*") {
        let message = "expected a name that dnsmasq can hold, found a wildcard";
        return Err(error("dnsmasq-wildcard", message));
    }
    let name = name(owner).ok_or_else(|| {
        let message = "expected a name of printable ASCII without dots inside labels, for dnsmasq can hold no other, found another";
        error("dnsmasq-name", message)
    })?;
    let mut line = format!("dns-rr={name},{},", publication.record_type);
    push_hex(&mut line, publication.rdata);
    if line.len() > MAX_LINE {
        let message = format!(
            "expected a line of at most {MAX_LINE} octets, for dnsmasq reads no longer ones, found {}",
            line.len()
        );
        return Err(error("dnsmasq-line-too-long", &message));
    }
    Ok(line)
}

/// A name without its final dot, between quotes if it needs them; `None` where there is no way to say it.
fn name(owner: &DomainName) -> Option<String> {
    if owner.is_root() {
        return None;
    }
    let octets = owner.labels().collect::<Vec<_>>().join(&b'.');
    let dots = octets.iter().filter(|octet| **octet == b'.').count();
    let sayable = octets.iter().all(|octet| matches!(octet, b' '..=b'~'));
    if !sayable || dots + 1 != owner.label_count() {
        return None;
    }
    let is_plain =
        |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.');
    let needs_quotes = !octets.iter().all(is_plain);
    let mut name = String::new();
    for octet in octets {
        if matches!(octet, b'"' | b'\\') {
            name.push('\\');
        }
        name.push(char::from(octet));
    }
    Some(if needs_quotes {
        format!("\"{name}\"")
    } else {
        name
    })
}
