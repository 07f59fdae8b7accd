//! Over real sockets on loopback.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, RecordType};
use mimi_authority::{MAX_CONNECTIONS, RunningServer, Server};
use mimi_name::DomainName;
use mimi_rr::Mimi;
use mimi_rr::hickory::{from_hickory_name, to_hickory_name};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

use crate::support::{MIMI, load, name};

const PATIENCE: Duration = Duration::from_secs(5);
const LOOPBACK: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

fn text() -> String {
    let mut text = r#"$ORIGIN example.
@ 60 SOA . . 1 2 3 4 60
alice 60 MIMI "v=MIMI1; a=alice; e=im.example.org"
* 60 MIMI "v=MIMI1; a=catch-all; e=im.example.org"
exists 60 A 192.0.2.1
first+tag 60 MIMI "plus"
o'brien 60 MIMI "apostrophe"
a\032b 60 MIMI "space"
first\.last 60 MIMI "dot inside"
"#
    .to_owned();
    for (owner, records) in [("middle", 4), ("large", 100), ("huge", 300)] {
        for index in 0..records {
            text.push_str(&format!(
                "{owner} 60 MIMI \"{index:0>100}\" \"{index:0>140}\"\n"
            ));
        }
    }
    text
}

async fn start() -> RunningServer {
    let (zones, _) = load(&text());
    Server::bind([LOOPBACK], zones).await.unwrap()
}

fn query(owner: &DomainName, record_type: u16) -> Message {
    let mut message = Message::new(4711, MessageType::Query, OpCode::Query);
    let owner = to_hickory_name(owner).unwrap();
    message.add_query(Query::query(owner, RecordType::from(record_type)));
    message
}

fn with_edns(mut message: Message, size: u16, version: u8) -> Message {
    let mut edns = Edns::new();
    edns.set_max_payload(size).set_version(version);
    message.edns = Some(edns);
    message
}

async fn over_udp(server: &RunningServer, octets: &[u8]) -> Vec<u8> {
    let socket = UdpSocket::bind(LOOPBACK).await.unwrap();
    socket.send_to(octets, server.local_addr()).await.unwrap();
    let mut reply = vec![0; 65535];
    let received = timeout(PATIENCE, socket.recv(&mut reply)).await;
    reply.truncate(received.unwrap().unwrap());
    reply
}

async fn exchange_tcp(stream: &mut TcpStream, octets: &[u8]) -> Vec<u8> {
    let length = u16::try_from(octets.len()).unwrap().to_be_bytes();
    stream.write_all(&[&length, octets].concat()).await.unwrap();
    let length = timeout(PATIENCE, stream.read_u16()).await.unwrap().unwrap();
    let mut reply = vec![0; length.into()];
    stream.read_exact(&mut reply).await.unwrap();
    reply
}

async fn over_tcp(server: &RunningServer, message: &Message) -> Message {
    let mut stream = TcpStream::connect(server.local_addr()).await.unwrap();
    let reply = exchange_tcp(&mut stream, &message.to_vec().unwrap()).await;
    Message::from_vec(&reply).unwrap()
}

async fn ask(server: &RunningServer, message: &Message) -> Message {
    let reply = over_udp(server, &message.to_vec().unwrap()).await;
    Message::from_vec(&reply).unwrap()
}

fn strings(reply: &Message) -> Vec<String> {
    let strings = reply.answers.iter().map(|record| {
        let mimi = Mimi::try_from(&record.data).unwrap();
        String::from_utf8(mimi.definition_string().into_owned()).unwrap()
    });
    strings.collect()
}

