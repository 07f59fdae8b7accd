//! Whatever is written is read back as it was, on the wire and in both text forms.

use mimi_name::DomainName;
use mimi_rr::{Mimi, Mimix, definition_string, rfc3597};
use proptest::collection::vec;
use proptest::prelude::*;

fn strings() -> impl Strategy<Value = Vec<Vec<u8>>> {
    vec(vec(any::<u8>(), 0..=255), 1..4)
}

fn name() -> impl Strategy<Value = DomainName> {
    vec(vec(any::<u8>(), 1..=15), 0..=10)
        .prop_map(|labels| DomainName::from_labels(labels).unwrap())
}

proptest! {
    #[test]
    fn mimi_survives_wire_and_text(strings in strings()) {
        let mimi = Mimi::from_strings(&strings).unwrap();
        prop_assert_eq!(mimi.definition_string(), strings.concat());
        prop_assert_eq!(&Mimi::from_rdata(mimi.as_rdata()).unwrap(), &mimi);
        prop_assert_eq!(&Mimi::from_text(mimi.to_text().as_bytes()).unwrap(), &mimi);
        let generic = rfc3597::to_text(mimi.as_rdata());
        prop_assert_eq!(&Mimi::from_text(generic.as_bytes()).unwrap(), &mimi);
    }

    #[test]
    fn a_definition_string_survives_being_cut(definition in vec(any::<u8>(), 0..2000)) {
        let mimi = Mimi::new(&definition).unwrap();
        prop_assert_eq!(definition_string(mimi.as_rdata()).unwrap(), definition);
    }

    #[test]
    fn mimix_survives_wire_and_text(target in name(), origin in name()) {
        let mimix = Mimix::new(target);
        let survives = |read: Mimix| read.target().eq_case(mimix.target());
        prop_assert!(survives(Mimix::from_rdata(mimix.as_rdata()).unwrap()));
        prop_assert!(survives(Mimix::from_text(mimix.to_text().as_bytes(), Some(&origin)).unwrap()));
        let generic = rfc3597::to_text(mimix.as_rdata());
        prop_assert!(survives(Mimix::from_text(generic.as_bytes(), None).unwrap()));
    }

    #[test]
    fn any_octets_survive_rfc_3597(rdata in vec(any::<u8>(), 0..600)) {
        prop_assert_eq!(rfc3597::from_text(rfc3597::to_text(&rdata).as_bytes()).unwrap(), rdata);
    }

    #[test]
    fn any_octets_are_read_without_a_panic(octets in vec(any::<u8>(), 0..300)) {
        if let Ok(mimi) = Mimi::from_rdata(&octets) {
            prop_assert_eq!(mimi.as_rdata(), &octets);
        }
        if let Ok(mimix) = Mimix::from_rdata(&octets) {
            prop_assert_eq!(mimix.as_rdata(), &octets);
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in vec(prop_oneof![
        Just(b'"'), Just(b'\\'), Just(b' '), Just(b'#'), Just(b';'), Just(b'.'), b'0'..=b'9', any::<u8>()
    ], 0..60)) {
        if let Err(error) = Mimi::from_text(&text) {
            prop_assert!(error.position() <= text.len());
            prop_assert!(error.to_string().is_ascii());
        }
        if let Err(error) = Mimix::from_text(&text, None) {
            prop_assert!(error.position() <= text.len());
            prop_assert!(error.to_string().is_ascii());
        }
    }
}
