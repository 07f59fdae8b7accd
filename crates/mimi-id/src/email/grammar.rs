//! The grammar of RFC 5322 §3.4.1 `addr-spec`, with the UTF-8 of RFC 6532 §3.2 and without obsolete syntax.
//!
//! ```text
//! addr-spec     = local-part "@" domain
//! local-part    = dot-atom / quoted-string
//! domain        = dot-atom                                  ; a domain-literal is refused (D48)
//! dot-atom      = [CFWS] 1*atext *("." 1*atext) [CFWS]
//! quoted-string = [CFWS] DQUOTE *([FWS] qcontent) [FWS] DQUOTE [CFWS]
//! CFWS          = (1*([FWS] comment) [FWS]) / FWS
//! FWS           = [*WSP CRLF] 1*WSP
//! ```
//!
//! It is not recovering: the first fault ends it, and [`explain`] then looks whether the text is something else that has a name (D48).
//! Comments nest; a counter follows them, so depth costs no stack.

use alloc::string::String;

use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::char;
use nom::combinator::{opt, recognize};
use nom::error::{ErrorKind, ParseError};
use nom::multi::separated_list1;
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use super::error::EmailError;
use crate::scan::{Significant, outside_quotes};

/// An `addr-spec`, taken apart.
pub(super) struct AddrSpec<'a> {
    /// The content, without quotes, quoting backslashes and comments.
    pub(super) local_part: String,
    /// The domain as written.
    pub(super) domain: &'a str,
    /// Its octet offset.
    pub(super) domain_position: usize,
}

/// Reads a whole text as `addr-spec`.
pub(super) fn addr_spec(text: &str) -> Result<AddrSpec<'_>, EmailError> {
    match pair(local_part, preceded(char('@'), domain)).parse(text) {
        Ok((_, (local_part, (domain, rest)))) => Ok(AddrSpec {
            local_part,
            domain,
            domain_position: text.len() - rest,
        }),
        Err(nom::Err::Error(fault) | nom::Err::Failure(fault)) => {
            let fault = fault.0.relocate(|rest| text.len() - rest);
            Err(explain(text).unwrap_or(fault))
        }
        // Complete parsers do not ask for more.
        Err(nom::Err::Incomplete(_)) => Err(EmailError::UnexpectedEnd),
    }
}

/// An error whose position is still counted from the end of the text, the only one that a parser of a rest knows.
struct Fault(EmailError);

impl ParseError<&str> for Fault {
    fn from_error_kind(input: &str, _: ErrorKind) -> Self {
        unexpected(input)
    }

