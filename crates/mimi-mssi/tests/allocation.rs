//! `parse_strict` allocates nothing: neither for a usable record nor for one that it refuses.
//!
//! A binary of its own, because counting takes the place of the global allocator.

use allocation_counter::measure;
use mimi_mssi::{parse, parse_strict};

#[test]
fn never_allocates_for_a_usable_record() {
    let long = format!("v=MIMI1; a={}; e=im.example", "a".repeat(60_000));
    let many: String = (0..61).map(|number| format!("; x{number}=1")).collect();
    let many = format!("v=MIMI1; a=bob; e=im.example{many}");
    for input in [
        "v=MIMI1; a=myuser; e=mimiserver.example.com",
        "v=MIMI1; p=2; a=+15551234567; e=mimi.whatsapp.com; s=whatsapp",
        " v=MIMI1;;\r\n a=m\u{fc}ller b; e=im.example; p=-1; s=; P=2;",
        &long,
        &many,
    ] {
        let counted = measure(|| {
            let mssi = parse_strict(input.as_bytes()).unwrap();
            assert!(mssi.extensions().all(|(name, _)| !name.is_empty()));
        });
        assert_eq!(counted.count_total, 0, "{input:.60}");
    }
}

#[test]
fn never_allocates_for_a_refused_record() {
    for input in [
        "",
        "v=MIMI2",
        "v=MIMI1; a=foo;bar",
        "v=MIMI1; a=\0",
        "v=MIMI1; a=\u{fc}",
    ] {
        let counted = measure(|| assert!(parse_strict(input.as_bytes()).is_err()));
        assert_eq!(counted.count_total, 0, "{input:?}");
    }
}

#[test]
fn the_counter_counts() {
    let counted = measure(|| assert!(!parse(b"v=MIMI2").diagnostics().is_empty()));
    assert!(counted.count_total > 0);
}
