//! What questions look like on the wire (D5, D7, D41, D44).

use std::collections::HashSet;

use mimi_resolver::discovery::Policy;
use mimi_resolver::{DnssecRequest, Upstream};
use mimi_rr::TypeCodes;
use mimi_testkit::ServerKind::Silent;
use mimi_testkit::ServerTransport;

use crate::support::{Servers, bob, conversation, name, question, short_waits, summary};

#[tokio::test]
async fn asks_for_the_exact_type_in_class_in_with_rd_and_edns_1232() {
    let servers = Servers::scripted(&bob(serde_json::json!({"udp": [["truncated"]]}))).await;
    assert_eq!(summary(&servers.discover("bob.example").await), "found");
    let overheard = servers.overheard();
    let transports: HashSet<_> = overheard.iter().map(|one| one.transport).collect();
    assert_eq!(
        transports,
        HashSet::from([ServerTransport::Udp, ServerTransport::Tcp])
    );
    for one in overheard {
        assert_eq!(one.name, name("bob.example"));
        assert_eq!((one.record_type, one.class), (TypeCodes::DEFAULT.mimi(), 1));
        assert!(one.recursion_desired);
        assert_eq!(one.edns_payload, Some(1232));
    }
}

#[tokio::test]
async fn ids_ports_and_case_differ_between_sendings() {
    let servers = Servers::start(&[Silent], &[]).await;
    let long = "a-name-with-very-many-letters.in-more-than-one-label.example";
    let question = question(long, TypeCodes::DEFAULT.mimi());
    let _timeout = servers
        .client(short_waits())
        .ask(&question, DnssecRequest::Nothing)
        .await;
    let overheard = servers.overheard();
    assert!(overheard.len() >= 10);
    let ids: HashSet<_> = overheard.iter().map(|one| one.id).collect();
    let ports: HashSet<_> = overheard.iter().map(|one| one.from.port()).collect();
    let cases: HashSet<_> = overheard
        .iter()
        .map(|one| one.name.as_wire().to_vec())
        .collect();
    // Twelve of 65,536: two equal ones happen once in a thousand runs, four never.
    for differing in [ids.len(), ports.len(), cases.len()] {
        assert!(differing >= overheard.len() - 3, "{overheard:?}");
    }
}

#[tokio::test]
async fn sends_the_case_as_given_where_it_does_not_vary() {
    let servers = Servers::start(&[Silent], &[]).await;
    let mut config = short_waits();
    config.case_randomization = false;
    config.sendings = 1;
    let question = question("Bob.Example", TypeCodes::DEFAULT.mimi());
    let _timeout = servers
        .client(config)
        .ask(&question, DnssecRequest::Nothing)
        .await;
    assert!(servers.overheard()[0].name.eq_case(&name("Bob.Example")));
}

#[tokio::test]
async fn unusual_octets_reach_the_wire_unchanged() {
    // Legal raw octets in a label (D44), and some that a printer would escape or a parser fold.
    let labels: [&[u8]; 3] = [
        b"o'b+1=x !#$%&*/?^`{|}~",
        b"\x00\x7F\x80\xFF\\\".;()@",
        b"example",
    ];
    let owner = mimi_name::DomainName::from_labels(labels).unwrap();
    let exchanges = conversation(serde_json::json!([{
        "name": owner.to_string(), "type": "MIMI",
        "answer": {"answer": [{"owner": owner.to_string(), "type": "MIMI", "data": "v=MIMI1; a=bob; e=m.example"}]},
    }]));
    let servers = Servers::scripted(&exchanges).await;
    let mut asked = question("unset.example", TypeCodes::DEFAULT.mimi());
    asked.name = owner.clone();
    let response = servers
        .client(short_waits())
        .ask(&asked, DnssecRequest::Nothing)
        .await
        .unwrap();
    assert_eq!(response.answer[0].owner, owner);
    for one in servers.overheard() {
        assert_eq!(
            one.name.as_wire().to_ascii_lowercase(),
            owner.as_wire().to_ascii_lowercase()
        );
    }
}

#[tokio::test]
async fn an_email_address_with_unusual_octets_is_asked_for_as_it_is() {
    let owner = "o\\039brien\\043x\\0611.m.example.";
    let exchanges = conversation(serde_json::json!([
        {"name": "example.com.", "type": "MIMIX", "answer": {"answer": [{"owner": "example.com.", "type": "MIMIX", "data": "m.example."}]}},
        {"name": owner, "type": "MIMI", "answer": {"answer": [{"owner": owner, "type": "MIMI", "data": "v=MIMI1; a=bob; e=m.example"}]}},
    ]));
    let servers = Servers::scripted(&exchanges).await;
    let resolver = servers.resolver(Policy::default());
    let outcome = resolver.discover_text("o'brien+x=1@example.com").await;
    assert_eq!(summary(&outcome), "found");
    let last = servers.overheard().pop().unwrap();
    assert_eq!(
        last.name.labels().next().map(<[u8]>::to_ascii_lowercase),
        Some(b"o'brien+x=1".to_vec())
    );
}

#[tokio::test]
async fn ignores_what_stands_in_other_sections_and_keeps_whole_records() {
    let json = serde_json::json!({"answer": {
        "answer": [{"owner": "bob.example.", "type": "MIMI", "ttl": 77, "data": "v=MIMI1; a=bob; e=m.example"}],
        "authority": [{"owner": "bob.example.", "type": "MIMI", "data": "v=MIMI1; a=eve; e=m.example"}],
    }});
    let servers = Servers::scripted(&bob(json)).await;
    let outcome = servers.discover("bob.example").await;
    assert_eq!(outcome.groups()[0].contacts.len(), 1);
    assert_eq!(outcome.groups()[0].contacts[0].mssi.mssa(), "bob");
    assert_eq!(outcome.ttl, Some(77));
}
