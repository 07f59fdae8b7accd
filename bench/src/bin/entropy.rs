//! What a forger has to guess of a question over UDP: its port, its ID, the case of its letters. Asked over loopback and heard there.
//!
//! `entropy QUESTIONS` prints a table. It fails where a part has less than it should.

#![forbid(unsafe_code)]

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mimi_bench::entropy::Estimate;
use mimi_resolver::discovery::{Question, Step};
use mimi_resolver::{DnsClient, DnsClientConfig, DnssecRequest, Server, Upstream};
use tokio::net::UdpSocket;

/// 16 letters, in two labels.
const NAME: &str = "abcdefghi.example";
/// The first port that is ever used.
const LEAST_PORT: u16 = 1024;
const HEADER: usize = 12;

#[derive(Default)]
struct Heard {
    ports: Vec<u16>,
    ids: Vec<u16>,
    cases: Vec<u16>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let questions = arguments.next().map_or(Ok(100_000), |text| text.parse())?;
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let heard = runtime.enable_all().build()?.block_on(ask(questions))?;
    println!(
        "| part | questions | possible | distinct | Shannon bits | collision bits | minimum bits | chi-square | chi-square of steps |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut total = [0.0; 3];
    let mut weak = Vec::new();
    for (part, values, least) in [
        ("port", &heard.ports, LEAST_PORT),
        ("ID", &heard.ids, 0),
        ("case of 16 letters", &heard.cases, 0),
    ] {
        let estimate = Estimate::new(values, least);
        let bits = [estimate.shannon, estimate.collision, estimate.minimum];
        println!(
            "| {part} | {} | {} | {} | {:.2} | {:.2} | {:.2} | {:+.1} | {:+.1} |",
            values.len(),
            estimate.possible,
            estimate.distinct,
            bits[0],
            bits[1],
            bits[2],
            estimate.chi_square,
            estimate.chi_square_of_steps,
        );
        total = [0, 1, 2].map(|index| total[index] + bits[index]);
        // Seven standard deviations; a tenth of a bit for each of the sixteen leaves room for small samples.
        let is_even = estimate.chi_square.abs() < 7.0 && estimate.chi_square_of_steps.abs() < 7.0;
        if !is_even || estimate.minimum < 14.4 {
            weak.push(part);
        }
    }
    let [shannon, collision, minimum] = total;
    println!("| all | | | | {shannon:.2} | {collision:.2} | {minimum:.2} | | |");
    if !weak.is_empty() {
        return Err(format!("easy to guess: {}", weak.join(", ")).into());
    }
    Ok(())
}

async fn ask(questions: usize) -> Result<Heard, Box<dyn Error>> {
    let socket = UdpSocket::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let mut config = DnsClientConfig::default();
    config.first_wait = Duration::from_secs(3);
    let client = DnsClient::new([Server::udp(socket.local_addr()?)], config)?;
    let heard = Arc::new(Mutex::new(Heard::default()));
    let refusing = tokio::spawn(refuse(socket, Arc::clone(&heard)));
    let question = Question {
        name: NAME.parse()?,
        record_type: 65_357,
        step: Step::Mimi,
    };
    for _ in 0..questions {
        client
            .ask(&question, DnssecRequest::Nothing)
            .await
            .map_err(|failure| format!("{failure:?}"))?;
    }
    refusing.abort();
    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(std::mem::take(&mut heard))
}

/// Refuses everything, which ends a question at once.
async fn refuse(socket: UdpSocket, heard: Arc<Mutex<Heard>>) {
    let mut buffer = [0; 4096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            continue;
        };
        let Some(question) = buffer.get_mut(..length) else {
            continue;
        };
        let [first, second, third, fourth, ..] = question else {
            continue;
        };
        let id = u16::from_be_bytes([*first, *second]);
        (*third, *fourth) = (0x81, 0x85);
        let letters = question.iter().skip(HEADER).take(NAME.len() + 1);
        let letters = letters.filter(|octet| octet.is_ascii_alphabetic());
        let case = letters.fold(0, |bits: u16, octet| {
            bits << 1 | u16::from(octet.is_ascii_uppercase())
        });
        {
            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.ports.push(from.port());
            heard.ids.push(id);
            heard.cases.push(case);
        }
        // An asker that has gone.
        let _ = socket.send_to(question, from).await;
    }
}
