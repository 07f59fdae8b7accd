//! D38: a wildcard is marked where a signature shows it.

use crate::script::{Script, answer, mimi, name, record};
use mimi_rr::TypeCodes;

fn is_marked(signed_labels: u8) -> bool {
    // Type covered, algorithm, labels, and the rest of an RRSIG, which nothing here reads.
    let code = TypeCodes::DEFAULT.mimi().to_be_bytes();
    let mut rdata = vec![code[0], code[1], 13, signed_labels];
    rdata.extend([0; 14]);
    rdata.extend(name("example").as_wire());
    let ended = Script::new()
        .says(
            "bob.example. MIMI",
            answer([
                mimi("bob.example", "v=MIMI1; a=bob; e=m.example"),
                record("bob.example", 46, &rdata),
            ]),
        )
        .discover("bob.example");
    ended.outcome.groups()[0].contacts[0].wildcard
}

#[test]
fn marks_a_record_whose_signature_counts_fewer_labels() {
    assert!(is_marked(1));
}

#[test]
fn never_marks_a_record_that_stands_there_itself() {
    assert!(!is_marked(2));
}
