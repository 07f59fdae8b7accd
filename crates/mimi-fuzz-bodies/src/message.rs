//! *Every name and every record of ours in a message that hickory decodes is what the octets say, and goes back into hickory's types
//! unchanged* (D1, D3; RFC 1035 §4).
//!
//! `responses` covers the resolver's conversion of whole responses; this covers what it is made of.

use hickory_proto::op::Message;
use hickory_proto::rr::{Name, Record};
use mimi_rr::hickory::{from_hickory_name, octets, to_hickory_name};
use mimi_rr::{Mimi, MimiRdataError, Mimix, TypeCodes};

/// Decodes the octets as a DNS message.
pub fn check(data: &[u8]) {
    let Ok(message) = Message::from_vec(data) else {
        return;
    };
    for query in &message.queries {
        check_name(query.name());
    }
    let sections = [&message.answers, &message.authorities, &message.additionals];
    for record in sections.into_iter().flatten() {
        check_name(&record.name);
        check_record(record);
    }
}

fn check_name(name: &Name) {
    let ours = from_hickory_name(name).expect("both types have the same limits");
    let theirs = to_hickory_name(&ours).expect("both types have the same limits");
    assert!(name.iter().eq(theirs.iter()), "octets of a label changed");
    assert!(from_hickory_name(&theirs).unwrap().eq_case(&ours));
}

fn check_record(record: &Record) {
    let codes = TypeCodes::DEFAULT;
    let data = &record.data;
    let code = u16::from(record.record_type());
    let mimi = Mimi::from_hickory(data, codes);
    let mimix = Mimix::from_hickory(data, codes);
    assert!(mimi.is_err() || code == codes.mimi());
    assert!(mimix.is_err() || code == codes.mimix());
    if code != codes.mimi() && code != codes.mimix() {
        return;
    }
    let rdata = octets::<MimiRdataError>(data, code).expect("hickory does not know our types");
    if code == codes.mimi() {
        assert_eq!(mimi.is_ok(), Mimi::from_rdata(rdata).is_ok());
    } else {
        assert_eq!(mimix.is_ok(), Mimix::from_rdata(rdata).is_ok());
    }
    if let Ok(mimi) = mimi {
        assert_eq!(mimi.as_rdata(), rdata);
        assert_eq!(mimi.to_hickory(codes), *data);
    }
    if let Ok(mimix) = mimix {
        assert_eq!(mimix.as_rdata(), rdata);
        assert_eq!(mimix.to_hickory(codes), *data);
    }
}
