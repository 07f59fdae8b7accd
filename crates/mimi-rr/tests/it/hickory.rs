//! Records and names through hickory's messages: encoded, decoded, and unharmed.

use hickory_proto::op::{Message, MessageType, OpCode, Query};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use hickory_proto::serialize::binary::{BinDecodable, BinDecoder, BinEncodable, Restrict};
use mimi_name::DomainName;
use mimi_rr::hickory::{FromHickoryError, from_hickory_name, to_hickory_name, unknown};
use mimi_rr::{Mimi, MimiRdataError, Mimix, TypeCodes};

/// Puts record data into an answer and takes it out again after a trip over the wire.
fn over_the_wire(owner: &DomainName, data: RData) -> (DomainName, RData) {
    let owner = to_hickory_name(owner).unwrap();
    let mut message = Message::new(7, MessageType::Response, OpCode::Query);
    message.add_query(Query::query(owner.clone(), data.record_type()));
    message.add_answer(Record::from_rdata(owner, 60, data));
    let octets = message.to_vec().unwrap();
    let read = Message::from_vec(&octets).unwrap();
    let record = &read.answers[0];
    (
        from_hickory_name(&record.name).unwrap(),
        record.data.clone(),
    )
}

fn owner() -> DomainName {
    DomainName::from_labels([&b"first.last+tag"[..], b"o'brien \xff\x00", b"Example"]).unwrap()
}

#[test]
fn mimi_survives_a_message() {
    let mimi = Mimi::from_strings(["v=MIMI1; a=x", "", "; e=y"]).unwrap();
    let (name, data) = over_the_wire(&owner(), RData::from(&mimi));
    assert!(name.eq_case(&owner()));
    assert_eq!(u16::from(data.record_type()), 65357);
    assert_eq!(Mimi::try_from(&data).unwrap(), mimi);
}

#[test]
fn mimix_survives_a_message_uncompressed() {
    // The target shares its suffix with the owner, which tempts an encoder to compress it.
    let mimix = Mimix::new(owner().prepend(b"mimi").unwrap());
    let (_, data) = over_the_wire(&owner(), RData::from(&mimix));
    assert_eq!(u16::from(data.record_type()), 65368);
    let read = Mimix::try_from(&data).unwrap();
    assert!(read.target().eq_case(mimix.target()));
}

#[test]
fn the_root_as_target_survives_a_message() {
    let mimix = Mimix::new(DomainName::root());
    let (_, data) = over_the_wire(&owner(), RData::from(&mimix));
    assert!(Mimix::try_from(&data).unwrap().declines());
}

#[test]
fn other_codes_travel_as_well() {
    let codes = TypeCodes::new(65300, 65301).unwrap();
    let mimi = Mimi::new(b"v=MIMI1").unwrap();
    let (_, data) = over_the_wire(&owner(), mimi.to_hickory(codes));
    assert_eq!(u16::from(data.record_type()), 65300);
    assert_eq!(Mimi::from_hickory(&data, codes).unwrap(), mimi);
}

#[test]
fn hickory_reads_mimi_octets_as_it_reads_txt() {
    let mimi = Mimi::from_strings(["v=MIMI1; a=x", "", "; e=y"]).unwrap();
    let length = Restrict::new(u16::try_from(mimi.as_rdata().len()).unwrap());
    let mut decoder = BinDecoder::new(mimi.as_rdata());
    let RData::TXT(txt) = RData::read(&mut decoder, RecordType::TXT, length).unwrap() else {
        panic!("expected TXT");
    };
    let theirs: Vec<&[u8]> = txt.txt_data.iter().map(AsRef::as_ref).collect();
    assert_eq!(mimi.strings().collect::<Vec<_>>(), theirs);
}

#[test]
fn names_keep_every_octet_and_the_longest_fits() {
    let longest = [[b'a'; 63].as_slice(), &[b'b'; 63], &[b'c'; 63], &[b'd'; 61]];
    let every_octet: Vec<Vec<u8>> = (0..=255u8)
        .collect::<Vec<_>>()
        .chunks(50)
        .map(<[u8]>::to_vec)
        .collect();
    let mut names = vec![
        DomainName::root(),
        owner(),
        DomainName::from_labels(longest).unwrap(),
        DomainName::from_labels([[b'a']; 127]).unwrap(),
    ];
    names.extend(
        every_octet
            .iter()
            .map(|label| DomainName::from_labels([label]).unwrap()),
    );
    for name in names {
        let theirs = to_hickory_name(&name).unwrap();
        assert!(theirs.is_fqdn());
        assert!(from_hickory_name(&theirs).unwrap().eq_case(&name));
    }
}

#[test]
fn a_name_that_hickory_holds_as_relative_is_taken_as_absolute() {
    let mut theirs = Name::from_ascii("www.example").unwrap();
    theirs.set_fqdn(false);
    assert_eq!(
        from_hickory_name(&theirs).unwrap().to_string(),
        "www.example."
    );
}

#[test]
fn rejects_record_data_of_another_type() {
    let mimix = RData::from(&Mimix::new(DomainName::root()));
    assert_eq!(
        Mimi::try_from(&mimix),
        Err(FromHickoryError::WrongType {
            expected: 65357,
            found: 65368
        })
    );
    let a = RData::A(std::net::Ipv4Addr::LOCALHOST.into());
    assert!(Mimix::try_from(&a).is_err());
}

#[test]
fn rejects_empty_record_data_as_hickory_decodes_it() {
    // A record with RDLENGTH 0 does not arrive as `Unknown`; it must not look like another type.
    let record = Record::from_rdata(Name::root(), 60, unknown(65357, b""));
    let octets = record.to_bytes().unwrap();
    assert_eq!(octets.get(octets.len() - 2..), Some(&[0, 0][..]));
    let read = Record::from_bytes(&octets).unwrap();
    assert!(matches!(read.data, RData::Update0(_)));
    assert_eq!(
        Mimi::try_from(&read.data),
        Err(FromHickoryError::Rdata(MimiRdataError::Empty))
    );
}
