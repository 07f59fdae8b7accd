//! D46: local parts outside ASCII.

use super::{assert_account, assert_ending, assert_unmappable};

#[test]
fn an_atom_outside_ascii_becomes_an_a_label() {
    assert_account("bücher@people.example", "buecher");
    assert_account("BÜCHER@people.example", "buecher");
    assert_account("bu\u{308}cher@people.example", "buecher");
}

#[test]
fn refuses_full_width_letters_and_whatever_else_would_become_another_person() {
    assert_unmappable("ａｌｉｃｅ@people.example", "altered-by-uts46");
    assert_unmappable("al\u{ad}ice@people.example", "altered-by-uts46");
    assert_unmappable("first。last@people.example", "altered-by-uts46");
}

#[test]
fn refuses_an_a_label_written_out() {
    assert_unmappable("xn--bcher-kva@people.example", "reserved-prefix");
    assert_unmappable("XN--bcher-kva@people.example", "reserved-prefix");
}

#[test]
fn never_takes_the_letter_without_its_mark() {
    let name = Some("bucher.mimi.people.example.");
    assert_ending("bucher@people.example", "no_such_name", None, name);
}
