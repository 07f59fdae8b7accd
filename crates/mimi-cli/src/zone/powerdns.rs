//! Commands of PowerDNS: `pdnsutil add-record ZONE NAME TYPE TTL CONTENT`, quoted for a POSIX shell.
//!
//! Names are relative to the zone: pdnsutil of 4.x appends the zone even to a name with a final dot. The server answers SERVFAIL to
//! questions for names with some octets, such as the `+` and `'` of email addresses: seen with 4.7, and reported of later versions.

use std::fmt::Write;

use mimi_name::DomainName;
use mimi_rr::rfc3597;

use crate::zone::problem::Problem;
use crate::zone::publication::Selection;

/// The commands, without the first comment.
pub(crate) fn write(selection: &Selection<'_>) -> Result<String, Vec<Problem>> {
    let mut text = String::new();
    let mut problems = Vec::new();
    for publication in &selection.publications {
        let zone = match selection.zone_of(publication) {
            Ok(zone) => zone,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if let Some(said) = &publication.said {
            let _ = writeln!(text, "# {said}");
        }
        let _ = writeln!(
            text,
            "pdnsutil add-record {} {} TYPE{} {} {}",
            quoted(&zone.to_string()),
            quoted(&relative(publication.owner, zone)),
            publication.record_type,
            publication.ttl,
            quoted(&rfc3597::to_text(publication.rdata))
        );
    }
    if problems.is_empty() {
        Ok(text)
    } else {
        Err(problems)
    }
}

/// The records that PowerDNS stores and will not serve.
pub(crate) fn warnings(selection: &Selection<'_>) -> Vec<Problem> {
    let is_served = |octet: &u8| {
        octet.is_ascii_alphanumeric()
            || matches!(
                octet,
                b'-' | b'_' | b'*' | b'/' | b'@' | b' ' | b'\\' | b':' | b'.'
            )
    };
    let unserved = selection
        .publications
        .iter()
        .filter(|publication| !publication.owner.labels().flatten().all(is_served));
    unserved
        .map(|publication| {
            let message =
                "expected a name that PowerDNS serves, found one for which it answers SERVFAIL";
            Problem::warning(
                "powerdns-name",
                message.to_owned(),
                publication.span.clone(),
            )
        })
        .collect()
}

/// A name relative to the zone it is in; `@` for the zone itself.
fn relative(owner: &DomainName, zone: &DomainName) -> String {
    let count = owner.label_count().saturating_sub(zone.label_count());
    if count == 0 {
        return "@".to_owned();
    }
    // Labels of a name make a name.
    let name = DomainName::from_labels(owner.labels().take(count))
        .map(|name| name.to_string())
        .unwrap_or_default();
    let name = name.trim_end_matches('.');
    match name.strip_prefix('-') {
        // Or it would be taken for an option.
        Some(rest) => format!("\\045{rest}"),
        None => name.to_owned(),
    }
}

/// One word of a shell command.
fn quoted(word: &str) -> String {
    let is_plain =
        |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.' | b'@');
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_what_a_shell_would_read() {
        assert_eq!(quoted("plain-1.example"), "plain-1.example");
        assert_eq!(quoted(r"a\043b"), r"'a\043b'");
        assert_eq!(quoted("*"), "'*'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn names_are_relative_to_the_zone() {
        let name = |text: &str| text.parse::<DomainName>().unwrap();
        let zone = name("example.com");
        assert_eq!(relative(&name("a.b.example.com"), &zone), "a.b");
        assert_eq!(relative(&name("Example.COM"), &zone), "@");
        assert_eq!(relative(&name("-x.example.com"), &zone), r"\045x");
        assert_eq!(
            relative(&name("a.example"), &DomainName::root()),
            "a.example"
        );
    }
}