#[tokio::test]
async fn udp_and_tcp_answer_alike_on_one_port() {
    let server = start().await;
    let question = query(&name("alice.example"), MIMI);
    for reply in [
        ask(&server, &question).await,
        over_tcp(&server, &question).await,
    ] {
        assert_eq!(reply.metadata.id, 4711);
        assert!(reply.metadata.authoritative && !reply.metadata.recursion_available);
        assert_eq!(strings(&reply), ["v=MIMI1; a=alice; e=im.example.org"]);
    }
    server.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_case_of_the_question_comes_back_in_the_question_and_the_owner() {
    let server = start().await;
    let octets = query(&name("aLiCe.ExAmPlE"), MIMI).to_vec().unwrap();
    let reply = over_udp(&server, &octets).await;
    // Header, then the question as it was sent.
    assert_eq!(reply[12..octets.len()], octets[12..]);
    let owner = name("aLiCe.ExAmPlE");
    let found = Message::from_vec(&reply).unwrap().answers[0].name.clone();
    assert!(from_hickory_name(&found).unwrap().eq_case(&owner));
}

#[tokio::test]
async fn unusual_octets_survive_the_wire() {
    let server = start().await;
    for (label, found) in [
        ("first+tag", "plus"),
        ("o'brien", "apostrophe"),
        ("a b", "space"),
        ("first.last", "dot inside"),
    ] {
        let owner = name("example").prepend(label.as_bytes()).unwrap();
        let reply = ask(&server, &query(&owner, MIMI)).await;
        assert_eq!(strings(&reply), [found]);
    }
}

#[tokio::test]
async fn never_answers_from_a_wildcard_beside_an_existing_name() {
    let server = start().await;
    let reply = ask(&server, &query(&name("exists.example"), MIMI)).await;
    assert_eq!(reply.metadata.response_code, ResponseCode::NoError);
    assert!(reply.answers.is_empty());
    assert_eq!(reply.authorities[0].record_type(), RecordType::SOA);
    let reply = ask(&server, &query(&name("other.example"), MIMI)).await;
    assert_eq!(strings(&reply), ["v=MIMI1; a=catch-all; e=im.example.org"]);
}

#[tokio::test]
async fn what_does_not_fit_udp_is_sent_empty_and_comes_whole_over_tcp() {
    let server = start().await;
    let question = query(&name("large.example"), MIMI);
    for question in [question.clone(), with_edns(question.clone(), 65535, 0)] {
        let reply = over_udp(&server, &question.to_vec().unwrap()).await;
        assert!(reply.len() <= 512);
        let reply = Message::from_vec(&reply).unwrap();
        assert!(reply.metadata.truncation);
        assert!(reply.answers.is_empty());
        assert_eq!(reply.edns.is_some(), question.edns.is_some());
        let reply = over_tcp(&server, &question).await;
        assert!(!reply.metadata.truncation);
        assert_eq!(reply.answers.len(), 100);
    }
}

#[tokio::test]
async fn the_offer_of_the_client_counts_up_to_1232() {
    let server = start().await;
    let question = query(&name("middle.example"), MIMI);
    let whole = over_tcp(&server, &question).await.to_vec().unwrap().len();
    assert!((700..1200).contains(&whole), "{whole}");
    assert!(ask(&server, &question).await.metadata.truncation);
    for (size, truncated) in [(512, true), (600, true), (1232, false), (4096, false)] {
        let reply = ask(&server, &with_edns(question.clone(), size, 0)).await;
        assert_eq!(reply.metadata.truncation, truncated, "{size}");
        assert_eq!(reply.answers.len(), if truncated { 0 } else { 4 });
    }
    let question = query(&name("alice.example"), MIMI);
    for size in [0, 100, 512, 1232, 4096, 65535] {
        let reply = ask(&server, &with_edns(question.clone(), size, 0)).await;
        assert_eq!(reply.answers.len(), 1);
        let offered = reply.edns.unwrap().max_payload();
        assert_eq!(offered, size.clamp(512, 1232));
    }
}

#[tokio::test]
async fn fails_for_an_rrset_that_fits_no_message() {
    let server = start().await;
    let question = query(&name("huge.example"), MIMI);
    assert!(ask(&server, &question).await.metadata.truncation);
    let reply = over_tcp(&server, &question).await;
    assert_eq!(reply.metadata.response_code, ResponseCode::ServFail);
    assert!(reply.answers.is_empty());
}

#[tokio::test]
async fn every_rrset_that_loads_without_a_problem_can_be_answered() {
    let mut text = "example. 60 SOA . . 1 2 3 4 60\n".to_owned();
    for records in 230..260 {
        for index in 0..records {
            text.push_str(&format!("n{records}.example. 60 MIMI \"{index:0>250}\"\n"));
        }
    }
    let (zones, problems) = load(&text);
    let server = Server::bind([LOOPBACK], zones).await.unwrap();
    let mut failed = 0;
    for records in 230..260 {
        let question = query(&name(&format!("n{records}.example")), MIMI);
        let reply = over_tcp(&server, &question).await;
        match reply.metadata.response_code {
            ResponseCode::ServFail => failed += 1,
            _ => assert_eq!(reply.answers.len(), records),
        }
    }
    assert!(0 < failed && failed <= problems.len() && problems.len() < 30);
}

#[tokio::test]
async fn drops_messages_that_claim_to_be_responses() {
    let server = start().await;
    let mut response = query(&name("alice.example"), MIMI);
    response.metadata.message_type = MessageType::Response;
    let socket = UdpSocket::bind(LOOPBACK).await.unwrap();
    socket.connect(server.local_addr()).await.unwrap();
    socket.send(&response.to_vec().unwrap()).await.unwrap();
    let mut question = query(&name("alice.example"), MIMI);
    question.metadata.id = 4712;
    socket.send(&question.to_vec().unwrap()).await.unwrap();
    let mut reply = [0; 1232];
    timeout(PATIENCE, socket.recv(&mut reply))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(reply[..2], 4712u16.to_be_bytes());

    let mut stream = TcpStream::connect(server.local_addr()).await.unwrap();
    let octets = response.to_vec().unwrap();
    let length = u16::try_from(octets.len()).unwrap().to_be_bytes();
    stream
        .write_all(&[&length, octets.as_slice()].concat())
        .await
        .unwrap();
    let closed = timeout(PATIENCE, stream.read_u16()).await.unwrap();
    assert!(closed.is_err());
}

#[tokio::test]
async fn refuses_what_it_does_not_serve() {
    let server = start().await;
    let alice = name("alice.example");
    for (record_type, expected) in [
        (252, ResponseCode::Refused),
        (251, ResponseCode::Refused),
        (249, ResponseCode::NotImp),
        (253, ResponseCode::NotImp),
        (41, ResponseCode::NotImp),
    ] {
        let reply = over_tcp(&server, &query(&alice, record_type)).await;
        assert_eq!(reply.metadata.response_code, expected, "TYPE{record_type}");
        assert!(reply.answers.is_empty());
    }
    for class in [DNSClass::CH, DNSClass::ANY] {
        let mut question = query(&alice, MIMI);
        question.queries[0].set_query_class(class);
        let reply = ask(&server, &question).await;
        assert_eq!(reply.metadata.response_code, ResponseCode::Refused);
    }
    for op_code in [OpCode::Notify, OpCode::Update, OpCode::Status] {
        let mut question = query(&alice, 6);
        question.metadata.op_code = op_code;
        let reply = ask(&server, &question).await;
        assert_eq!(reply.metadata.response_code, ResponseCode::NotImp);
    }
    let reply = ask(&server, &query(&name("example.net"), MIMI)).await;
    assert_eq!(reply.metadata.response_code, ResponseCode::Refused);
    assert!(!reply.metadata.authoritative);
}

#[tokio::test]
async fn refuses_malformed_requests_with_the_code_for_each() {
    let server = start().await;
    let alice = query(&name("alice.example"), MIMI);
    let reply = ask(&server, &with_edns(alice.clone(), 1232, 1)).await;
    // hickory reads 16 as BADSIG, its other meaning.
    let code = u16::from(ResponseCode::BADVERS);
    assert_eq!(u16::from(reply.metadata.response_code), code);
    assert_eq!(reply.edns.unwrap().version(), 0);
    let mut none = alice.clone();
    none.queries.clear();
    let mut two = alice.clone();
    two.queries.extend(alice.queries.clone());
    for question in [none, two] {
        let reply = ask(&server, &question).await;
        assert_eq!(reply.metadata.response_code, ResponseCode::FormErr);
    }
    let octets = alice.to_vec().unwrap();
    let cut = over_udp(&server, &octets[..octets.len() - 1]).await;
    assert_eq!((cut.len(), cut[3] & 15), (12, 1));
}

#[tokio::test]
async fn any_gets_one_record() {
    let server = start().await;
    let reply = ask(&server, &query(&name("large.example"), 255)).await;
    assert_eq!(reply.answers.len(), 1);
    assert_eq!(reply.answers[0].record_type(), RecordType::HINFO);
}

#[tokio::test]
async fn one_connection_takes_many_questions_at_once() {
    let server = start().await;
    let mut stream = TcpStream::connect(server.local_addr()).await.unwrap();
    let mut octets = Vec::new();
    for id in 0..100 {
        let mut question = query(&name("alice.example"), MIMI);
        question.metadata.id = id;
        let question = question.to_vec().unwrap();
        octets.extend(u16::try_from(question.len()).unwrap().to_be_bytes());
        octets.extend(question);
    }
    stream.write_all(&octets).await.unwrap();
    for id in 0..100 {
        let length = timeout(PATIENCE, stream.read_u16()).await.unwrap().unwrap();
        let mut reply = vec![0; length.into()];
        stream.read_exact(&mut reply).await.unwrap();
        assert_eq!(Message::from_vec(&reply).unwrap().metadata.id, id);
    }
}

#[tokio::test]
async fn a_burst_over_udp_is_answered_in_full() {
    let server = start().await;
    let socket = UdpSocket::bind(LOOPBACK).await.unwrap();
    socket.connect(server.local_addr()).await.unwrap();
    for id in 0..150 {
        let mut question = query(&name("alice.example"), MIMI);
        question.metadata.id = id;
        socket.send(&question.to_vec().unwrap()).await.unwrap();
    }
    let mut reply = [0; 1232];
    for _ in 0..150 {
        timeout(PATIENCE, socket.recv(&mut reply))
            .await
            .unwrap()
            .unwrap();
    }
}

#[tokio::test]
async fn connections_over_the_bound_wait_for_a_place() {
    let server = start().await;
    let question = query(&name("alice.example"), MIMI).to_vec().unwrap();
    let mut idle = Vec::new();
    for _ in 0..MAX_CONNECTIONS {
        let mut stream = TcpStream::connect(server.local_addr()).await.unwrap();
        exchange_tcp(&mut stream, &question).await;
        idle.push(stream);
    }
    let mut late = TcpStream::connect(server.local_addr()).await.unwrap();
    let refused = timeout(
        Duration::from_millis(200),
        exchange_tcp(&mut late, &question),
    )
    .await;
    assert!(refused.is_err());
    // UDP goes on meanwhile.
    over_udp(&server, &question).await;
    idle.pop();
    // The question of the late one was sent before; its answer comes now.
    timeout(PATIENCE, late.read_u16()).await.unwrap().unwrap();
}

#[tokio::test]
async fn shutdown_frees_the_port_and_several_addresses_are_served() {
    let (zones, _) = load(&text());
    let second = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
    let addresses = if UdpSocket::bind(second).await.is_ok() {
        vec![LOOPBACK, second]
    } else {
        vec![LOOPBACK, LOOPBACK]
    };
    let server = Server::bind(addresses, zones).await.unwrap();
    let addresses = server.local_addrs().to_vec();
    assert_eq!(addresses.len(), 2);
    let mut stream = TcpStream::connect(addresses[1]).await.unwrap();
    exchange_tcp(
        &mut stream,
        &query(&name("alice.example"), MIMI).to_vec().unwrap(),
    )
    .await;
    timeout(PATIENCE, server.shutdown()).await.unwrap().unwrap();
    assert!(stream.read_u16().await.is_err());
    for address in addresses {
        UdpSocket::bind(address).await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}

#[tokio::test]
async fn fails_to_bind_without_an_address_or_twice_on_one_port() {
    let (zones, _) = load("");
    assert!(Server::bind([], zones).await.is_err());
    let server = start().await;
    let (zones, _) = load("");
    assert!(Server::bind([server.local_addr()], zones).await.is_err());
}
