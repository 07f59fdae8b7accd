//! Floods of forged answers around true ones: 10,000 from the right address and port, and none is accepted; from elsewhere, none even
//! arrives.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hickory_net::runtime::{DnsUdpSocket, RuntimeProvider};
use mimi_resolver::discovery::Response;
use mimi_resolver::{ConnectedRuntime, DnsClient, DnssecRequest, Server, Upstream};
use mimi_rr::{Mimi, TypeCodes};
use tokio::net::UdpSocket;
use tokio::task::JoinSet;

use crate::support::{question, short_waits};

const LOOPBACK: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
const LOOKUPS: usize = 200;
/// Before the answer to one question.
const FORGED: usize = 50;
const HEADER: usize = 12;

/// The octets of one question, and what can be made of them.
struct Heard<'a> {
    octets: &'a [u8],
    /// Where the question section ends.
    end: usize,
}

impl<'a> Heard<'a> {
    fn new(octets: &'a [u8]) -> Self {
        let mut end = HEADER;
        while octets[end] != 0 {
            end += usize::from(octets[end]) + 1;
        }
        Self {
            octets,
            end: end + 5,
        }
    }

    /// A response to it that holds an account.
    fn answer(&self, account: &str) -> Vec<u8> {
        let mut answer = self.octets[..self.end].to_vec();
        answer[2..HEADER].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
        let definition_string = format!("v=MIMI1; a={account}; e=m.example");
        let rdata = Mimi::new(definition_string.as_bytes()).unwrap().to_rdata();
        answer.extend([0xC0, 0x0C]);
        answer.extend(TypeCodes::DEFAULT.mimi().to_be_bytes());
        answer.extend([0, 1, 0, 0, 0, 60]);
        answer.extend(u16::try_from(rdata.len()).unwrap().to_be_bytes());
        answer.extend(rdata);
        answer
    }

    /// Something else, from somebody who would like to be believed. `number` says what.
    fn forgery(&self, number: usize) -> Vec<u8> {
        let mut forged = self.answer("eve");
        let wrong_id = |forged: &mut [u8]| {
            // Every ID but the right one, in turn.
            let id = u16::from_be_bytes([forged[0], forged[1]]);
            let step = u16::try_from(number % 65_535).unwrap() + 1;
            forged[..2].copy_from_slice(&id.wrapping_add(step).to_be_bytes());
        };
        match number % 8 {
            // Another question, with the right ID: the last letter of its first label, its type, its class, none.
            0 => forged[HEADER + 1] ^= 1,
            1 => forged[self.end - 3] ^= 1,
            2 => forged[self.end - 1] ^= 2,
            3 => {
                wrong_id(&mut forged);
                forged.truncate(number % HEADER);
            }
            // A question itself.
            4 => {
                wrong_id(&mut forged);
                forged[2] &= 0x7F;
            }
            5 => {
                wrong_id(&mut forged);
                forged.truncate(HEADER + number % 20);
            }
            _ => wrong_id(&mut forged),
        }
        forged
    }

    /// What has the right ID, cannot be the answer, and ends the sending: nobody may hold a question open with such.
    fn spoiler(&self, number: usize) -> Vec<u8> {
        let mut forged = self.answer("eve");
        match number % 3 {
            0 => forged.truncate(2 + number % 10),
            1 => forged[HEADER + 1] ^= 0x20,
            _ => forged.truncate(self.end + 6),
        }
        forged
    }
}

/// Sends forgeries before every answer, and to every second question a spoiler and nothing else.
async fn flood(socket: UdpSocket, sent: Arc<AtomicUsize>) {
    let mut buffer = [0; 4096];
    let mut questions = 0;
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            continue;
        };
        questions += 1;
        let heard = Heard::new(&buffer[..length]);
        if questions % 2 == 1 {
            let _gone = socket.send_to(&heard.spoiler(questions / 2), from).await;
            sent.fetch_add(1, Ordering::SeqCst);
            continue;
        }
        for _ in 0..FORGED {
            let number = sent.fetch_add(1, Ordering::SeqCst);
            let _gone = socket.send_to(&heard.forgery(number), from).await;
        }
        let _gone = socket.send_to(&heard.answer("bob"), from).await;
    }
}

fn account(response: &Response) -> String {
    assert_eq!((response.rcode, response.answer.len()), (0, 1));
    String::from_utf8_lossy(&response.answer[0].rdata).into_owned()
}

#[tokio::test]
async fn none_of_ten_thousand_forged_answers_from_the_right_address_is_accepted() {
    let socket = UdpSocket::bind(LOOPBACK).await.unwrap();
    let address = socket.local_addr().unwrap();
    let sent = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    tasks.spawn(flood(socket, Arc::clone(&sent)));
    let mut config = short_waits();
    // What is waited for is a pause after each spoiler.
    config.first_wait = std::time::Duration::from_millis(20);
    let client = DnsClient::new([Server::udp(address)], config).unwrap();
    let mut accepted = 0;
    for number in 0..LOOKUPS {
        let question = question(&format!("bob{number}.example"), TypeCodes::DEFAULT.mimi());
        let answer = client.ask(&question, DnssecRequest::Nothing).await;
        accepted += usize::from(account(&answer.unwrap()).contains("a=eve"));
    }
    assert_eq!(accepted, 0);
    assert!(sent.load(Ordering::SeqCst) >= LOOKUPS * FORGED);
}

#[tokio::test]
async fn a_perfect_answer_from_another_port_is_not_accepted() {
    let socket = UdpSocket::bind(LOOPBACK).await.unwrap();
    let address = socket.local_addr().unwrap();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let stranger = UdpSocket::bind(LOOPBACK).await.unwrap();
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            let heard = Heard::new(&buffer[..length]);
            // It has seen the question, and knows all there is to guess.
            stranger.send_to(&heard.answer("eve"), from).await.unwrap();
            socket.send_to(&heard.answer("bob"), from).await.unwrap();
        }
    });
    let client = DnsClient::new([Server::udp(address)], short_waits()).unwrap();
    for _ in 0..20 {
        let question = question("bob.example", TypeCodes::DEFAULT.mimi());
        let answer = client.ask(&question, DnssecRequest::Nothing).await;
        assert!(account(&answer.unwrap()).contains("a=bob"));
    }
}

#[tokio::test]
async fn what_comes_from_another_port_or_address_never_reaches_the_client() {
    let server = UdpSocket::bind(LOOPBACK).await.unwrap();
    let strangers = [
        UdpSocket::bind(LOOPBACK).await.unwrap(),
        UdpSocket::bind("127.0.0.2:0").await.unwrap(),
    ];
    let free = UdpSocket::bind(LOOPBACK).await.unwrap();
    let local = free.local_addr().unwrap();
    drop(free);
    let runtime = ConnectedRuntime::default();
    let socket = runtime.bind_udp(local, server.local_addr().unwrap());
    let socket = socket.await.unwrap();
    for stranger in strangers {
        stranger.send_to(b"from a stranger", local).await.unwrap();
    }
    server.send_to(b"from the server", local).await.unwrap();
    let mut buffer = [0; 64];
    let (length, from) = socket.recv_from(&mut buffer).await.unwrap();
    // What had come before would be here before: the kernel has dropped it.
    assert_eq!(&buffer[..length], b"from the server");
    assert_eq!(from, server.local_addr().unwrap());
}
