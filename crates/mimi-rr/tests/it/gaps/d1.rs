//! D1: MIMI RDATA is one or more character-strings, joined with nothing between.

use std::borrow::Cow;

use mimi_rr::{Mimi, MimiRdataError, definition_string};

#[test]
fn strings_are_joined_with_nothing_between() {
    let mimi = Mimi::from_rdata(b"\x03v=M\x04IMI1\x05; a=x").unwrap();
    assert_eq!(mimi.definition_string(), &b"v=MIMI1; a=x"[..]);
}

#[test]
fn the_segmentation_is_kept_as_it_was_read() {
    let rdata = b"\x03v=M\x00\x04IMI1";
    let mimi = Mimi::from_rdata(rdata).unwrap();
    let strings: Vec<&[u8]> = mimi.strings().collect();
    assert_eq!(strings, [&b"v=M"[..], b"", b"IMI1"]);
    assert_eq!(mimi.to_rdata(), rdata);
}

#[test]
fn the_encoder_cuts_greedily_at_255() {
    for (length, cut) in [
        (0, vec![0]),
        (1, vec![1]),
        (255, vec![255]),
        (256, vec![255, 1]),
        (511, vec![255, 255, 1]),
    ] {
        let mimi = Mimi::new(&vec![b'a'; length]).unwrap();
        let lengths: Vec<usize> = mimi.strings().map(<[u8]>::len).collect();
        assert_eq!(lengths, cut, "of {length}");
    }
}

#[test]
fn one_string_is_lent_and_several_are_joined() {
    let one = definition_string(b"\x07v=MIMI1").unwrap();
    assert!(matches!(one, Cow::Borrowed(b"v=MIMI1")));
    let several = definition_string(b"\x02v=\x05MIMI1").unwrap();
    assert!(matches!(several, Cow::Owned(_)));
    assert_eq!(one, several);
}

#[test]
fn the_longest_definition_string_fills_a_record() {
    let longest = vec![b'a'; Mimi::MAX_DEFINITION_LENGTH];
    let mimi = Mimi::new(&longest).unwrap();
    assert_eq!(mimi.as_rdata().len(), 65535);
    assert_eq!(mimi.definition_string(), longest);
}

#[test]
fn rejects_a_definition_string_that_no_record_holds() {
    let too_long = vec![b'a'; Mimi::MAX_DEFINITION_LENGTH + 1];
    let error = Mimi::new(&too_long).unwrap_err();
    assert_eq!(error, MimiRdataError::TooLong { length: 65536 });
}

#[test]
fn rejects_empty_record_data() {
    assert_eq!(Mimi::from_rdata(b""), Err(MimiRdataError::Empty));
    assert_eq!(definition_string(b""), Err(MimiRdataError::Empty));
    assert_eq!(
        Mimi::from_strings([[0u8; 0]; 0]),
        Err(MimiRdataError::Empty)
    );
}

#[test]
fn rejects_a_length_that_overruns_and_says_where() {
    let overrun = MimiRdataError::Overrun {
        position: 3,
        length: 9,
        available: 2,
    };
    assert_eq!(Mimi::from_rdata(b"\x02ab\x09cd"), Err(overrun));
    assert_eq!(definition_string(b"\x02ab\x09cd"), Err(overrun));
}

#[test]
fn rejects_a_string_over_255_octets() {
    let error = Mimi::from_strings([vec![b'a'; 255], vec![b'a'; 256]]).unwrap_err();
    assert_eq!(
        error,
        MimiRdataError::StringTooLong {
            index: 1,
            length: 256
        }
    );
}

#[test]
fn never_shows_the_account_in_debug_output() {
    let mimi = Mimi::new(b"v=MIMI1; a=alice; e=m.example").unwrap();
    assert_eq!(format!("{mimi:?}"), "Mimi { strings: 1, octets: 30 }");
}
