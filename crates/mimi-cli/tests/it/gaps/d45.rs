//! D45: 63 octets fit a label.

use super::{assert_account, assert_ending, assert_unmappable};

#[test]
fn sixty_three_octets_are_found() {
    let local = "a".repeat(63);
    assert_account(&format!("{local}@people.example"), "sixty-three");
}

#[test]
fn refuses_sixty_four_octets_and_never_cuts_one_off() {
    let local = "a".repeat(64);
    assert_unmappable(&format!("{local}@people.example"), "atom-too-long");
}

#[test]
fn refuses_a_name_that_fits_no_message() {
    let local = ["a", "b", "c"].map(|atom| atom.repeat(63)).join(".");
    let address = format!("{local}.{}@people.example", "d".repeat(50));
    assert_unmappable(&address, "name-too-long");
    let fits = format!("{local}@people.example");
    let name = format!("{local}.mimi.people.example.");
    assert_ending(&fits, "no_such_name", None, Some(&name));
}
