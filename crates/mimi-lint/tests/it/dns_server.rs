//! A name server on loopback for tests: one small zone, and ways to be amiss.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use mimi_name::DomainName;
use mimi_rr::{Mimi, TypeCodes};

const SOA: u16 = 6;
const AXFR: u16 = 252;

/// What is amiss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Amiss {
    Nothing,
    /// Says nothing at all.
    Silent,
    /// Gives every question this response code.
    Code(u8),
    /// Answers without authority.
    Lame,
    /// Cuts every answer short over UDP, and takes no TCP connection.
    NoTcp,
    /// Sends these octets behind the ID of the question.
    Garbage(Vec<u8>),
    /// Sends answers to other questions without end.
    Flood,
    /// Begins zone transfers and breaks them off.
    EndsEarly,
    /// Sends one octet now and then over TCP.
    Drips,
}

/// A server. It goes on until the test process ends.
pub(crate) struct DnsServer {
    pub(crate) address: SocketAddr,
}

struct Zone {
    apex: DomainName,
    serial: u32,
    records: Vec<(DomainName, u16, Vec<u8>)>,
    amiss: Amiss,
    transfers: bool,
}

pub(crate) struct Builder(Zone);

pub(crate) fn name(text: &str) -> DomainName {
    DomainName::parse_absolute(text).unwrap()
}

/// A server of `example.com`.
pub(crate) fn example() -> Builder {
    Builder(Zone {
        apex: name("example.com"),
        serial: 1,
        records: Vec::new(),
        amiss: Amiss::Nothing,
        transfers: false,
    })
}

impl Builder {
    pub(crate) fn mimi(self, owner: &str, definition: &str) -> Self {
        let rdata = Mimi::new(definition.as_bytes()).unwrap().to_rdata();
        self.record(owner, TypeCodes::DEFAULT.mimi(), rdata)
    }

    pub(crate) fn mimix(self, owner: &str, target: &str) -> Self {
        let rdata = name(target).as_wire().to_vec();
        self.record(owner, TypeCodes::DEFAULT.mimix(), rdata)
    }

    pub(crate) fn record(mut self, owner: &str, record_type: u16, rdata: Vec<u8>) -> Self {
        self.0.records.push((name(owner), record_type, rdata));
        self
    }

    pub(crate) fn serial(mut self, serial: u32) -> Self {
        self.0.serial = serial;
        self
    }

    pub(crate) fn amiss(mut self, amiss: Amiss) -> Self {
        self.0.amiss = amiss;
        self
    }

    pub(crate) fn transfers(mut self) -> Self {
        self.0.transfers = true;
        self
    }

    pub(crate) fn start(self) -> DnsServer {
        let (udp, tcp) = loop {
            let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()) {
                break (udp, tcp);
            }
        };
        let address = udp.local_addr().unwrap();
        let zone = Arc::new(self.0);
        if zone.amiss != Amiss::NoTcp {
            let zone = Arc::clone(&zone);
            thread::spawn(move || {
                for stream in tcp.incoming().flatten() {
                    let zone = Arc::clone(&zone);
                    thread::spawn(move || zone.serve_tcp(stream));
                }
            });
        }
        thread::spawn(move || zone.serve_udp(&udp));
        DnsServer { address }
    }
}

