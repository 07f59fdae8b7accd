//! §5.1.1: resolution of email addresses via DNS.

use crate::script::{Script, answer, mimi, mimix, no_data, no_such_name};

#[test]
fn goes_through_mimix_as_the_example_says() {
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            answer([mimix("example.com", "mimi.example.net")]),
        )
        .says(
            "mailbox.mimi.example.net. MIMI",
            answer([mimi(
                "mailbox.mimi.example.net",
                "v=MIMI1; a=mailbox; e=im.example.net",
            )]),
        )
        .discover("mailbox@example.com");
    assert_eq!(ended.summary(), "found @mimi");
    assert_eq!(
        ended.asked,
        ["example.com. MIMIX", "mailbox.mimi.example.net. MIMI"]
    );
    assert_eq!(ended.groups(), ["-: mailbox@im.example.net"]);
}

#[test]
fn ends_at_the_first_step_without_a_mimix() {
    for (response, ending) in [
        (no_data("example.com"), "no_mapping @mimix"),
        (no_such_name("com"), "no_such_name @mimix"),
    ] {
        let ended = Script::new()
            .says("example.com. MIMIX", response)
            .discover("mailbox@example.com");
        assert_eq!(ended.summary(), ending);
        assert_eq!(ended.asked, ["example.com. MIMIX"]);
    }
}

#[test]
fn never_asks_for_the_email_domain_itself_as_a_mui() {
    let ended = Script::new()
        .says(
            "example.com. MIMIX",
            answer([mimix("example.com", "mimi.example.net")]),
        )
        .says(
            "mailbox.mimi.example.net. MIMI",
            no_such_name("mimi.example.net"),
        )
        .discover("mailbox@example.com");
    assert_eq!(ended.summary(), "no_such_name @mimi");
    assert_eq!(ended.asked.len(), 2);
}
