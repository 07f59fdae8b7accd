//! Servers that fail in ways that no zone file can express.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::thread;

/// A port of loopback where questions arrive and nobody answers. It is closed when the socket is dropped.
pub(crate) fn silent_server() -> (UdpSocket, String) {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let url = format!("udp://{}", socket.local_addr().unwrap());
    (socket, url)
}

/// How a server fails.
#[derive(Clone, Copy)]
pub(crate) enum Misbehaving {
    /// It answers with this RCODE and nothing else.
    Rcode(u8),
    /// It says over UDP and TCP that its answer did not fit.
    Truncating,
    /// It answers NOERROR, with no record in any section.
    Empty,
}

impl Misbehaving {
    /// Starts the server on loopback, over UDP and TCP, for as long as the tests run. Returns its address.
    pub(crate) fn start(self) -> SocketAddr {
        let (udp, tcp, address) = sockets();
        thread::spawn(move || {
            let mut buffer = [0; 1500];
            while let Ok((length, from)) = udp.recv_from(&mut buffer) {
                let _ = udp.send_to(&self.answer(&buffer[..length]), from);
            }
        });
        thread::spawn(move || {
            for stream in tcp.incoming() {
                let mut stream = stream.unwrap();
                let mut length = [0; 2];
                while stream.read_exact(&mut length).is_ok() {
                    let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
                    stream.read_exact(&mut question).unwrap();
                    let answer = self.answer(&question);
                    let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
                    let _ = stream.write_all(&[&length, &answer[..]].concat());
                }
            }
        });
        address
    }

    /// The question back, with the bits of a response and no further record.
    fn answer(self, question: &[u8]) -> Vec<u8> {
        let name_end = 12 + question[12..].iter().position(|octet| *octet == 0).unwrap();
        let mut answer = question[..name_end + 5].to_vec();
        let (truncated, rcode) = match self {
            Self::Rcode(rcode) => (0, rcode),
            Self::Truncating => (0b10, 0),
            Self::Empty => (0, 0),
        };
        answer[2] = 0b1000_0000 | truncated | (question[2] & 1);
        answer[3] = 0b1000_0000 | rcode;
        // One question, and nothing in the other sections: the OPT record of the question is gone, too.
        answer[6..12].fill(0);
        answer
    }
}

/// A port that is free over UDP and TCP: another test may have taken the one of the two.
fn sockets() -> (UdpSocket, TcpListener, SocketAddr) {
    loop {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = tcp.local_addr().unwrap();
        if let Ok(udp) = UdpSocket::bind(address) {
            return (udp, tcp, address);
        }
    }
}
