//! §4.4: resolution of MUIs via DNS, with the examples of §4.5.

use mimi_discovery::{Selector, Unsuitable};

use crate::script::{Script, answer, mimi, no_such_name};

fn two_services() -> Script {
    Script::new().says(
        "mymimi.example.com. MIMI",
        answer([
            mimi(
                "mymimi.example.com",
                "v=MIMI1; p=2; a=+15551234567; e=mimi.whatsapp.com; s=whatsapp",
            ),
            mimi(
                "mymimi.example.com",
                "v=MIMI1; p=1; a=myname99; e=im.telegram.org; s=telegram",
            ),
        ]),
    )
}

#[test]
fn finds_the_generic_service_of_the_first_example() {
    let ended = Script::new()
        .says(
            "mymimi.example.com. MIMI",
            answer([mimi(
                "mymimi.example.com",
                "v=MIMI1; a=myuser; e=mimiserver.example.com",
            )]),
        )
        .discover("mymimi.example.com");
    assert_eq!(ended.summary(), "found @mimi");
    assert_eq!(ended.groups(), ["-: myuser@mimiserver.example.com"]);
    assert_eq!(ended.asked, ["mymimi.example.com. MIMI"]);
}

#[test]
fn puts_telegram_before_whatsapp_as_the_second_example_says() {
    let ended = two_services().discover("mymimi.example.com");
    assert_eq!(
        ended.groups(),
        [
            "1: myname99@im.telegram.org",
            "2: +15551234567@mimi.whatsapp.com"
        ]
    );
}

#[test]
fn fails_when_the_query_fails() {
    let ended = Script::new()
        .says("nobody.example.com. MIMI", no_such_name("example.com"))
        .discover("nobody.example.com");
    assert_eq!(ended.summary(), "no_such_name @mimi");
}

#[test]
fn leaves_the_choice_to_the_asking_user() {
    let outcome = two_services().discover("mymimi.example.com").outcome;
    let selection = Selector::new()
        .speaks(["whatsapp"])
        .select(outcome.groups());
    let best: Vec<_> = selection
        .candidates
        .iter()
        .map(|c| c.contact.mssi.service())
        .collect();
    assert_eq!(best, [Some("whatsapp")]);
    let left: Vec<_> = selection
        .unsuitable
        .iter()
        .map(|(contact, why)| (contact.mssi.service(), *why))
        .collect();
    assert_eq!(left, [(Some("telegram"), Unsuitable::Service)]);
}

#[test]
fn never_drops_an_account_from_a_selection() {
    let outcome = two_services().discover("mymimi.example.com").outcome;
    for selector in [
        Selector::new(),
        Selector::new().speaks(Vec::<String>::new()),
        Selector::new().prefer(["whatsapp"]).speaks_versions(["1"]),
    ] {
        let selection = selector.select(outcome.groups());
        assert_eq!(selection.candidates.len() + selection.unsuitable.len(), 2);
    }
}
