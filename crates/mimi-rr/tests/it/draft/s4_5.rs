//! §4.5: the examples of MIMI records.

use mimi_mssi::Verdict;
use mimi_rr::{Mimi, TypeCodes, record_text};

const EXAMPLES: [&str; 3] = [
    "v=MIMI1; a=myuser; e=mimiserver.example.com",
    "v=MIMI1; p=2; a=+15551234567; e=mimi.whatsapp.com; s=whatsapp",
    "v=MIMI1; p=1; a=myname99; e=im.telegram.org; s=telegram",
];

#[test]
fn every_example_keeps_its_definition_string_in_text_and_on_the_wire() {
    for example in EXAMPLES {
        let mimi = Mimi::from_text(format!("\"{example}\"").as_bytes()).unwrap();
        assert_eq!(mimi.definition_string(), example.as_bytes());
        assert_eq!(mimi.to_text(), format!("\"{example}\""));
        let mut wire = vec![u8::try_from(example.len()).unwrap()];
        wire.extend_from_slice(example.as_bytes());
        assert_eq!(mimi.as_rdata(), wire);
        assert_eq!(Mimi::from_rdata(&wire).unwrap(), mimi);
    }
}

#[test]
fn the_first_example_is_written_as_the_draft_writes_it() {
    let mimi = Mimi::new(EXAMPLES[0].as_bytes()).unwrap();
    let owner = "mymimi.example.com".parse().unwrap();
    assert_eq!(
        record_text::mnemonic_line(&owner, None, &mimi),
        "mymimi.example.com. IN MIMI \"v=MIMI1; a=myuser; e=mimiserver.example.com\""
    );
}

#[test]
fn the_first_example_in_the_form_that_every_server_takes() {
    let mimi = Mimi::new(EXAMPLES[0].as_bytes()).unwrap();
    let owner = "mymimi.example.com".parse().unwrap();
    assert_eq!(
        record_text::generic_line(&owner, Some(3600), &mimi, TypeCodes::DEFAULT),
        "mymimi.example.com. 3600 IN TYPE65357 \\# 44 \
         2b763d4d494d49313b20613d6d79757365723b20653d6d696d697365727665722e6578616d706c652e636f6d"
    );
}

#[test]
fn rejects_an_example_without_its_quotes() {
    // Bare, the first semicolon would start a comment.
    let error = Mimi::from_text(EXAMPLES[0].as_bytes()).unwrap_err();
    assert_eq!(
        (error.code(), error.position()),
        ("unexpected-octet", "v=MIMI1".len())
    );
}

#[test]
fn every_example_names_its_account_and_endpoint() {
    let read = EXAMPLES.map(|example| Mimi::new(example.as_bytes()).unwrap().mssi().unwrap());
    let pairs = read.each_ref().map(|mssi| (mssi.mssa(), mssi.mse()));
    assert_eq!(
        pairs,
        [
            ("myuser", "mimiserver.example.com"),
            ("+15551234567", "mimi.whatsapp.com"),
            ("myname99", "im.telegram.org")
        ]
    );
    for mssi in &read {
        assert_eq!(Mimi::try_from(mssi).unwrap().mssi().as_ref(), Ok(mssi));
    }
}

#[test]
fn ignores_a_string_that_is_not_for_mimi() {
    let refusal = Mimi::new(b"v=spf1 -all").unwrap().mssi().unwrap_err();
    assert_eq!(refusal.verdict, Verdict::Ignored);
}
