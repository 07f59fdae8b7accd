//! DNS messages (RFC 1035 §4.1): questions written, answers read.
//!
//! Records are kept as octets, whatever their type, with names in them made whole: the checker judges them, not the reader. A message
//! is read in time linear to its length, and what is damaged is refused as a whole.

use mimi_name::DomainName;

/// How many octets a header has.
const HEADER: usize = 12;

/// The UDP payload that is asked for (D7).
const PAYLOAD: u16 = 1232;

const IN: u16 = 1;
const OPT: u16 = 41;
const DNSSEC_OK: u32 = 1 << 15;

/// More labels than a name can have, and so than pointers can lead to.
const MOST_JUMPS: usize = 128;

/// Response codes (RFC 6895 §2.3).
pub(super) mod codes {
    pub(crate) const NOERROR: u16 = 0;
    pub(crate) const SERVFAIL: u16 = 2;
    pub(crate) const NXDOMAIN: u16 = 3;
    pub(crate) const REFUSED: u16 = 5;
    pub(crate) const NOTAUTH: u16 = 9;
}

/// A response.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) id: u16,
    pub(super) is_response: bool,
    pub(super) is_authoritative: bool,
    pub(super) is_truncated: bool,
    pub(super) has_recursion: bool,
    pub(super) code: u16,
    /// The first question.
    pub(super) question: Option<(DomainName, u16)>,
    pub(super) answer: Vec<Record>,
    pub(super) authority: Vec<Record>,
}

/// A record of class IN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) owner: DomainName,
    pub(super) record_type: u16,
    pub(super) ttl: u32,
    /// Its RDATA without compression.
    pub(super) rdata: Vec<u8>,
}

/// Writes a question with EDNS and the DO bit.
pub(super) fn question(id: u16, name: &DomainName, record_type: u16, recursion: bool) -> Vec<u8> {
    let flags = u16::from(recursion) << 8;
    let mut octets = Vec::with_capacity(HEADER + name.as_wire().len() + 15);
    for word in [id, flags, 1, 0, 0, 1] {
        octets.extend(word.to_be_bytes());
    }
    octets.extend_from_slice(name.as_wire());
    octets.extend(record_type.to_be_bytes());
    octets.extend(IN.to_be_bytes());
    octets.push(0);
    octets.extend(OPT.to_be_bytes());
    octets.extend(PAYLOAD.to_be_bytes());
    octets.extend(DNSSEC_OK.to_be_bytes());
    octets.extend([0, 0]);
    octets
}

/// Reads a message; `None` when it is not whole. Of a truncated one, what came.
pub(super) fn read(octets: &[u8]) -> Option<Message> {
    let mut at = Cursor { octets, at: 0 };
    let (id, flags) = (at.u16()?, at.u16()?);
    let counts = [at.u16()?, at.u16()?, at.u16()?];
    at.u16()?;
    let mut message = Message {
        id,
        is_response: flags & 0x8000 != 0,
        is_authoritative: flags & 0x0400 != 0,
        is_truncated: flags & 0x0200 != 0,
        has_recursion: flags & 0x0080 != 0,
        code: flags & 0x000f,
        question: None,
        answer: Vec::new(),
        authority: Vec::new(),
    };
    let [questions, answers, authorities] = counts;
    for _ in 0..questions {
        let name = at.name()?;
        let record_type = at.u16()?;
        at.u16()?;
        message.question.get_or_insert((name, record_type));
    }
    if message.is_truncated {
        return Some(message);
    }
    for (count, section) in [
        (answers, &mut message.answer),
        (authorities, &mut message.authority),
    ] {
        for _ in 0..count {
            section.extend(at.record()?);
        }
    }
    Some(message)
}

