//! *RDATA that is read is written again octet for octet, in every form that a MIMI or MIMIX record has: wire, text, `\#`, a line of a master
//! file, hickory's types* (draft §4.2, §5.1.1; D1, D3, D4; RFC 3597).

use mimi_mssi::parse_strict;
use mimi_name::DomainName;
use mimi_rr::record_text::{RecordData, generic_line, mnemonic_line};
use mimi_rr::{Mimi, Mimix, TypeCodes, definition_string, hickory, rfc3597};
use mimi_zonefile::{Form, ZoneReader};

use crate::assert_inert;

/// Reads the octets as RDATA and as text of both types.
pub fn check(data: &[u8]) {
    match Mimi::from_rdata(data) {
        Ok(mimi) => {
            assert_eq!(mimi.as_rdata(), data);
            check_mimi(&mimi);
        }
        Err(error) => {
            assert_eq!(definition_string(data).unwrap_err(), error);
            assert_inert(&error.to_string());
        }
    }
    if let Ok(mimi) = Mimi::new(data) {
        assert_eq!(mimi.definition_string(), data);
        check_mimi(&mimi);
    }
    match Mimix::from_rdata(data) {
        Ok(mimix) => {
            assert_eq!(mimix.as_rdata(), data);
            check_mimix(&mimix);
        }
        Err(error) => assert_inert(&error.to_string()),
    }
    check_text(data);
}

fn check_text(text: &[u8]) {
    match Mimi::from_text(text) {
        Ok(mimi) => check_mimi(&mimi),
        Err(error) => {
            assert!(error.position() <= text.len());
            assert_inert(&error.to_string());
        }
    }
    let origin = DomainName::parse_absolute("origin.example").unwrap();
    for origin in [None, Some(&origin)] {
        match Mimix::from_text(text, origin) {
            Ok(mimix) => check_mimix(&mimix),
            Err(error) => {
                assert!(error.position() <= text.len());
                assert_inert(&error.to_string());
            }
        }
    }
    match rfc3597::from_text(text) {
        Ok(rdata) => {
            assert!(rfc3597::is_generic(text));
            assert_eq!(
                rfc3597::from_text(rfc3597::to_text(&rdata).as_bytes()),
                Ok(rdata)
            );
        }
        Err(error) => {
            assert!(error.position() <= text.len());
            assert_inert(&error.to_string());
        }
    }
}

fn check_mimi(mimi: &Mimi) {
    let again = Mimi::from_rdata(mimi.as_rdata());
    assert_eq!(again.as_ref(), Ok(mimi));
    assert_eq!(Mimi::from_strings(mimi.strings()).as_ref(), Ok(mimi));
    let joined: Vec<u8> = mimi.strings().flatten().copied().collect();
    assert_eq!(mimi.definition_string(), joined);
    assert_eq!(definition_string(mimi.as_rdata()).unwrap(), joined);

    let text = mimi.to_text();
    assert_inert(&text);
    assert_eq!(Mimi::from_text(text.as_bytes()).as_ref(), Ok(mimi));
    let generic = rfc3597::to_text(mimi.as_rdata());
    assert_eq!(Mimi::from_text(generic.as_bytes()).as_ref(), Ok(mimi));

    let codes = TypeCodes::DEFAULT;
    assert_eq!(
        Mimi::from_hickory(&mimi.to_hickory(codes), codes).as_ref(),
        Ok(mimi)
    );

    match mimi.mssi() {
        Ok(mssi) => {
            assert_eq!(
                parse_strict(&joined).map(|mssi| mssi.to_owned()),
                Ok(mssi.clone())
            );
            if let Ok(written) = Mimi::try_from(&mssi) {
                assert_eq!(written.mssi(), Ok(mssi));
            }
        }
        Err(refusal) => assert_eq!(parse_strict(&joined).err(), Some(refusal)),
    }
    check_lines(mimi, mimi.as_rdata());
}

fn check_mimix(mimix: &Mimix) {
    let target = mimix.target();
    let same = |other: &Mimix| other.target().eq_case(target);
    assert!(Mimix::from_rdata(mimix.as_rdata()).is_ok_and(|other| same(&other)));
    assert_eq!(mimix.declines(), mimix.as_rdata() == [0]);

    let text = mimix.to_text();
    assert_inert(&text);
    assert!(Mimix::from_text(text.as_bytes(), None).is_ok_and(|other| same(&other)));
    let generic = rfc3597::to_text(mimix.as_rdata());
    assert!(Mimix::from_text(generic.as_bytes(), None).is_ok_and(|other| same(&other)));

    let codes = TypeCodes::DEFAULT;
    let other = Mimix::from_hickory(&mimix.to_hickory(codes), codes);
    assert!(other.is_ok_and(|other| same(&other)));
    let name = hickory::to_hickory_name(target).unwrap();
    assert!(hickory::from_hickory_name(&name).unwrap().eq_case(target));

    check_lines(mimix, mimix.as_rdata());
}

/// Writes both lines of a record, and asks what a master file's reader makes of each.
fn check_lines<'a>(data: impl Into<RecordData<'a>>, rdata: &[u8]) {
    let data = data.into();
    let owner = DomainName::parse_absolute("bob.example").unwrap();
    let codes = TypeCodes::DEFAULT;
    let reader = ZoneReader::new()
        .private_type("MIMI", codes.mimi(), Form::Strings)
        .private_type("MIMIX", codes.mimix(), Form::Name);
    for line in [
        mnemonic_line(&owner, Some(60), data),
        generic_line(&owner, Some(60), data, codes),
    ] {
        assert_inert(&line);
        let mut entries = reader.entries(line.as_bytes());
        let record = entries.next_record().unwrap().unwrap();
        assert_eq!((record.owner, record.ttl, record.class), (&owner, 60, 1));
        let read = record.rdata_wire();
        assert_eq!(read.unwrap().as_deref(), Some(rdata), "{line}");
        assert!(entries.next_record().is_none(), "one record was written");
    }
}
