//! §5.2.1, Resolution of Telephone Numbers via DNS.

use mimi_id::{Kind, e164_arpa};

use crate::support::{code, mimi_name, telephone};

#[test]
fn a_number_becomes_its_enum_name() {
    // The number of §4.5.
    assert_eq!(
        mimi_name("+15551234567"),
        "7.6.5.4.3.2.1.5.5.5.1.e164.arpa."
    );
    // The number of RFC 6116 §3.2.
    let number = telephone("+442079460148");
    assert_eq!(
        number.enum_name(&e164_arpa()).unwrap().to_string(),
        "8.4.1.0.6.4.9.7.0.2.4.4.e164.arpa."
    );
}

#[test]
fn rejects_a_number_without_country_code() {
    assert_eq!(code("tel:5551234567"), (Kind::Telephone, "missing-plus"));
}
