//! §4.2: a MUI is associated with MSSIs by the MIMI records that stand at its name.

use crate::script::{Script, answer, mimi, no_data};

#[test]
fn one_record_is_one_mssi() {
    let records = [
        mimi("mymimi.example.com", "v=MIMI1; a=one; e=a.example"),
        mimi("mymimi.example.com", "v=MIMI1; a=two; e=b.example"),
    ];
    for count in 1..=2 {
        let ended = Script::new()
            .says(
                "mymimi.example.com. MIMI",
                answer(records[..count].to_vec()),
            )
            .discover("mymimi.example.com");
        assert_eq!(ended.outcome.groups()[0].contacts.len(), count);
    }
}

#[test]
fn ignores_records_that_stand_elsewhere() {
    let mut response = no_data("example.com");
    response
        .answer
        .push(mimi("example.com", "v=MIMI1; a=eve; e=a.example"));
    let ended = Script::new()
        .says("mymimi.example.com. MIMI", response)
        .discover("mymimi.example.com");
    assert_eq!(ended.summary(), "no_mapping @mimi");
}
