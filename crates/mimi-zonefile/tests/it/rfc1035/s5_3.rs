//! §5.3, the example of a master file.

use crate::support::{name, reader, records};

#[test]
fn the_example_gives_each_owner_its_records() {
    let input = include_bytes!("../../zones/rfc1035-5.3.zone");
    let all = records(&reader().origin(name("isi.edu.")), input);
    let count = |owner: &str| {
        all.iter()
            .filter(|record| record.owner == name(owner))
            .count()
    };
    assert_eq!(count("isi.edu."), 6);
    assert_eq!(count("a.isi.edu."), 1);
    assert_eq!(count("venera.isi.edu."), 2);
    assert_eq!(count("vaxa.isi.edu."), 2);
    assert_eq!(count("larry.isi.edu."), 1);
}
