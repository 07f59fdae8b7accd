//! §4.5, the three examples.

use mimi_mssi::{Mssi, parse, parse_strict};

const GENERIC: &[u8] = b"v=MIMI1; a=myuser; e=mimiserver.example.com";
const WHATSAPP: &[u8] = b"v=MIMI1; p=2; a=+15551234567; e=mimi.whatsapp.com; s=whatsapp";
const TELEGRAM: &[u8] = b"v=MIMI1; p=1; a=myname99; e=im.telegram.org; s=telegram";

fn values<'a>(mssi: &Mssi<'a>) -> (&'a str, &'a str, Option<u32>, Option<&'a str>) {
    (mssi.mssa(), mssi.mse(), mssi.priority(), mssi.service())
}

#[test]
fn the_examples_read_as_the_draft_explains_them() {
    let read = |input| values(&parse_strict(input).unwrap());
    assert_eq!(
        read(GENERIC),
        ("myuser", "mimiserver.example.com", None, None)
    );
    assert_eq!(
        read(WHATSAPP),
        (
            "+15551234567",
            "mimi.whatsapp.com",
            Some(2),
            Some("whatsapp")
        )
    );
    assert_eq!(
        read(TELEGRAM),
        ("myname99", "im.telegram.org", Some(1), Some("telegram"))
    );
}

#[test]
fn the_user_prefers_telegram() {
    let priority = |input| parse_strict(input).unwrap().priority();
    assert!(priority(TELEGRAM) < priority(WHATSAPP));
}

#[test]
fn never_finds_fault_with_the_examples() {
    for example in [GENERIC, WHATSAPP, TELEGRAM] {
        assert_eq!(parse(example).diagnostics(), []);
    }
}

#[test]
fn the_examples_have_a_canonical_form() {
    let canonical = |input| parse_strict(input).unwrap().to_owned().to_string();
    assert_eq!(canonical(GENERIC).as_bytes(), GENERIC);
    assert_eq!(
        canonical(WHATSAPP),
        "v=MIMI1; a=+15551234567; e=mimi.whatsapp.com; p=2; s=whatsapp"
    );
}
