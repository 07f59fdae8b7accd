//! What is on the wire: tcpdump's file, the TCP streams in it, and the TLS records in those.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::IDENTIFIERS;

/// The padded DNS messages are this long, or twice (RFC 8467 §4.1).
const BLOCK: usize = 128;

/// How long the last packets may take from the kernel to tcpdump.
const SETTLING: Duration = Duration::from_millis(500);

/// A capture that is going on.
pub(super) struct Capture {
    child: Child,
    file: PathBuf,
}

impl Capture {
    /// Captures what goes to and from a port of loopback; or says why that cannot be.
    pub(super) fn start(
        tcpdump: &Path,
        folder: &Path,
        port: u16,
    ) -> Result<std::result::Result<Self, String>> {
        let file = folder.join(format!("{port}.pcap"));
        let mut child = Command::new(tcpdump)
            .args(["-i", "lo", "-n", "-U", "--immediate-mode", "-s", "0"])
            .args(["-B", "16384", "-Z", "root", "-w"])
            .arg(&file)
            .arg(format!("port {port}"))
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = child.stderr.take().context("no standard error")?;
        let mut said = String::new();
        let mut lines = BufReader::new(stderr);
        while lines.read_line(&mut said)? > 0 {
            if said.contains("listening on") {
                // What it says later would stop it if nobody read it.
                thread::spawn(move || lines.read_to_end(&mut Vec::new()));
                return Ok(Ok(Self { child, file }));
            }
        }
        child.wait()?;
        Ok(Err(format!("tcpdump cannot run: {}", said.trim())))
    }

    /// Ends the capture, and reads it.
    pub(super) fn stop(mut self) -> Result<Traffic> {
        thread::sleep(SETTLING);
        let mut kill = Command::new("kill");
        kill.args(["-INT", &self.child.id().to_string()]);
        if !kill.status()?.success() {
            bail!("tcpdump cannot be stopped");
        }
        self.child.wait()?;
        Traffic::read(&fs::read(&self.file)?)
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        // One that has ended needs no stopping.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where a stream goes from and to: ports, since all is on one host.
type Direction = (u16, u16);

/// The octets of each TCP stream, in order.
pub(super) struct Traffic {
    streams: BTreeMap<Direction, Vec<u8>>,
}

/// One TCP segment.
struct Segment<'a> {
    direction: Direction,
    begins: bool,
    sequence: u32,
    payload: &'a [u8],
}

impl Traffic {
    fn read(file: &[u8]) -> Result<Self> {
        // Where each stream begins, and its segments by their distance from there: even loopback changes their order.
        let mut segments = BTreeMap::<Direction, (u32, BTreeMap<u32, &[u8]>)>::new();
        for packet in packets(file)? {
            let Some(segment) = segment(packet) else {
                continue;
            };
            if segment.begins {
                let first = segment.sequence.wrapping_add(1);
                segments.insert(segment.direction, (first, BTreeMap::new()));
            } else if let Some((first, parts)) = segments.get_mut(&segment.direction)
                && !segment.payload.is_empty()
            {
                // Other streams are connections that were opened before, to see whether anybody listens.
                let distance = segment.sequence.wrapping_sub(*first);
                let part = parts.entry(distance).or_default();
                if segment.payload.len() > part.len() {
                    *part = segment.payload;
                }
            }
        }
        let mut streams = BTreeMap::new();
        for (direction, (_, parts)) in segments {
            let mut octets = Vec::new();
            for (distance, part) in parts {
                // What was sent twice is there once.
                let again = octets.len().checked_sub(distance as usize);
                let again = again.context("the capture lacks a packet")?;
                octets.extend(part.get(again..).unwrap_or_default());
            }
            streams.insert(direction, octets);
        }
        Ok(Self { streams })
    }

    /// How many octets went in both directions.
    pub(super) fn octets(&self) -> usize {
        self.streams.values().map(Vec::len).sum()
    }

    /// Whether these octets stand anywhere, in whatever case.
    pub(super) fn has(&self, wanted: &[u8]) -> bool {
        let is_there = |octets: &Vec<u8>| {
            let mut windows = octets.windows(wanted.len().max(1));
            windows.any(|window| window.eq_ignore_ascii_case(wanted))
        };
        self.streams.values().any(is_there)
    }

    /// Every question must have been seen, or that nothing else was says little.
    pub(super) fn must_be_complete(&self, server: SocketAddr) -> Result<()> {
        let octets: usize = self.to(server).map(Vec::len).sum();
        let least = IDENTIFIERS * BLOCK;
        if octets < least {
            bail!("expected {least} octets of questions, found {octets}");
        }
        Ok(())
    }

    /// The lengths of the TLS records that hold a question. In DNS over TLS a message and the two octets of its length before it are one
    /// record, of which 17 octets are TLS's own (RFC 8446 §5.2). Records that are shorter than a block are those of the handshake and
    /// the end.
    pub(super) fn record_lengths(&self, server: SocketAddr) -> Result<BTreeSet<usize>> {
        const APPLICATION_DATA: u8 = 23;
        let mut lengths = BTreeSet::new();
        for mut octets in self.to(server).map(Vec::as_slice) {
            while let [kind, _, _, high, low, rest @ ..] = octets {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                octets = rest.get(length..).context("a record is cut short")?;
                if *kind == APPLICATION_DATA && length >= BLOCK {
                    lengths.insert(length);
                }
            }
        }
        Ok(lengths)
    }

    fn to(&self, server: SocketAddr) -> impl Iterator<Item = &Vec<u8>> {
        let is_it = move |direction: &&Direction| direction.1 == server.port();
        let streams = self.streams.iter();
        streams.filter_map(move |(direction, octets)| is_it(&direction).then_some(octets))
    }
}

/// The packets of a file in the classic format, Ethernet as loopback has it.
fn packets(file: &[u8]) -> Result<Vec<&[u8]>> {
    const HEADER: usize = 24;
    const LINK_TYPE: usize = 20;
    let number = |octets: &[u8], at: usize| {
        let four = octets.get(at..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*four))
    };
    if number(file, 0) != Some(0xA1B2_C3D4) || number(file, LINK_TYPE) != Some(1) {
        bail!("not a capture of Ethernet in little-endian order");
    }
    let mut packets = Vec::new();
    let mut rest = file.get(HEADER..).unwrap_or_default();
    while let Some(length) = number(rest, 8) {
        let packet = rest.get(16..16 + length as usize);
        packets.push(packet.context("a packet is cut short")?);
        rest = rest.get(16 + length as usize..).unwrap_or_default();
    }
    Ok(packets)
}

/// The TCP segment of an IPv4 packet.
fn segment(packet: &[u8]) -> Option<Segment<'_>> {
    const ETHERNET: usize = 14;
    const TCP: u8 = 6;
    let ip = packet.get(ETHERNET..)?;
    let header = usize::from(ip.first()? & 15) * 4;
    let total = usize::from(u16::from_be_bytes([*ip.get(2)?, *ip.get(3)?]));
    if ip.first()? >> 4 != 4 || *ip.get(9)? != TCP {
        return None;
    }
    let tcp = ip.get(header..total)?;
    let sixteen = |at: usize| Some(u16::from_be_bytes([*tcp.get(at)?, *tcp.get(at + 1)?]));
    let payload = usize::from(tcp.get(12)? >> 4) * 4;
    Some(Segment {
        direction: (sixteen(0)?, sixteen(2)?),
        begins: tcp.get(13)? & 2 != 0,
        sequence: u32::from(sixteen(4)?) << 16 | u32::from(sixteen(6)?),
        payload: tcp.get(payload..)?,
    })
}
