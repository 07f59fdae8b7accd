//! Short ways to the outcomes that tests compare.

use mimi_id::{
    EmailAddress, Identifier, IdentifierError, Kind, TelephoneNumber, Unmappable, e164_arpa,
};
use mimi_name::DomainName;

pub(crate) fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap()
}

/// The target of the draft's example (§5.1.1).
pub(crate) fn target() -> DomainName {
    name("mimi.example.net")
}

/// The name to ask for MIMI records.
pub(crate) fn mimi_name(text: &str) -> String {
    try_mimi_name(text).unwrap().to_string()
}

pub(crate) fn try_mimi_name(text: &str) -> Result<DomainName, Unmappable> {
    match Identifier::parse(text).unwrap() {
        Identifier::Mui(mui) => Ok(mui.name().clone()),
        Identifier::Email(address) => address.name_under(&target()),
        Identifier::Telephone(number) => number.enum_name(&e164_arpa()),
        other => panic!("a kind without test: {}", other.kind()),
    }
}

/// The name of a local part at the draft's domain, or why it has none.
pub(crate) fn local(local_part: &str) -> Result<String, &'static str> {
    let address = EmailAddress::parse(&format!("{local_part}@example.com")).unwrap();
    match address.name_under(&target()) {
        Ok(name) => {
            let text = name.to_string();
            Ok(text.strip_suffix(".mimi.example.net.").unwrap().to_owned())
        }
        Err(error) => Err(error.code()),
    }
}

pub(crate) fn invalid(text: &str) -> IdentifierError {
    Identifier::parse(text).unwrap_err()
}

/// Kind and code of the error.
pub(crate) fn code(text: &str) -> (Kind, &'static str) {
    let error = invalid(text);
    (error.kind(), error.code())
}

pub(crate) fn key(text: &str) -> String {
    Identifier::parse(text).unwrap().canonical_key()
}

pub(crate) fn telephone(text: &str) -> TelephoneNumber {
    TelephoneNumber::parse(text).unwrap()
}
