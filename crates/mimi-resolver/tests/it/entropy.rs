//! What a forger has to guess: the port, the ID and the case of the letters, all of them free. `cargo xtask entropy` measures them over
//! 100,000 questions.

use std::collections::HashSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use mimi_resolver::{DnsClient, DnssecRequest, Server, Upstream};
use mimi_rr::TypeCodes;
use tokio::net::UdpSocket;
use tokio::task::JoinSet;

use crate::support::{question, short_waits};

const QUESTIONS: usize = 2_000;
/// 16 letters.
const NAME: &str = "abcdefghi.example";

/// Port, ID, and the case of the letters in order of the name, one bit each.
type Guess = (u16, u16, u16);

fn case_bits(octets: &[u8]) -> u16 {
    let letters = octets.iter().filter(|octet| octet.is_ascii_alphabetic());
    letters.fold(0, |bits, octet| {
        bits << 1 | u16::from(octet.is_ascii_uppercase())
    })
}

/// Refuses everything, which ends a question at once, and remembers what was to be guessed.
async fn refuse(socket: UdpSocket, guesses: Arc<Mutex<Vec<Guess>>>) {
    let mut buffer = [0; 4096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            continue;
        };
        let question = &mut buffer[..length];
        let id = u16::from_be_bytes([question[0], question[1]]);
        let name = &question[12..12 + NAME.len() + 1];
        let guess = (from.port(), id, case_bits(name));
        guesses.lock().unwrap().push(guess);
        question[2..4].copy_from_slice(&[0x81, 0x85]);
        let _gone = socket.send_to(question, from).await;
    }
}

async fn guesses() -> Vec<Guess> {
    let socket = UdpSocket::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await;
    let socket = socket.unwrap();
    let client = DnsClient::new([Server::udp(socket.local_addr().unwrap())], short_waits());
    let client = client.unwrap();
    let guesses = Arc::new(Mutex::default());
    let mut tasks = JoinSet::new();
    tasks.spawn(refuse(socket, Arc::clone(&guesses)));
    let question = question(NAME, TypeCodes::DEFAULT.mimi());
    for _ in 0..QUESTIONS {
        let refused = client.ask(&question, DnssecRequest::Nothing).await;
        assert_eq!(refused.map(|response| response.rcode), Ok(5));
    }
    guesses.lock().unwrap().clone()
}

/// How often each bit is set, from the highest down.
fn ones(values: impl Iterator<Item = u16> + Clone) -> Vec<usize> {
    let count = |bit: u16| values.clone().filter(|value| value >> bit & 1 == 1).count();
    (0..16).rev().map(count).collect()
}

#[tokio::test]
async fn ports_ids_and_case_are_different_each_time_and_every_bit_toggles() {
    let guesses = guesses().await;
    assert!(guesses.len() >= QUESTIONS);
    // 48 bits: two equal ones among thousands are no accident.
    let different: HashSet<_> = guesses.iter().collect();
    assert_eq!(different.len(), guesses.len());
    let ports = ones(guesses.iter().map(|guess| guess.0));
    let ids = ones(guesses.iter().map(|guess| guess.1));
    let cases = ones(guesses.iter().map(|guess| guess.2));
    // Six standard deviations around a half; ports below 1024 are not used, which moves no bit by as much as one.
    let deviation = (guesses.len() as f64).sqrt() / 2.0;
    for (what, bits) in [("port", ports), ("ID", ids), ("case", cases)] {
        for count in &bits {
            let off = (*count as f64 - guesses.len() as f64 / 2.0).abs();
            assert!(off < 6.0 * deviation, "{what}: {bits:?}");
        }
    }
    // None of them follows from the one before.
    type Part = fn(&Guess) -> u16;
    let parts: [Part; 3] = [|guess| guess.0, |guess| guess.1, |guess| guess.2];
    for part in parts {
        let steps = guesses
            .windows(2)
            .map(|pair| part(&pair[1]).wrapping_sub(part(&pair[0])));
        let mut counts = std::collections::HashMap::<u16, usize>::new();
        steps.for_each(|step| *counts.entry(step).or_default() += 1);
        // Of 2,000 among 65,536, six equal ones happen once in some million runs.
        let most = counts.values().copied().max().unwrap();
        assert!(most < 6, "a step occurs {most} times");
    }
}