    fn append(_: &str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

fn unexpected(rest: &str) -> Fault {
    let position = rest.len();
    Fault(match rest.chars().next() {
        None => EmailError::UnexpectedEnd,
        Some(found) if found.is_control() => EmailError::ControlCharacter { position, found },
        Some(found) => EmailError::UnexpectedCharacter { position, found },
    })
}

fn failure(error: EmailError) -> nom::Err<Fault> {
    nom::Err::Failure(Fault(error))
}

/// `[CFWS] (dot-atom-text / quoted-string) [CFWS]`, up to the `@`.
fn local_part(input: &str) -> IResult<&str, String, Fault> {
    let (word, ()) = cfws(input)?;
    let (after_word, content) = match word.chars().next() {
        None => return Err(failure(EmailError::MissingAt)),
        Some('@') => {
            let position = word.len();
            return Err(failure(EmailError::EmptyLocalPart { position }));
        }
        Some('.') => {
            let position = word.len();
            return Err(failure(EmailError::MisplacedDot { position }));
        }
        Some('"') => quoted_string(word)?,
        Some(_) => {
            let (rest, atoms) = dot_atom_text(word)?;
            (rest, String::from(atoms))
        }
    };
    let (rest, ()) = cfws(after_word)?;
    match rest.chars().next() {
        Some('@') => Ok((rest, content)),
        None => Err(failure(EmailError::MissingAt)),
        Some('.') => Err(failure(stray_dot(rest, rest.len() < after_word.len()))),
        Some(_) => Err(nom::Err::Failure(unexpected(rest))),
    }
}

/// `[CFWS] dot-atom-text [CFWS]` to the end of the text; with the length of the rest at which the name starts.
fn domain(input: &str) -> IResult<&str, (&str, usize), Fault> {
    let (name, ()) = cfws(input)?;
    let position = name.len();
    match name.chars().next() {
        None => return Err(failure(EmailError::EmptyDomain)),
        Some('[') => return Err(failure(EmailError::DomainLiteral { position })),
        Some('.') => return Err(failure(EmailError::MisplacedDot { position })),
        Some(_) => {}
    }
    let (after_name, text) = dot_atom_text(name)?;
    let (rest, ()) = cfws(after_name)?;
    match rest.chars().next() {
        None => Ok((rest, (text, position))),
        Some('.') => Err(failure(stray_dot(rest, rest.len() < after_name.len()))),
        Some(_) => Err(nom::Err::Failure(unexpected(rest))),
    }
}

/// A dot that the atoms before it did not take: no atom follows it, or it joins what only obsolete syntax joins.
fn stray_dot(rest: &str, after_white_space: bool) -> EmailError {
    let position = rest.len();
    match rest.chars().nth(1) {
        None | Some('.' | '@') if !after_white_space => EmailError::MisplacedDot { position },
        _ => EmailError::ObsoleteSyntax { position },
    }
}

fn dot_atom_text(input: &str) -> IResult<&str, &str, Fault> {
    recognize(separated_list1(char('.'), take_while1(is_atext))).parse(input)
}

/// A quoted string's content: white space stays, the CRLF of a fold does not (RFC 5322 §3.2.4).
fn quoted_string(input: &str) -> IResult<&str, String, Fault> {
    let (mut rest, _) = char('"').parse(input)?;
    let mut content = String::new();
    loop {
        if let Ok((after, (before_fold, after_fold))) = fws(rest) {
            content.push_str(before_fold);
            content.push_str(after_fold);
            rest = after;
            continue;
        }
        match rest.chars().next() {
            None => {
                let position = input.len();
                return Err(failure(EmailError::UnterminatedQuote { position }));
            }
            Some('"') => {
                let (after, _) = char('"').parse(rest)?;
                return Ok((after, content));
            }
            Some('\\') => {
                let (after, c) = quoted_pair(rest)?;
                content.push(c);
                rest = after;
            }
            Some(_) => {
                let (after, text) = take_while1(is_qtext).parse(rest)?;
                content.push_str(text);
                rest = after;
            }
        }
    }
}

/// `"\" (VCHAR / WSP)`
fn quoted_pair(input: &str) -> IResult<&str, char, Fault> {
    preceded(
        char('\\'),
        nom::character::complete::satisfy(|c| is_vchar(c) || is_wsp(c)),
    )
    .parse(input)
}

/// `[CFWS]`
fn cfws(input: &str) -> IResult<&str, (), Fault> {
    let mut rest = input;
    loop {
        (rest, _) = opt(fws).parse(rest)?;
        if !rest.starts_with('(') {
            return Ok((rest, ()));
        }
        (rest, ()) = comment(rest)?;
    }
}

/// `FWS`: the white space before a fold, and after it.
fn fws(input: &str) -> IResult<&str, (&str, &str), Fault> {
    let (rest, before) = take_while(is_wsp).parse(input)?;
    let (rest, after) = opt(preceded(tag("\r\n"), take_while1(is_wsp))).parse(rest)?;
    match after {
        None if before.is_empty() => Err(nom::Err::Error(unexpected(input))),
        after => Ok((rest, (before, after.unwrap_or_default()))),
    }
}

/// `"(" *([FWS] ccontent) [FWS] ")"`
fn comment(input: &str) -> IResult<&str, (), Fault> {
    let mut rest = input;
    let mut depth = 0_usize;
    loop {
        if let Ok((after, _)) = fws(rest) {
            rest = after;
            continue;
        }
        let Some(c) = rest.chars().next() else {
            let position = input.len();
            return Err(failure(EmailError::UnterminatedComment { position }));
        };
        match c {
            '\\' => (rest, _) = quoted_pair(rest)?,
            '(' => {
                depth += 1;
                (rest, _) = char('(').parse(rest)?;
            }
            ')' => {
                depth -= 1;
                (rest, _) = char(')').parse(rest)?;
                if depth == 0 {
                    return Ok((rest, ()));
                }
            }
            _ => (rest, _) = take_while1(is_ctext).parse(rest)?,
        }
    }
}

/// RFC 5322 §3.2.3 and RFC 6532 §3.2.
const fn is_atext(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '!' | '#'
                | '$'
                | '%'
                | '&'
                | '\''
                | '*'
                | '+'
                | '-'
                | '/'
                | '='
                | '?'
                | '^'
                | '_'
                | '`'
                | '{'
                | '|'
                | '}'
                | '~'
        )
        || !c.is_ascii()
}

const fn is_qtext(c: char) -> bool {
    is_vchar(c) && !matches!(c, '"' | '\\')
}

const fn is_ctext(c: char) -> bool {
    is_vchar(c) && !matches!(c, '(' | ')' | '\\')
}

const fn is_vchar(c: char) -> bool {
    c.is_ascii_graphic() || !c.is_ascii()
}

const fn is_wsp(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// A local part's content as `dot-atom-text` if it is one, else as `quoted-string`.
pub(super) fn quoted_if_needed(content: &str) -> String {
    if content
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
    {
        return String::from(content);
    }
    let mut quoted = String::with_capacity(content.len() + 2);
    quoted.push('"');
    for c in content.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// What a text that is no `addr-spec` may be instead (D48): judged by the marks outside quotes and comments.
fn explain(text: &str) -> Option<EmailError> {
    let marks = || outside_quotes(text).filter(|mark| !mark.in_comment);
    let first = |wanted: char| {
        marks()
            .find(|mark| mark.found == wanted)
            .map(|mark| mark.position)
    };
    let at = first('@');
    let angle = first('<');
    let colon = first(':');
    let before = |a: usize, b: Option<usize>| b.is_none_or(|b| a < b);

    let leading = marks().find(|mark| !mark.found.is_whitespace());
    if let (
        Some(Significant {
            position,
            found: '@',
            ..
        }),
        Some(_),
    ) = (leading, colon)
    {
        return Some(EmailError::SourceRoute { position });
    }
    if let Some(position) = colon
        && marks().any(|mark| mark.found == ';')
        && before(position, at)
        && before(position, angle)
    {
        return Some(EmailError::Group { position });
    }
    if let Some(position) = angle {
        // '<' is one octet.
        let inside = text.get(position + 1..).unwrap_or_default();
        return Some(if inside.trim_start().starts_with('@') {
            EmailError::SourceRoute {
                position: position + 1,
            }
        } else if text.get(..position).unwrap_or_default().trim().is_empty() {
            EmailError::AngleBrackets { position }
        } else {
            EmailError::DisplayName { position }
        });
    }
    let separator = marks().find(|mark| matches!(mark.found, ',' | ';'))?;
    let after_an_address = at.is_some_and(|at| at < separator.position);
    after_an_address.then_some(EmailError::SeveralAddresses {
        position: separator.position,
    })
}