struct Cursor<'a> {
    octets: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.octets.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A name, which may be compressed (RFC 1035 §4.1.4). Pointers lead back only.
    fn name(&mut self) -> Option<DomainName> {
        let mut labels: Vec<&[u8]> = Vec::new();
        let mut at = self.at;
        let mut end = None;
        for _ in 0..2 * MOST_JUMPS {
            let length = usize::from(*self.octets.get(at)?);
            match length {
                0 => {
                    self.at = end.unwrap_or(at + 1);
                    return DomainName::from_labels(labels).ok();
                }
                1..=63 => {
                    labels.push(self.octets.get(at + 1..at + 1 + length)?);
                    at += 1 + length;
                }
                192.. => {
                    let low = usize::from(*self.octets.get(at + 1)?);
                    end.get_or_insert(at + 2);
                    let target = (length & 63) << 8 | low;
                    if target >= at {
                        return None;
                    }
                    at = target;
                }
                _ => return None,
            }
        }
        None
    }

    /// The next record: nothing when it is of another class.
    fn record(&mut self) -> Option<Option<Record>> {
        let owner = self.name()?;
        let (record_type, class) = (self.u16()?, self.u16()?);
        let ttl = self.u32()?;
        let length = usize::from(self.u16()?);
        let end = self.at.checked_add(length)?;
        self.octets.get(self.at..end)?;
        let rdata = self.rdata(record_type, end)?;
        if class != IN || record_type == OPT {
            return Some(None);
        }
        Some(Some(Record {
            owner,
            record_type,
            ttl,
            rdata,
        }))
    }

    /// RDATA up to `end`, with the names whole that RFC 3597 §4 lets be compressed.
    fn rdata(&mut self, record_type: u16, end: usize) -> Option<Vec<u8>> {
        let (before, names) = match record_type {
            // NS, MD, MF, CNAME, MB, MG, MR, PTR, DNAME
            2..=5 | 7..=9 | 12 | 39 => (0, 1),
            // SOA, MINFO, RP
            6 | 14 | 17 => (0, 2),
            // MX, AFSDB, RT, KX
            15 | 18 | 21 | 36 => (2, 1),
            // PX
            26 => (2, 2),
            // SRV
            33 => (6, 1),
            _ => (0, 0),
        };
        let mut rdata = self.take(before)?.to_vec();
        for _ in 0..names {
            rdata.extend_from_slice(self.name()?.as_wire());
        }
        rdata.extend_from_slice(self.take(end.checked_sub(self.at)?)?);
        Some(rdata)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(records: &[u8], count: u16) -> Vec<u8> {
        let mut octets = Vec::new();
        for word in [7, 0x8400, 1, count, 0, 0] {
            octets.extend(word.to_be_bytes());
        }
        octets.extend_from_slice(b"\x01a\x07example\x00\x00\x02\x00\x01");
        octets.extend_from_slice(records);
        octets
    }

    #[test]
    fn names_in_rdata_become_whole() {
        let record = b"\xc0\x0c\x00\x02\x00\x01\x00\x00\x00\x05\x00\x05\x02ns\xc0\x0e";
        let message = read(&answer(record, 1)).unwrap();
        assert_eq!(message.answer[0].rdata, b"\x02ns\x07example\x00");
        assert_eq!(message.answer[0].owner.to_string(), "a.example.");
    }

    #[test]
    fn every_cut_and_every_flipped_octet_is_survived() {
        let record = b"\xc0\x0c\x00\x06\x00\x01\x00\x00\x00\x05\x00\x1b\xc0\x0c\x02ns\xc0\x0e00001111222233334444";
        let whole = answer(record, 1);
        for end in 0..whole.len() {
            assert!(read(&whole[..end]).is_none());
        }
        for at in 0..whole.len() {
            for octet in 0..=255 {
                let mut damaged = whole.clone();
                damaged[at] = octet;
                let _ = read(&damaged);
            }
        }
    }

    #[test]
    fn pointers_that_lead_on_are_refused() {
        for pointer in [b"\xc0\x17", b"\xc0\xff"] {
            let record = [
                pointer.as_slice(),
                b"\x00\x02\x00\x01\x00\x00\x00\x05\x00\x00",
            ]
            .concat();
            assert!(read(&answer(&record, 1)).is_none());
        }
    }
}
