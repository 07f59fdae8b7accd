//! §5.2, use of master files to define zones.

use mimi_zonefile::ZoneReader;

use crate::support::{lines, name};

#[test]
fn a_zone_with_an_soa_is_read() {
    let input = include_bytes!("../../zones/rfc1035-5.3.zone");
    let all = lines(&ZoneReader::new().origin(name("isi.edu.")), input);
    assert_eq!(all.len(), 12);
    assert_eq!(
        all[0],
        "isi.edu. 60 1 6 \
         0656454e4552410369736903656475000e416374696f6e2e646f6d61696e73036973690365647500\
         0000001400001c20000002580036ee800000003c"
    );
}
