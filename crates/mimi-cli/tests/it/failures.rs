//! Servers that fail, each in a way of its own (D33, D58): exit code 4, and a code that says which.

use insta::assert_snapshot;

use crate::support::{Mimi, Misbehaving, Run, mimi, silent_server};

fn ask(servers: &[&str], rest: &[&str]) -> Run {
    let servers = servers.iter().flat_map(|url| ["--server", url]);
    let identifier = ["resolve", "alice.example.com"];
    let arguments = identifier.into_iter().chain(servers);
    mimi(arguments.chain(rest.iter().copied())).run()
}

#[track_caller]
fn assert_fails(servers: &[&str], rest: &[&str], code: &str) {
    let run = ask(servers, &[rest, &["--format=jsonl"]].concat());
    let object = run.object();
    assert_eq!(
        (&object["outcome"], run.exit),
        (&"temporary_failure".into(), 4)
    );
    assert_eq!(
        (&object["code"], &object["step"]),
        (&code.into(), &"mimi".into())
    );
    assert!(object["assurance"].is_null());
}

#[test]
fn fails_with_timeout_where_nobody_answers() {
    let (_socket, url) = silent_server();
    assert_fails(&[&url], &["--timeout", "0.3"], "timeout");
    let run = ask(&[&url], &["--timeout", "0.3", "--trace"]);
    assert_snapshot!(run.report());
}

#[test]
fn fails_with_network_where_every_port_is_closed() {
    // A port below 1024, which no test can take. As many as a question is sent at most (D39): with fewer, each is tried again until the deadline.
    let servers = ["127.0.0.1:1"; 12];
    assert_fails(&servers, &[], "network");
}

#[test]
fn fails_with_server_failure_for_any_error_of_the_server() {
    for (rcode, name) in [
        (1, "FORMERR"),
        (2, "SERVFAIL"),
        (4, "NOTIMP"),
        (5, "REFUSED"),
    ] {
        let url = Misbehaving::Rcode(rcode).start().to_string();
        assert_fails(&[&url], &[], "server-failure");
        let run = ask(&[&url], &[]);
        assert!(run.text().contains(name), "{}", run.text());
    }
}

#[test]
fn fails_with_truncated_where_even_tcp_brings_only_a_part() {
    let url = Misbehaving::Truncating.start().to_string();
    assert_fails(&[&url], &[], "truncated");
    assert_fails(&[&format!("tcp://{url}")], &[], "truncated");
    assert_snapshot!(ask(&[&url], &[]).report());
}

#[test]
fn fails_with_lame_for_an_empty_answer_without_soa() {
    let url = Misbehaving::Empty.start().to_string();
    assert_fails(&[&url], &[], "lame");
    assert_snapshot!(ask(&[&url], &[]).report());
}

#[test]
fn refusals_say_what_to_do_about_them() {
    let url = Misbehaving::Rcode(5).start().to_string();
    assert_snapshot!("refused_by_a_server", ask(&[&url], &[]).report());
    let url = Misbehaving::Rcode(2).start().to_string();
    assert_snapshot!("servfail", ask(&[&url], &[]).report());
}

#[test]
fn a_second_server_makes_up_for_the_first() {
    let refusing = Misbehaving::Rcode(2).start().to_string();
    let lame = Misbehaving::Empty.start().to_string();
    assert_fails(&[&refusing, &lame], &[], "lame");
}

#[test]
fn an_email_address_fails_at_the_mimix_step() {
    let url = Misbehaving::Rcode(2).start().to_string();
    let arguments = ["resolve", "alice@example.com", "--server", &url];
    let object = mimi(arguments.into_iter().chain(["--format=jsonl"]))
        .run()
        .object();
    assert_eq!(object["step"], "mimix");
    assert_eq!(object["names"], serde_json::json!(["example.com."]));
}

#[test]
fn blames_the_name_that_failed_and_not_the_one_asked_last() {
    let run = Mimi::resolve(crate::support::people_zone(), ["alice@halfway.example"]).run();
    let text = run.text();
    assert!(
        text.contains("records of alice.lame.people.example)"),
        "{text}"
    );
}
