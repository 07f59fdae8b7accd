//! §4, names in RDATA are not compressed.

use crate::support::{hex, record};

#[test]
fn names_in_rdata_are_written_out() {
    let record = record("a.example. SOA example. example. 1 1 1 1 1");
    assert_eq!(
        hex(record.octets()),
        "076578616d706c6500076578616d706c65000000000100000001000000010000000100000001"
    );
}
