//! D3: MIMIX RDATA is one name, uncompressed, ending exactly at RDLENGTH.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use mimi_rr::{Mimix, MimixRdataError};

#[test]
fn case_is_kept_and_not_compared() {
    let upper = Mimix::from_rdata(b"\x04MIMI\0").unwrap();
    let lower = Mimix::from_rdata(b"\x04mimi\0").unwrap();
    assert_eq!(upper.as_rdata(), b"\x04MIMI\0");
    assert_eq!(upper, lower);
    let hash = |mimix: &Mimix| {
        let mut hasher = DefaultHasher::new();
        mimix.hash(&mut hasher);
        hasher.finish()
    };
    assert_eq!(hash(&upper), hash(&lower));
}

#[test]
fn rejects_compressed_names() {
    for rdata in [&b"\xc0\x0c"[..], b"\x04mimi\xc0\x0c"] {
        let error = Mimix::from_rdata(rdata).unwrap_err();
        assert_eq!(error.code(), "name-compressed");
    }
}

#[test]
fn rejects_a_name_that_does_not_end_at_the_end() {
    let short = Mimix::from_rdata(b"\x04mimi").unwrap_err();
    assert_eq!(short.code(), "name-ends-early");
    let long = Mimix::from_rdata(b"\x04mimi\0\0").unwrap_err();
    assert_eq!(long.code(), "octets-after-name");
    let MimixRdataError::Name(long) = long else {
        panic!("expected a name error");
    };
    assert_eq!(long.position(), 6);
}

#[test]
fn rejects_empty_record_data() {
    assert_eq!(Mimix::from_rdata(b""), Err(MimixRdataError::Empty));
}
