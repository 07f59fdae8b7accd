//! §6, the registry of services.

use mimi_mssi::registry::{RegistryError, ServiceRegistry};
use mimi_mssi::{Verdict, parse};

fn suggestion(identifier: &str) -> Option<String> {
    let registry = ServiceRegistry::provisional();
    registry
        .suggest(identifier)
        .map(|service| service.identifier.clone())
}

#[test]
fn the_provisional_table_holds_the_services_of_the_examples() {
    let registry = ServiceRegistry::default();
    let identifiers: Vec<_> = registry
        .iter()
        .map(|service| service.identifier.as_str())
        .collect();
    assert_eq!(identifiers, ["telegram", "whatsapp"]);
    assert_eq!(registry.lookup("whatsapp").unwrap().title, "WhatsApp");
}

#[test]
fn never_matches_another_case() {
    assert_eq!(ServiceRegistry::provisional().lookup("Telegram"), None);
}

#[test]
fn a_near_miss_gets_a_suggestion() {
    for (typed, meant) in [
        ("Telegram", "telegram"),
        ("WHATSAPP", "whatsapp"),
        ("telegrm", "telegram"),
        ("ttelegram", "telegram"),
        ("whatsupp", "whatsapp"),
        ("Whatsap", "whatsapp"),
        ("elegram", "telegram"),
    ] {
        assert_eq!(suggestion(typed).as_deref(), Some(meant), "{typed}");
    }
}

#[test]
fn never_suggests_what_is_registered_or_far_off() {
    for typed in ["telegram", "signal", "", "teelegramm", "whats", "telemarg"] {
        assert_eq!(suggestion(typed), None, "{typed}");
    }
}

#[test]
fn a_short_identifier_is_suggested_for_another_case_only() {
    let mut registry = ServiceRegistry::empty();
    registry.register("irc", "IRC").unwrap();
    assert_eq!(registry.suggest("IRC").unwrap().identifier, "irc");
    assert_eq!(registry.suggest("arc"), None);
}

#[test]
fn a_caller_can_register_services() {
    let mut registry = ServiceRegistry::provisional();
    registry.register("example", "Example Messenger").unwrap();
    assert_eq!(
        registry.lookup("example").unwrap().title,
        "Example Messenger"
    );
}

#[test]
fn refuses_an_identifier_that_is_taken_or_empty() {
    let mut registry = ServiceRegistry::provisional();
    assert_eq!(
        registry.register("telegram", "Other"),
        Err(RegistryError::Taken)
    );
    assert_eq!(registry.register("", "Nothing"), Err(RegistryError::Empty));
    assert_eq!(registry.lookup("telegram").unwrap().title, "Telegram");
}

#[test]
fn an_unregistered_service_does_not_affect_the_verdict() {
    let judgement = parse(b"v=MIMI1; a=bob; e=im.example; s=telegrm");
    assert_eq!(judgement.verdict(), Verdict::Usable);
    assert_eq!(judgement.diagnostics(), []);
}

#[test]
fn messages_say_what_was_expected() {
    let said = [RegistryError::Empty, RegistryError::Taken].map(|error| error.to_string());
    assert_eq!(
        said,
        [
            "expected a service identifier, found none",
            "expected a new service identifier, found one that is registered",
        ]
    );
}