impl Zone {
    fn serve_udp(&self, socket: &UdpSocket) {
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut buffer) {
            let question = &buffer[..length];
            match &self.amiss {
                Amiss::Silent => {}
                Amiss::Garbage(octets) => {
                    let _ = socket.send_to(&[&question[..2], octets].concat(), from);
                }
                Amiss::Flood => {
                    let mut answer = self.messages(question).remove(0);
                    answer[0] ^= 1;
                    for _ in 0..100_000 {
                        let _ = socket.send_to(&answer, from);
                    }
                }
                _ => {
                    let mut answer = self.messages(question).remove(0);
                    if answer.len() > 1232 || matches!(self.amiss, Amiss::NoTcp | Amiss::Drips) {
                        answer = header(question, 0x8600, 0, 0);
                    }
                    let _ = socket.send_to(&answer, from);
                }
            }
        }
    }

    fn serve_tcp(&self, mut stream: TcpStream) {
        let mut length = [0; 2];
        while stream.read_exact(&mut length).is_ok() {
            let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut question).unwrap();
            if self.amiss == Amiss::Silent {
                thread::sleep(Duration::from_secs(60));
            }
            for message in self.messages(&question) {
                let length = u16::try_from(message.len()).unwrap().to_be_bytes();
                let octets = [&length, message.as_slice()].concat();
                if self.amiss != Amiss::Drips {
                    let _ = stream.write_all(&octets);
                    continue;
                }
                for octet in octets {
                    if stream.write_all(&[octet]).is_err() {
                        return;
                    }
                    thread::sleep(Duration::from_millis(50));
                }
            }
            if self.amiss == Amiss::EndsEarly {
                return;
            }
        }
    }

    /// What answers a question: several messages for a transfer.
    fn messages(&self, question: &[u8]) -> Vec<Vec<u8>> {
        let (asked, rest) = DomainName::split_wire(&question[12..]).unwrap();
        let record_type = u16::from_be_bytes([rest[0], rest[1]]);
        let soa = record(&self.apex, SOA, &self.soa());
        if let Amiss::Code(code) = self.amiss {
            return vec![header(question, 0x8400 | u16::from(code), 0, 0)];
        }
        if !asked.is_within(&self.apex) || (record_type == AXFR && !self.transfers) {
            return vec![header(question, 0x8005, 0, 0)];
        }
        if record_type == AXFR {
            let one = |octets: &[u8]| [header(question, 0x8400, 1, 0), octets.to_vec()].concat();
            let mut messages = vec![one(&soa)];
            for (owner, record_type, rdata) in &self.records {
                messages.push(one(&record(owner, *record_type, rdata)));
            }
            if self.amiss != Amiss::EndsEarly {
                messages.push(one(&soa));
            }
            return messages;
        }
        let flags = match self.amiss {
            Amiss::Lame => 0x8000,
            _ => 0x8400,
        };
        let mut answers = Vec::new();
        let mut exists = asked == self.apex;
        for (owner, of_type, rdata) in &self.records {
            exists |= owner.is_within(&asked);
            if *owner == asked && *of_type == record_type {
                answers.push(record(&asked, record_type, rdata));
            }
        }
        if record_type == SOA && asked == self.apex {
            answers.push(soa.clone());
        }
        let count = u16::try_from(answers.len()).unwrap();
        if count > 0 {
            return vec![[header(question, flags, count, 0), answers.concat()].concat()];
        }
        let flags = if exists { flags } else { flags | 3 };
        vec![[header(question, flags, 0, 1), soa].concat()]
    }

    fn soa(&self) -> Vec<u8> {
        let mut rdata = name("ns1.example.com").as_wire().to_vec();
        rdata.extend_from_slice(name("host.example.com").as_wire());
        for number in [self.serial, 3600, 900, 604_800, 300] {
            rdata.extend(number.to_be_bytes());
        }
        rdata
    }
}

fn header(question: &[u8], flags: u16, answers: u16, authorities: u16) -> Vec<u8> {
    let (asked, _) = DomainName::split_wire(&question[12..]).unwrap();
    let mut octets = question[..2].to_vec();
    for word in [flags, 1, answers, authorities, 0] {
        octets.extend(word.to_be_bytes());
    }
    let end = 12 + asked.as_wire().len() + 4;
    octets.extend_from_slice(&question[12..end]);
    octets
}

fn record(owner: &DomainName, record_type: u16, rdata: &[u8]) -> Vec<u8> {
    let mut octets = owner.as_wire().to_vec();
    octets.extend(record_type.to_be_bytes());
    octets.extend([0, 1, 0, 0, 0x0e, 0x10]);
    octets.extend(u16::try_from(rdata.len()).unwrap().to_be_bytes());
    octets.extend_from_slice(rdata);
    octets
}
